from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

import pytest

from geomap import importers
from geomap.errors import UnreadableInput, UsageError
from geomap.export import FORMATS
from geomap.importers import acled, gdelt, ucdp
from geomap.importers.made import day
from geomap.saved import load

if TYPE_CHECKING:
    from pathlib import Path

    from geomap.model import EventSet

ACLED = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,"
    "actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,"
    "latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp\n"
    "SYR1,25 May 2013,2013,1,Political violence,Battles,Armed clash,Army,,1,Rebels,,2,12,,760,Middle East,Syria,Homs,,,"
    'Al Qusayr,34.51,36.58,1,Wire,National,"Two sides,\nin a made note.",22,,1\n'
    "SYR2,2013-05-26,2013,2,Demonstrations,Protests,Peaceful protest,Protesters (Syria),,Protesters,,,,Protesters only,"
    ",760,Middle East,Syria,Aleppo,,,Aleppo,36.2,37.16,2,Wire,National,A made march.,0,,1\n"
    "SYR3,yesterday,2013,2,,Protests,Peaceful protest,,,,,,,,,760,,Syria,,,,Aleppo,36.2,37.16,2,,,,0,,1\n"
    "SYR4,2013-05-26,2013,2,,Sports,Football,,,,,,,,,760,,Syria,,,,Aleppo,36.2,37.16,2,,,,0,,1\n"
)
UCDP = (
    "id;relid;year;type_of_violence;side_a;side_b;source_article;source_date;source_headline;where_prec;"
    "where_coordinates;adm_1;latitude;longitude;country;date_prec;date_start;date_end;best;high;low\n"
    "7;SYR-7;2013;1;Government of Syria;Syrian insurgents;A made line;2013-05-26;A made headline;1;Al Qusayr town;Homs"
    " province;34.51;36.58;Syria;1;2013-05-25 00:00:00.000;2013-05-25 00:00:00.000;20;25;18\n"
    "8;SYR-8;2013;3;IS;Civilians;;;;4;Aleppo governorate;Aleppo province;36.2;37.5;Syria;4;2013-05-01;2013-05-31;"
    "0;4;0\n"
)


def raw_gdelt(columns: int) -> str:
    """Return a line as GDELT's own files have it: no header, tabs, nothing quoted."""
    cells = dict.fromkeys(gdelt.names(columns), "")
    cells |= {
        "globaleventid": "1234", "sqldate": "20130525", "eventcode": "190", "eventrootcode": "19",
        "actor1name": 'SYRIA "ARMY"', "actor1type1code": "MIL", "actor2name": "REBEL", "actor2type1code": "REB",
        "actiongeo_type": "4", "actiongeo_fullname": "Al Qusayr, Homs, Syria", "actiongeo_countrycode": "SY",
        "actiongeo_lat": "34.51", "actiongeo_long": "36.58", "sourceurl": "https://example.org/made",
    }  # fmt: skip
    return "\t".join(cells.values()) + "\n"


def parsed(text: str) -> EventSet:
    """Read the lines of a text."""
    return importers.parse(io.StringIO(text, newline=""))


class TestAcled:
    """ACLED's files."""

    def test_a_row(self) -> None:
        """Codes become words: the actors' kinds, the place's country, the day in any of ACLED's spellings."""
        event, *_ = parsed(ACLED).events

        assert (event.kind, event.sub_kind, event.status) == ("Battles", "Armed clash", "happened")
        assert [(a.name, a.role, a.kind) for a in event.actors] == [
            ("Army", "source", "State forces"), ("Rebels", "target", "Rebel groups"),
        ]  # fmt: skip
        assert event.where
        assert event.when
        assert event.killed
        assert (event.where.place.country, event.where.place.admin1_name) == ("SY", "Homs")
        assert (event.when.first, event.killed.best) == (date(2013, 5, 25), 22)

    def test_new_labels(self) -> None:
        """The words that ACLED writes since 2024 for kinds of actor are read too; no dead is no toll."""
        event = parsed(ACLED).events[1]

        assert event.actors[0].kind == "Protesters"
        assert event.killed is None

    def test_a_note_over_two_lines(self) -> None:
        """A line break in a note does not end the row."""
        assert parsed(ACLED).documents[0].text == "Two sides,\nin a made note."

    def test_a_bad_row_is_a_failure(self) -> None:
        """A row without a day that can be read is told of; the others are read."""
        events = parsed(ACLED)

        assert len(events.events) == 2
        assert "yesterday" in events.failures[0].error

    def test_byte_order_mark_and_semicolons(self) -> None:
        """What Excel does to a file is undone."""
        changed = "\ufeff" + ACLED.replace(",", ";").replace("Two sides;", "Two sides,")

        assert len(parsed(changed).events) == 2

    def test_what_we_write_we_read(self, events: EventSet) -> None:
        """Our own ACLED file comes back with the same kinds, places, days and dead."""
        file = io.StringIO(newline="")
        FORMATS["acled"].write(events, file)
        back = parsed(file.getvalue()).events

        assert [e.kind for e in back] == [e.kind for e in events.events if e.on_map]
        assert back[0].killed
        assert back[0].where
        assert (back[0].killed.best, back[0].where.place.latitude) == (22, 34.51)


class TestUcdp:
    """UCDP's files."""

    def test_state_based(self) -> None:
        """Fighting is a battle, with the low, best and high figure of the dead."""
        event = parsed(UCDP).events[0]

        assert event.kind == "Battles"
        assert event.killed
        assert (event.killed.low, event.killed.best, event.killed.high) == (18, 20, 25)
        assert [a.kind for a in event.actors] == ["State forces", "Rebel groups"]

    def test_one_sided_in_a_province_in_a_month(self) -> None:
        """Violence of one side is against civilians; a province and a month are known as what they are."""
        event = parsed(UCDP).events[1]

        assert event.kind == "Violence against civilians"
        assert event.where
        assert event.when
        assert (event.where.precision, event.where.place.feature) == (3, "A.ADM1")
        assert (event.when.precision, event.when.last) == (3, date(2013, 5, 31))
        assert event.killed
        assert (event.killed.best, event.killed.high) == (0, 4)


class TestGdelt:
    """GDELT's files."""

    @pytest.mark.parametrize("columns", [57, 58, 61])
    def test_raw(self, columns: int) -> None:
        """All three layouts are known without a header; a quotation mark is a letter."""
        events = parsed(raw_gdelt(columns) + raw_gdelt(columns).replace("1234", "1235"))

        assert [e.kind for e in events.events] == ["Battles", "Battles"]
        assert events.events[0].actors[0].name == 'SYRIA "ARMY"'
        assert events.events[0].where
        assert events.events[0].where.place.country == "SY"

    @pytest.mark.parametrize(
        ("code", "kind"),
        [("1831", "Suicide bomb"), ("183", "Remote explosive/landmine/IED"), ("141", "Peaceful protest"), ("010", None),
         ("0251", None), ("036", "Talks"), ("112", None), ("2042", "Attack")],
    )  # fmt: skip
    def test_codes(self, code: str, kind: str | None) -> None:
        """The longest CAMEO code that fits decides; words and pleas are no events."""
        found = gdelt.kind_of(code)

        assert (found[1] if found else None) == kind

    def test_fips_is_not_iso(self) -> None:
        """GDELT's AS is Australia, not American Samoa."""
        event = parsed(raw_gdelt(61).replace("\tSY\t", "\tAS\t")).events[0]

        assert event.where
        assert event.where.place.country == "AU"


@pytest.mark.parametrize(
    ("text", "said"),
    [("25 May 2013", date(2013, 5, 25)), ("2013-05-25T00:00:00", date(2013, 5, 25)), ("20130525", date(2013, 5, 25)),
     ("25/05/2013", date(2013, 5, 25)), ("", None)],
)  # fmt: skip
def test_days(text: str, said: date | None) -> None:
    """A day is read as each dataset writes it."""
    assert day(text) == said


def test_every_dataset_is_known_by_its_columns() -> None:
    """The columns of one are not the columns of another."""
    for dataset in (acled, ucdp, gdelt):
        assert importers.sniff(",".join(sorted(dataset.COLUMNS))) == dataset.__name__.rpartition(".")[2]
    assert importers.sniff("Date;Lat;Lng;What") == "table"


def test_what_is_none_is_refused() -> None:
    """A file of other columns and a dataset that is not in the table name those that are known."""
    with pytest.raises(UnreadableInput, match="acled, ucdp, gdelt"):
        parsed("a,b\n1,2\n")
    with pytest.raises(UsageError, match="acled, ucdp, gdelt"):
        importers.parse(["a"], format="icews")


def test_other_verbs_read_them(tmp_path: Path) -> None:
    """Wherever geomap reads events, it reads these files."""
    path = tmp_path / "theirs.csv"
    path.write_text(ACLED)

    assert len(load(path).events) == 2
