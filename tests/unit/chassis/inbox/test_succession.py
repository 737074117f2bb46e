"""Events follow a checkpoint in its epoch, without a hole, each continuing the one before; all else is left, or an alarm."""

from datetime import UTC, datetime

import pytest

from chassis.inbox.checkpoints import FOLLOWING, Checkpoint
from chassis.inbox.succession import succession
from tests.unit.chassis.inbox.test_session import event, id_at

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
EPOCH = event(1).epoch
LEFT = "0195a1b2-3c4d-7e5f-8a6b-0000000000aa"
NEW = "0195a1b2-3c4d-7e5f-8a6b-0000000000bb"
FORGED = "0195a1b2-3c4d-7e5f-8a6b-0000000000ff"


def checkpoint(position, epoch=EPOCH, event_id=None):
    """A checkpoint that knows the id it ended with, or has another one there."""
    id = event_id or (id_at(position) if position else None)
    return Checkpoint(
        "visits", 1, True, epoch, position, None, NOW, None, None, FOLLOWING, None, 1, position, id, position
    )


def found(position, *events, met=(), carried=False, **more):
    return succession(checkpoint(position, **more), events, lambda: set(met), carried=carried)


def run(result):
    return [each.position for each in result.run]


def test_what_follows_is_taken_once_and_in_order():
    """Whatever came twice, late or long ago."""
    result = found(2, event(4), event(3), event(2), event(4), event(1))
    assert run(result) == [3, 4]
    assert not result.gap
    assert result.alarm is None


def test_what_is_beyond_a_hole_waits():
    """The journal has what is missing."""
    result = found(2, event(3), event(5))
    assert run(result) == [3]
    assert result.gap
    assert run(found(2, event(4))) == []


def test_a_batch_never_crosses_an_epoch():
    """The next event of this epoch, and after it one of an epoch that nobody knows: neither is taken."""
    result = found(2, event(3), event(4, epoch=NEW))
    assert run(result) == []
    assert NEW in result.alarm
    assert result.met == {NEW}


def test_ghosts_of_an_epoch_that_was_left_are_dropped():
    """They are beyond what the journal of now has, and at the same positions."""
    ghosts = [event(n, epoch=LEFT, id=f"ghost {n}") for n in range(3, 8)]
    result = found(2, *ghosts, event(3), event(4), met={LEFT})
    assert run(result) == [3, 4]
    assert (result.ghosts, result.gap, result.alarm) == (5, False, None)


def test_where_no_epoch_is_known_yet_two_are_not_told_apart():
    """The first events of a source: those of one epoch are taken, those of two are left to the journal."""
    assert run(found(0, event(1), event(2), epoch=None)) == [1, 2]
    result = found(0, event(1), event(2, epoch=NEW), epoch=None)
    assert (run(result), result.gap) == ([], True)


def test_where_no_epoch_is_known_yet_what_may_be_a_ghost_is_left_to_the_journal():
    """A backup of before the first event was restored, and a queue still holds the past that was discarded."""
    ghosts = [event(n, epoch=LEFT) for n in (1, 2)]
    result = found(0, *ghosts, met={LEFT}, epoch=None, carried=True)
    assert (run(result), result.gap) == ([], True)
    assert run(found(0, event(1), met={EPOCH}, epoch=None)) == [1], (
        "the journal itself says that this is its epoch"
    )


@pytest.mark.parametrize(
    "events",
    [
        [event(3, previousid=FORGED)],
        [event(3, id=FORGED), event(4)],
        [event(3), event(4), event(5, previousid=FORGED)],
        [event(3), event(3, id=FORGED)],
        [event(2, id=FORGED)],
        [event(2, id=FORGED), event(3)],
    ],
    ids=[
        "another past",
        "a forged one first",
        "later",
        "two at one place",
        "in place of the last",
        "and after it",
    ],
)
def test_a_fork_is_an_alarm(events):
    """Nothing of such a batch is applied."""
    result = found(2, *events)
    assert result.alarm is not None
    assert run(result) == []


def test_after_a_release_that_keeps_no_ids_the_chain_begins_again():
    """It moved the position only: what it ended with is not known, and what follows is held against nothing."""
    behind = Checkpoint(
        "visits", 1, True, EPOCH, 7, None, NOW, None, None, FOLLOWING, None, 1, 7, id_at(2), 2
    )
    assert run(succession(behind, [event(8, previousid=FORGED)], set)) == [8]


def test_events_of_a_journal_that_is_no_chain_are_taken_from_it():
    """As the owner of an older release gives them."""
    assert run(found(2, event(3, previousid=None), event(4, previousid=None))) == [3, 4]
