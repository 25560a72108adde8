"""The card of the toponym models: trained on what, how good on corpora they never saw, and their limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.learn.recogniser import SETTINGS
from geomap.learn.resolver import calibrate
from geomap.score.toponyms import Judged, measures, reliability

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from gazetteer import Gazetteer
    from geomap.score.corpora import Annotated

SHOWN = (
    "found, overlap F1", "found, strict F1", "found with demonyms, overlap F1", "placed within 161 km",
    "placed within 25 km", "placed, exact id", "placed, AUC (0 is best)", "found and placed, recall",
    "found and placed, F1", "found exactly and placed, F1",
)  # fmt: skip

HEAD = """# Toponym models: recogniser.crfsuite, resolver.json

Written by `python -m geomap.learn CORPORA`; do not edit.

- **Recogniser**: linear-chain CRF (python-crfsuite, L-BFGS, {settings}) over runs of capitalised words. Features: the
  word's shape, endings, commonness (`words.tsv`) and cluster (`clusters.bin`), its neighbours, the gazetteer's answer,
  what the document says of the same word elsewhere. Names as such are no features.
- **Resolver**: softmax over candidates of a weighted sum of the clues in `geomap/resolve/clues/`, two passes, fitted
  near weights that common sense gives; confidence by a logistic curve over the resolver's and recogniser's certainty,
  fitted on corpora the models never saw.
- **Trained on**: {trained}. The annotated texts are not part of geomap.
- **Half-taught**: one in three sentences of A. Halterman's event_location (MIT licence), where people marked the place
  of an event and a first model the rest (see `geomap/learn/silver.py`); the fifth that linking is measured on is out.
- **Other data**: `words.tsv` counts small and capital letters in news text (see `geomap/learn/words.py`);
  `clusters.bin` groups the words of the vectors of spaCy's en_core_web_md (MIT licence), vectors not included.
- **Gazetteer**: fingerprint `{fingerprint}`.
- **Limits**: English; written news. Places without a capital letter are not found. Streets, buildings and rivers are
  found more seldom than towns, and placed only where the gazetteer holds them. The confidences hold for news like the
  corpora below.

## On corpora the models never saw

Each column: trained on the other corpora and our own sentences, measured on this one (own: the third of our own
sentences that is never trained on). "Found" leaves demonyms out unless it says so; "placed" is given the marked names
and counts every marked place with a point; "found and placed" counts marked places with a point that were found and put
within 161 km.

"""


def write_card(
    judged: Mapping[str, Sequence[Judged]], data: Mapping[str, Sequence[Annotated]], gazetteer: Gazetteer, path: Path
) -> str:
    """Write the card, and return it."""
    trained = ", ".join(
        f"{name} ({len(docs)} documents, {sum(len(a.gold) for a in docs)} names)"
        for name, docs in data.items()
        if name != "own held out"
    )
    settings = ", ".join(f"{k} {v}" for k, v in SETTINGS.items())
    text = HEAD.format(settings=settings, trained=trained, fingerprint=gazetteer.fingerprint)
    text += "| measure | " + " | ".join(judged) + " |\n|---|" + "---|" * len(judged) + "\n"
    for name in SHOWN:
        measure, _ = measures()[name]
        text += f"| {name} | " + " | ".join(f"{measure(documents):.3f}" for documents in judged.values()) + " |\n"
    text += "\n## Is 0.9 nine in ten?\n\nOver all answers above: the confidence given, and how many were right.\n\n"
    text += "| confidence | answers | right |\n|---|---|---|\n"
    for sure, count, right in reliability(recalibrated(judged)):
        text += f"| {sure:.2f} | {count} | {right:.2f} |\n"
    path.write_text(text, "utf-8")
    return text


def recalibrated(judged: Mapping[str, Sequence[Judged]]) -> list[Judged]:
    """Return the judged documents with each corpus' confidences by the curve that the other corpora give."""
    from dataclasses import replace

    from geomap.resolve.rank import Weights, calibrated

    found = []
    for test, documents in judged.items():
        pairs = [p for name, others in judged.items() if name != test for j in others for p in j.sure]
        weights = Weights({}, {}, calibrate(pairs))
        found += [
            replace(j, sure=tuple((calibrated(sure, seen, weights), seen, right) for sure, seen, right in j.sure))
            for j in documents
        ]
    return found
