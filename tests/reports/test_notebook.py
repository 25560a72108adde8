"""Events, places and maps in notebooks, and events as data frames."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from geomap.errors import MissingExtra
from geomap.export import jsonl
from geomap.extras import extra
from geomap.model import Candidate, EventSet, Mention, Resolution, Span
from geomap.notebook import SHOWN

if TYPE_CHECKING:
    from pathlib import Path

CELLS = (
    "from geomap.saved import load; from geomap.map import draw; events = load('events.jsonl')",
    "events",
    "events.resolutions['one'][0]",
    "draw(events, title='A made map')",
    "events.to_pandas().head()",
)


def shown(thing: EventSet | Resolution) -> str:
    """Return what a notebook shows."""
    return thing._repr_html_()


def test_a_set_shows_its_events(events: EventSet) -> None:
    """The table tells the count, and each event's day, kind, place, toll and evidence."""
    text = shown(events)

    assert "6 events, 3 on the map, from 3 documents" in text
    assert all(word in text for word in ("2013-05-25", "Al Qusayr, Syria", "22", "Government troops clashed"))


def test_a_large_set_shows_its_beginning(events: EventSet) -> None:
    """A notebook is not flooded."""
    many = replace(events, events=events.events * 20)

    assert shown(many).count("<tr>") == SHOWN + 1


def test_a_name_shows_what_it_could_have_meant(events: EventSet) -> None:
    """The candidates are listed with their shares and reasons; a name that means nothing says so."""
    resolution = events.resolutions["one"][0]
    assert resolution.place
    place = resolution.place
    told = replace(resolution, candidates=(Candidate(place, 0.9, ("near Homs",)), Candidate(place, 0.1)))

    assert "<b>Al Qusayr</b>, 90% sure" in shown(told)
    assert "near Homs" in shown(told)
    assert "no place that is known" in shown(Resolution(Mention(Span(0, 4), "Xyzz")))


def test_untrusted_text_is_text(hostile: EventSet) -> None:
    """An article's own markup is shown, not obeyed."""
    made = replace(hostile.events[0], sub_kind="<img src=x onerror=alert(1)>")
    mention = Resolution(Mention(Span(0, 1), "<script>alert(1)</script>"))

    assert "<img" not in shown(replace(hostile, events=(made,)))
    assert "<script>" not in shown(mention)


class TestFrames:
    """Data frames."""

    def test_pandas(self, events: EventSet) -> None:
        """Days are days, numbers are whole, and what is unknown is missing."""
        pytest.importorskip("pandas")
        table = events.to_pandas()

        assert table["start"].iloc[0].date() == date(2013, 5, 25)
        assert table["killed_best"].dtype == "Int64"
        assert table["killed_best"].sum() == 22
        assert table["latitude"].isna().sum() == 1

    def test_geopandas(self, events: EventSet) -> None:
        """Points are in WGS 84; an event without a place has none."""
        pytest.importorskip("geopandas")
        table = events.to_geopandas()

        assert table.crs == "EPSG:4326"
        assert table.geometry.notna().sum() == 5

    def test_polars(self, events: EventSet) -> None:
        """The same in polars."""
        polars = pytest.importorskip("polars")
        table = events.to_polars()

        assert table.schema["start"] == polars.Date
        assert table["killed_best"].sum() == 22

    def test_an_empty_set_has_columns(self) -> None:
        """No events make a table of no rows that has every column."""
        pytest.importorskip("pandas")
        pytest.importorskip("polars")

        assert list(EventSet().to_pandas().columns) == list(EventSet().to_polars().columns)

    def test_missing_library_is_named(self) -> None:
        """Without the library the message says what to install."""
        with pytest.raises(MissingExtra, match=r"\[tables\]"), extra("tables", "A table"):
            import no_such_library  # type: ignore[import-not-found] # noqa: F401 - it is not there


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory, events: EventSet) -> Any:  # noqa: ANN401 - nbformat's
    """A notebook that was run from top to bottom."""
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    folder: Path = tmp_path_factory.mktemp("notebook")
    with (folder / "events.jsonl").open("w", encoding="utf-8") as file:
        jsonl.write(events, file, with_text=True)
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell, id=f"c{n}") for n, cell in enumerate(CELLS)])
    client = nbclient.NotebookClient(book, timeout=120, kernel_name="python3", resources={"metadata": {"path": folder}})
    try:
        client.execute()
    except Exception as error:
        if "No such kernel" in str(error):
            pytest.skip("no kernel named python3: pip install ipykernel")
        raise
    return book


@pytest.mark.filterwarnings("default")
class TestNotebook:
    """A notebook, executed."""

    def test_every_cell_shows_itself(self, executed: Any) -> None:  # noqa: ANN401 - nbformat's
        """Events, a place, a map and a table have a look of their own."""
        first, *rest = [cell.outputs for cell in executed.cells]

        assert not first
        assert all("text/html" in outputs[0].data for outputs in rest)

    def test_the_map_is_inside(self, executed: Any) -> None:  # noqa: ANN401 - nbformat's
        """The map is a sandboxed frame with the whole page in it."""
        text = executed.cells[3].outputs[0].data["text/html"]

        assert re.match(r"\s*<iframe ", text)
        assert 'sandbox="allow-scripts allow-downloads"' in text
        assert "srcdoc=" in text

    def test_it_survives_being_published(self, executed: Any) -> None:  # noqa: ANN401 - nbformat's
        """Nbconvert's page still holds the map and the tables."""
        exporters = pytest.importorskip("nbconvert.exporters")
        page, _ = exporters.HTMLExporter().from_notebook_node(executed)

        assert "srcdoc=" in page
        assert "6 events, 3 on the map" in page
