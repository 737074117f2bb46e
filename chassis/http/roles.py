"""The sets of roles that routes are given to."""

from __future__ import annotations

PUBLIC: frozenset[str] = frozenset()
"""The roles of a route that needs no token."""

STAFF = frozenset({"helper", "coordinator"})
"""Who may see persons."""

DESK = STAFF | {"desk"}
"""Staff, and the laptop of a desk at which nobody signed in: it sees no person."""

COORDINATOR = frozenset({"coordinator"})
OPS = frozenset({"ops"})
