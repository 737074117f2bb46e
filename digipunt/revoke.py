"""`digipunt token revoke`: writes what is taken back into the database of every service, whether or not it runs.

The services ask `desk` too, so where its database is among those of the settings, those that are not hear it from there.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import sqlalchemy as sa

import services
from chassis.errors import Unavailable
from chassis.revocations import Kind, Revocation, revocation, write
from chassis.settings import Settings
from chassis.storage.database import Database
from digipunt.settings import has_database

TELLS_OTHERS = "desk"


def revoke(
    settings: Settings, *, token: str | None, id: str | None, subject: str | None, laptop: str | None
) -> str:
    """Take tokens back, and say who follows. Raises ValueError for nothing or nonsense, Unavailable when a database is away."""
    new = [
        revocation(kind, name) for kind, name in _named(token=token, id=id, subject=subject, laptop=laptop)
    ]
    if not new:
        raise ValueError("name what to take back: a token, --id, --subject or --laptop")
    reached: list[str] = []
    away: list[str] = []
    for service in services.NAMES:
        if has_database(settings, service):
            (reached if _write(settings.database_url(service), new) else away).append(service)
    if away:
        kept = f"; {', '.join(reached)} knows" if reached else ""
        raise Unavailable(
            f"the database of {', '.join(away)} does not answer, or is not migrated{kept}: run this again"
        )
    if not reached:
        raise ValueError(
            "no database is set: run this where those of the services are, or name the folder with --data"
        )
    others = (
        " and, from desk, all others"
        if TELLS_OTHERS in reached and len(reached) < len(services.NAMES)
        else ""
    )
    return f"Taken back. Within a minute {', '.join(reached)}{others} follow."


def _named(
    *, token: str | None, id: str | None, subject: str | None, laptop: str | None
) -> Iterator[tuple[Kind, str]]:
    if token is not None:
        yield "token", _id_of(sys.stdin.read() if token == "-" else token)  # noqa: S105 - no secret
    if id is not None:
        yield "token", id
    if subject is not None:
        yield "subject", subject
    if laptop is not None:
        yield "laptop", laptop


def _id_of(token: str) -> str:
    """The id of a token, as services know it."""
    import jwt

    from chassis.http.auth import token_id

    try:
        claims = jwt.decode(token.strip(), options={"verify_signature": False})
    except jwt.PyJWTError:
        raise ValueError("that is no token: give all three parts of it, or its id with --id") from None
    return token_id(token.strip(), claims)


def _write(url: str, new: list[Revocation]) -> bool:
    """Whether the database took it."""
    database = Database(url)
    try:
        with database.begin() as connection:
            write(connection, database.dialect, new)
        return True
    except sa.exc.SQLAlchemyError:
        return False
    finally:
        database.close()
