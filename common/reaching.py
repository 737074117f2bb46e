"""How a person is reached: which channels there are, what each needs, and in which order they are tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from chassis.errors import Issue

Channel = Literal["sms", "email", "letter", "phoneCall", "inPerson"]

NEEDED: dict[Channel, Literal["phone", "email", "address"]] = {
    "sms": "phone",
    "email": "email",
    "letter": "address",
    "phoneCall": "phone",
}
"""The field that each channel needs, in the order in which somebody is reached who did not say how. In person needs none."""

_MISSING = {"phone": "channelNeedsPhone", "email": "channelNeedsEmail", "address": "channelNeedsAddress"}


def channel_issues(channels: Sequence[Channel], person: Mapping[str, Any]) -> list[Issue]:
    """Each channel is one that can be used: a text message needs a phone number, a letter an address."""
    return [
        Issue(_MISSING[needed], f"channels[{i}]", value=channel, type="invalidInput")
        for i, channel in enumerate(channels)
        if (needed := NEEDED.get(channel)) and not person.get(needed)
    ]


def ways_to(chosen: Sequence[Channel] | None, person: Mapping[str, Any]) -> list[Channel]:
    """How to reach somebody, the preferred way first; when none was chosen, each way that is possible."""
    possible = [channel for channel, needed in NEEDED.items() if person.get(needed)]
    return list(chosen or possible) or ["inPerson"]
