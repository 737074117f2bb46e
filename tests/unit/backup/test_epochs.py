"""After a restore the deployment's own subscriptions go on, and take nothing of the past that was discarded."""

import pytest
import sqlalchemy as sa

from chassis.inbox import checkpoints
from digipunt.backup import epochs
from tests.unit.chassis.inbox.test_session import Subscriber, event

BEFORE, AFTER = event(1).epoch, "0195a1b2-3c4d-7e5f-8a6b-0000000000aa"


@pytest.fixture
def subscriber(tmp_path):
    made = Subscriber(tmp_path)
    made.generation = made.projection.prepare()
    yield made
    made.database.close()


def renew(subscriber, position):
    """Restore a backup whose journal of visits ends at `position`."""
    new = {"visits": (BEFORE, AFTER), "reporting": (BEFORE, AFTER)}
    manifest = {"services": {"visits": {"position": position}, "reporting": {"position": 0}}}
    with subscriber.database.begin() as connection:
        epochs.renew(connection, "reporting", new, manifest, {})


def test_a_subscription_that_has_applied_nothing_yet_takes_no_ghost(subscriber):
    """It learns the new epoch too, so what the queue still holds of the old one is not taken for the journal's."""
    renew(subscriber, 0)
    ghost, true = event(1, epoch=BEFORE), event(1, epoch=AFTER)
    subscriber.projection.apply([ghost], subscriber.generation, carried=True)
    assert subscriber.applied == []
    subscriber.projection.apply([true], subscriber.generation, carried=True)
    assert (subscriber.applied, subscriber.checkpoint().state) == ([1], checkpoints.FOLLOWING)


def test_a_service_that_starts_after_a_restore_takes_no_ghost(subscriber):
    """The backup is of before its first start: the epochs that were left are known, and the journal says which is of now."""
    with subscriber.database.begin() as connection:
        connection.execute(sa.text("DELETE FROM checkpoints"))
    renew(subscriber, 0)
    generation = subscriber.projection.prepare()
    assert subscriber.projection.apply([event(1, epoch=BEFORE)], generation, carried=True).gap
    subscriber.projection.apply([event(1, epoch=AFTER)], generation)
    assert subscriber.applied == [1]


def test_a_subscription_that_has_come_further_than_the_backup_keeps_its_epoch(subscriber):
    """It stops at the new one, instead of going on over another past."""
    subscriber.projection.apply([event(1), event(2)], subscriber.generation)
    renew(subscriber, 1)
    with subscriber.database.read() as connection:
        assert checkpoints.find(connection, "visits").epoch == BEFORE
