"""Notifications on each backend in turn, with a real mail server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import pytest

from chassis.runtime.timer import every
from services.notifications.service import NotificationsService
from services.visits.service import VisitsService
from tests.services.notifications.owner import LoansOwner
from tests.services.notifications.town import Town
from tests.services.notifications.world import MONDAY, MovedClock, World
from tests.support.kannel import SECRET
from tests.support.mail import MailServer
from tests.support.running import BACKENDS, backend


class Quick(NotificationsService):
    """Goes round ten times a second, so that tests need not wait."""

    idle: ClassVar[list[int]] = [0]
    """How many rounds found nothing to do."""

    @every(0.1)
    def send(self) -> None:
        if self.sender.run() == 0:
            self.idle[0] += 1


class QuickInTown(Quick):
    """The same beside visits, with counts of its own: both may run at once."""

    idle: ClassVar[list[int]] = [0]
    aged: ClassVar[list[int]] = [0]
    """How often it looked for contacts that are no longer needed."""

    @every(0.2)
    def age_out(self) -> None:
        super().age_out()
        self.aged[0] += 1


@pytest.fixture(scope="package")
def mail(tmp_path_factory) -> Iterator[MailServer]:
    server = MailServer(tmp_path_factory.mktemp("mail"))
    yield server
    server.stop()


@pytest.fixture(scope="package", params=BACKENDS)
def running(request, mail) -> Iterator[World]:
    """The service and an owner, on SQLite and memory://, then on PostgreSQL and RabbitMQ."""
    clock = MovedClock()
    with (
        backend(request, "notifications", "loans") as place,
        place.running(LoansOwner, Quick, clock=clock, smtp_url=mail.url) as runner,
    ):
        yield World(runner, clock, mail, Quick.idle)


@pytest.fixture(scope="package", params=BACKENDS)
def place(request, tmp_path_factory, mail, kannel) -> Iterator[Town]:
    """visits and notifications, on each backend in turn, with a real gateway for SMS."""
    gateway = kannel.gateway_file(tmp_path_factory.mktemp("gateway"))
    clock = MovedClock()
    with (
        backend(request, "notifications", "visits") as place,
        place.running(
            VisitsService, QuickInTown, clock=clock, smtp_url=mail.url, sms_gateway=gateway, sms_secret=SECRET
        ) as runner,
    ):
        yield Town(runner, clock, mail, kannel, QuickInTown.idle, QuickInTown.aged)


@pytest.fixture
def town(place) -> Town:
    """A digipunt that opens now, at ten o'clock on a Monday."""
    place.clock.set(MONDAY)
    place.open_point()
    return place


@pytest.fixture
def world(running) -> World:
    """The same, at ten o'clock on a Monday."""
    running.clock.set(MONDAY)
    return running
