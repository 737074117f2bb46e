"""The kinds of messages as one table: which service owns the subject, what the texts may use, and how each is treated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal[
    "loanReady",
    "loanDueSoon",
    "loanDueToday",
    "loanOverdue1",
    "loanOverdue2",
    "loanOverdue3",
    "loanExtended",
    "loanReturned",
    "sessionConfirmed",
    "sessionReminder",
    "sessionChanged",
    "sessionCancelled",
    "waitlistOffer",
    "followUpCall",
    "pointChanged",
    "serviceEnding",
    "bottleneckSheet",
]
"""The codes of refData/messageKind."""

Owner = Literal["loans", "visits", "reporting"]

KEPT_HERE: tuple[Owner, ...] = ("visits", "reporting")
"""Those who do not know whom their messages are for: the person is a contact or a reader, whom only we know."""

Part = Literal["subject", "sms", "text", "say"]
"""The texts of a kind: `subject` and `text` for e-mail and letter, `sms`, and `say` for the phone and the desk."""

Role = Literal["reminder", "receipt", "announcement", "courtesy", "news", "other"]
"""reminder      of a loan; a later one replaces an earlier one, and the last one is never dropped silently
receipt       confirms what somebody at the desk knows already: sent by e-mail or SMS, or not at all
announcement  a coordinator sends it to everybody who has a device; no event plans it
courtesy      repeats what somebody with a seat knows: when no way of theirs is in time, it is dropped
news          what somebody with a seat has to know before the session: never dropped in silence, and when it cannot wait it
              goes on a day on which they were told something else too
"""

PARTS: tuple[Part, ...] = get_args(Part)

EVERY_MESSAGE = frozenset({"name", "via", "digipunt", "address", "opening", "phone", "byPost"})
"""The facts that every text may use. `byPost` is set in a letter, which is read days after it was written."""

OF_A_LOAN = ("device", "several", "dueOn", "overdueDays", "waiting")
"""`several` is set when `device` names more than one; `waiting` is how many others wait for such a device."""

OF_AN_ENDING = ("closesOn", "lastDay")
"""The last day of a digipunt, and the day to bring a device back at the latest; none when that has passed."""

OF_A_SESSION = ("title", "startsAt", "location", "references")


@dataclass(frozen=True, slots=True)
class MessageKind:
    """One kind. `owner` answers `message_context` about it; `facts` are what its texts may use beside `EVERY_MESSAGE`.

    `by_phone`: it is a call that was promised, so the phone comes before the person's own order.
    """

    owner: Owner
    facts: tuple[str, ...] = ()
    role: Role = "other"
    by_phone: bool = False


KINDS: dict[Kind, MessageKind] = {
    "loanReady": MessageKind("loans", OF_A_LOAN),
    # Reminders stand in the order in which a loan gets them; the later one is the more urgent.
    "loanDueSoon": MessageKind("loans", OF_A_LOAN, "reminder"),
    "loanDueToday": MessageKind("loans", OF_A_LOAN, "reminder"),
    "loanOverdue1": MessageKind("loans", OF_A_LOAN, "reminder"),
    "loanOverdue2": MessageKind("loans", OF_A_LOAN, "reminder"),
    "loanOverdue3": MessageKind("loans", OF_A_LOAN, "reminder"),
    "loanExtended": MessageKind("loans", OF_A_LOAN, "receipt"),
    "loanReturned": MessageKind("loans", OF_A_LOAN, "receipt"),
    "sessionConfirmed": MessageKind("visits", OF_A_SESSION, "courtesy"),
    "sessionReminder": MessageKind("visits", OF_A_SESSION, "courtesy"),
    "sessionChanged": MessageKind("visits", OF_A_SESSION, "news"),
    "sessionCancelled": MessageKind("visits", OF_A_SESSION, "news"),
    "waitlistOffer": MessageKind("visits", OF_A_SESSION, "news"),
    "followUpCall": MessageKind("visits", ("note",), by_phone=True),
    "pointChanged": MessageKind("loans", (), "announcement"),
    "serviceEnding": MessageKind("loans", (*OF_A_LOAN, *OF_AN_ENDING), "announcement"),
    "bottleneckSheet": MessageKind("reporting", ("month", "sentences")),
}


def _with_role(role: Role) -> tuple[Kind, ...]:
    return tuple(kind for kind, each in KINDS.items() if each.role == role)


REMINDERS = _with_role("reminder")
RECEIPTS = _with_role("receipt")
ANNOUNCEMENTS = _with_role("announcement")
COURTESIES = _with_role("courtesy")
NEWS = _with_role("news")
OF_VISITS = tuple(kind for kind, each in KINDS.items() if each.owner == "visits")


_OF_ONE_DAY: tuple[tuple[Kind, ...], ...] = ((*REMINDERS, "loanExtended"), ("sessionChanged",))


def of_the_same_day(kind: Kind) -> tuple[Kind, ...]:
    """The kinds that tell of the same day as this one, which may move there and back; none when it cannot move."""
    return next((kinds for kinds in _OF_ONE_DAY if kind in kinds), ())


def facts_of(kind: Kind) -> frozenset[str]:
    """The facts that a text of this kind may use."""
    return EVERY_MESSAGE | set(KINDS[kind].facts)


def urgency(kind: Kind) -> int:
    """What is more urgent comes first in a message about several things."""
    return REMINDERS.index(kind) + 1 if kind in REMINDERS else 0
