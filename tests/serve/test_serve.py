"""The served page as a program sees it: orders, results, and everything it refuses."""

from __future__ import annotations

import gzip
import io
import socket
import tempfile
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from geomap.errors import UsageError
from geomap.serve import open_socket
from geomap.serve.settings import is_loopback

from .asking import OWN, ask, finished, form, mapped, submit
from .conftest import ARTICLE, SETTINGS, served


def test_a_pasted_article_becomes_a_map(page: str) -> None:
    """Paste, wait, and the map is there, with the title that was asked for."""
    job = mapped(page, ("text", ARTICLE), ("title", "North <b>"), ("published", "2013-05-25"))
    shown = ask(page, f"/api/jobs/{job['id']}/map")

    assert ("done", 1, 1, True) == (job["state"], job["on_map"], job["documents"], job["dated"])
    assert 200 == shown.status
    assert b"North &lt;b&gt;" in shown.body


def test_the_map_goes_packed_to_who_can_unpack_it(page: str) -> None:
    """A browser gets gzip; a program that did not ask for it gets plain HTML."""
    path = f"/api/jobs/{mapped(page, ('text', ARTICLE))['id']}/map"
    packed = ask(page, path, headers={"Accept-Encoding": "gzip, br"})

    assert "gzip" == packed.headers["content-encoding"]
    assert gzip.decompress(packed.body) == ask(page, path).body


def test_files_of_several_formats_in_one_order(page: str) -> None:
    """A text, a page, and a zip of one more are three documents."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("inner.txt", ARTICLE + " Again.")
    job = mapped(
        page,
        files=(
            ("a.txt", ARTICLE.encode()),
            ("b.html", f"<html><body><article><p>{ARTICLE} It went on.</p></article></body></html>".encode()),
            ("c.zip", packed.getvalue()),
        ),
    )

    assert ("done", 3, 3) == (job["state"], job["read"], job["documents"])


def test_nothing_is_written_to_disk(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of some megabytes stays in memory while the form is read."""
    written: list[object] = []
    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", written.append)
    job = mapped(page, files=(("long.txt", (ARTICLE + " It went on.\n\n").encode() * 30_000),))

    assert ("done", []) == (job["state"], written)


def test_a_bad_file_does_not_take_the_good_ones_along(page: str) -> None:
    """What cannot be read is named, and the rest is mapped."""
    job = mapped(page, files=(("noise.bin", bytes(range(256)) * 20), ("good.txt", ARTICLE.encode())))

    assert ("done", 1) == (job["state"], job["documents"])
    assert "noise.bin" == job["failures"][0]["source"]


def test_nothing_readable_is_a_failed_job_with_its_reason(page: str) -> None:
    """The reason names the file and what is wrong with it."""
    job = mapped(page, files=(("empty.txt", b""),))

    assert "failed" == job["state"]
    assert "empty.txt" in job["error"]


def test_a_crash_fails_one_job_and_no_other(page: str) -> None:
    """A bug met on one article leaves the page answering."""
    bad, good = mapped(page, ("text", "crash")), mapped(page, ("text", ARTICLE))

    assert ("failed", "done") == (bad["state"], good["state"])
    assert "RuntimeError" in bad["error"]
    assert "boom" not in bad["error"]


@pytest.mark.parametrize(("name", "begins"), [("jsonl", b"{"), ("geojson", b"{"), ("csv", b"")])
def test_events_leave_in_formats_of_the_table(page: str, name: str, begins: bytes) -> None:
    """An export is a file to save."""
    job = mapped(page, ("text", ARTICLE))
    saved = ask(page, f"/api/jobs/{job['id']}/events/{name}")

    assert 200 == saved.status
    assert saved.headers["content-disposition"].startswith('attachment; filename="events.')
    assert saved.body.startswith(begins)
    assert b"Aleppo" in saved.body


def test_corrections_draw_the_map_anew(page: str) -> None:
    """A rejected event is gone from the next map; the first map stays as it was."""
    first = mapped(page, ("text", ARTICLE))
    event = ask(page, f"/api/jobs/{first['id']}/events/jsonl").json["events"][0]["id"]
    path, headers = f"/api/jobs/{first['id']}/corrections", {**OWN, "Content-Type": "application/json"}
    second = finished(page, ask(page, path, "POST", f'{{"reject": ["{event}"]}}'.encode(), headers).json["id"])
    bad = finished(page, ask(page, path, "POST", b'{"x": 1}', headers).json["id"])

    assert (0, 1) == (second["events"], finished(page, first["id"])["events"])
    assert ("failed", "These are no corrections.") == (bad["state"], bad["error"])


def test_progress_is_told_and_an_order_can_be_taken_back(page: str) -> None:
    """A long order counts its articles, one behind it waits its turn, and a dropped one is gone."""
    long = submit(page, files=tuple((f"{i}.txt", f"slow {i}".encode()) for i in range(20))).json["id"]
    behind = submit(page, ("text", ARTICLE)).json["id"]
    time.sleep(0.8)
    told = ask(page, f"/api/jobs/{long}").json
    waiting = ask(page, f"/api/jobs/{behind}").json
    dropped = ask(page, f"/api/jobs/{long}", "DELETE", headers=OWN)

    assert ("reading", 20) == (told["state"], told["total"])
    assert 0 < told["read"] < 20
    assert ("waiting", 1) == (waiting["state"], waiting["before"])
    assert (204, 404) == (dropped.status, ask(page, f"/api/jobs/{long}").status)
    assert "done" == finished(page, behind)["state"]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ((), "nothing to read"),
        ((("text", "  \n"),), "nothing to read"),
        ((("text", "x"), ("published", "4.5.")), "is not a day"),
        ((("text", "x"), ("published", "2013-13-01")), "is not a day"),
        ((("text", "x"), ("title", "a" * 201)), "at most 200"),
        ((("text", "x"), ("title", "a"), ("title", "b")), "more than once"),
        ((("text", "x"), ("colour", "red")), "no field 'colour'"),
        ((("file", "/etc/passwd"),), "takes files"),
        ((("address", "file:///etc/passwd"),), "no web address"),
        ((("address", "/etc/passwd"),), "no web address"),
        ((("address", "ftp://example.org/"),), "no web address"),
    ],
)
def test_an_order_that_makes_no_sense_is_refused(page: str, fields: tuple[tuple[str, str], ...], says: str) -> None:
    """The refusal says what was wrong."""
    answer = submit(page, *fields)

    assert 422 == answer.status
    assert says in answer.json["detail"]


def test_paths_in_a_file_name_stay_a_name(page: str) -> None:
    """A client's file name is shown, and never opened: not upwards, not absolute, not Windows'."""
    names = ("../../../etc/passwd", "/etc/shadow", "C:\\Windows\\win.ini", "nul\x00byte.txt", "..")
    job = mapped(page, files=(*((name, b"") for name in names), ("a.txt", ARTICLE.encode())))

    assert "done" == job["state"]
    assert ["passwd", "shadow", "win.ini"] == [f["source"] for f in job["failures"]][:3]


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:1/", "http://localhost:1/x", "http://[::1]:1/", "http://0.0.0.0:1/", "http://10.0.0.1/",
        "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data/", "http://2130706433/", "http://0x7f.1/",
        "http://[::ffff:127.0.0.1]/", "http://127.1/", "https://user@127.0.0.1/", "http://[fd00::1]/",
    ],
)  # fmt: skip
def test_addresses_inside_private_networks_are_not_fetched(page: str, address: str) -> None:
    """The page cannot be used to look into the network it stands in, however the address is written."""
    job = mapped(page, ("address", address))

    assert "failed" == job["state"]
    assert "private network" in job["error"] or "cannot be fetched" in job["error"]


def test_our_own_address_is_not_fetched(page: str) -> None:
    """Nor can it be sent to itself."""
    assert "private network" in mapped(page, ("address", f"{page}/api"))["error"]


def test_without_fetch_no_address_is_taken() -> None:
    """Where fetching is off an address is refused before anything is looked up."""
    with served(replace(SETTINGS, fetch=False)) as address:
        answer = submit(address, ("address", "https://example.org/"))

        assert 422 == answer.status
        assert ask(address, "/api").json["fetch"] is False


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {**OWN, "Origin": "https://evil.example"},
        {**OWN, "Origin": "null"},
        {**OWN, "Origin": "http://127.0.0.1:1"},
        {**OWN, "Origin": "http://[bad"},
        {**OWN, "Sec-Fetch-Site": "cross-site"},
        {**OWN, "Sec-Fetch-Site": "same-site"},
    ],
)
def test_other_pages_cannot_ask(page: str, headers: dict[str, str]) -> None:
    """A form or script on another page, or inside the sandboxed map, is refused."""
    body, own = form(("text", ARTICLE))
    answer = ask(page, "/api/jobs", "POST", body, {"Content-Type": own["Content-Type"], **headers})

    assert 403 == answer.status


def test_no_other_page_may_read(page: str) -> None:
    """No answer carries a permission for other origins, and each forbids guessing and caching."""
    for path in ("/", "/api", "/assets/serve.js", "/openapi.json", "/nothing"):
        headers = ask(page, path, headers={"Origin": "https://evil.example"}).headers

        assert not [name for name in headers if name.startswith("access-control")]
        assert "no-store" == headers["cache-control"]
        assert "nosniff" == headers["x-content-type-options"]
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "server" not in headers


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "[bad", ""])
def test_a_foreign_name_for_this_machine_is_refused(page: str, host: str) -> None:
    """A name that somebody else points at loopback (DNS rebinding) does not reach the page."""
    assert 400 == ask(page, "/api", headers={"Host": host}).status


@pytest.mark.parametrize("host", ["localhost:9", "127.0.0.1", "[::1]:9", "LOCALHOST", "localhost.", "127.8.0.1"])
def test_every_name_of_loopback_will_do(page: str, host: str) -> None:
    """Also through a forwarded port, which changes the number."""
    assert 200 == ask(page, "/api", headers={"Host": host}).status


def test_the_token_is_asked_of_everything_but_the_page_itself() -> None:
    """The page and its files come without it; nothing else does, and a wrong one opens nothing."""
    with served(replace(SETTINGS, token="s3cret"), loopback=False) as address:  # noqa: S106 - a test's own
        body, headers = form(("text", ARTICLE))
        session = ask(address, "/api/session", "POST", b'{"token": "s3cret"}', OWN)
        cookie = session.headers["set-cookie"]
        wrong = ask(address, "/api/session", "POST", b'{"token": "guess"}', OWN)

        assert (200, 200) == (ask(address, "/").status, ask(address, "/assets/serve.js").status)
        assert 401 == ask(address, "/api").status == ask(address, "/openapi.json").status
        assert 401 == ask(address, "/api/jobs", "POST", body, headers).status
        assert 401 == ask(address, "/api", headers={"Cookie": "geomap_token=é"}).status
        assert 401 == ask(address, "/api", headers={"Authorization": "Bearer s3cre"}).status
        assert 200 == ask(address, "/api", headers={"Authorization": "Bearer s3cret"}).status
        assert (204, 401) == (session.status, wrong.status)
        assert "HttpOnly" in cookie
        assert "samesite=strict" in cookie.lower()
        assert 200 == ask(address, "/api", headers={"Cookie": cookie.split(";")[0]}).status
        assert 200 == ask(address, "/", headers={"Host": "newsroom.example"}).status


def test_too_much_is_refused_before_it_is_read() -> None:
    """By what the header says, and by what comes when the header says nothing."""
    with served(replace(SETTINGS, upload=1024 * 1024)) as address:
        told = ask(address, "/api/jobs", "POST", headers={**OWN, "Content-Length": str(10**10), "Content-Type": "x/y"})
        body, headers = form(("text", "a" * (3 * 1024 * 1024)))
        sent = _sent_in_chunks(address, body, headers)

        assert 413 == told.status
        assert sent.startswith(b"HTTP/1.1 413")


def _sent_in_chunks(address: str, body: bytes, headers: dict[str, str]) -> bytes:
    host, port = address.removeprefix("http://").split(":")
    head = "".join(f"{k}: {v}\r\n" for k, v in {**headers, "Host": host, "Transfer-Encoding": "chunked"}.items())
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        connection.sendall(f"POST /api/jobs HTTP/1.1\r\n{head}\r\n".encode())
        try:
            for i in range(0, len(body), 65536):
                piece = body[i : i + 65536]
                connection.sendall(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
            connection.sendall(b"0\r\n\r\n")
        except OSError:  # it hung up on us, as it may
            pass
        return connection.recv(4096)


def test_too_many_files_are_refused() -> None:
    """A form of thousands of parts is a way to tire a server out."""
    with served(replace(SETTINGS, files=3)) as address:
        assert 400 == submit(address, files=tuple((f"{i}", b"x") for i in range(4))).status


def test_one_client_cannot_ask_without_end() -> None:
    """Past its burst a client is told to wait, and after waiting it is served again."""
    with served(replace(SETTINGS, rate=20, burst=5)) as address:
        statuses = [ask(address, "/api").status for _ in range(30)]
        time.sleep(0.3)

        assert 200 == statuses[0] == ask(address, "/api").status
        assert 429 in statuses


def test_the_line_is_bounded_and_says_so() -> None:
    """Orders beyond the line's length are refused with when to come back; those in it are kept."""
    with served(replace(SETTINGS, waiting=2)) as address:
        answers = [submit(address, ("text", f"slow {i}")) for i in range(4)]

        assert [202, 202, 503, 503] == [a.status for a in answers]
        assert answers[2].headers["retry-after"].isdigit()
        assert "done" == finished(address, answers[1].json["id"])["state"]


def test_old_results_are_forgotten() -> None:
    """Only so many are kept; the newest stays."""
    with served(replace(SETTINGS, kept=3)) as address:
        jobs = [mapped(address, ("text", f"{ARTICLE} {i}"))["id"] for i in range(6)]

        assert [404, 404, 404] == [ask(address, f"/api/jobs/{job}").status for job in jobs[:3]]
        assert 200 == ask(address, f"/api/jobs/{jobs[-1]}").status


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/api/", 404),
        ("GET", "/assets/../settings.py", 404),
        ("GET", "/assets/..%2fsettings.py", 404),
        ("GET", "/assets/index.html", 404),
        ("GET", "/api/jobs/none", 404),
        ("GET", "/api/jobs/none?wait=31", 422),
        ("GET", "/api/jobs/none?wait=nan", 422),
        ("GET", "/api/jobs/none/map", 404),
        ("DELETE", "/api/jobs/none", 404),
        ("PUT", "/api/jobs", 405),
        ("HEAD", "/", 200),
    ],
)
def test_what_is_not_there(page: str, method: str, path: str, status: int) -> None:
    """Nothing but what the table names is answered, and never a file by its path."""
    assert status == ask(page, path, method, headers=OWN).status


def test_200_orders_8_at_once_and_none_lost(page: str) -> None:
    """Every order under load ends in a map of its own."""

    def one(number: int) -> tuple[str, int]:
        job = mapped(page, ("text", f"{ARTICLE} Number {number}."))
        return job["state"], job["events"]

    with ThreadPoolExecutor(8) as crowd:
        results = list(crowd.map(one, range(200)))

    assert [("done", 1)] * 200 == results


@pytest.mark.parametrize(
    ("host", "is_ours"),
    [
        ("127.0.0.1", True), ("localhost", True), ("::1", True), ("[::1]", True), ("127.9.9.9", True),
        ("0.0.0.0", False), ("::", False),  # noqa: S104 - a name, not bound
        ("192.168.0.4", False), ("example.org", False), ("", False),
    ],
)  # fmt: skip
def test_what_is_this_machine_alone(host: str, is_ours: bool) -> None:
    """Beyond these a token is asked for."""
    assert is_ours is is_loopback(host)


def test_a_taken_port_is_said_plainly() -> None:
    """The message names another port."""
    with open_socket("127.0.0.1", 0) as bound, pytest.raises(UsageError, match="--port 0"):
        open_socket("127.0.0.1", bound.getsockname()[1])
