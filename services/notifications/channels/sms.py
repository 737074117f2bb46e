"""SMS through the gateway that a YAML file describes (`gateway`), and its delivery reports."""

from __future__ import annotations

import base64
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import parse_qsl

import httpx

from services.notifications.channels.base import (
    ChannelUnavailable,
    OutcomeUnknown,
    Outgoing,
    Refused,
    Sent,
)
from services.notifications.channels.gateway import at, filled, rendered
from services.notifications.model.gsm7 import encodable

NOT_TAKEN = frozenset({401, 403, 404, 405, 429, 503})
"""Answers that say the request itself was not taken: nothing was sent, whoever it was for."""

LONGEST_REFERENCE = 200


@dataclass(frozen=True, slots=True)
class Report:
    """What a delivery report says of the message that the gateway calls `reference`."""

    reference: str
    state: Literal["delivered", "failed", "other"]


class SmsChannel:
    """Sends SMS through one gateway. `report` is the address that gateways are told to report to."""

    def __init__(self, gateway: dict[str, Any], *, secret: str | None, report: str) -> None:
        self._gateway = gateway
        self._values = {"secret": secret or "", "report": report}

    def send(self, message: Outgoing) -> Sent | Refused:
        """Send one SMS; what the gateway answers is held against the rules of its file."""
        values = self._values | {"to": message.to, "text": encodable(message.text), "key": message.key}
        answer = self._ask(values)
        if self._matches("success", answer):
            return Sent(self._reference(answer))
        if self._matches("refused", answer):
            return Refused("refused", f"the gateway refuses it ({answer.status_code})")
        if answer.status_code in NOT_TAKEN or answer.is_redirect:
            raise ChannelUnavailable(f"the gateway answers {answer.status_code}")
        if answer.is_client_error:
            return Refused("refused", f"the gateway refuses it ({answer.status_code})")
        raise OutcomeUnknown(
            f"the gateway's answer {answer.status_code} is neither success nor refusal by its file"
        )

    def check(self) -> None:
        """Raise ChannelUnavailable unless somebody answers at the gateway's address. Sends nothing."""
        url = httpx.URL(rendered(self._gateway["url"], self._values | {"to": "", "text": "", "key": ""}))
        try:
            httpx.head(url.copy_with(path="/", query=None), timeout=self._gateway["timeoutSeconds"])
        except httpx.HTTPError as error:
            raise ChannelUnavailable(f"the gateway: {type(error).__name__}") from None

    def report(self, headers: Mapping[str, str], query: str, body: bytes) -> Report | None:
        """What a delivery report says; None when it does not prove that it comes from the gateway, or says nothing."""
        rules = self._gateway.get("reports")
        if rules is None:
            return None
        said = _fields(headers, query, body)
        if not self._proven(rules, headers, said):
            return None
        reference, status = at(rules["id"], said), at(rules["status"], said)
        if not reference or status is None or len(reference) > LONGEST_REFERENCE:
            return None
        if status in rules["delivered"]:
            return Report(reference, "delivered")
        return Report(reference, "failed" if status in rules["failed"] else "other")

    def _ask(self, values: dict[str, str]) -> httpx.Response:
        gateway = self._gateway
        query = filled(gateway["query"], values)
        try:
            return httpx.request(
                gateway["method"],
                rendered(gateway["url"], values),
                params=query or None,
                headers=filled(gateway["headers"], values),
                data=filled(gateway.get("form"), values),
                json=filled(gateway.get("json"), values),
                timeout=gateway["timeoutSeconds"],
            )
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol) as error:
            raise ChannelUnavailable(f"the gateway: {type(error).__name__}") from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise OutcomeUnknown(f"no answer after it was asked: {type(error).__name__}") from None

    def _matches(self, name: str, answer: httpx.Response) -> bool:
        rule = self._gateway.get(name)
        if rule is None or answer.status_code not in rule["status"]:
            return False
        return "match" not in rule or re.search(rule["match"], answer.text) is not None

    def _reference(self, answer: httpx.Response) -> str | None:
        """The gateway's id; it left all the same when there is none, only its reports will find nothing."""
        place = self._gateway.get("id") or {}
        found = None
        if "json" in place:
            try:
                found = at(place["json"], answer.json())
            except ValueError:
                return None
        elif "match" in place and (match := re.search(place["match"], answer.text)):
            found = match[1] if match.re.groups else match[0]
        return found if found and len(found) <= LONGEST_REFERENCE else None

    def _proven(self, rules: dict[str, Any], headers: Mapping[str, str], said: Any) -> bool:
        given, wanted = None, None
        if "header" in rules:
            given, wanted = headers.get(rules["header"]["name"].lower()), rules["header"]["value"]
        elif "field" in rules:
            given, wanted = at(rules["field"]["name"], said), rules["field"]["value"]
        elif headers.get("authorization", "").lower().startswith("basic "):
            given, wanted = _basic(headers["authorization"]), rules["basic"]
        if not given or not wanted:
            return False
        secret = rendered(wanted, self._values)
        return bool(secret) and hmac.compare_digest(given.encode(), secret.encode())


def _basic(header: str) -> str | None:
    try:
        return base64.b64decode(header[6:].strip(), validate=True).decode()
    except ValueError:
        return None


def _fields(headers: Mapping[str, str], query: str, body: bytes) -> Any:
    """A report's fields, whether they come as JSON, as a form or in the query."""
    try:
        if "json" in headers.get("content-type", ""):
            return json.loads(body)
        return dict(parse_qsl(query)) | dict(parse_qsl(body.decode()))
    except (ValueError, RecursionError):
        return {}
