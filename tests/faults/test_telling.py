"""notifications is killed at every point of its work: nobody is told twice, and nobody is forgotten."""

from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from chassis.clock import BRUSSELS
from chassis.faults import POINTS
from chassis.run import Runner
from chassis.settings import Settings
from chassis.storage.database import Database
from services.notifications.handlers.delivering import POINTS as SENDING
from services.notifications.tables import messages
from tests.faults.deployment import Process
from tests.services.notifications.owner import TIENEN, LoansOwner, borrower, context, loan, typed
from tests.services.notifications.world import MONDAY
from tests.support.mail import MailServer
from tests.support.processes import environment, wait_until

ROOT = Path(__file__).parents[2]
PEOPLE = 4
"""Told in each round, of whom one by two loans at once."""

EVERYWHERE = [*SENDING, *POINTS, "anywhere", "anywhere"]
QUICK = ["sender.claimed", "sender.sent"]


class Telling:
    """notifications in processes of its own, beside an owner of loans and a mail server."""

    def __init__(self, broker: str, databases: dict[str, str], folder: Path, mail: MailServer) -> None:
        key = "a key that only the fault tests know, 32+"
        self.mail = mail
        self.database = Database(databases["notifications"])
        owner = Settings(
            deployment="faults",
            broker_url=broker,
            database_urls={"loans": databases["loans"]},
            listen=("127.0.0.1", 0),
            signing_key=key.encode(),
        )
        self.owner = Runner(owner, [LoansOwner])
        self.owner.start()
        self._environment = environment(
            {
                "PYTHONPATH": str(ROOT),
                "DIGIPUNT_DEPLOYMENT": "faults",
                "DIGIPUNT_BROKER_URL": broker,
                "DIGIPUNT_NOTIFICATIONS_DATABASE_URL": databases["notifications"],
                "DIGIPUNT_SMTP_URL": mail.url,
                "DIGIPUNT_SIGNING_KEY": key,
            }
        )
        self._folder = folder
        at_ten = datetime.combine(MONDAY, datetime.min.time(), BRUSSELS) + timedelta(hours=10)
        self._shift = str((at_ten - datetime.now(UTC)).total_seconds())
        self.processes: list[Process] = []

    def start(self) -> Process:
        """One more replica."""
        process = Process("notifications", self._environment, self._folder)
        process.start("--shift", self._shift, "--hurry")
        self.processes.append(process)
        return process

    def remind(self) -> list[str]:
        """The owner says that loans of some people are due soon; the addresses of those people."""
        people = [borrower() for _ in range(PEOPLE)]
        due = MONDAY + timedelta(days=3)
        for person in [*people, people[0]]:
            id = str(uuid4())
            LoansOwner.known[id] = context(person, due)
            with self.owner.applications["loans"].unit_of_work() as uow:
                said = {"loan": loan(id, person["id"], due)}
                uow.record(typed("dueSoon"), id, said, version=1, municipality=TIENEN)
        return [person["email"] for person in people]

    def busy(self) -> bool:
        """Whether there is something to tell."""
        with self.database.read() as connection:
            waiting = sa.select(messages.c.id).where(messages.c.state.in_(("planned", "sending"))).limit(1)
            return connection.execute(waiting).first() is not None

    def settled(self, count: int) -> bool:
        """Whether so many messages are there, and each has been told or is shown as perhaps told."""
        done = sa.or_(
            messages.c.state == "sent", sa.and_(messages.c.state == "failed", messages.c.reason == "unknown")
        )
        # Who was told today already is told tomorrow.
        tomorrow = messages.c.next_at > datetime.combine(MONDAY, datetime.max.time(), BRUSSELS)
        with self.database.read() as connection:
            found = connection.execute(
                sa.select(sa.func.count()).select_from(messages).where(sa.or_(done, tomorrow))
            ).scalar_one()
        return bool(found == count)

    def states(self) -> Counter[str]:
        with self.database.read() as connection:
            return Counter(connection.execute(sa.select(messages.c.state)).scalars())

    def close(self) -> None:
        for process in self.processes:
            process.kill()
        self.owner.stop()
        self.database.close()


@pytest.fixture
def telling(rabbitmq, postgres, tmp_path):
    folder = tmp_path / "mail"
    folder.mkdir()
    with ExitStack() as stack:
        broker = stack.enter_context(rabbitmq.vhost())
        mail = MailServer(folder)
        stack.callback(mail.stop)
        databases = {name: postgres.url_for(name) for name in ("loans", "notifications")}
        made = Telling(broker, databases, tmp_path, mail)
        stack.callback(made.close)
        yield made


def test_sigkill_while_telling(telling, measured):
    """Killed between claim, intent, sending and commit, nobody is told twice or forgotten."""
    strike(telling, QUICK, measured)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_sigkill_at_twenty_points_while_telling(telling, measured):
    """Killed at each of twenty points, nobody is told twice or forgotten."""
    strike(telling, EVERYWHERE, measured)


def strike(telling, points, measured):
    process = telling.start()
    addresses = []
    for point in points:
        if point == "anywhere":
            addresses += telling.remind()
            wait_until(telling.busy, "the first messages", 30)
            process.kill()
        else:
            process.strike(point, 1)
            addresses += telling.remind()
            wait_until(lambda: process.dead, f"notifications to stand at {point}", 60)
        process.start()
        expected = len(addresses) // PEOPLE * (PEOPLE + 1)
        wait_until(lambda expected=expected: telling.settled(expected), f"all to be told after {point}", 60)
    told = Counter(str(email["To"]) for email in telling.mail.emails())
    states = telling.states()
    twice = [address for address, times in told.items() if times > 1]
    # An e-mail about two loans may stand for two messages that are shown as perhaps told.
    forgotten = len(addresses) - len(told)
    figures = {"people": len(addresses), "told_twice": len(twice), "shown_as_unknown": states["failed"]}
    measured("SIGKILL while telling people", f"{len(points)} points", **figures)
    assert twice == []
    assert forgotten <= states["failed"]
    assert states["sent"] > states["failed"]
