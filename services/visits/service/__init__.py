"""The visits service: a table of contents of what it answers, one module a resource. No SQL, no rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from chassis.runtime.rpc import rpc
from chassis.service import Service
from common.retention import RetentionRoutes
from services.visits import REFUSALS
from services.visits.handlers.persons import forget_contact
from services.visits.handlers.retention import due, take_away
from services.visits.queries import messages
from services.visits.service.cards import CardRoutes
from services.visits.service.digipunts import DigipuntRoutes
from services.visits.service.feedback import FeedbackRoutes
from services.visits.service.follow_ups import FollowUpRoutes
from services.visits.service.persons import PersonRoutes
from services.visits.service.sessions import SessionRoutes
from services.visits.service.visits import VisitRoutes

__all__ = ["VisitsService"]


class VisitsService(
    VisitRoutes,
    DigipuntRoutes,
    CardRoutes,
    SessionRoutes,
    FeedbackRoutes,
    FollowUpRoutes,
    PersonRoutes,
    RetentionRoutes,
    Service,
):
    """Walk-in help, info sessions, referrals, feedback and digipunts."""

    name = "visits"
    migrations = Path(__file__).parent.parent / "migrations"
    refusals = REFUSALS
    revocations_from = "desk"

    due, take_away = staticmethod(due), staticmethod(take_away)

    @rpc
    def message_context(self, kind: str, about: str) -> dict[str, Any]:
        """What notifications asks before it tells anybody; see `contracts/message_context.py`."""
        with self.app.database.read() as connection:
            return messages.message_context(connection, kind, about, self.app.clock.now())

    @rpc
    def forget_contact(self, id: str, municipality: str) -> bool:
        """What notifications asks when a contact was erased there. It hears by an event that it is done."""
        with self.app.unit_of_work() as uow:
            forget_contact(uow, id, municipality)
        return True
