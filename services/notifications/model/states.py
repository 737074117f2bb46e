"""The states of a message and what they mean for others.

planned, heldQuietHours    the sender will look at it; planned with the channel letter or inPerson waits for staff
sending                    a gateway is being spoken to; after a crash it becomes failed with the reason `unknown`
sent, posted → delivered   it left; it arrived (a report says so, or staff do)
toCall, noAnswer → called  on the call sheet
bounced, returnedMail      stand in the history; the message goes on to the next channel
cancelled, expired         not sent: withdrawn, too late, or no longer true
failed                     reached nobody, or nobody knows; on the list of the coordinator
"""

from __future__ import annotations

from services.notifications.model.rows import MessageState

WAITING = ("planned", "heldQuietHours")
OPEN = (*WAITING, "toCall", "noAnswer")
"""What can still be withdrawn or come too late."""

PUBLISHED_AS: dict[MessageState, str] = {
    "sent": "sent",
    "posted": "sent",
    "delivered": "delivered",
    "called": "delivered",
    "failed": "failed",
    "expired": "expired",
    "cancelled": "expired",
}
"""State → the event that is recorded; other states are of no interest to others."""

PUSH = ("email", "sms")
"""Channels that a machine speaks; the others are done by people."""

MOST_CALLS = 3
"""Calls without an answer before the next channel is tried."""
