"""The envelope of every event: CloudEvents 1.0 in structured JSON, with our extensions.

https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

import orjson

CONTENT_TYPE = "application/cloudevents+json"

RENAMED = {"be.digipunt.loans.v1.loans.notify.extended": "be.digipunt.loans.v1.loans.notify.dueDateChanged"}
"""Types with another name before 0.1.0, for messages and dead letters from then that are still waiting."""

LONGEST_EVENT = 1 << 20
"""Bytes; a request that records something may not be longer either."""

LONGEST_ATTRIBUTE = 500
"""Characters of `id`, `subject` and their like: in any script, short enough for an index."""

LAST_POSITION = (1 << 63) - 1
"""What a database can count to."""

_TEXTS = ("id", "type", "source", "subject", "time", "deployment", "epoch")
_texts_of = itemgetter(*_TEXTS)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Undecodable(ValueError):
    """A message that is not one of our events; the text says why."""


class Event(NamedTuple):
    """One event as a subscriber gets it; a tuple, because a frozen dataclass takes a third of the time of reading one.

    `position` counts from 1 without gaps within one `epoch` of the journal of `source`, and `previousid` is the id of the
    event before: the first one has none, nor have messages of a release whose journal was no chain. `entityversion` counts the
    changes of `subject`; `municipality` is a NIS code; `time` is aware, in UTC.
    """

    id: str
    type: str
    source: str
    subject: str
    time: datetime
    data: dict[str, Any]
    deployment: str
    municipality: str | None
    epoch: str
    position: int
    entityversion: int
    traceparent: str | None = None
    previousid: str | None = None

    @classmethod
    def decode(cls, body: bytes | str | memoryview) -> Event:
        """Read a message. Raises Undecodable; unknown attributes and data fields are ignored."""
        if len(body) > LONGEST_EVENT:
            raise Undecodable(f"longer than any event: {len(body):,} bytes")
        try:
            raw = orjson.loads(body)
        except ValueError as error:
            raise Undecodable(f"not JSON: {error}") from None
        if not isinstance(raw, dict) or raw.get("specversion") != "1.0":
            raise Undecodable("not a CloudEvents 1.0 envelope")
        if not _are_plain(raw):
            name = next(name for name in _TEXTS if not _is_plain(raw.get(name)))
            raise Undecodable(f"the attribute {name} is missing, too long, or not plain text")
        if not _is_uuid(raw["epoch"]):
            raise Undecodable("the attribute epoch is not a UUID")
        for name in ("position", "entityversion"):
            if type(raw.get(name)) is not int or not 1 <= raw[name] <= LAST_POSITION:
                raise Undecodable(f"the attribute {name} is missing or not a positive number")
        if not isinstance(raw.get("data"), dict):
            raise Undecodable("data is missing or not an object")
        return cls(
            raw["id"],
            RENAMED.get(raw["type"]) or raw["type"],
            raw["source"],
            raw["subject"],
            _moment(raw["time"]),
            raw["data"],
            raw["deployment"],
            _optional(raw, "municipality"),
            raw["epoch"],
            raw["position"],
            raw["entityversion"],
            _optional(raw, "traceparent"),
            _optional(raw, "previousid"),
        )

    def encode(self) -> str:
        """The event as it is sent."""
        return compose(
            id=self.id,
            type=self.type,
            source=self.source,
            subject=self.subject,
            time=self.time,
            deployment=self.deployment,
            municipality=self.municipality,
            epoch=self.epoch,
            position=self.position,
            previousid=self.previousid,
            entityversion=self.entityversion,
            traceparent=self.traceparent,
            data_json=orjson.dumps(self.data).decode(),
        )


def compose(
    *,
    id: str,
    type: str,
    source: str,
    subject: str,
    time: datetime,
    deployment: str,
    municipality: str | None,
    epoch: str,
    position: int,
    previousid: str | None,
    entityversion: int,
    traceparent: str | None,
    data_json: str,
) -> str:
    """Put the envelope around data that is JSON text already."""
    head: dict[str, Any] = {
        "specversion": "1.0",
        "id": id,
        "source": source,
        "type": type,
        "subject": subject,
        "time": time.astimezone(UTC),
        "datacontenttype": "application/json",
        "deployment": deployment,
        "epoch": epoch,
        "position": position,
        "entityversion": entityversion,
    }
    if previousid is not None:
        head["previousid"] = previousid
    if municipality is not None:
        head["municipality"] = municipality
    if traceparent is not None:
        head["traceparent"] = traceparent
    return f'{orjson.dumps(head, option=orjson.OPT_UTC_Z).decode()[:-1]},"data":{data_json}}}'


def _are_plain(raw: dict[str, Any]) -> bool:
    """Whether all of _TEXTS are; looked at together first, because every event is asked."""
    try:
        texts = _texts_of(raw)
        together = "".join(texts)
    except (KeyError, TypeError):
        return False
    if all(texts) and len(together) <= LONGEST_ATTRIBUTE and together.isprintable():
        return True
    return all(map(_is_plain, texts))


def _is_plain(text: Any) -> bool:
    """Whether this is text, not empty, that any database takes."""
    return isinstance(text, str) and 0 < len(text) <= LONGEST_ATTRIBUTE and text.isprintable()


@lru_cache(maxsize=64)
def _is_uuid(text: str) -> bool:
    return _UUID.fullmatch(text) is not None


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Undecodable("the attribute time is not an RFC 3339 moment") from None
    if moment.tzinfo is UTC:
        return moment
    if moment.tzinfo is None:
        raise Undecodable("the attribute time has no offset")
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise Undecodable("the attribute time is not on the calendar in UTC") from None


def _optional(raw: dict[str, Any], name: str) -> str | None:
    value = raw.get(name)
    if value is not None and not isinstance(value, str):
        raise Undecodable(f"the attribute {name} is not text")
    return value
