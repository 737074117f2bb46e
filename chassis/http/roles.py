"""The sets of roles that routes are given to."""

from __future__ import annotations

PUBLIC: frozenset[str] = frozenset()
"""The roles of a route that needs no token."""

STAFF = frozenset({"helper", "coordinator"})
COORDINATOR = frozenset({"coordinator"})
OPS = frozenset({"ops"})
