"""A stand-in for the street that workers can import: quick, and able to fail in every way a document can."""

from __future__ import annotations

import os
import re
import signal
import time
from typing import TYPE_CHECKING

from gazetteer.place import Place
from geomap.model import Event, Mention, Resolution, Span, Toll, When, Where

if TYPE_CHECKING:
    from geomap.model import Document

HOMS = Place(169577, "Homs", 34.72682, 36.72339, "SY", "SY.11", "Homs", None, "P.PPLA", 775404)
MAULED = 0.003
"""Seconds each document takes, so that a kill meets a run at work."""


def analyse(document: Document) -> tuple[tuple[Resolution, ...], tuple[Event, ...]]:
    """Find one place and one event, or do what the document's words ask for."""
    if "RAISE" in document.text:
        raise ValueError("asked to fail")
    if "DIE" in document.text:
        os.kill(os.getpid(), signal.SIGKILL)
    while "HANG" in document.text:
        time.sleep(0.1)
    time.sleep(MAULED)
    place = Resolution(Mention(Span(0, 4), document.text[:4]), HOMS, 0.9)
    killed = re.search(r"killed (\d+)", document.text)
    toll = Toll(Span(*killed.span(1)), killed.group(1), *[int(killed.group(1))] * 3) if killed else None
    event = Event(
        id="e1",
        kind="Battles",
        sub_kind="Armed clash",
        status="happened",
        document=document.id,
        evidence=Span(0, len(document.text)),
        trigger=Span(0, 4),
        when=When(None, document.published, document.published, 1) if document.published else None,
        where=Where(HOMS, None, 1, 5.0),
        killed=toll,
    )
    return (place,), (event,)
