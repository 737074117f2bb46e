"""W3C Trace Context: a caller's trace id is kept through answer, log and event; without one a new trace begins."""

from __future__ import annotations

import re
from random import getrandbits

TRACEPARENT = re.compile(r"([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?")


def continued(header: str | None) -> str:
    """The traceparent of our own span under the caller's trace, or of a new trace when there is none to keep."""
    span = getrandbits(64) or 1
    match = TRACEPARENT.fullmatch(header) if header else None
    if match and _usable(match):
        return f"00-{match[2]}-{span:016x}-{match[4]}"
    return f"00-{getrandbits(128) or 1:032x}-{span:016x}-01"


def trace_id(traceparent: str) -> str:
    """The 32 hexadecimal digits that all spans of one trace share."""
    return traceparent[3:35]


def _usable(match: re.Match[str]) -> bool:
    version, trace, span, _, rest = match.groups()
    return version != "ff" and not (version == "00" and rest) and int(trace, 16) != 0 and int(span, 16) != 0
