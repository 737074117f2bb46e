"""A subscription that cannot apply says so after some seconds, and says nothing of an owner or a broker that is away."""

import sqlalchemy as sa

from chassis.broker.rpc_client import RpcUnavailable
from chassis.inbox.trouble import PASSING, Trouble

FULL = sa.exc.OperationalError("INSERT", {}, Exception("No space left on device"))


class Clock:
    """A clock that is moved by hand."""

    seconds = 0.0

    def monotonic(self):
        return self.seconds


def test_a_full_disk_is_told_once_it_lasts():
    """A hiccup is none of the readiness's business; what is mended is told no more."""
    clock = Clock()
    trouble = Trouble(clock)
    trouble.failed("apply", FULL)
    assert trouble.reason() is None
    clock.seconds = PASSING + 1
    trouble.failed("apply", FULL)
    assert trouble.reason() == "the database does not take them"
    trouble.passed("head")
    assert trouble.reason() is not None
    trouble.passed("apply")
    assert trouble.reason() is None


def test_another_error_is_named():
    """Whoever reads it looks for that name in the log."""
    clock = Clock()
    trouble = Trouble(clock)
    trouble.failed("apply", ValueError("secret"))
    clock.seconds = PASSING + 1
    assert trouble.reason() == "ValueError"


def test_an_owner_that_is_away_is_no_trouble():
    """A subscriber does its work without it, and the broker tells of itself."""
    clock = Clock()
    trouble = Trouble(clock)
    for error in (RpcUnavailable("visits did not answer"), OSError("the connection is lost")):
        trouble.failed("head", error)
        clock.seconds += PASSING + 1
        trouble.failed("head", error)
    assert trouble.reason() is None
