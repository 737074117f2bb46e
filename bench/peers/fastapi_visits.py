"""`PUT` visit with FastAPI, pydantic, SQLAlchemy Core async and asyncpg: the peer of rows 1 and 2.

Same tables, same two inserts in one transaction, committed before the answer; same checks of token, role, codes, day, digipunt
and free text; the event is held against its contract too. What is ours in it is pure: the rules of a visit.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Annotated, Any, Literal
from uuid import UUID

import jwt
import uvicorn
from fastapi import Depends, FastAPI, Header, HTTPException, Response
from fastapi.responses import JSONResponse
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlalchemy import insert, make_url, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import create_async_engine

from bench.peers.outbox import relay
from chassis.clock import local_day, new_id
from chassis.fingerprint import fingerprint
from chassis.keys import known_keys
from chassis.storage.tables import journal
from contracts.events import event_type
from contracts.refdata import active
from services.visits.model import visits as rules
from services.visits.model.digipunts import Digipunt
from services.visits.tables import digipunts, visits

TYPE = event_type("visits", "visits", "registered")
STAFF = {"helper", "coordinator"}
[VERIFY_KEY] = known_keys(os.environ["DIGIPUNT_SIGNING_KEY"].encode(), ()).values()
DEPLOYMENT = f"urn:digipunt:{os.environ['DIGIPUNT_DEPLOYMENT']}"
INSERT_VISIT = upsert(visits).on_conflict_do_nothing(index_elements=[visits.c.id])
INSERT_EVENT = insert(journal)
POOL = {"pool_size": 16, "max_overflow": 4}

engine = create_async_engine(
    make_url(os.environ["DIGIPUNT_VISITS_DATABASE_URL"]).set(drivername="postgresql+asyncpg"), **POOL
)
known: dict[str, Digipunt] = {}
recorded = asyncio.Event()


def code(name: str) -> Any:
    """A code of this reference list."""
    return Literal[tuple(sorted(active(name)))]  # type: ignore[valid-type]


Nis = Annotated[str, Field(pattern=r"^\d{5}$")]


class Bottleneck(BaseModel):
    model_config = ConfigDict(extra="forbid")
    service: code("onlineService")  # type: ignore[valid-type]
    cause: code("bottleneckCause")  # type: ignore[valid-type]
    note: Annotated[str, Field(max_length=300)] | None = None


class Facts(BaseModel):
    """What the API and the event both tell of a visit."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)
    digipunt: UUID
    themes: Annotated[list[code("theme")], Field(min_length=1, max_length=40)]  # type: ignore[misc]
    duration: Annotated[int, Field(strict=True, ge=1, le=600)] | None = Field(None, alias="durationMinutes")
    help: code("help") | None = None  # type: ignore[valid-type]
    outcome: code("outcome") | None = None  # type: ignore[valid-type]
    self_reliance: code("selfReliance") | None = Field(None, alias="selfReliance")  # type: ignore[valid-type]
    place: code("place") = "point"  # type: ignore[valid-type]
    contact: code("contact") = "unknown"  # type: ignore[valid-type]
    bottlenecks: Annotated[list[Bottleneck], Field(max_length=20)] | None = None
    referred_from: code("party") | None = Field(None, alias="referredFrom")  # type: ignore[valid-type]
    referred_to: code("party") | None = Field(None, alias="referredTo")  # type: ignore[valid-type]
    age_band: code("ageBand") | None = Field(None, alias="ageBand")  # type: ignore[valid-type]
    situation: Annotated[list[code("situation")], Field(max_length=20)] | None = None  # type: ignore[misc]
    residence: Nis | None = None
    device: code("deviceKind") | None = None  # type: ignore[valid-type]


class VisitPut(Facts):
    """The body of `PUT`."""

    started_at: AwareDatetime | None = Field(None, alias="startedAt")
    helper: Annotated[str, Field(max_length=100)] | None = None
    note: Annotated[str, Field(max_length=1000)] | None = None


class VisitEvent(Facts):
    """The visit as it travels."""

    id: UUID
    municipality: Nis
    started_at: AwareDatetime = Field(alias="startedAt")


class Registered(BaseModel):
    visit: VisitEvent


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with engine.connect() as connection:
        columns = (digipunts.c.id, digipunts.c.municipality, digipunts.c.opened_on, digipunts.c.closed_on)
        known.update({row.id: Digipunt(*row) for row in await connection.execute(select(*columns))})
    relaying = asyncio.create_task(relay(engine, recorded)) if "BENCH_RELAY" in os.environ else None
    yield
    if relaying:
        relaying.cancel()
    await engine.dispose()


app = FastAPI(lifespan=lifespan)


@lru_cache(maxsize=1024)
def claims_of(token: str) -> dict[str, Any]:
    claims: dict[str, Any] = jwt.decode(
        token,
        VERIFY_KEY,
        algorithms=["EdDSA"],
        issuer=DEPLOYMENT,
        audience=DEPLOYMENT,
    )
    return claims


async def caller(authorization: Annotated[str, Header()]) -> dict[str, Any]:
    """The claims of a valid token of somebody who may register visits."""
    try:
        claims = claims_of(authorization.removeprefix("Bearer "))
    except jwt.PyJWTError:
        raise HTTPException(401) from None
    if claims["exp"] < time.time():
        raise HTTPException(401)
    if STAFF.isdisjoint(claims["roles"]):
        raise HTTPException(403)
    return claims


def point_of(id: str, day: date, claims: dict[str, Any]) -> Digipunt:
    """The digipunt, if the caller works there and it is open on that day."""
    point = known.get(id)
    if point is None or point.municipality not in claims["municipalities"]:
        raise HTTPException(404)
    if not point.takes_visits_on(day):
        raise HTTPException(400, "This digipunt is not open on that day.")
    return point


@app.put("/visits/v1/visits/{id}", status_code=201)
async def register(id: UUID, sent: VisitPut, claims: Annotated[dict[str, Any], Depends(caller)]) -> Response:
    now = datetime.now(UTC)
    content = rules.normalised(sent.model_dump(exclude_unset=True) | {"digipunt": str(sent.digipunt)})
    started_at = content.get("started_at", now).astimezone(UTC)
    point = point_of(content["digipunt"], local_day(started_at), claims)
    if issues := rules.time_issues(started_at, now) + rules.text_issues(content):
        raise HTTPException(400, [issue.detail for issue in issues])
    row = {**dict.fromkeys(visits.c.keys()), "bottlenecks": [], "situation": [], **content}
    row |= {
        "id": str(id),
        "municipality": point.municipality,
        "started_at": started_at,
        "day": local_day(started_at),
        "state": "registered",
        "content_hash": fingerprint(content),
        "version": 1,
    }
    event = Registered(visit=VisitEvent.model_validate(rules.to_event(row)))
    async with engine.begin() as connection:
        added = await connection.execute(INSERT_VISIT, row)
        if added.rowcount:
            await connection.execute(INSERT_EVENT, journal_row(row, event, now))
    recorded.set()
    if not added.rowcount:
        return await resent(row)
    return JSONResponse(rules.to_api(row), 201, {"ETag": '"1"'})


def journal_row(row: dict[str, Any], event: Registered, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "type": TYPE,
        "subject": f"visits/{row['id']}",
        "time": now,
        "municipality": row["municipality"],
        "entity_version": 1,
        "data": event.model_dump_json(by_alias=True, exclude_none=True),
    }


async def resent(row: dict[str, Any]) -> Response:
    """The same again is 200, other content under the same id 409."""
    async with engine.connect() as connection:
        kept = (await connection.execute(select(visits).where(visits.c.id == row["id"]))).mappings().one()
    if kept["content_hash"] != row["content_hash"]:
        raise HTTPException(409)
    return JSONResponse(rules.to_api(kept), 200, {"ETag": f'"{kept["version"]}"'})


if __name__ == "__main__":
    host, _, port = os.environ["DIGIPUNT_LISTEN"].rpartition(":")
    uvicorn.run(
        app, host=host, port=int(port), access_log=False, log_level="warning", loop="uvloop", http="httptools"
    )
