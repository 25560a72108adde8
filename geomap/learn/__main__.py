"""Train again what `geomap/models` holds: `python -m geomap.learn CORPORA`, `words CORPORA` or `clusters MODEL`."""

from __future__ import annotations

import sys
from pathlib import Path

from geomap.errors import UsageError
from geomap.learn.card import write_card
from geomap.learn.clusters import cluster
from geomap.learn.data import read_all
from geomap.learn.resolver import learn
from geomap.learn.silver import marked
from geomap.learn.train import cross, curve, lessons_of, sequences_of, teach, write_weights
from geomap.learn.words import count, raw_texts

MODELS = Path(__file__).parents[1] / "models"


def main(arguments: list[str]) -> None:
    """Do what was asked: count words, cluster them, or train and measure the two models of toponyms."""
    match arguments:
        case ["words", folder]:
            words = count(raw_texts(Path(folder)))
            lines = (f"{word}\t{share}\n" for word, share in sorted(words.items()))
            (MODELS / "words.tsv").write_text("".join(lines), "utf-8")
        case ["clusters", model]:
            cluster(model, MODELS / "clusters.bin")
        case [folder]:
            toponyms(Path(folder))
        case _:
            raise UsageError(__doc__ or "")


def toponyms(folder: Path) -> None:
    """Train the recogniser and the resolver, and write the card."""
    from gazetteer import open_gazetteer

    gazetteer = open_gazetteer()
    data = read_all(folder)
    sequences, lessons = sequences_of(data, gazetteer), lessons_of(data, gazetteer)
    raw = marked(folder)
    judged = cross(data, sequences, lessons, raw, gazetteer)
    gold = [document for documents in sequences.values() for document in documents]
    teach(gold, raw, gazetteer, MODELS / "recogniser.crfsuite")
    weights = learn([lesson for parts in lessons.values() for lesson in parts])
    write_weights(weights, curve(judged), MODELS / "resolver.json")
    sys.stdout.write(write_card(judged, data, gazetteer, MODELS / "TOPONYMS.md"))


if __name__ == "__main__":
    main(sys.argv[1:])
