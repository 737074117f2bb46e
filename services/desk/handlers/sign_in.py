"""Links that sign a coordinator in once, and what is over."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.errors import WrongSecret
from chassis.http.sign_in import SignIn
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import upsert
from services.desk.model.rows import UsedLinkRow
from services.desk.tables import pairings, sessions, used_links


def use_link(uow: UnitOfWork, link: SignIn | None) -> SignIn:
    """The link, which is used up. Raises WrongSecret for one that was used, is too old, or was never given."""
    if link is None or link.expires <= uow.clock.now():
        raise WrongSecret("signInLinkUsed")
    row: UsedLinkRow = {"id": link.id, "expires_at": link.expires}
    if (
        uow.connection.execute(upsert(uow.dialect, used_links).on_conflict_do_nothing(), dict(row)).rowcount
        == 0
    ):
        raise WrongSecret("signInLinkUsed")
    return link


def forget(connection: sa.Connection, now: object) -> None:
    """Delete what does not count any more by itself: codes, sessions and links that are over."""
    for table in (pairings, sessions, used_links):
        connection.execute(sa.delete(table).where(table.c.expires_at <= now))
