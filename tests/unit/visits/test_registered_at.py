"""Visits of before 0.1.0 get the moment at which they were registered, from the journal."""

import pytest
import sqlalchemy as sa

from chassis.storage import migrations
from chassis.storage.database import Database
from chassis.storage.tables import UTCDateTime
from services.visits.service import VisitsService

VISITS = VisitsService.migrations / "versions"
EVENT = "be.digipunt.visits.v1.visits.notify."
ID = "0195a1b2-3c4d-7e5f-8a6b-{:012}"

INSERT_VISIT = sa.text(
    "INSERT INTO visits (id, digipunt, municipality, day, started_at, themes, place, contact, bottlenecks, situation,"
    " state, content_hash, version) VALUES (:id, :id, '24107', '2026-03-01', '2026-03-01 10:00:00', '[\"tax\"]', 'point',"
    " 'unknown', '[]', '[]', 'registered', '', 1)"
).bindparams(sa.bindparam("id", type_=sa.Uuid(as_uuid=False)))
INSERT_EVENT = sa.text(
    "INSERT INTO journal (position, id, type, subject, time, entity_version, data)"
    " VALUES (:n, :id, :type, :subject, :time, 1, '{}')"
).bindparams(sa.bindparam("id", type_=sa.Uuid(as_uuid=False)))


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path):
    url = f"sqlite:///{tmp_path / 'old.sqlite'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres").url_for("registered_at")
    database = Database(url)
    yield database
    database.close()


@pytest.mark.case("security L12")
def test_the_journal_says_when_each_visit_was_registered(database):
    """Corrections and other resources do not count; a visit without its event stays without, and nothing else changes."""
    events = [
        (1, "registered", "visits/" + ID.format(1), "2026-03-02 11:12:13"),
        (2, "corrected", "visits/" + ID.format(1), "2026-04-01 09:00:00"),
        (3, "registered", "visits/" + ID.format(2), "2026-03-03 00:30:00"),
    ]
    with database.begin() as connection:
        migrations.upgrade_in(connection, VISITS, ["chassis@head", "visits_0003"])
    with database.begin() as connection:
        for n in (1, 2, 3):
            connection.execute(INSERT_VISIT, {"id": ID.format(n)})
        for n, what, subject, time in events:
            row = {"n": n, "id": ID.format(n), "type": EVENT + what, "subject": subject, "time": time}
            connection.execute(INSERT_EVENT, row)
    migrations.upgrade(database.url.render_as_string(hide_password=False), VISITS)
    columns = sa.text("SELECT registered_at, version, themes FROM visits ORDER BY id").columns(
        registered_at=UTCDateTime(), version=sa.Integer, themes=sa.Text
    )
    with database.read() as connection:
        rows = connection.execute(columns).all()
    moments = [row.registered_at and row.registered_at.strftime("%m-%d %H:%M") for row in rows]
    assert moments == ["03-02 11:12", "03-03 00:30", None]
    assert {(row.version, row.themes) for row in rows} == {(1, '["tax"]')}
