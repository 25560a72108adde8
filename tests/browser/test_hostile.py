"""Text that would do harm stays text: nothing runs, nothing is made, every word can be read."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import TYPE_CHECKING

import pytest

from gazetteer.place import Place
from geomap.map import read, save
from geomap.model import Actor, Candidate, Document, Event, EventSet, Mention, Resolution, Span, Toll, When, Where

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import Opening


pytestmark = pytest.mark.browser

RUN = "document.title='owned'"
CORES = [
    f"<script>{RUN}</script>",
    f"<SCRIPT>{RUN}</SCRIPT >",
    "</script><h1>out</h1>",
    "</SCRIPT\t>",
    "<!--",
    "-->",
    "<!--<script>",
    "]]>",
    "<![CDATA[",
    f"<img src=x onerror={RUN}>",
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<body onload={RUN}>",
    f"<iframe src=javascript:{RUN}>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'>",
    f"<details open ontoggle={RUN}>",
    f"<video><source onerror={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f"<math><mtext></mtext><mglyph><style><img src=x onerror={RUN}>",
    f"<a href=javascript:{RUN}>go</a>",
    "<style>*{display:none}</style>",
    "<link rel=stylesheet href=//example.org/x.css>",
    "<base href=//example.org/>",
    "<meta http-equiv=refresh content=0;url=//example.org>",
    "<form action=//example.org><button>",
    "<object data=x>",
    "<embed src=x>",
    "<template><script>1</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=1>'>",
    "<plaintext>",
    "<xmp>",
    "{{ 7*7 }}",
    "{% include 'x' %}",
    "{{ this._parent }}",
    "${7*7}",
    f"`${{{RUN}}}`",
    "`",
    "\\`",
    "'\"",
    "\"'><b>",
    "\\",
    "\\\\'",
    "\\2019",
    "\\u003cb\\u003e",
    "%3Cscript%3E",
    "&lt;b&gt;",
    "&#60;b&#62;",
    "&amp;lt;",
    "\u2028",
    "\u2029",
    "\u202eevil\u202c",
    "\u2066\u2067x\u2069",
    "\u200b\u200d\ufeff",
    "\x00",
    "a\x00b",
    "\x07\x1b[31m",
    "\x85",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "👩‍👩‍👧‍👦🏴‍☠️",
    "\ud800",
    "x\udfffy",
    "Z̸̢̛̫͉̠͓a̷l̶g̵o̴",
    "لا إله",
    "שלום <b>",
    "W" * 3000,
    "аррӏе.com",
    "=1+1",
    "+cmd|' /C calc'!A0",
    "@SUM(1)",
    "constructor",
    "__proto__",
    "toString",
    "javascript:alert(1)",
    "data:text/html,<script>1</script>",
    "onmouseover=1",
    "' onmouseover='1",
    '" autofocus onfocus="1',
    "/*",
    "*/",
    "//",
    ";",
    "\t",
    "a b",
]
WRAPS = ["{}", "“{}” said a man", "x\">{}<y '"]
STRINGS = [wrap.replace("{}", core) for core, wrap in product(CORES, WRAPS)]


def nasty() -> EventSet:
    """One document and one event for each string, which stands in every field that text can reach."""
    documents, events, resolutions = [], [], {}
    for number, string in enumerate(STRINGS):
        text = f"Fighters shot at {string} on Monday, killing three. All else is quiet."
        name = Span(text.index("at ") + 3, text.index(" on Monday"))
        place = Place(-number - 1, string, 34 + number % 17 / 10, 36 + number % 13 / 10, "SY", "SY.1", string)
        other = Place(-number - 1001, string, 1.0, 2.0, "<b>", None, string)
        document = Document(f"d{number} {string}", text, string, date(2024, 1, 1), string[:20], string)
        reasons = (string, "the name fits")
        found = (Candidate(place, 0.7, reasons), Candidate(other, 0.2, reasons))
        resolutions[document.id] = (Resolution(Mention(name, string), place, 0.7, found),)
        trigger = Span(text.index("shot"), text.index("shot") + 4)
        toll = Toll(Span(text.rindex("three"), text.rindex("three") + 5), string, 3, None, 3)
        when = When(Span(text.rindex("Monday"), text.rindex("Monday") + 6), date(2024, 1, 1), date(2024, 1, 1), 1)
        evidence = Span(0, text.rindex("three.") + 6)
        event = Event(
            f"e{number} {string}", "Battles", string, "happened", document.id, evidence, trigger, when,
            Where(place, name, 1, 5.0, 0.7), (Actor(string, "source", string, name),), toll,
        )  # fmt: skip
        documents.append(document)
        events.append(event)
    return EventSet(tuple(documents), resolutions, tuple(events))


def test_there_are_enough() -> None:
    """The corpus holds at least two hundred strings."""
    assert 200 <= len(set(STRINGS))


def test_hostile_text_stays_text(open_map: Opening) -> None:
    """Nothing runs and no element is made, in list, dialog, article, form, exports and headline alike."""
    events = nasty()
    with open_map(events, title=STRINGS[0]) as opened:
        page = opened.page
        scripts = page.evaluate("document.scripts.length")
        for number in range(0, len(STRINGS), 9):
            page.evaluate("(top) => { document.querySelector('.gm-list').scrollTop = top; }", number * 104)
            page.wait_for_timeout(30)
            page.locator(f'[data-at="{number}"] button').click()
            page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        page.get_by_role("dialog").get_by_role("button", name="Something wrong?").first.click()
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Share").click()

        assert STRINGS[0] == page.title()
        assert scripts == page.evaluate("document.scripts.length")
        forbidden = "img, iframe, object, embed, link, base, video, form:not([method=dialog]), h1 :not(bdi), svg script"
        assert 0 == page.locator(forbidden).count()
        assert page.locator(".gm-head").is_visible()
        assert [] == opened.complaints
        assert [opened.path.as_uri()] == [url for url in opened.requests if not url.startswith("data:")]


def test_every_string_can_be_read_in_the_article(open_map: Opening) -> None:
    """The article shows each text to the letter, marks and all."""
    events = nasty()
    with open_map(events) as opened:
        opened.page.get_by_role("button", name="Article", exact=True).click()
        chooser = opened.page.get_by_label("Choose an article")
        for number in range(0, len(STRINGS), 4):
            chooser.select_option(str(number))
            shown = opened.page.evaluate("document.querySelector('.gm-text').textContent")
            assert events.documents[number].text == shown


def test_hostile_text_comes_back_whole(tmp_path: Path) -> None:
    """A page of hostile text, read back, gives the very events it was drawn from."""
    events = nasty()
    save(events, tmp_path / "map.html")

    assert events == read(tmp_path / "map.html")


def test_the_policy_stops_what_gets_in(open_map: Opening) -> None:
    """Were a handler, a picture or a request put into the page all the same, the policy would not let it act."""
    with open_map(nasty()) as opened:
        refused: dict[str, str | None] = {}
        opened.page.on("requestfailed", lambda request: refused.update({request.url: request.failure}))
        opened.page.evaluate(
            """() => {
                const box = document.createElement("div");
                box.innerHTML = `<img src=x onerror="document.title='owned'"><img src="https://example.org/x.png">
                    <a id="trap" href="javascript:document.title='owned'" onclick="document.title='owned'">x</a>`;
                document.body.append(box);
                document.getElementById("trap").click();
            }"""
        )
        fetched = opened.page.evaluate("fetch('https://example.org/').then(() => 'let through', () => 'refused')")
        opened.page.wait_for_timeout(200)

        assert "refused" == fetched
        assert "owned" != opened.page.title()
        assert {"csp"} == set(refused.values())
        assert "https://example.org/x.png" in refused


def test_hostile_articles_go_down_the_whole_street(open_map: Opening, tmp_path: Path) -> None:
    """Read from files, through recogniser, gazetteer and extraction into the page: still only text."""
    from gazetteer import open_gazetteer
    from geomap.pipeline import run
    from geomap.readers import read_documents

    for number in range(0, len(STRINGS), 12):
        bad = STRINGS[number].encode("utf-8", "replace").decode().replace("\x00", "")
        story = f'Rebels {bad} shelled Homs on Thursday, killing seven people, "{bad}" said.'
        text = f"{bad}\n\nALEPPO, 3 May 2013 - {story}\n"
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    events = run(read_documents([str(path) for path in sorted(tmp_path.glob("*.txt"))]), open_gazetteer())

    with open_map(events, title="Hostile") as opened:
        for row in opened.page.locator(".gm-row").all()[:8]:
            row.click()
        opened.page.get_by_role("button", name="Article", exact=True).click()
        assert events.events
        assert "Hostile" == opened.page.title()
        assert 0 == opened.page.locator("img, iframe, object, embed, link, base, video").count()
        assert [] == opened.complaints
