"""Who may correct a visit, and until when: what counts is when it was registered, not when it took place."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from services.visits.tables import visits as table
from tests.services.visits.api import new_id


def registered_earlier(visits, id, **ago):
    """As if the visit had been registered that long ago."""
    moment = datetime.now(UTC) - timedelta(**ago)
    with visits.application.database.begin() as connection:
        connection.execute(sa.update(table).where(table.c.id == id).values(registered_at=moment))


@pytest.mark.case("security L12")
def test_what_a_helper_registers_late_the_helper_can_mend(helper, point):
    """A visit of months ago, on paper until now: the helper who enters it wrong corrects it, moves it, voids it."""
    id = helper.visit(point, startedAt="2026-03-05T10:00:00Z")
    assert helper.patch(f"/visits/{id}", {"themes": ["work"]}, 1).status_code == 200
    moved = helper.patch(f"/visits/{id}", {"startedAt": "2026-03-04T10:00:00Z"}, 2)
    assert (moved.status_code, moved.json()["version"]) == (200, 3)
    assert helper.post(f"/visits/{id}/void", {"reason": "mistake"}).status_code == 200


@pytest.mark.case("security L12")
@pytest.mark.parametrize("role", ["helper", "desk"])
def test_a_day_after_registering_it_is_the_coordinators(visits, coordinator, point, role):
    """Made offline yesterday and sent today counts from today; a visit of today that came in two days ago does not."""
    client = visits.client(role, ["24107"], [point])
    yesterday = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    fresh, old = client.visit(point, startedAt=yesterday), client.visit(point)
    registered_earlier(visits, fresh, hours=23)
    registered_earlier(visits, old, hours=25)
    assert client.patch(f"/visits/{fresh}", {"themes": ["work"]}, 1).status_code == 200
    refused = client.patch(f"/visits/{old}", {"themes": ["work"]}, 1)
    assert (refused.status_code, "24 hours" in refused.text) == (403, True)
    assert client.post(f"/visits/{old}/void", {"reason": "mistake"}).status_code == 403
    assert coordinator.patch(f"/visits/{old}", {"themes": ["work"]}, 1).status_code == 200


@pytest.mark.case("security L12")
def test_a_batch_and_a_resend_tell_when_they_were_first_registered(helper, point):
    """The day counts from the first time: sending again does not give another day."""
    item = {"id": new_id(), "digipunt": point, "themes": ["tax"], "startedAt": "2026-03-05T10:00:00Z"}
    assert helper.post("/visits/batch", {"items": [item]}).json()["items"][0]["status"] == 201
    first = helper.get(f"/visits/{item['id']}").json()["registeredAt"]
    assert helper.post("/visits/batch", {"items": [item]}).json()["items"][0]["status"] == 200
    assert helper.get(f"/visits/{item['id']}").json()["registeredAt"] == first
