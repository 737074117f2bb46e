"""The states of a message, the channels it can take, and what either means for others.

planned, heldQuietHours    the sender will look at it; planned with the channel letter or inPerson waits for staff
sending                    a gateway is being called; after a crash it becomes failed with the reason `unknown`
sent, posted → delivered   it left; it arrived (a delivery report or staff confirm it)
toCall, noAnswer → called  on the call sheet
bounced, returnedMail      in the history only; the message goes on to the next channel
cancelled, expired         not sent: withdrawn, too late, or no longer true
failed                     reached nobody, or nobody knows; on the list of the coordinator
"""

from __future__ import annotations

from typing import Literal, get_args

from common.reaching import Channel

State = Literal[
    "planned",
    "heldQuietHours",
    "sending",
    "sent",
    "delivered",
    "bounced",
    "toCall",
    "called",
    "noAnswer",
    "posted",
    "returnedMail",
    "cancelled",
    "expired",
    "failed",
]
Reason = Literal[
    "noLongerTrue",
    "tooLate",
    "byStaff",
    "erased",
    "noNumber",
    "noChannel",
    "notSetUp",
    "refused",
    "unavailable",
    "unknown",
    "noAnswer",
    "wrongNumber",
    "returnedMail",
    "bounced",
    "other",
]
PushChannel = Literal["email", "sms"]
"""The channels that a machine serves; the others are served by staff."""

ChannelName = Channel
DeliveryState = Literal["sending", "sent", "notSent", "unknown", "delivered", "bounced"]
ReportState = Literal["delivered", "failed", "other"]
"""What a delivery report of a gateway can say."""

Result = Literal["told", "noAnswer", "wrongNumber", "notTold", "returnedMail", "settled"]
"""What staff enter after a call, a letter or a talk."""

CHANNELS: tuple[ChannelName, ...] = get_args(ChannelName)
PUSH: tuple[PushChannel, ...] = get_args(PushChannel)
RESULTS: tuple[Result, ...] = get_args(Result)

WAITING: tuple[State, ...] = ("planned", "heldQuietHours")
OPEN: tuple[State, ...] = (*WAITING, "toCall", "noAnswer")
"""States in which a message can still be withdrawn or expire."""

TO_CALL: tuple[State, ...] = ("toCall", "noAnswer")
"""On the call sheet."""

PublishedState = Literal["planned", "sent", "delivered", "failed", "expired"]

PUBLISHED_AS: dict[State, PublishedState] = {
    "sent": "sent",
    "posted": "sent",
    "delivered": "delivered",
    "called": "delivered",
    "failed": "failed",
    "expired": "expired",
    "cancelled": "expired",
}
"""State → the event that it causes; other states are internal."""

MOST_CALLS = 3
"""Calls without an answer before the next channel is tried."""
