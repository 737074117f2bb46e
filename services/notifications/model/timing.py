"""How long things may take, and how long they wait. Read as `timing.CLAIM`, so that fault tests can shorten them."""

from __future__ import annotations

from datetime import timedelta

SETTLING = timedelta(seconds=3)
"""What is planned within this for the same person goes into one message."""

CLAIM = timedelta(minutes=3)
SENDING = timedelta(minutes=3)
"""Longer than a claim, or a send, can take in a live process."""

OWNER_PAUSE = timedelta(seconds=30)
"""Until a service that did not answer is called again."""

UNREADABLE_PAUSE = timedelta(minutes=10)
"""Until a message is tried again whose facts break the contract or the template."""

CONTACT_PAUSE = timedelta(minutes=1)
"""Until a message is tried again whose contact has not arrived yet."""

NUMBER_PAUSE = timedelta(minutes=5)
"""Until a message is tried again for which nobody had given a number to call."""

POST = timedelta(days=5)
"""A letter has to be printed, and the post takes three working days: what is of use for less than this goes another way."""

CALL_CLAIM = timedelta(minutes=10)
"""How long a call is somebody's, unless it is given back before."""

RETRY_PAUSE = timedelta(minutes=2)
MOST_ATTEMPTS = 6
"""The pause after each deferred attempt is twice the one before: an hour in all."""

GATEWAY_PAUSE, LONGEST_GATEWAY_PAUSE = timedelta(minutes=1), timedelta(minutes=15)
GATEWAY_PATIENCE = timedelta(days=1)
"""Messages wait this long for a channel that is down; then they take another one."""
