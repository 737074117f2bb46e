"""What a channel takes and what it says of it. The words decide what happens next, so they are chosen with care:

Sent                 it left our hands; `reference` is what a delivery report will call it
Refused              it did not leave and never will this way: the next channel is tried
Deferred             it did not leave this time; this one message may be tried again later
ChannelUnavailable   nothing leaves this way just now, whoever it is for
OutcomeUnknown       it may have left: never sent again by itself, shown to staff
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to one address. `key` is the idempotency key: the same for every attempt at the same thing."""

    key: str
    to: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Sent:
    """It left."""

    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """It will not go this way. `reason` is a code of refData/messageReason; `detail` quotes no address."""

    reason: str
    detail: str


class ChannelError(Exception):
    """Base of what can go wrong on the way out; the text quotes no address and no content."""


class Deferred(ChannelError):
    """It did not leave this time; try this message again later."""


class ChannelUnavailable(ChannelError):
    """Nothing leaves this way just now; nothing was sent."""


class OutcomeUnknown(ChannelError):
    """It may have left, or not."""


class Channel(Protocol):
    """A way that a machine speaks."""

    def send(self, message: Outgoing) -> Sent | Refused:
        """Send once. Raises Deferred, ChannelUnavailable or OutcomeUnknown; always ends, in a minute or two at most."""
