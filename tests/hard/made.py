"""Events made by chance: valid by the model's types, and otherwise as odd as they come."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from gazetteer import Place
from geomap.model import (
    STATUSES,
    Actor,
    Candidate,
    Document,
    Event,
    EventSet,
    Failure,
    Mention,
    Report,
    Resolution,
    Span,
    Toll,
    When,
    Where,
)

WORDS = st.text(st.characters(codec="utf-8"), max_size=40)
NAMES = st.one_of(
    WORDS,
    st.sampled_from(
        ["", "=1+1", "</script><script>", "a,b", 'a"b', "a\nb", "a\tb", "\u2028", "حلب", "O'Higgins", "@x", "\x00"]
    ),
)
SHARES = st.floats(0, 1, allow_nan=False)
TEXT_LENGTH = 60
TEXTS = st.text(st.characters(codec="utf-8"), min_size=TEXT_LENGTH, max_size=TEXT_LENGTH)
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
ADMINS = st.one_of(st.none(), NAMES)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """Return a range inside a document's text."""
    a, b = sorted((draw(st.integers(0, TEXT_LENGTH)), draw(st.integers(0, TEXT_LENGTH))))
    return Span(a, b)


PLACES = st.builds(
    Place,
    id=st.integers(1, 2**31),
    name=NAMES,
    latitude=st.floats(-90, 90).map(lambda x: round(x, 5)),
    longitude=st.floats(-180, 180).map(lambda x: round(x, 5)),
    country=st.sampled_from([None, "SY", "US", "FJ", "AQ", "XK"]),
    admin1_name=ADMINS,
    feature=st.sampled_from(["P.PPL", "A.ADM1", "A.PCLI", "H.SEA", "L.RGN"]),
    population=st.integers(0, 10**8),
)
TOLLS = st.builds(
    Toll,
    span=spans(),
    words=NAMES,
    low=st.integers(0, 10**7),
    high=st.one_of(st.none(), st.integers(0, 10**7)),
    best=st.one_of(st.none(), st.integers(0, 10**7)),
)


@st.composite
def whens(draw: st.DrawFn) -> When:
    """Return a time that has words, days, or both."""
    words = draw(st.one_of(st.none(), spans()))
    if words is not None and draw(st.booleans()):
        return When(words)
    first, last = sorted((draw(DAYS), draw(DAYS)))
    return When(words, first, last, draw(st.sampled_from([1, 2, 3])))


WHERES = st.builds(
    Where,
    place=PLACES,
    span=st.one_of(st.none(), spans()),
    precision=st.sampled_from([1, 2, 3]),
    radius_km=st.floats(0, 5000).map(lambda x: round(x, 1)),
    confidence=SHARES.map(lambda x: round(x, 4)),
)
ACTORS = st.builds(
    Actor,
    name=NAMES,
    role=st.sampled_from(["source", "target", "other"]),
    kind=st.sampled_from(["State forces", "Rebel groups", "Civilians", "Protesters"]),
    span=spans(),
)
KINDS = st.sampled_from(
    [
        ("Battles", "Armed clash"),
        ("Explosions/Remote violence", "Air/drone strike"),
        ("Violence against civilians", "Attack"),
        ("Protests", "Peaceful protest"),
        ("Riots", "Mob violence"),
        ("Strategic developments", "Arrests"),
        ("Diplomacy", "Talks"),
    ]
)


@st.composite
def events(draw: st.DrawFn, document: str) -> Event:
    """Return an event of a document."""
    kind, sub_kind = draw(KINDS)
    some = st.one_of(st.none(), TOLLS)
    return Event(
        id=draw(st.text("0123456789abcdef", min_size=8, max_size=12)),
        kind=kind,
        sub_kind=sub_kind,
        status=draw(st.sampled_from(STATUSES)),
        document=document,
        evidence=draw(spans()),
        trigger=draw(spans()),
        when=draw(st.one_of(st.none(), whens())),
        where=draw(st.one_of(st.none(), WHERES)),
        actors=tuple(draw(st.lists(ACTORS, max_size=3))),
        killed=draw(some),
        wounded=draw(some),
        abducted=draw(some),
        displaced=draw(some),
        cumulative_killed=draw(some),
        confidence=round(draw(SHARES), 4),
        also=tuple(
            draw(st.lists(st.builds(Report, document=st.just(document), evidence=spans(), trigger=spans()), max_size=2))
        ),
    )


@st.composite
def resolutions(draw: st.DrawFn) -> Resolution:
    """Return a mention with or without a place."""
    span = draw(spans())
    mention = Mention(span, draw(NAMES), draw(st.sampled_from(["place", "demonym"])))
    if draw(st.booleans()):
        return Resolution(mention)
    place, sure = draw(PLACES), round(draw(SHARES), 4)
    return Resolution(mention, place, sure, (Candidate(place, sure),))


@st.composite
def event_sets(draw: st.DrawFn) -> EventSet:
    """Return one to three documents with their places and events."""
    documents = [
        Document(
            f"d{n}",
            draw(TEXTS),
            title=draw(st.one_of(st.none(), NAMES)),
            published=draw(st.one_of(st.none(), DAYS)),
            source=draw(st.one_of(st.none(), NAMES)),
            body=(Span(0, TEXT_LENGTH),),
        )
        for n in range(draw(st.integers(1, 3)))
    ]
    found = [event for document in documents for event in draw(st.lists(events(document.id), max_size=3))]
    own = {event.id: event for event in found}
    return EventSet(
        tuple(documents),
        {d.id: tuple(draw(st.lists(resolutions(), max_size=3))) for d in documents},
        tuple(own.values()),
        tuple(
            draw(st.lists(st.builds(Failure, st.text("abc./", min_size=1), st.text("abc ", min_size=1)), max_size=1))
        ),
    )
