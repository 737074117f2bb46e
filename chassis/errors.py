"""What can go wrong, as a code and values from which the caller gets a sentence to act upon.

The HTTP side turns each into one `application/problem+json` answer in the caller's language; logs and the command line
show it in English. The texts are in the catalogues (`chassis.refusals`); a text with a space is a sentence of the command
line and stands for itself.

    DigipuntError
    ├── InvalidInput       400  the input breaks a rule; `issues` names each place
    ├── Unauthenticated    401  no bearer token, or not a valid one
    ├── Forbidden          403  the role or the place of work does not allow this
    ├── NotFound           404  it is not there, or not for this caller
    ├── Conflict           409  it clashes with what is already recorded
    ├── Gone               410  it was there, and will not be again
    ├── StaleVersion       412  somebody changed it in the meantime
    ├── TooBroad           422  a question that is right, and too much to answer
    ├── VersionRequired    428  a change without `If-Match`
    ├── WrongSecret        401  a code, PIN or secret is not the right one, or not any more
    ├── Locked             423  wrong too often; somebody else has to help, or time to pass
    ├── TooManyRequests    429  wrong too often; try again after `retry_after` seconds
    │   └── TooOften       429  more often than one caller may; nothing was wrong
    ├── Unavailable        503  a part is away for now; `retry_after` seconds
    └── ConfigurationError      a setting is missing or malformed; the start is refused
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from chassis.refusals import Reason


@dataclass(frozen=True, slots=True)
class Issue:
    """One place in the input that breaks a rule.

    `name` is a path such as `themes[0]`; `where` is `body`, `query`, `path` or `header`; `value` is what was
    sent, left out where it may hold personal data; `params` are the values in the text of `code`.
    """

    code: str
    name: str = ""
    where: str = "body"
    value: object = None
    type: str = "schemaViolation"
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def reason(self) -> Reason:
        """The code with its values."""
        return Reason(self.code, **self.params)

    @property
    def detail(self) -> str:
        """What is wrong, in English."""
        return self.reason.text()


class DigipuntError(Exception):
    """Base of every error that a caller can act upon; `params` are the values in the text of `code`."""

    members: Mapping[str, object] = {}
    """What the problem tells programs besides its code, by name in the API."""

    def __init__(self, code: str, /, **params: object) -> None:
        super().__init__(code)
        self.reason = Reason(code, **params)

    def __str__(self) -> str:
        return self.reason.text()


class InvalidInput(DigipuntError):
    """The input breaks a rule; nothing was written."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        super().__init__("invalidInput")
        self.issues = list(issues)

    def __str__(self) -> str:
        return "; ".join(f"{issue.name}: {issue.detail}" for issue in self.issues)

    @classmethod
    def at(
        cls, name: str, code: str, *, value: object = None, type: str = "schemaViolation", **params: object
    ) -> InvalidInput:
        """One issue in the body at `name`."""
        return cls([Issue(code, name, value=value, type=type, params=params)])


class Unauthenticated(DigipuntError):
    """No bearer token, or not a valid one. `expired` tells the two BelGIF problem types apart."""

    def __init__(self, code: str, *, given: bool = True, expired: bool = False, **params: object) -> None:
        super().__init__(code, **params)
        self.given = given
        self.expired = expired


class _Telling(DigipuntError):
    """A refusal with values for programs: `members` of the problem, which its text may use too."""

    def __init__(
        self, code: str, /, *, members: Mapping[str, object] | None = None, **params: object
    ) -> None:
        super().__init__(code, **params)
        self.members = members or {}


class WrongSecret(_Telling):
    """A code, PIN or secret that was given instead of a token is not the right one, or is not any more."""


class Locked(_Telling):
    """Wrong too often: it stays closed until time has passed or somebody opens it."""


class Forbidden(DigipuntError):
    """The caller's role or place of work does not allow this."""


class NotFound(DigipuntError):
    """The resource is not there, or belongs to a municipality that is not the caller's.

    `NotFound("loan", id)` has the code `loanNotFound`; without an id what is given is the code.
    """

    def __init__(self, resource: str, id: str = "") -> None:
        super().__init__(f"{resource}NotFound", id=id) if id else super().__init__(resource)
        self.resource = resource
        self.id = id


class Conflict(DigipuntError):
    """The request clashes with what is already recorded."""


class Gone(DigipuntError):
    """What the request holds on to is not there any more, and will not be again."""


class TooBroad(DigipuntError):
    """The question breaks no rule, but asks for more than is answered at once."""


class StaleVersion(DigipuntError):
    """`If-Match` names a version that is no longer the current one."""

    def __init__(self, current: int) -> None:
        super().__init__("staleVersion", current=current)
        self.current = current


class VersionRequired(DigipuntError):
    """A change without `If-Match`."""

    def __init__(self) -> None:
        super().__init__("versionRequired")


class TooManyRequests(DigipuntError):
    """Wrong too often; nothing was looked at. Try again after `retry_after` seconds."""

    def __init__(self, code: str, retry_after: int, **params: object) -> None:
        super().__init__(code, **params)
        self.retry_after = retry_after


class TooOften(TooManyRequests):
    """More often than one caller may; nothing was wrong. Come back after `retry_after` seconds."""


class Unavailable(DigipuntError):
    """A part is away for now; try again after `retry_after` seconds."""

    def __init__(self, code: str, retry_after: int = 5, **params: object) -> None:
        super().__init__(code, **params)
        self.retry_after = retry_after


class ConfigurationError(DigipuntError):
    """A setting is missing or malformed; the message is one line that names it."""
