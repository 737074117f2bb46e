"""Who tells: the digipunt with its number, and what a municipality gives where a digipunt has none of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from chassis.inbox.projection import Batch
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import replacing
from common.access import Caller, require_municipality
from common.addresses import one_line
from common.openings import in_words
from common.phones import as_dialled
from contracts.events import event_type
from contracts.message_context import Language
from services.notifications.model.rows import DigipuntRow, MunicipalityRow
from services.notifications.tables import DIGIPUNTS, digipunts, municipalities

FOLLOWED = {
    event_type("visits", "digipunts", what): what != "closed" for what in ("opened", "changed", "closed")
}


@dataclass(frozen=True, slots=True)
class Details:
    """What messages give to call and to answer to; None where nobody has given it."""

    phone: str | None = None
    email: str | None = None


def project(batch: Batch) -> None:
    """Store the newest version of each digipunt; an older one changes nothing, so a rebuild does no harm."""
    statement = replacing(batch.connection.dialect.name, digipunts, newer=True)
    for event in batch.events:
        if event.type not in FOLLOWED:
            continue
        digipunt = event.data["digipunt"]
        row: DigipuntRow = {
            "id": digipunt["id"],
            "municipality": digipunt["municipality"],
            "name": digipunt["name"],
            "address": digipunt.get("address"),
            "phone": digipunt.get("phone"),
            "opening": digipunt.get("opening", []),
            "open": FOLLOWED[event.type] and not digipunt.get("closedOn"),
            "version": event.entityversion,
        }
        batch.connection.execute(statement, dict(row))


def details_of(
    connection: sa.Connection, municipality: str | None, digipunt: str | None, phone: str | None
) -> Details:
    """What messages of this digipunt give: its own number, else the municipality's, else `phone`, the deployment's."""
    own = sa.select(digipunts.c.phone).where(digipunts.c.id == digipunt)
    number = connection.execute(own).scalar() if digipunt else None
    given = get_municipality(connection, municipality) if municipality else None
    if number is None and given:
        number = given["phone"]
    return Details(as_dialled(number) if number else phone, given["email"] if given else None)


def get_municipality(connection: sa.Connection, municipality: str) -> MunicipalityRow | None:
    """What a municipality has given, if anything."""
    found = connection.execute(
        sa.select(municipalities).where(municipalities.c.municipality == municipality)
    ).first()
    if found is None:
        return None
    return {
        "municipality": found.municipality,
        "phone": found.phone,
        "email": found.email,
        "changed_at": found.changed_at,
    }


def change_municipality(
    uow: UnitOfWork, caller: Caller, municipality: str, phone: str | None, email: str | None
) -> MunicipalityRow:
    """Give this number and this e-mail address from now on; None takes one away."""
    require_municipality(caller, municipality, "municipality", municipality)
    row: MunicipalityRow = {
        "municipality": municipality,
        "phone": phone,
        "email": email,
        "changed_at": uow.clock.now(),
    }
    uow.connection.execute(replacing(uow.dialect, municipalities), dict(row))
    return row


def in_preview(
    connection: sa.Connection,
    municipality: str,
    digipunt: str | None,
    language: Language,
    phone: str | None,
    today: date,
) -> dict[str, Any] | None:
    """The facts of a digipunt of this municipality, that one or the first with a number; None when none is known yet."""
    of_here = sa.select(digipunts).where(digipunts.c.municipality == municipality)
    chosen = (
        of_here.where(digipunts.c.id == digipunt)
        if digipunt
        else of_here.where(digipunts.c.open).order_by(digipunts.c.phone.is_(None), digipunts.c.name).limit(1)
    )
    row = next(iter(DIGIPUNTS.select(connection, chosen)), None)
    if row is None:
        return None
    return {
        "digipunt": row["name"],
        "address": one_line(row["address"]),
        "opening": in_words(row["opening"], language, today),
        "phone": details_of(connection, municipality, row["id"], phone).phone,
    }
