"""The visits service: a table of contents of what it answers, one module a resource. No SQL, no rules."""

from __future__ import annotations

from pathlib import Path

from chassis.service import Service
from services.visits.service.cards import CardRoutes
from services.visits.service.digipunts import DigipuntRoutes
from services.visits.service.feedback import FeedbackRoutes
from services.visits.service.follow_ups import FollowUpRoutes
from services.visits.service.sessions import SessionRoutes
from services.visits.service.visits import VisitRoutes

__all__ = ["VisitsService"]


class VisitsService(
    VisitRoutes, DigipuntRoutes, CardRoutes, SessionRoutes, FeedbackRoutes, FollowUpRoutes, Service
):
    """Walk-in help, info sessions, referrals, feedback and digipunts."""

    name = "visits"
    migrations = Path(__file__).parent.parent / "migrations"
