"""The public calendar: coming info sessions as iCalendar (RFC 5545), for anybody's phone and for other websites."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from common.addresses import one_line
from services.visits.model.rows import PublicSessionRow

CALENDAR_NAME = "Infosessies van de digipunten"
CONTENT_TYPE = "text/calendar; charset=utf-8"


def calendar(sessions: Iterable[PublicSessionRow], now: datetime) -> bytes:
    """These sessions as an .ics file. A session keeps its UID and counts its changes, so calendars update it."""
    # Most processes are never asked for a calendar, and the library would take part in every start.
    from icalendar import Calendar, Event

    result = Calendar()
    result.add("prodid", "-//Digipunt//Infosessies//NL")
    result.add("version", "2.0")
    result.add("method", "PUBLISH")
    # The name that RFC 7986 has, and the one that Google, Outlook and Apple read.
    for name in ("name", "x-wr-calname"):
        result.add(name, CALENDAR_NAME)
    for session in sessions:
        event = Event()
        event.add("uid", f"{session['id']}@digipunt")
        event.add("dtstamp", now)
        event.add("sequence", session["version"])
        event.add("dtstart", session["starts_at"])
        event.add("dtend", session["ends_at"])
        event.add("summary", session["title"])
        event.add("status", "CONFIRMED")
        if session["description"]:
            event.add("description", session["description"])
        if location := _location(session):
            event.add("location", location)
        result.add_component(event)
    text: bytes = result.to_ical()
    return text


def _location(session: PublicSessionRow) -> str:
    """Where to go: the place that was named, or the digipunt and its address."""
    if session["location"]:
        return str(session["location"])
    return ", ".join(filter(None, (session["digipunt_name"], one_line(session["digipunt_address"]))))
