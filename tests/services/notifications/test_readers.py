"""Readers of the bottleneck sheet: told by e-mail, once a month, in their language, and of their own municipality only."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

import httpx
import pytest
import sqlalchemy as sa

from chassis.faults import FaultPoints
from chassis.http.auth import issue
from chassis.run import Runner
from chassis.storage.tables import checkpoints
from common.field_cipher import FieldCipher
from common.person_keys import cipher_of
from services.notifications.handlers.delivering import POINTS
from services.notifications.handlers.sealing import reencrypt
from services.notifications.model import timing
from services.notifications.service import NotificationsService
from services.notifications.tables import contact_days, messages, readers
from services.reporting.service import ReportingService
from services.visits.service import VisitsService
from tests.services.notifications.world import MovedClock
from tests.support.mail import MailServer
from tests.support.processes import wait_until
from tests.support.running import BACKENDS, backend

PATH = "/notifications/v1/readers"
NOVEMBER = date(2026, 11, 30)
OVER = date(2026, 12, 3)
"""The day on which November is complete."""
NEXT = date(2027, 1, 4)
"""A working day on which December is."""
ITSME = {"service": "itsme", "cause": "smartphoneOnly"}
DE_LIJN = {"service": "deLijn", "cause": "noData"}

_towns = count(12001)


class Told(NotificationsService):
    """Sends when the test says so."""

    def send(self) -> None:
        self.sender.run()


class Counted(ReportingService):
    """Looks for complete sheets when the test says so."""

    def complete_sheets(self) -> None:
        super().complete_sheets()


class Crash(Exception):
    """What happens at a fault point."""


class CrashAt(FaultPoints):
    """Ends the work at one point, as a killed process would."""

    def __init__(self, point: str) -> None:
        self._point = point

    def reach(self, point: str) -> None:
        if point == self._point:
            raise Crash(point)


@dataclass
class Office:
    """visits, reporting and notifications, with the coordinator of a municipality that no other test uses."""

    runner: Runner
    clock: MovedClock
    mail: MailServer
    nis: str = ""
    point: str = ""

    def moves_to_a_new_town(self) -> None:
        """November is about to end, in a municipality with one digipunt."""
        self.nis = str(next(_towns))
        self.clock.set(NOVEMBER)
        self.point = str(uuid4())
        self.call("PUT", f"/visits/v1/digipunts/{self.point}", {"name": "BOM", "municipality": self.nis}, 201)

    def client(self, role: str = "coordinator", nis: str | None = None) -> httpx.Client:
        """Somebody with this role."""
        token = issue(self.runner.settings, role, [nis or self.nis])
        headers = {"Authorization": f"Bearer {token}"}
        return httpx.Client(base_url=self.runner.address, headers=headers, timeout=30, trust_env=False)

    def call(self, method: str, path: str, body: Any = None, expect: int = 200, **more: Any) -> Any:
        """What came of a request of the coordinator."""
        with self.client() as client:
            answer = client.request(method, path, json=body, **more)
        assert answer.status_code == expect, (path, answer.text)
        return answer.json() if answer.content else None

    def reader(self, language: str = "nl", **more: Any) -> str:
        """Somebody who asked for the sheet."""
        id = str(uuid4())
        body = {
            "municipality": self.nis,
            "name": "An Peeters",
            "email": self.address(id),
            "language": language,
        }
        self.call("PUT", f"{PATH}/{id}", body | more, 201)
        return id

    @staticmethod
    def address(reader: str) -> str:
        return f"{reader[:13]}@example.be"

    def stopped(self, times: int, *bottlenecks: dict[str, str], day: str = "2026-11-10") -> None:
        """So many visits that ended there."""
        for _ in range(times):
            body = {"digipunt": self.point, "startedAt": f"{day}T10:00:00+01:00", "themes": ["digitalId"]}
            self.call("PUT", f"/visits/v1/visits/{uuid4()}", body | {"bottlenecks": [*bottlenecks]}, 201)

    def settle(self) -> None:
        """Each service knows all that the others recorded."""
        for owner, follower in (
            ("visits", "reporting"),
            ("visits", "notifications"),
            ("reporting", "notifications"),
        ):
            journal = self.runner.applications[owner].journal
            consumer = self.runner.applications[follower].consumers[owner]
            wait_until(lambda journal=journal: journal.waiting() == 0, "the relay", 60)
            head = journal.head().position
            wait_until(
                lambda consumer=consumer, head=head: consumer.status()["position"] >= head, "a consumer", 60
            )

    def looks(self) -> None:
        """Reporting looks for complete sheets, once it is level."""
        self.settle()
        self.runner.instance("reporting").complete_sheets()
        self.settle()

    def sends(self) -> None:
        """Whatever is due leaves."""
        self.clock.later(seconds=5)
        self.runner.instance("notifications").send()

    def at(self, day: date, hour: float = 10.0) -> None:
        """It is this hour: reporting looks, and what is due leaves."""
        self.clock.set(day, hour)
        self.looks()
        self.sends()

    def subjects(self, reader: str) -> list[str]:
        """What this reader got, oldest first."""
        return [str(each["Subject"]) for each in self.mail.emails(self.address(reader))]

    def text(self, reader: str) -> str:
        """The one e-mail of this reader."""
        [email] = self.mail.emails(self.address(reader))
        return str(email.get_content())

    def states(self, reader: str) -> list[tuple[str, str | None]]:
        """What became of the messages to this reader."""
        mine = sa.select(messages.c.state, messages.c.reason).where(messages.c.key.like(f"%:{reader}"))
        with self.runner.applications["notifications"].database.read() as connection:
            return [(state, reason) for state, reason in connection.execute(mine)]

    def completed(self) -> list[dict[str, Any]]:
        """The sheets of this municipality of which reporting told."""
        _, entries = self.runner.applications["reporting"].journal.page(0, 5000)
        events = [json.loads(entry.body) for entry in entries]
        return [each["data"]["sheet"] for each in events if each.get("municipality") == self.nis]


@pytest.fixture(scope="module", params=BACKENDS)
def running(request, mail) -> Iterator[Office]:
    """On SQLite and memory://, then on PostgreSQL and RabbitMQ, with a real mail server."""
    clock = MovedClock()
    with (
        backend(request, "visits", "reporting", "notifications") as place,
        place.running(
            VisitsService, Counted, Told, clock=clock, smtp_url=mail.url, phone="016 80 56 62"
        ) as runner,
    ):
        yield Office(runner, clock, mail)


@pytest.fixture
def office(running) -> Office:
    running.moves_to_a_new_town()
    return running


def test_three_readers_hear_once_a_month_in_their_own_language(office):
    """Rounded numbers of twelve months, and where the sheet is; nothing of what happened fewer than five times."""
    office.stopped(7, ITSME)
    office.stopped(6, ITSME, day="2026-03-10")
    office.stopped(6, ITSME, day="2025-11-10")
    office.stopped(4, DE_LIJN)
    dutch, french, english = (office.reader(language) for language in ("nl", "fr", "en"))
    office.at(OVER)
    assert office.subjects(dutch) == ["Het blad met knelpunten van november 2026 staat klaar"]
    assert office.subjects(french) == ["La fiche des difficultés de novembre 2026 est prête"]
    assert office.subjects(english) == ["The bottleneck sheet of November 2026 is ready"]
    assert (
        "itsme hield mensen minstens 10 keer tegen. Minstens 10 keer omdat het alleen met een smartphone werkt."
        in office.text(dutch)
    )
    assert "itsme a bloqué des personnes au moins 10 fois." in office.text(french)
    assert "itsme stopped people at least 10 times." in office.text(english)
    for reader in (dutch, french, english):
        assert "De Lijn" not in office.text(reader)
        assert "13" not in office.text(reader)
        assert "016 80 56 62" in office.text(reader)
    office.at(OVER, 11)
    office.at(OVER + timedelta(days=20))
    assert [len(office.subjects(each)) for each in (dutch, french, english)] == [1, 1, 1]
    office.at(NEXT)
    assert office.subjects(dutch)[1:] == ["Het blad met knelpunten van december 2026 staat klaar"]
    assert [sheet["month"] for sheet in office.completed()] == ["2026-11", "2026-12"]


def test_a_month_without_figures_says_so(office):
    """Who asked hears that it is there, also when there is little on it."""
    office.stopped(4, ITSME)
    reader = office.reader()
    office.at(OVER)
    assert "Geen enkele dienst hield mensen 5 keer of meer tegen." in office.text(reader)


def test_nobody_hears_before_the_month_is_complete(office):
    """Not on its second day after, and not while a visit of it is recorded and not yet counted."""
    reader = office.reader()
    office.at(OVER - timedelta(days=1))
    assert office.completed() == []
    office.clock.set(OVER)
    office.settle()
    database = office.runner.applications["reporting"].database
    ours = (checkpoints.c.source == "visits") & checkpoints.c.active.is_(True)
    with database.begin() as connection:
        head = connection.execute(sa.select(checkpoints.c.position).where(ours)).scalar_one()
        connection.execute(sa.update(checkpoints).where(ours).values(head=head + 1))
    office.runner.instance("reporting").complete_sheets()
    assert office.completed() == []
    with database.begin() as connection:
        connection.execute(sa.update(checkpoints).where(ours).values(head=head))
    office.at(OVER)
    assert len(office.subjects(reader)) == 1


@pytest.mark.parametrize("point", POINTS)
def test_a_crash_of_the_sender_tells_nobody_twice(office, point):
    """Whatever it was about to do: each reader has the message once, or staff see that it may have left."""
    reader = office.reader()
    office.clock.set(OVER)
    office.looks()
    office.clock.later(seconds=5)
    sender = office.runner.instance("notifications").sender
    with pytest.raises(Crash):
        replace(sender, faults=CrashAt(point)).run()
    for _ in range(3):
        office.clock.later(seconds=timing.CLAIM.total_seconds() + 5)
        office.sends()
    assert len(office.subjects(reader)) == (0 if point == "sender.intended" else 1)
    unknown = point in ("sender.intended", "sender.sent")
    assert office.states(reader) == [("failed", "unknown") if unknown else ("sent", None)]


def test_what_becomes_too_late_in_the_midst_of_a_round_is_not_told(office):
    """A round begins before midnight and ends after it: whose turn comes then is told nothing that is over."""
    readers = [office.reader(), office.reader()]
    office.clock.set(OVER)
    office.looks()
    office.clock.later(seconds=5)

    class Slow(FaultPoints):
        def reach(self, point: str) -> None:
            if point == "sender.claimed":
                office.clock.later(days=60)

    replace(office.runner.instance("notifications").sender, faults=Slow()).run()
    office.sends()
    assert sorted(len(office.subjects(reader)) for reader in readers) == [0, 1]
    assert sorted(office.states(reader) for reader in readers) == [[("expired", "tooLate")], [("sent", None)]]


@pytest.mark.parametrize("point", ["unit.beforeCommit", "unit.afterCommit"])
def test_a_crash_of_reporting_tells_a_month_once(office, point, monkeypatch):
    """The row and its event are one transaction: with neither, the next look tells it; with both, it does not."""
    reader = office.reader()
    office.clock.set(OVER)
    office.settle()
    service = office.runner.instance("reporting")
    application = office.runner.applications["reporting"]
    with monkeypatch.context() as patched:
        patched.setattr(application, "faults", CrashAt(point))
        with pytest.raises(Crash):
            service.complete_sheets()
    office.at(OVER)
    assert [sheet["month"] for sheet in office.completed()] == ["2026-11"]
    assert len(office.subjects(reader)) == 1


def test_who_left_hears_nothing_and_is_gone(office):
    """Also when the message was planned already; no row knows them any more."""
    stays, goes = office.reader(), office.reader()
    office.clock.set(OVER)
    office.looks()
    office.call("DELETE", f"{PATH}/{goes}", expect=204)
    office.call("DELETE", f"{PATH}/{goes}", expect=404)
    office.sends()
    assert (len(office.subjects(stays)), office.subjects(goes)) == (1, [])
    assert office.states(goes) == [("expired", "erased")]
    with office.runner.applications["notifications"].database.read() as connection:
        for table in (messages, contact_days):
            mine = sa.select(sa.func.count()).select_from(table).where(table.c.person == goes)
            assert connection.execute(mine).scalar_one() == 0
    office.at(NEXT)
    assert office.subjects(goes) == []


def test_a_rebuild_tells_nothing_again_and_nothing_to_who_came_later(office):
    """Of reporting from visits, and of notifications from reporting."""
    first = office.reader()
    office.at(OVER)
    later = office.reader()
    for name, source in (("reporting", "visits"), ("notifications", "reporting")):
        application = office.runner.applications[name]
        assert application.request_rebuild(source)
        wait_until(
            lambda application=application, source=source: (
                application.consumers[source].status()["rebuilding"] is None
            ),
            "the rebuild",
            60,
        )
        office.at(OVER, 12)
    assert (len(office.subjects(first)), office.subjects(later)) == (1, [])
    office.at(NEXT)
    assert (len(office.subjects(first)), len(office.subjects(later))) == (2, 1)


def test_an_officer_reads_figures_of_the_own_municipality_only(office):
    """Each of two municipalities; and who moves to another list between plan and message reads of neither."""
    office.stopped(6, ITSME)
    here, moves = office.reader(), office.reader()
    one = office.nis
    office.moves_to_a_new_town()
    office.stopped(5, DE_LIJN)
    there = office.reader()
    office.clock.set(OVER)
    office.looks()
    both = issue(office.runner.settings, "coordinator", [one, office.nis])
    body = {"municipality": office.nis, "name": "An Peeters", "email": office.address(moves)}
    answer = httpx.put(
        f"{office.runner.address}{PATH}/{moves}", json=body, headers={"Authorization": f"Bearer {both}"}
    )
    assert answer.status_code == 200
    office.sends()
    assert "itsme" in office.text(here)
    assert "De Lijn" not in office.text(here)
    assert "De Lijn" in office.text(there)
    assert "itsme" not in office.text(there)
    assert office.subjects(moves) == []
    assert office.states(moves) == [("expired", "noLongerTrue")]


def test_the_coordinator_keeps_the_list_encrypted(office):
    """Added, read, changed with its version, listed and removed; the database holds neither name nor address."""
    id = str(uuid4())
    body = {"municipality": office.nis, "name": "An Peeters", "email": "an@example.be"}
    made = office.call("PUT", f"{PATH}/{id}", body, 201)
    assert (made["language"], made["version"]) == ("nl", 1)
    assert office.call("PUT", f"{PATH}/{id}", body) == made
    office.call("PUT", f"{PATH}/{id}", body | {"language": "fr"}, headers={"If-Match": '"1"'})
    office.call("PUT", f"{PATH}/{id}", body, 412, headers={"If-Match": '"1"'})
    [listed] = office.call("GET", f"{PATH}?municipality={office.nis}")["items"]
    assert listed == office.call("GET", f"{PATH}/{id}")
    assert (listed["language"], listed["since"]) == ("fr", made["since"])
    with office.runner.applications["notifications"].database.read() as connection:
        sealed = connection.execute(sa.select(readers.c.sealed).where(readers.c.id == id)).scalar_one()
    assert not any(word in sealed for word in ("Peeters", "example"))
    for wrong in ({"email": "an"}, {"name": ""}, {"language": "de"}, {"municipality": "1"}, {"email": None}):
        assert "Peeters" not in str(office.call("PUT", f"{PATH}/{uuid4()}", body | wrong, 400))
    with office.client(nis="24130") as elsewhere, office.client("policy") as policy:
        assert elsewhere.get(PATH).json()["items"] == []
        for method in ("GET", "DELETE"):
            assert elsewhere.request(method, f"{PATH}/{id}").status_code == 404
            assert policy.request(method, f"{PATH}/{id}").status_code == 403
        assert elsewhere.put(f"{PATH}/{id}", json=body).status_code == 404
        assert elsewhere.put(f"{PATH}/{id}", json=body | {"municipality": "24130"}).status_code == 404
    office.call("DELETE", f"{PATH}/{id}", expect=204)
    office.call("GET", f"{PATH}/{id}", expect=404)


def test_the_key_of_readers_can_be_changed(office):
    """Contacts and readers are sealed with the newest key, in steps; a second time there is nothing to do."""
    ids = [office.reader() for _ in range(3)]
    contact = str(uuid4())
    office.call(
        "PUT", f"/notifications/v1/contacts/{contact}", {"name": "Rita Claes", "digipunt": office.point}, 201
    )
    application = office.runner.applications["notifications"]
    old, new = application.settings.data_keys[0], b"a newer key that only this test knows"

    def rotate(*keys: bytes) -> int:
        after, total = None, 0
        while True:
            with application.unit_of_work() as uow:
                after, changed = reencrypt(uow, FieldCipher(keys), after, 2)
            total += changed
            if after is None:
                return total

    assert rotate(new, old) >= 4
    assert rotate(new, old) == 0
    with application.database.read() as connection:
        for id in ids:
            sealed = connection.execute(sa.select(readers.c.sealed).where(readers.c.id == id)).scalar_one()
            assert cipher_of(connection, FieldCipher([new]), id).decrypt(sealed)["name"] == "An Peeters"
    assert rotate(old, new) >= 4


def test_the_message_waits_for_office_hours(office):
    """At night nothing leaves; in the morning it does."""
    reader = office.reader()
    office.at(OVER, 3)
    assert office.subjects(reader) == []
    office.clock.set(OVER, 9.1)
    office.sends()
    assert len(office.subjects(reader)) == 1
