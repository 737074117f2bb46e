"""Why a server cannot be reached, in words for whoever has to mend it instead of the name of an exception."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator


def why_unreachable(error: BaseException) -> str:
    """What is wrong between here and there, as the end of a sentence: "no machine has this name"."""
    causes = list(_causes(error))
    for kinds, words in _WORDS:
        if any(isinstance(each, kinds) for each in causes):
            return words
    if any("timeout" in type(each).__name__.lower() for each in causes):
        return _TOO_LATE
    reasons = [each.strerror for each in causes if isinstance(each, OSError) and each.strerror]
    return reasons[-1].lower() if reasons else "there is no answer that can be understood"


_TOO_LATE = "there is no answer in time"

_WORDS: list[tuple[tuple[type[BaseException], ...], str]] = [
    ((socket.gaierror,), "no machine has this name"),
    ((ConnectionRefusedError,), "nothing listens at this address"),
    ((ssl.SSLCertVerificationError,), "its certificate is not valid"),
    ((ssl.SSLError,), "it does not speak TLS there"),
    ((TimeoutError,), _TOO_LATE),
    ((ConnectionResetError, BrokenPipeError), "it ends the connection"),
]


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what lies behind it: libraries wrap what the system said, and some keep it in their arguments."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        found = waiting.pop(0)
        if found is None or id(found) in seen:
            continue
        seen.add(id(found))
        yield found
        inner = [*found.args, *getattr(found, "exceptions", ())]
        waiting += [found.__cause__, found.__context__]
        waiting += [each for each in inner if isinstance(each, BaseException)]
        waiting.append(getattr(found, "exception", None))
