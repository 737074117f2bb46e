"""Whose messages are whose: a coordinator sees those of own municipalities, a helper those of own digipunts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from chassis.errors import Forbidden, NotFound


class Caller(Protocol):
    """The part of the caller's token that these rules read."""

    @property
    def roles(self) -> frozenset[str]: ...
    @property
    def municipalities(self) -> frozenset[str]: ...
    @property
    def digipunts(self) -> frozenset[str]: ...


@dataclass(frozen=True, slots=True)
class Scope:
    """The messages a caller may see: those of these municipalities and those of these digipunts."""

    municipalities: Collection[str]
    digipunts: Collection[str]


def scope(caller: Caller) -> Scope:
    """What the caller may list."""
    return Scope(
        caller.municipalities if "coordinator" in caller.roles else frozenset(),
        [id for id in caller.digipunts if is_uuid(id)] if "helper" in caller.roles else (),
    )


def demand_place(caller: Caller, municipality: str | None, digipunt: str | None, id: str) -> None:
    """Raise NotFound or Forbidden unless the caller works where the message belongs."""
    if "coordinator" in caller.roles and municipality in caller.municipalities:
        return
    if "helper" in caller.roles and digipunt is not None and digipunt in caller.digipunts:
        return
    if municipality not in caller.municipalities:
        raise NotFound("message", id)
    raise Forbidden("A helper does this at own digipunts only; ask the coordinator.")


def demand_municipality(caller: Caller, municipality: str, resource: str) -> None:
    """Raise NotFound unless the municipality is the caller's own."""
    if municipality not in caller.municipalities:
        raise NotFound(resource)


def is_uuid(text: str) -> bool:
    """A claim may hold anything; what cannot be an id would make the database refuse the whole question."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
