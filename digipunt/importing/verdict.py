"""What the visits service will say of a visit that it cannot be asked about, because its digipunt is not there yet.

By the service's own schema and rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from marshmallow import ValidationError

from chassis.errors import Issue
from chassis.http import issues_of
from services.visits.model import visits as rules
from services.visits.schemas.visits import BatchItem

_item = BatchItem()


def judge(visit: Mapping[str, Any], now: datetime) -> list[dict[str, str]]:
    """What is wrong with a visit, in the form of the service's answer."""
    return [{"name": issue.name, "detail": issue.detail} for issue in _issues(visit, now)]


def _issues(visit: Mapping[str, Any], now: datetime) -> list[Issue]:
    try:
        content = _item.load(visit)
    except ValidationError as error:
        return issues_of(error.messages)
    return rules.time_issues(content.get("started_at", now), now) + rules.retired_issues(content)
