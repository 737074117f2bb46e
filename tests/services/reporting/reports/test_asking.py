"""From asking for a report to its files, over HTTP, on a laptop and on servers."""

from __future__ import annotations

import sys
import time
from datetime import timedelta
from hashlib import sha256

import eventlet
import pytest
import sqlalchemy as sa

from chassis.errors import Unavailable
from services.reporting.reports import keeping, rendering
from services.reporting.reports.asked import Asked
from services.reporting.reports.making import Maker
from services.reporting.tables import report_files, reports
from tests.backends.deployment import wait_until
from tests.services.reporting.ledger import LANDEN, TIENEN
from tests.services.reporting.reports.reading import lines_of, one, paper_tables
from tests.support.paper import needs_poppler

DAYS = {"from": "2025-01-01", "to": "2025-06-30"}
HALF = {"kind": "halfYear", "year": 2025, "half": 1}


@pytest.fixture
def coordinator(region):
    """A coordinator of Tienen and Landen."""
    return region.client("coordinator", [TIENEN, LANDEN])


def ask(client, **more):
    """The report that is asked for, as it is at once."""
    client.region.settle()
    answer = client.http.post("/reporting/v1/reports", json=HALF | more)
    assert answer.status_code == 202, answer.text
    return answer.json()


def made(client, **more):
    """The report that is asked for, once it is made."""
    id = ask(client, **more)["id"]

    def ready():
        eventlet.sleep(0.2)  # Whoever asks without a pause takes the processor from who makes it.
        report = client.http.get(f"/reporting/v1/reports/{id}").json()
        assert report["state"] != "failed", report
        return report if report["state"] == "made" else None

    return wait_until(ready, "the report", 120)


@needs_poppler
def test_from_asking_to_the_three_files(coordinator, capsys):
    """It is made beside the requests, says how far it is, and its files hold what was registered."""
    point = coordinator.digipunt(LANDEN, "'t Recupke")
    before = contacts(coordinator, made(coordinator))
    coordinator.visit(point, startedAt="2025-03-04T10:12:00+01:00", contact="first", ageBand="65to74")
    begun = time.monotonic()
    asked = ask(coordinator)
    assert (asked["state"], asked["progress"], asked["madeAt"]) == ("making", 0.0, None)
    report = made(coordinator)
    files = {form: file(coordinator, report, form) for form in ("pdf", "xlsx", "csv")}
    with capsys.disabled():
        print(f"\nreport: from POST to three files {time.monotonic() - begun:.1f} s")
    assert (report["id"], report["progress"], report["rebuilding"]) == (asked["id"], 1.0, False)
    assert report["asOf"]["visits"]["position"] > 0
    assert "halfjaarverslag-2025-1.pdf" in files["pdf"].headers["content-disposition"]
    assert [files[form].content[:4] for form in files] == [b"%PDF", b"PK\x03\x04", b"from"]
    count = contacts(coordinator, report)
    assert count == before + 1
    [row] = [
        row for row in paper_tables(files["pdf"].content)["Tabel 1. Kerncijfers"] if row[0] == "Contacten"
    ]
    assert row[1] == str(count)


def contacts(client, report):
    """The contacts of the half-year, in the CSV of the report."""
    lines = lines_of(file(client, report, "csv").content)
    return int(one(lines, measure="contacts", **DAYS)["value"])


def file(client, report, form, **query):
    """One file of a report."""
    answer = client.http.get(report["files"][form], params=query)
    assert answer.status_code == 200, answer.text
    assert query or answer.headers["etag"] == f'"{sha256(answer.content).hexdigest()}"'
    return answer


def test_the_same_of_the_same_events_is_the_same_file(coordinator):
    """Asked twice, or directly, by whoever may read it: one report, the same bytes; one more visit is another report."""
    point = coordinator.digipunt(TIENEN)
    first = made(coordinator)
    again = made(coordinator.region.client("policy", [TIENEN, LANDEN]))
    assert again["id"] == first["id"]
    direct = coordinator.get("/reports/halfYear.pdf", year=2025, half=1)
    assert direct.content == file(coordinator, first, "pdf").content
    assert direct.headers["content-type"] == "application/pdf"
    coordinator.visit(point, startedAt="2025-03-04T10:12:00+01:00")
    assert made(coordinator)["id"] != first["id"]
    assert file(coordinator, first, "pdf").content == direct.content


def test_a_link_opens_a_file_once(coordinator):
    """A browser's link sends no token, so the address is one."""
    report = made(coordinator)
    given = coordinator.http.post(f"{report['files']['xlsx']}/ticket")
    assert given.status_code == 201, given.text
    stranger = coordinator.region.stranger().http
    opened, again = (stranger.get(given.json()["href"]) for _ in range(2))
    assert (opened.status_code, again.status_code) == (200, 404)
    assert opened.content == file(coordinator, report, "xlsx").content


@pytest.mark.case("figures 33")
def test_a_csv_for_a_belgian_excel(coordinator):
    """Semicolons, decimal commas and a mark: the same lines."""
    of = {"year": 2025, "half": 1}
    plain, excel = (
        coordinator.get("/reports/halfYear.csv", **of, **more).content for more in ({}, {"dialect": "excel"})
    )
    assert excel.startswith("\ufefffrom;to;municipality;".encode())
    back = [line | {"value": line["value"].replace(",", ".")} for line in lines_of(excel, ";")]
    assert back == lines_of(plain)
    assert plain.count(b"\r\n") == plain.count(b"\n")


def test_a_service_that_was_never_there_is_not_nought(coordinator):
    """Lending is not part of this region: its numbers are not available, in each form."""
    report = made(coordinator)
    lines = lines_of(file(coordinator, report, "csv").content)
    lent = one(lines, measure="devicesHandedOver", **DAYS)
    assert (lent["value"], lent["status"]) == ("", "x")
    tables = paper_tables(file(coordinator, report, "pdf").content)
    assert ["Uitgeleende toestellen", "[x]", "[x]"] in tables["Tabel 1. Kerncijfers"]
    [row] = [rows[-1] for title, rows in tables.items() if title.endswith("Uitgeleende toestellen")]
    assert row == ["Samen", *["[x]"] * 6]


@pytest.mark.parametrize(
    ("body", "where", "code"),
    [
        ({"half": 3}, "half", "halfUnknown"),
        ({"half": None}, "half", "halfMissing"),
        ({"kind": "year"}, "half", "halfOfYear"),
        ({"year": 1999}, "year", "yearTooEarly"),
        ({"year": 2100}, "year", "yearTooEarly"),
        ({"year": 2098}, "year", "periodNotBegun"),
        ({"year": "2025"}, "year", "notWholeNumber"),
        ({"kind": "month"}, "kind", "notAChoice"),
        ({"language": "de"}, "language", "notAChoice"),
        ({"municipalities": []}, "municipalities", "lengthBetween"),
        ({"municipalities": ["Tienen"]}, "municipalities[0]", "notNis"),
        ({"public": True}, "public", "unknownField"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_code(coordinator, body, where, code):
    """And with a sentence; nothing is begun."""
    answer = coordinator.http.post(
        "/reporting/v1/reports", json=HALF | body, headers={"Accept-Language": "nl"}
    )
    assert answer.status_code == 400, answer.text
    [issue] = answer.json()["issues"]
    assert (issue["name"], issue["code"]) == (where, code)
    assert issue["detail"]


@pytest.mark.parametrize(
    ("path", "query", "where", "code"),
    [
        ("halfYear.pdf", {"year": 2025, "half": 3}, "half", "halfUnknown"),
        ("halfYear.pdf", {"year": 2025}, "half", "required"),
        ("halfYear.csv", {"year": 2025, "half": 1, "dialect": "french"}, "dialect", "notAChoice"),
        ("halfYear.xlsx", {"year": 1999, "half": 1}, "year", "yearTooEarly"),
        ("year.pdf", {"year": 2098}, "year", "periodNotBegun"),
        ("year.pdf", {"year": 2025, "half": 1}, "half", "unknownField"),
        ("year.pdf", {"year": 2025, "public": "true"}, "public", "publicReportsNotYet"),
    ],
)
def test_what_cannot_be_asked_directly_is_refused_too(coordinator, path, query, where, code):
    """The same codes, in the address."""
    answer = coordinator.http.get(f"/reporting/v1/reports/{path}", params=query)
    assert answer.status_code == 400, answer.text
    assert [(issue["name"], issue["code"]) for issue in answer.json()["issues"]] == [(where, code)]


def test_of_another_municipality_nothing_is_told(coordinator):
    """Neither by asking for it, nor by the address of a report of which only a part is one's own."""
    report = made(coordinator)
    landen = coordinator.region.client("policy", [LANDEN]).http
    asked = landen.post("/reporting/v1/reports", json=HALF | {"municipalities": [TIENEN]})
    assert (asked.status_code, asked.json()["code"]) == (404, "municipalityNotFound")
    for address in (f"/reporting/v1/reports/{report['id']}", report["files"]["pdf"]):
        answer = landen.get(address)
        assert (answer.status_code, answer.json()["code"]) == (404, "reportNotFound")
    ticket = landen.post(f"{report['files']['pdf']}/ticket")
    assert (ticket.status_code, ticket.json()["code"]) == (404, "reportNotFound")


def test_a_report_beside_a_rebuild_says_so(coordinator):
    """It is made of the figures that answer, and not of those that are being filled."""
    application = coordinator.region.runner.applications["reporting"]
    before = lines_of(file(coordinator, made(coordinator), "csv").content)
    with application.database.begin() as connection:
        _begin_rebuild(connection)
    try:
        report = made(coordinator)
        assert report["rebuilding"] is True
        assert lines_of(file(coordinator, report, "csv").content) == before
        shown = paper_tables(file(coordinator, report, "pdf").content)
        assert shown
    finally:
        with application.database.begin() as connection:
            connection.execute(sa.text("DELETE FROM checkpoints WHERE generation = 9000"))


def _begin_rebuild(connection):
    """As a rebuild that has only just begun."""
    connection.execute(
        sa.text(
            "INSERT INTO checkpoints (source, generation, active, position, updated_at, state)"
            " VALUES ('visits', 9000, :no, 0, :then, 'rebuilding')"
        ).bindparams(sa.bindparam("no", False, sa.Boolean), sa.bindparam("then", "2026-01-01 00:00:00")),
    )


@pytest.fixture
def maker(region):
    """A maker that makes at once, on the database of the region."""
    application = region.runner.applications["reporting"]
    return Maker(application.database, application.clock, application.new_id, lambda work: work())


def test_what_a_stopped_process_left_is_taken_up(region, maker):
    """Somebody took it, and was gone: after a while it is made all the same, once."""
    application = region.runner.applications["reporting"]
    left = Maker(application.database, application.clock, application.new_id, lambda work: None)
    id = left.ask(Asked.of("halfYear", 2024, 2, [TIENEN], "nl"))["id"]
    now = application.clock.now()
    with application.database.begin() as connection:
        assert keeping.claim(connection, id, now)
        assert not keeping.claim(connection, id, now)
        assert id not in keeping.left_behind(connection, now)
        keeping.update(connection, id, claimed_until=now - timedelta(seconds=1))
    maker.take_up()
    with application.database.read() as connection:
        assert keeping.find(connection, id)["state"] == "made"
        assert id not in keeping.left_behind(connection, now + timedelta(days=1))


def test_a_report_that_could_not_be_made_says_why(region, coordinator, maker, monkeypatch):
    """A machine without Pango: the reason is kept, told in the reader's language, and asking again tries again."""
    asked = Asked.of("year", 2024, None, [TIENEN, LANDEN], "nl")
    real = f"exec {sys.executable} -m services.reporting.reports.worker"
    monkeypatch.setattr(rendering, "WORKER", ("sh", "-c", f'[ "$0" = pdf ] && exit 3; {real} "$0"'))
    application = region.runner.applications["reporting"]
    without = Maker(application.database, application.clock, application.new_id, lambda work: work())
    id = without.ask(asked)["id"]
    told = coordinator.http.get(f"/reporting/v1/reports/{id}", headers={"Accept-Language": "nl"}).json()
    assert told["state"] == "failed"
    assert told["failure"]["code"] == "documentsNotPossible"
    assert "libpango" in told["failure"]["detail"]
    with pytest.raises(Unavailable, match="libpango"):
        without.wait(id, "pdf")
    assert without.wait(id, "xlsx")["content"].startswith(b"PK")
    assert maker.ask(asked)["id"] == id
    assert coordinator.http.get(f"/reporting/v1/reports/{id}").json()["state"] == "made"


def test_newer_ones_take_the_place_of_older_ones(region, coordinator, maker):
    """A day later the older one about the same is gone, with its files; the newest stays."""
    point = coordinator.digipunt(TIENEN)
    older = made(coordinator, year=2023)
    coordinator.visit(point, startedAt="2023-03-04T10:12:00+01:00")
    newer = made(coordinator, year=2023)
    application = region.runner.applications["reporting"]
    maker.forget()
    assert coordinator.http.get(f"/reporting/v1/reports/{older['id']}").status_code == 200
    with application.database.begin() as connection:
        for report in (older, newer):
            asked_at = reports.c.asked_at
            before = connection.execute(sa.select(asked_at).where(reports.c.id == report["id"])).scalar_one()
            keeping.update(connection, report["id"], asked_at=before - timedelta(days=2))
    maker.forget()
    found = [coordinator.http.get(f"/reporting/v1/reports/{each['id']}") for each in (older, newer)]
    assert [each.status_code for each in found] == [404, 200]
    with application.database.read() as connection:
        files = sa.select(sa.func.count()).where(report_files.c.report == older["id"])
        assert connection.execute(files).scalar_one() == 0
