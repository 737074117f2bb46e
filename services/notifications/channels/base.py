"""What a channel takes and how it answers. The answer decides what happens to the message next:

Sent                 it left; `reference` is the id that a delivery report will use
Refused              it did not leave and never will on this channel: the next channel is tried
Deferred             it did not leave this time; this one message may be tried again later
ChannelUnavailable   nothing leaves on this channel just now, whoever it is for
OutcomeUnknown       it may have left: never sent again automatically, shown to staff
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from services.notifications.model.states import Reason


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to one address. `key` is the idempotency key: the same for every attempt at the same thing.

    `name` is the digipunt that it comes from, and `reply_to` the e-mail address where its people read answers.
    """

    key: str
    to: str
    subject: str
    text: str
    name: str | None = None
    reply_to: str | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """It left."""

    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """It will not go by this channel. `detail` quotes no address."""

    reason: Reason
    detail: str


class ChannelError(Exception):
    """Base of what can go wrong while sending; the message quotes no address and no content."""


class Deferred(ChannelError):
    """It did not leave this time; try this message again later."""


class ChannelUnavailable(ChannelError):
    """Nothing leaves on this channel just now; nothing was sent."""


class OutcomeUnknown(ChannelError):
    """It may have left, or not."""


class Channel(Protocol):
    """A channel that a machine serves."""

    def send(self, message: Outgoing) -> Sent | Refused:
        """Send once. Raises Deferred, ChannelUnavailable or OutcomeUnknown; always ends, in a minute or two at most."""
