"""Routes of devices and stock-takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection

from chassis.errors import NotFound
from chassis.fingerprint import drop_empty
from chassis.http import (
    COORDINATOR,
    CREATED,
    DESK,
    STAFF,
    Request,
    Response,
    created,
    expected_version,
    http,
    page,
    resource,
    version_if_given,
    window,
)
from chassis.http.tickets import one_time
from chassis.outbox.unit_of_work import UnitOfWork
from common.access import require_municipality, scope
from common.phones import as_dialled
from contracts.refdata import label
from services.loans.documents import labels
from services.loans.handlers import devices
from services.loans.handlers.common import require_near
from services.loans.handlers.stock import StockTake, take_stock
from services.loans.model.devices import QR_PREFIX, history_to_api, listed_to_api, to_api
from services.loans.model.rows import DeviceRow, PointRow
from services.loans.queries import lists
from services.loans.queries.embedding import borrower_by_loan
from services.loans.schemas import devices as schemas
from services.loans.service.common import PDF, Routes, wants_borrowers
from services.loans.tables import DEVICES


class DeviceRoutes(Routes):
    """What can be lent, and where it is. Nothing here is about a person."""

    @http(
        "PUT",
        "/v1/devices/{id}",
        roles=COORDINATOR,
        body=schemas.DevicePut,
        response=schemas.DeviceAnswer,
        status=CREATED,
        summary="Add a device",
    )
    def add_device(self, uow: UnitOfWork, request: Request) -> Response:
        return created(devices.add_device(uow, request.caller, request.params["id"], request.data), to_api)

    @http(
        "GET",
        "/v1/devices",
        roles=DESK,
        query=schemas.DeviceQuery,
        response=schemas.DeviceAnswer,
        paged=True,
        summary="List devices by kind and label",
    )
    def list_devices(self, connection: Connection, request: Request) -> dict[str, Any]:
        """All devices of own municipalities, so that every helper sees what is free elsewhere."""
        mine = request.caller.municipalities
        rows, total = lists.list_devices(connection, mine, request.args, window(request))
        body = page(request, (rows, total), listed_to_api)
        if wants_borrowers(request):
            held = [row["loan"] for row in rows]
            borrower_of = borrower_by_loan(connection, scope(request.caller), held)
            for item in body["items"]:
                item |= drop_empty({"borrower": borrower_of.get(item.get("loan"))})
            body["embedded"] = self.embedded(connection, request, borrower_of.values())
        return body

    @http("GET", "/v1/devices/{id}", roles=DESK, response=schemas.DeviceAnswer, summary="Read a device")
    def get_device(self, connection: Connection, request: Request) -> Response:
        row = DEVICES.get(connection, request.params["id"])
        require_municipality(request.caller, row["municipality"], "device", row["id"])
        return resource(lists.with_loans(connection, [row])[0], listed_to_api, with_computed=True)

    @http(
        "PATCH",
        "/v1/devices/{id}",
        roles=COORDINATOR,
        body=schemas.DevicePatch,
        response=schemas.DeviceAnswer,
        summary="Change what is told about a device",
    )
    def change_device(self, uow: UnitOfWork, request: Request) -> Response:
        id, expected = request.params["id"], expected_version(request)
        return resource(
            devices.change_device_description(uow, request.caller, id, expected, request.data), to_api
        )

    @http(
        "GET",
        "/v1/devices/{id}/history",
        roles=STAFF,
        response=schemas.HistoryAnswer,
        paged=True,
        summary="What happened to a device, the newest first",
    )
    def list_history(self, connection: Connection, request: Request) -> dict[str, Any]:
        row = DEVICES.get(connection, request.params["id"])
        require_near(request.caller, row)
        return page(request, lists.history_of(connection, row["id"], window(request)), history_to_api)

    @http(
        "POST",
        "/v1/devices/{id}/move",
        roles=COORDINATOR,
        body=schemas.Move,
        response=schemas.DeviceAnswer,
        summary="Give a device another home",
    )
    def move_device(self, uow: UnitOfWork, request: Request) -> Response:
        return self._device(devices.move_device, uow, request, request.data["digipunt"])

    @http(
        "POST",
        "/v1/devices/{id}/repair",
        roles=STAFF,
        body=schemas.Remark,
        response=schemas.DeviceAnswer,
        summary="Send a device to repair",
    )
    def repair_device(self, uow: UnitOfWork, request: Request) -> Response:
        return self._device(devices.take_out_of_service, uow, request, "inRepair", request.data.get("note"))

    @http(
        "POST",
        "/v1/devices/{id}/missing",
        roles=STAFF,
        body=schemas.Remark,
        response=schemas.DeviceAnswer,
        summary="Note that nobody finds a device",
    )
    def report_missing(self, uow: UnitOfWork, request: Request) -> Response:
        return self._device(devices.take_out_of_service, uow, request, "missing", request.data.get("note"))

    @http(
        "POST",
        "/v1/devices/{id}/ready",
        roles=STAFF,
        body=schemas.BackInUse,
        response=schemas.DeviceAnswer,
        summary="A device is prepared, mended or found",
    )
    def ready_device(self, uow: UnitOfWork, request: Request) -> Response:
        """It can be lent at once when it was checked and wiped since its last loan."""
        return self._device(devices.return_to_service, uow, request, request.data)

    @http(
        "POST",
        "/v1/devices/{id}/check",
        roles=DESK,
        body=schemas.Check,
        response=schemas.DeviceAnswer,
        summary="Record how a device looks, and whether it is wiped",
    )
    def check_device(self, uow: UnitOfWork, request: Request) -> Response:
        return self._device(devices.check_device, uow, request, request.data)

    @http(
        "POST",
        "/v1/devices/{id}/wiped",
        roles=DESK,
        response=schemas.DeviceAnswer,
        summary="Record that a device is wiped",
    )
    def wipe_device(self, uow: UnitOfWork, request: Request) -> Response:
        return self._device(devices.wipe_device, uow, request)

    @http(
        "POST",
        "/v1/devices/{id}/retire",
        roles=COORDINATOR,
        body=schemas.Retire,
        response=schemas.DeviceAnswer,
        summary="Take a device out of use",
    )
    def retire_device(self, uow: UnitOfWork, request: Request) -> Response:
        return self._device(devices.retire_device, uow, request, request.data["reason"])

    @http(
        "GET",
        "/v1/devices/labels.pdf",
        roles=STAFF,
        query=schemas.LabelQuery,
        unit=None,
        content_type=PDF,
        worker="few",
        summary="A sheet of labels with QR codes to print",
    )
    def print_labels(self, request: Request) -> Response:
        """24 labels of 70 by 37 mm on an A4 sheet; at most 600 at once, by kind and label.

        Devices that are retired or missing get one only when `state` asks for them.
        """
        with self.app.database.read() as connection:
            found = lists.devices_to_label(connection, request.caller.municipalities, request.args)
        if not found:
            raise NotFound("noDeviceToLabel")
        page = labels.html([_label(row, home) for row, home in found], skip=request.args["skip"])
        headers = {"Content-Type": PDF, "Content-Disposition": 'inline; filename="etiketten.pdf"'}
        return Response(self.pdf.render(page), headers=headers)

    ticket_labels = one_time(print_labels)

    @http(
        "POST",
        "/v1/stockTakes",
        roles=COORDINATOR,
        body=schemas.StockTake,
        response=schemas.StockTakeAnswer,
        summary="Compare what was scanned with what should be there",
    )
    def take_stock(self, uow: UnitOfWork, request: Request) -> StockTake:
        asked = request.data
        return take_stock(
            uow, request.caller, asked["digipunt"], asked["scanned"], mark_missing=asked["mark_missing"]
        )

    def _device(
        self, handler: Callable[..., DeviceRow], uow: UnitOfWork, request: Request, *more: Any
    ) -> Response:
        row = handler(uow, request.caller, request.params["id"], version_if_given(request), *more)
        return resource(row, to_api)


def _label(row: DeviceRow, home: PointRow | None) -> labels.DeviceLabel:
    return labels.DeviceLabel(
        QR_PREFIX + row["id"],
        label("deviceKind", row["kind"], "nl"),
        row["label"],
        (home and home["name"]) or "Digipunt",
        as_dialled(home["phone"]) if home and home["phone"] else None,
    )
