"""State and events in one transaction; once committed, a unit of work is over."""

import pytest
import sqlalchemy as sa

from chassis.clock import SystemClock, new_id
from chassis.outbox.journal import Journal
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage import migrations
from chassis.storage.database import Database
from tests.backends.counting import REGISTERED, Owner, visit


@pytest.fixture
def database(tmp_path):
    url = f"sqlite:///{tmp_path / 'owner'}.sqlite"
    migrations.upgrade(url, Owner.migrations / "versions")
    database = Database(url)
    yield database
    database.close()


def unit_of_work(database):
    return UnitOfWork(database, clock=SystemClock(), new_id=new_id, when_recorded=lambda: None)


def recorded(database):
    with database.read() as connection:
        return connection.execute(sa.text("SELECT count(*) FROM journal")).scalar_one()


def test_committed_it_is_over(database):
    """A second commit changes nothing, and its connection is not to be had any more."""
    uow = unit_of_work(database)
    with uow:
        id = new_id()
        uow.record(REGISTERED, id, {"visit": visit(id)}, version=1, municipality="24107")
        uow.commit()
        with pytest.raises(RuntimeError, match="already committed"):
            _ = uow.connection
    assert recorded(database) == 1


def test_nothing_recorded_is_nothing_written(database):
    """An empty unit of work touches no database."""
    with unit_of_work(database):
        pass
    assert recorded(database) == 0


def test_stamping_with_nothing_to_stamp_keeps_the_head(database):
    """The lease is taken, and the position stays; another relay is refused meanwhile."""
    journal = Journal(database, service="visits", deployment="test")
    head = journal.claim_and_stamp("me", 10)
    assert (head.position, head.published) == (0, 0)
    assert journal.claim_and_stamp("another", 10) is None
    journal.release("me")
    assert journal.claim_and_stamp("another", 10).position == 0
