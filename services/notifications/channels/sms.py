"""SMS through the gateway that a YAML file describes (`gateway`), and its delivery reports."""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import httpx

from chassis.errors import InvalidInput
from chassis.http.validation import parsed
from common.reachability import why_unreachable
from services.notifications.channels.base import (
    ChannelUnavailable,
    OutcomeUnknown,
    Outgoing,
    Refused,
    Sent,
)
from services.notifications.channels.gateway import at, fill, render
from services.notifications.model.gsm7 import encodable
from services.notifications.model.states import ReportState

NOT_TAKEN = frozenset({401, 403, 404, 405, 429, 503})
"""Status codes that refuse the request itself: nothing was sent, whoever it was for."""

LONGEST_REFERENCE = 200


@dataclass(frozen=True, slots=True)
class Report:
    """The state of the message with the gateway's id `reference`."""

    reference: str
    state: ReportState


class SmsChannel:
    """Sends SMS through one gateway. `report` is the URL for its delivery reports."""

    def __init__(self, gateway: dict[str, Any], *, secret: str | None, report: str) -> None:
        self._gateway = gateway
        self._values = {"secret": secret or "", "proof": proof_of(secret), "report": report}

    def send(self, message: Outgoing) -> Sent | Refused:
        """Send one SMS; the rules in the gateway's file decide what its response means."""
        values = self._values | {"to": message.to, "text": encodable(message.text), "key": message.key}
        response = self._request(values)
        if self._matches("success", response):
            return Sent(self._reference(response))
        if self._matches("refused", response):
            return Refused("refused", f"the gateway refuses it ({response.status_code})")
        if response.status_code in NOT_TAKEN or response.is_redirect:
            raise ChannelUnavailable(f"the gateway answers {response.status_code}")
        if response.is_client_error:
            return Refused("refused", f"the gateway refuses it ({response.status_code})")
        raise OutcomeUnknown(
            f"the gateway's response {response.status_code} is neither success nor refusal by its file"
        )

    def check(self) -> None:
        """Raise ChannelUnavailable unless a server answers at the gateway's address. Sends nothing."""
        url = httpx.URL(render(self._gateway["url"], self._values | {"to": "", "text": "", "key": ""}))
        try:
            httpx.head(url.copy_with(path="/", query=None), timeout=self._gateway["timeoutSeconds"])
        except httpx.HTTPError as error:
            raise ChannelUnavailable(f"the gateway at {url.host}: {why_unreachable(error)}") from None

    def report(self, headers: Mapping[str, str], query: str, body: bytes) -> Report | None:
        """Read a delivery report; None when it is not authenticated, or lacks its fields."""
        rules = self._gateway.get("reports")
        if rules is None:
            return None
        sent = _fields(headers, query, body)
        if not self._is_authentic(rules, headers, sent):
            return None
        reference, status = at(rules["id"], sent), at(rules["status"], sent)
        if not reference or status is None or len(reference) > LONGEST_REFERENCE or "\0" in reference:
            return None
        if status in rules["delivered"]:
            return Report(reference, "delivered")
        return Report(reference, "failed" if status in rules["failed"] else "other")

    def _request(self, values: dict[str, str]) -> httpx.Response:
        gateway = self._gateway
        query = fill(gateway["query"], values)
        try:
            return httpx.request(
                gateway["method"],
                render(gateway["url"], values),
                params=query or None,
                headers=fill(gateway["headers"], values),
                data=fill(gateway.get("form"), values),
                json=fill(gateway.get("json"), values),
                timeout=gateway["timeoutSeconds"],
            )
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol) as error:
            raise ChannelUnavailable(f"the gateway: {why_unreachable(error)}") from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise OutcomeUnknown(f"no response after the request: {type(error).__name__}") from None

    def _matches(self, name: str, response: httpx.Response) -> bool:
        rule = self._gateway.get(name)
        if rule is None or response.status_code not in rule["status"]:
            return False
        return "match" not in rule or re.search(rule["match"], response.text) is not None

    def _reference(self, response: httpx.Response) -> str | None:
        """The gateway's id, if it gives one. Without it the SMS has left too, but reports cannot be matched to it."""
        place = self._gateway.get("id") or {}
        found = None
        if "json" in place:
            try:
                found = at(place["json"], response.json())
            except ValueError:
                return None
        elif "match" in place and (match := re.search(place["match"], response.text)):
            found = match[1] if match.re.groups else match[0]
        return found if found and len(found) <= LONGEST_REFERENCE else None

    def _is_authentic(self, rules: dict[str, Any], headers: Mapping[str, str], sent: Any) -> bool:
        given, expected = None, None
        if "header" in rules:
            given, expected = headers.get(rules["header"]["name"].lower()), rules["header"]["value"]
        elif "field" in rules:
            given, expected = at(rules["field"]["name"], sent), rules["field"]["value"]
        elif headers.get("authorization", "").lower().startswith("basic "):
            given, expected = _basic(headers["authorization"]), rules["basic"]
        if not given or not expected:
            return False
        if not self._values["secret"] and re.search("secret|proof", expected):
            return False  # Nobody can prove what nobody knows.
        secret = render(expected, self._values)
        return bool(secret) and hmac.compare_digest(given.encode(), secret.encode())


def proof_of(secret: str | None) -> str:
    """What a report shows: only who knows the password can make it, and nobody finds the password from it."""
    return hmac.digest(secret.encode(), b"delivery reports", "sha256").hex()[:32] if secret else ""


def _basic(header: str) -> str | None:
    try:
        return base64.b64decode(header[6:].strip(), validate=True).decode()
    except ValueError:
        return None


def _fields(headers: Mapping[str, str], query: str, body: bytes) -> Any:
    """A report's fields, whether they come as JSON, as a form or in the query."""
    try:
        if "json" in headers.get("content-type", ""):
            return parsed(body)
        return dict(parse_qsl(query)) | dict(parse_qsl(body.decode()))
    except (ValueError, InvalidInput):
        return {}
