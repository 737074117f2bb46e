"""Which days a helper may write on."""

import pytest

from tests.services.visits.api import new_id


@pytest.mark.case("security L12")
def test_a_helper_registers_a_list_that_was_kept_on_paper(helper, coordinator, point):
    """A past day is registered by a helper, who has 24 hours to correct it, as docs/coordinator.md says."""
    id = new_id()
    body = {"digipunt": point, "themes": ["tax"], "startedAt": "2025-03-05T10:00:00Z"}
    assert helper.put(f"/visits/{id}", body).status_code == 201
    assert helper.patch(f"/visits/{id}", {"themes": ["apps"]}, version=1).status_code == 200
    assert coordinator.patch(f"/visits/{id}", {"themes": ["tax"]}, version=2).status_code == 200
