"""The public keys of an OpenID Connect issuer, kept, and asked for again when a token names one that is not known.

Promise: a key that the issuer begins to use is known with the first token that names it, and a flood of tokens with made-up
keys asks the issuer six times a minute. While the issuer is away, or answers nonsense, the keys that are here go on counting.
Only what can sign is taken: a key for encryption, or a secret, is none.
"""

from __future__ import annotations

import json
import threading
import time
import urllib.request
from collections.abc import Callable, Mapping
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

from chassis.errors import Unavailable

TIMEOUT_SECONDS = 5
LEAST_SECONDS = 10.0
"""Between two questions for keys, when the last one was answered."""
AFTER_FAILURE_SECONDS = 5.0
KEPT_SECONDS = 3600.0
"""After which the keys are asked for again, so that one that the issuer took out counts no more."""
MOST_BYTES = 1_000_000
KINDS = frozenset({"RSA", "EC", "OKP"})


class Jwks:
    """The keys of `issuer`."""

    def __init__(self, issuer: str, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._issuer = issuer
        self._monotonic = monotonic
        self._keys: Mapping[str | None, Any] | None = None
        self._asked_at = float("-inf")
        self._answered_at = float("-inf")
        self._one = threading.Lock()

    def key(self, id: str | None) -> Any | None:
        """The key of that name; None when the issuer has none. Raises Unavailable when no key was ever read."""
        if self._keys is None or self._is_old() or self._lacks(id):
            self._ask()
        if self._keys is None:
            raise Unavailable("signInProviderAway")
        return self._only(self._keys) if id is None else self._keys.get(id)

    def count(self) -> int:
        """How many keys the issuer has. Raises Unavailable when it does not answer rightly."""
        self.key(None)
        return len(self._keys or ())

    def _lacks(self, id: str | None) -> bool:
        return id is not None and self._keys is not None and id not in self._keys

    def _is_old(self) -> bool:
        return self._monotonic() - self._answered_at > KEPT_SECONDS

    @staticmethod
    def _only(keys: Mapping[str | None, Any]) -> Any | None:
        """Of an issuer with one key, tokens need not name it."""
        return next(iter(keys.values())) if len(keys) == 1 else None

    def _ask(self) -> None:
        with self._one:  # Who waited finds what the other one has read.
            answered = self._answered_at >= self._asked_at
            if self._monotonic() - self._asked_at < (LEAST_SECONDS if answered else AFTER_FAILURE_SECONDS):
                return
            self._asked_at = self._monotonic()
            try:
                described = _read(self._issuer.rstrip("/") + "/.well-known/openid-configuration")
                if described["issuer"] != self._issuer:
                    raise ValueError("it describes another issuer")
                self._keys = _usable(_read(str(described["jwks_uri"])))
                self._answered_at = self._monotonic()
            except (OSError, HTTPException, AttributeError, LookupError, TypeError, ValueError):
                return


def _read(url: str) -> Any:
    if urlsplit(url).scheme not in ("http", "https"):
        raise ValueError("no web address")
    with urllib.request.urlopen(url, timeout=TIMEOUT_SECONDS) as response:  # noqa: S310 - looked at above
        return json.loads(response.read(MOST_BYTES))


def _usable(told: Any) -> dict[str | None, Any]:
    import jwt

    found: dict[str | None, Any] = {}
    for each in told["keys"]:
        if each.get("kty") in KINDS and each.get("use", "sig") == "sig":
            try:
                found[each.get("kid")] = jwt.PyJWK(each).key
            except jwt.PyJWTError:  # Of a kind that we do not take.
                continue
    return found
