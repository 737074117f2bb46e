"""What can go wrong, in words that the caller can act upon.

The HTTP side turns each into one `application/problem+json` answer; the command line into a sentence.

    DigipuntError
    ├── InvalidInput       400  the input breaks a rule; `issues` names each place
    ├── Unauthenticated    401  no bearer token, or not a valid one
    ├── Forbidden          403  the role or the place of work does not allow this
    ├── NotFound           404  it is not there, or not for this caller
    ├── Conflict           409  it clashes with what is already recorded
    ├── StaleVersion       412  somebody changed it in the meantime
    ├── VersionRequired    428  a change without `If-Match`
    ├── TooManyRequests    429  wrong too often; try again after `retry_after` seconds
    ├── Unavailable        503  a part is away for now; `retry_after` seconds
    └── ConfigurationError      a setting is missing or malformed; the start is refused
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Issue:
    """One place in the input that breaks a rule.

    `name` is a path such as `themes[0]`; `where` is `body`, `query`, `path` or `header`; `value` is what was
    sent, left out where it may hold personal data.
    """

    detail: str
    name: str = ""
    where: str = "body"
    value: object = None
    type: str = "schemaViolation"


class DigipuntError(Exception):
    """Base of every error that a caller can act upon."""


class InvalidInput(DigipuntError):
    """The input breaks a rule; nothing was written."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        super().__init__("; ".join(f"{issue.name}: {issue.detail}" for issue in issues))
        self.issues = list(issues)

    @classmethod
    def at(
        cls, name: str, detail: str, *, value: object = None, type: str = "schemaViolation"
    ) -> InvalidInput:
        """One issue in the body at `name`."""
        return cls([Issue(detail, name, value=value, type=type)])


class Unauthenticated(DigipuntError):
    """No bearer token, or not a valid one. `expired` tells the two BelGIF problem types apart."""

    def __init__(self, detail: str, *, given: bool = True, expired: bool = False) -> None:
        super().__init__(detail)
        self.given = given
        self.expired = expired


class Forbidden(DigipuntError):
    """The caller's role or place of work does not allow this."""


class NotFound(DigipuntError):
    """The resource is not there, or belongs to a municipality that is not the caller's."""

    def __init__(self, resource: str, id: str = "") -> None:
        super().__init__(f"There is no {resource} with id {id}." if id else f"There is no {resource}.")
        self.resource = resource
        self.id = id


class Conflict(DigipuntError):
    """The request clashes with what is already recorded."""


class StaleVersion(DigipuntError):
    """`If-Match` names a version that is no longer the current one."""

    def __init__(self, current: int) -> None:
        super().__init__(
            f'The resource was changed in the meantime; its version is now "{current}". Read it again.'
        )
        self.current = current


class VersionRequired(DigipuntError):
    """A change without `If-Match`."""


class TooManyRequests(DigipuntError):
    """Wrong too often; nothing was looked at. Try again after `retry_after` seconds."""

    def __init__(self, detail: str, retry_after: int) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class Unavailable(DigipuntError):
    """A part is away for now; try again after `retry_after` seconds."""

    def __init__(self, detail: str, retry_after: int = 5) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class ConfigurationError(DigipuntError):
    """A setting is missing or malformed; the message is one line that names it."""
