"""Applies a run and sets aside what cannot be applied: the culprit alone, with the later events of its subject."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import structlog

from chassis.inbox import dead_letters
from chassis.inbox.dead_letters import BLOCKED, to_dead_letter
from chassis.storage.database import is_outage
from contracts.envelope import Event
from contracts.events import EVENTS

if TYPE_CHECKING:
    from chassis.inbox.projection import Batch, Project

log = structlog.get_logger(__name__)


def project_or_park(project: Project, source: str, run: Batch, now: datetime, *, bisect: bool) -> None:
    """Project what can be projected and keep the rest as dead letters; with `bisect`, find the culprit by halving."""
    blocked = dead_letters.blocked_subjects(run.connection, source, run.generation)
    good: list[Event] = []
    letters: list[dict[str, Any]] = []
    for event in run.events:
        if event.subject in blocked:
            letters.append(to_dead_letter(source, run.generation, event, BLOCKED, now))
        elif event.type not in EVENTS:
            blocked.add(event.subject)
            reason = f"unknown event type {event.type}"
            letters.append(to_dead_letter(source, run.generation, event, reason, now))
        else:
            good.append(event)
    if good and bisect:
        letters += _bisect(project, source, replace(run, events=good), blocked, now)
    elif good:
        project(replace(run, events=good))
    dead_letters.add(run.connection, letters)


def apply_letters(project: Project, source: str, run: Batch, subject: str) -> int:
    """Apply the dead letters of `subject` in the generation of `run`, in order; how many, until one cannot be applied yet."""
    applied = 0
    for id, body in dead_letters.of_subject(run.connection, source, run.generation, subject):
        try:
            event = Event.decode(body)
            if event.type not in EVENTS:
                raise LookupError(f"unknown event type {event.type}")
            with run.connection.begin_nested():
                project(replace(run, events=[event]))
        except Exception as error:
            if is_outage(error):
                raise
            dead_letters.explain(run.connection, id, f"{type(error).__name__}: {error}")
            break
        dead_letters.remove(run.connection, id)
        applied += 1
    return applied


def _bisect(
    project: Project, source: str, run: Batch, blocked: set[str], now: datetime
) -> list[dict[str, Any]]:
    """Apply `run` in order, in savepoints; returns the dead letters."""
    letters = [
        to_dead_letter(source, run.generation, event, BLOCKED, now)
        for event in run.events
        if event.subject in blocked
    ]
    events = [event for event in run.events if event.subject not in blocked]
    if not events:
        return letters
    try:
        with run.connection.begin_nested():
            project(replace(run, events=events))
        return letters
    except Exception as error:
        if is_outage(error):
            raise
        if len(events) == 1:
            blocked.add(events[0].subject)
            log.error(
                "projection.deadLetter",
                source=source,
                position=events[0].position,
                traceparent=events[0].traceparent,
                error=repr(error),
            )
            reason = f"{type(error).__name__}: {error}"
            return [*letters, to_dead_letter(source, run.generation, events[0], reason, now)]
    middle = len(events) // 2
    letters += _bisect(project, source, replace(run, events=events[:middle]), blocked, now)
    return letters + _bisect(project, source, replace(run, events=events[middle:]), blocked, now)
