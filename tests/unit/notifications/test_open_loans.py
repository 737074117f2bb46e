"""Who has a device is read from the journal of loans: a rebuild leaves nobody of a past that was discarded."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
import sqlalchemy as sa

from chassis.clock import SystemClock, new_id
from chassis.inbox.checkpoints import active_generations
from chassis.inbox.projection import Projection
from chassis.inbox.rebuild import Rebuild
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage import migrations
from chassis.storage.database import Database
from contracts.envelope import Event
from contracts.events import event_type
from services.notifications.handlers import planning
from services.notifications.projections import on_loans
from services.notifications.service import NotificationsService
from services.notifications.tables import open_loans

VERSIONS = NotificationsService.migrations / "versions"
CLOCK = SystemClock()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path):
    url = f"sqlite:///{tmp_path / 'notifications.sqlite'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres").url_for("open_loans")
    migrations.upgrade(url, VERSIONS)
    made = Database(url)
    yield made
    made.close()


@pytest.fixture
def projection(database):
    def within(trace, connection):
        return UnitOfWork(
            database, clock=CLOCK, new_id=new_id, when_recorded=lambda: None, trace=trace, within=connection
        )

    return Projection(
        database,
        subscriber="notifications",
        source="loans",
        project=lambda batch: planning.apply(batch, within),
        clock=CLOCK,
        read_models=on_loans.read_models,
    )


def journal(*steps):
    """A journal with these steps, each (what, loan), in an epoch of its own."""
    epoch, before, events = str(uuid4()), None, []
    for position, (what, loan) in enumerate(steps, 1):
        events.append(
            Event(
                id=str(uuid4()),
                type=event_type("loans", "loans", what),
                source="urn:digipunt:test:loans",
                subject=f"loans/{loan}",
                time=datetime.now(UTC),
                data={
                    "loan": {
                        "id": loan,
                        "borrower": str(uuid4()),
                        "digipunt": str(uuid4()),
                        "state": what,
                        "dueOn": "2026-12-01",
                    },
                    "back": [{"day": "2026-11-20"}],
                },
                deployment="test",
                municipality="24107",
                epoch=epoch,
                position=position,
                entityversion=1,
                previousid=before,
            )
        )
        before = events[-1].id
    return events


def out(database):
    """The loans that announcements are for."""
    with database.read() as connection:
        answering = open_loans.c.generation.in_(active_generations("loans"))
        return set(connection.execute(sa.select(open_loans.c.loan).where(answering)).scalars())


def test_a_rebuild_leaves_no_loan_that_the_journal_does_not_have(database, projection):
    """While it is made, whoever brought a device back long ago is not among those who have one."""
    kept, back, ghost = (str(uuid4()) for _ in range(3))
    generation = projection.prepare()
    begun = [("handedOver", kept), ("handedOver", back), ("returned", back)]
    projection.apply(journal(*begun, ("handedOver", ghost)), generation)
    assert out(database) == {kept, ghost}

    rebuild = Rebuild(projection, CLOCK)
    filling = rebuild.request()
    restored = journal(*begun)
    projection.apply(restored[:2], filling)
    assert out(database) == {kept, ghost}
    projection.apply(restored, filling)
    with database.begin() as connection:
        connection.execute(sa.text("UPDATE checkpoints SET state = 'stopped' WHERE active"))
    assert rebuild.finish(filling, 1)
    rebuild.sweep()
    assert out(database) == {kept}
    with database.read() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(open_loans)).scalar_one() == 1


def test_open_loans_of_before_belong_to_the_generation_that_answers(tmp_path):
    """An upgrade forgets nobody, and what the release before adds when it comes back counts too."""
    url, loans = f"sqlite:///{tmp_path / 'before.sqlite'}", [str(uuid4()), str(uuid4())]
    database = Database(url)
    add = sa.text("INSERT INTO open_loans (loan, person, digipunt) VALUES (:loan, :loan, :loan)")
    with database.begin() as connection:
        migrations.upgrade_in(connection, VERSIONS, ["chassis@head", "notifications_0006"])
        connection.execute(
            sa.text(
                "INSERT INTO checkpoints (source, generation, active, position, updated_at, state)"
                " VALUES ('loans', 4, true, 0, '2026-01-01', 'following')"
            )
        )
        connection.execute(add, {"loan": loans[0].replace("-", "")})
    migrations.upgrade(url, VERSIONS)
    with database.begin() as connection:
        connection.execute(add, {"loan": loans[1].replace("-", "")})
    assert out(database) == set(loans)
    database.close()
