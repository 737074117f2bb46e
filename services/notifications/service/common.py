"""What the routes share: the sender with its channels, and the lines of the work lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from nameko.extensions import DependencyProvider

from chassis.fingerprint import drop_empty
from chassis.http import Request
from chassis.http.trail import note_seen
from chassis.runtime.application import Application
from chassis.runtime.provider import application_of
from chassis.runtime.rpc_clients import RpcClients
from chassis.settings import Settings
from common.field_cipher import FieldCipher
from common.phones import as_dialled
from services.notifications.channels.base import Channel
from services.notifications.handlers.address_book import AddressBook
from services.notifications.handlers.delivering import Sender
from services.notifications.handlers.staff import Bundle, compose_bundle
from services.notifications.model.messages import to_api
from services.notifications.model.rows import CallClaimRow
from services.notifications.model.states import ChannelName, PushChannel
from services.notifications.texts import Overrides

REPORTS = "/notifications/v1/reports/sms"

KIND_OF_PERSON = {"loans": "borrower", "visits": "contact", "reporting": "reader"}
"""What the person of a message is, by the service that owns what it is about."""


class SenderProvider(DependencyProvider):
    """`self.sender` in a service class."""

    owners = RpcClients()

    def setup(self) -> None:
        application = application_of(self.container)
        keys = application.settings.data_keys
        self.sender = Sender(
            application.database,
            application.clock,
            application.unit_of_work,
            self.owners,
            AddressBook(application.database, FieldCipher(keys) if keys else None),
            channels_of(application.settings),
            application.settings.phone,
            application.faults,
        )

    def get_dependency(self, worker_ctx: Any) -> Sender:
        return self.sender


class Routes:
    """Base of the routes of a resource."""

    app: Application
    sender: Sender = SenderProvider()

    def note_seen(self, request: Request, bundles: Iterable[Bundle]) -> None:
        """Tell in the trail who is on these lines, for the caller to see."""
        for bundle in bundles:
            row, person = bundle.rows[0], bundle.first.person
            if person is not None:
                people = [(person.id, row["municipality"])]
                note_seen(self.app, request.caller, KIND_OF_PERSON[row["source"]], people)


def channels_of(settings: Settings) -> dict[PushChannel, Channel]:
    """The channels that are configured. Raises ConfigurationError.

    Each is imported only then: a laptop without a gateway starts sooner and uses less memory.
    """
    channels: dict[PushChannel, Channel] = {}
    if settings.smtp_url:
        from services.notifications.channels.smtp import SmtpChannel, SmtpServer

        channels["email"] = SmtpChannel(SmtpServer.of(settings.smtp_url))
    if settings.sms_gateway:
        from services.notifications.channels.gateway import read_gateway
        from services.notifications.channels.sms import SmsChannel

        report = settings.public_url.rstrip("/") + REPORTS
        gateway = read_gateway(settings.sms_gateway)
        channels["sms"] = SmsChannel(gateway, secret=settings.sms_secret, report=report)
    return channels


def to_line(
    bundle: Bundle, channel: ChannelName, own: Overrides, claimed: Mapping[str, CallClaimRow]
) -> dict[str, Any]:
    """What to tell one person, for staff to read. `claimed` says who is calling about which message."""
    claims = [claimed[row["id"]] for row in bundle.rows if row["id"] in claimed]
    person = bundle.first.person
    addressee = person and drop_empty(
        {
            "id": person.id,
            "name": person.name,
            "via": person.via,
            "phone": as_dialled(person.phone) if person.phone else None,
            "language": person.language,
        }
    )
    line = {
        "messages": [to_api(row) for row in bundle.rows],
        "person": addressee,
        "script": compose_bundle(bundle, channel, own).text,
        "claim": {"id": claims[0]["claim"], "claimedBy": claims[0]["claimed_by"], "until": claims[0]["until"]}
        if claims
        else None,
    }
    return drop_empty(line) | {"attempts": max(row["attempts"] for row in bundle.rows)}
