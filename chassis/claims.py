"""What the claims of an issuer's tokens mean here: which roles, municipalities and digipunten.

    scope: openid profile                     # what the desk asks for; openid where it is left out
    resource: https://digipunt.example.be     # what it asks for it (RFC 8707), for an issuer that wants to know
    roles:
      claim: realm_access.roles               # where; a list of names for a name with dots in it
      values: {digipunt-coordinator: coordinator}
    municipalities:
      claim: rights
      pattern: "DigipuntCoordinator:(OVO[0-9]{6})"   # the part in brackets counts; what does not fit is left out
      values: {OVO002949: "24107"}                   # what is not named is left out
    digipunts: {fixed: []}                    # the same for everybody

Without the file, the claims are called roles, municipalities and digipunts and say what ours do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from chassis.errors import ConfigurationError

NAMES = ("roles", "municipalities", "digipunts")
MOST_VALUES = 500
LONGEST = 200
"""Characters of a value that a pattern looks at."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """How the values of one of our claims follow from a token."""

    claim: tuple[str, ...]
    pattern: str | None = None
    values: tuple[tuple[str, str], ...] | None = None
    fixed: tuple[str, ...] | None = None

    def read(self, claims: Mapping[str, Any]) -> list[str]:
        """The values, in the order of the token. What is no text, or is not known, is left out."""
        if self.fixed is not None:
            return list(self.fixed)
        found: Any = claims
        for name in self.claim:
            found = found.get(name) if isinstance(found, Mapping) else None
        listed = found if isinstance(found, list) else str(found).split() if isinstance(found, str) else []
        named = None if self.values is None else dict(self.values)
        read: list[str] = []
        for each in listed[:MOST_VALUES]:
            text = self._part(each) if isinstance(each, str) else None
            meant = text if named is None or text is None else named.get(text)
            if meant is not None:
                read.append(meant)
        return read

    def _part(self, value: str) -> str | None:
        if self.pattern is None:
            return value
        match = re.fullmatch(self.pattern, value[:LONGEST])
        return match[1] if match else None


@dataclass(frozen=True, slots=True)
class ClaimMap:
    """What a file says of an issuer."""

    roles: Mapped = Mapped(("roles",))
    municipalities: Mapped = Mapped(("municipalities",))
    digipunts: Mapped = Mapped(("digipunts",))
    scope: str = "openid"
    resource: str | None = None
    given: bool = field(default=False)

    def ours(self, claims: Mapping[str, Any]) -> dict[str, Any]:
        """The claims of a token with roles, municipalities and digipunten as ours say them."""
        if not self.given:
            return dict(claims)
        return {**claims, **{name: getattr(self, name).read(claims) for name in NAMES}}


OWN_NAMES = ClaimMap()
"""The claims as our own tokens have them."""


def read_claim_map(path: Path) -> ClaimMap:
    """The file of `DIGIPUNT_OIDC_CLAIMS`. Raises ConfigurationError with one line that says what is wrong with it."""
    try:
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        if not isinstance(told, dict) or not set(told) <= {*NAMES, "scope", "resource"}:
            raise ValueError(f"it takes {', '.join(NAMES)}, scope and resource")
        mapped = {name: _mapped(name, told[name]) for name in NAMES if name in told}
        texts = {name: str(told[name]) for name in ("scope", "resource") if name in told}
        return ClaimMap(**mapped, **texts, given=True)  # type: ignore[arg-type]
    except (OSError, yaml.YAMLError, ValueError, TypeError, re.error) as error:
        reason = " ".join(str(error).split())
        raise ConfigurationError(
            f"DIGIPUNT_OIDC_CLAIMS names {path}, which cannot be used: {reason}"
        ) from None


def _mapped(name: str, told: Any) -> Mapped:
    if not isinstance(told, dict) or not set(told) <= {"claim", "pattern", "values", "fixed"}:
        raise ValueError(f"{name} takes claim, pattern and values, or fixed")
    if "fixed" in told:
        if not isinstance(told["fixed"], list):
            raise ValueError(f"fixed of {name} is a list")
        return Mapped((), fixed=tuple(str(each) for each in told["fixed"]))
    claim = told.get("claim", name)
    path = tuple(claim.split(".")) if isinstance(claim, str) else tuple(str(each) for each in claim)
    pattern, values = told.get("pattern"), told.get("values")
    if pattern is not None and re.compile(pattern).groups != 1:
        raise ValueError(f"pattern of {name} has one part in brackets")
    if values is not None and not isinstance(values, dict):
        raise ValueError(f"values of {name} says for each what it means")
    pairs = None if values is None else tuple((str(each), str(ours)) for each, ours in values.items())
    return Mapped(path, pattern, pairs)
