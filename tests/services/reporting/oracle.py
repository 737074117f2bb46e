"""Every figure counted again with pandas from the raw journal, by the definitions and without the service's code."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from functools import lru_cache
from math import floor
from typing import Any

import pandas as pd

CODES = {
    "theme": "themes",
    "situation": "situation",
    **{
        name: name
        for name in (
            "help",
            "outcome",
            "selfReliance",
            "place",
            "contact",
            "ageBand",
            "device",
            "referredFrom",
            "referredTo",
            "residence",
        )
    },
}
"""Dimension and the field of a visit."""
WITHOUT = {"referredFrom": "none", "referredTo": "none", "onlineService": "none", "bottleneckCause": "none"}
APART = ("onlineService", "bottleneckCause")
PERIODS = {
    "day": lambda day: day.isoformat(),
    "month": lambda day: f"{day:%Y-%m}",
    "quarter": lambda day: f"{day.year}-Q{(day.month + 2) // 3}",
    "halfYear": lambda day: f"{day.year}-H{1 if day.month < 7 else 2}",
    "year": lambda day: str(day.year),
}


def rounded(number: Fraction) -> int:
    """To the nearest whole, half up."""
    return floor(number + Fraction(1, 2))


class Oracle:
    """The visits that stand at the end of a journal, one a row."""

    def __init__(self, bodies: Iterable[bytes]) -> None:
        standing: dict[str, dict[str, Any]] = {}
        changed: set[str] = set()
        registered, voided = [], []
        for body in bodies:
            event = json.loads(body)
            what, data = event["type"].rpartition(".")[2], event["data"]
            if "visit" in data:
                id = data["visit"]["id"]
                if what == "voided":
                    voided.append(standing.pop(id))
                else:
                    standing[id] = data["visit"]
                if what == "corrected":
                    changed.add(id)
                elif what == "registered":
                    registered.append(data["visit"] | {"recorded": event["time"]})
        frame = pd.DataFrame(list(standing.values()))
        local = _local(frame["startedAt"])
        frame["day"] = local.dt.date
        frame["changed"] = frame["id"].isin(changed)
        self.registered, self.voided = (
            rows.assign(day=_local(rows["startedAt"]).dt.date)
            for rows in (pd.DataFrame(registered), pd.DataFrame(voided))
        )
        self.registered["recorded"] = _local(self.registered["recorded"]).dt.date
        frame["month"] = local.dt.strftime("%Y-%m")
        frame["calendarYear"] = local.dt.year
        for name, field in CODES.items():
            if field not in frame:
                frame[field] = None
            frame[f"codes of {name}"] = [self._codes(name, value) for value in frame[field]]
        frame["pairs"] = [
            sorted({(each["service"], each["cause"]) for each in value}) if isinstance(value, list) else []
            for value in frame["bottlenecks"]
        ]
        frame["minutes"] = frame["durationMinutes"].fillna(0).astype(int)
        self.frame = frame

    @staticmethod
    def _codes(name: str, value: Any) -> list[str]:
        several = value if isinstance(value, list) else [value]
        # pandas has a missing value as one that is not equal to itself.
        found = sorted({code for code in several if code is not None and code == code})
        return found or [WITHOUT.get(name, "notAsked")]

    def chosen(
        self, first: date, last: date, place: Mapping[str, Any], of: pd.DataFrame | None = None
    ) -> pd.DataFrame:
        """The visits of a period and a place: of those that stand, or of others."""
        frame = self.frame if of is None else of
        mask = (frame["day"] >= first) & (frame["day"] <= last)
        if "residence" in place:
            return frame[mask & frame["residence"].isin(place["residence"])]
        if "municipality" in place:
            mask &= frame["municipality"].isin(place["municipality"])
        if "digipunt" in place:
            mask &= frame["digipunt"] == place["digipunt"]
        return frame[mask]

    def completeness(self, first: date, last: date, place: Mapping[str, Any]) -> dict[str, int]:
        """Registered after the last day, changed since, and taken out."""
        registered = self.chosen(first, last, place, self.registered)
        return {
            "registeredLate": int((registered["recorded"] > last).sum()),
            "corrected": int(self.chosen(first, last, place)["changed"].sum()),
            "voided": len(self.chosen(first, last, place, self.voided)),
        }

    def counts(self, frame: pd.DataFrame, name: str) -> dict[str, int]:
        """Contacts by code."""
        return frame[f"codes of {name}"].explode().value_counts().to_dict()

    @lru_cache(maxsize=100)  # noqa: B019 - an oracle lives as long as its test
    def shares(self, first: date, last: date, of: str) -> dict[tuple[str, str, str], Fraction]:
        """Which part of those not asked is new: by municipality, digipunt and month, as `of` has them for columns."""
        everybody = self.chosen(first, last, {})
        place = [of, "point", "month"]
        frame = everybody.assign(point=everybody["digipunt"] if of == "municipality" else "")
        shares = {}
        together = frame.groupby([of, "month"])["contact"]
        around = {key: group.value_counts().to_dict() for key, group in together}
        for (where, point, month), group in frame.groupby(place)["contact"]:
            counts = group.value_counts().to_dict()
            if not counts.keys() & {"first", "repeat"}:
                counts = around[where, month]
            asked = counts.get("first", 0) + counts.get("repeat", 0)
            shares[where, point, month] = Fraction(counts.get("first", 0), asked) if asked else Fraction(0)
        return shares

    def new_people(self, frame: pd.DataFrame, first: date, last: date, *, by: str = "municipality") -> int:
        """First contacts, and of those not asked as many as of the others of that digipunt and month."""
        shares = self.shares(first, last, by)
        total = 0
        points = frame.assign(point=frame["digipunt"] if by == "municipality" else "")
        for key, group in points.groupby([by, "point", "month"])["contact"]:
            counts = group.value_counts().to_dict()
            total += counts.get("first", 0) + rounded(counts.get("unknown", 0) * shares[key])
        return total

    def reach(self, first: date, last: date, place: Mapping[str, Any]) -> dict[str, tuple[int, int]]:
        """At least and at most, of all, of those under 18 and of adults."""
        inside = self.chosen(first, last, place)
        earlier = self.chosen(date(first.year, 1, 1), first, place)
        earlier = earlier[earlier["day"] < first]
        cards = inside["visitor"].nunique()
        ages = {
            "all": (lambda frame: frame["contact"] != "", lambda frame: frame["contact"] != "", cards),
            "under18": (
                lambda frame: frame["ageBand"] == "under18",
                lambda frame: (frame["ageBand"] == "under18") | _unknown_age(frame),
                0,
            ),
            "adults": (
                lambda frame: ~((frame["ageBand"] == "under18") | _unknown_age(frame)),
                lambda frame: frame["ageBand"] != "under18",
                0,
            ),
        }
        found = {}
        for name, (certain, possible, known) in ages.items():
            sure, perhaps = inside[certain(inside)], inside[possible(inside)]
            before = earlier[possible(earlier)]
            firsts = sure[sure["contact"] == "first"].groupby("calendarYear").size()
            least = max([known, *firsts.tolist()])
            most = 0
            for year, group in perhaps.groupby("calendarYear"):
                new = group["contact"].isin(["first", "unknown"]).sum()
                back = before[before["calendarYear"] == year]["contact"].isin(["first", "unknown"]).sum()
                most += min(len(group), int(new + back))
            found[name] = (least, max(least, most))
        return found

    def ask(
        self,
        first: date,
        last: date,
        place: Mapping[str, Any],
        by: tuple[str, ...],
        measure: str,
        filters: Mapping[str, frozenset[str]],
    ) -> dict[tuple[str, ...], int]:
        """The value of every cell that is not 0; with no dimension at all the total, under ()."""
        frame = self.chosen(first, last, place)
        frame = frame.assign(
            pairs=[self._pairs(pairs, filters) for pairs in frame["pairs"]], had=frame["pairs"].map(len)
        )
        for name, codes in filters.items():
            if name not in APART:
                frame = _where(frame, [not codes.isdisjoint(each) for each in frame[f"codes of {name}"]])
        if any(name in filters for name in APART):
            none = all(name not in filters or "none" in filters[name] for name in APART)
            kept = zip(frame["pairs"], frame["had"], strict=True)
            frame = _where(frame, [bool(pairs) or (none and not had) for pairs, had in kept])
        if measure == "bottlenecks":
            frame = _where(frame, [bool(pairs) for pairs in frame["pairs"]])
        units = frame.explode("pairs") if measure == "bottlenecks" or set(by) & set(APART) else frame
        columns = []
        for number, name in enumerate(by):
            column = f"by {number}"
            columns.append(column)
            if name in APART:
                units = units.assign(**{column: [self._part(pair, name) for pair in units["pairs"]]})
            elif name in PERIODS:
                units = units.assign(**{column: units["day"].map(PERIODS[name])})
            elif name in CODES:
                units = units.assign(**{column: units[f"codes of {name}"]}).explode(column)
            else:
                units = units.assign(**{column: units[name]})
        if measure != "bottlenecks":
            units = units.drop_duplicates(["id", *columns])
        if not columns:
            total = self._value(units, measure, first, last)
            return {(): total} if total else {}
        found = {key: self._value(group, measure, first, last) for key, group in units.groupby(columns)}
        return {key: value for key, value in found.items() if value}

    @staticmethod
    def _pairs(pairs: list[tuple[str, str]], filters: Mapping[str, frozenset[str]]) -> list[tuple[str, str]]:
        return [
            pair
            for pair in pairs
            if all(
                name not in filters or code in filters[name] for name, code in zip(APART, pair, strict=True)
            )
        ]

    @staticmethod
    def _part(pair: Any, name: str) -> str:
        return pair[APART.index(name)] if isinstance(pair, tuple) else "none"

    def _value(self, group: pd.DataFrame, measure: str, first: date, last: date) -> int:
        if measure == "minutes":
            return int(group["minutes"].sum())
        return self.new_people(group, first, last) if measure == "newPeople" else len(group)


def _local(moments: pd.Series) -> pd.Series:
    return pd.to_datetime(moments, utc=True, format="ISO8601").dt.tz_convert("Europe/Brussels")


def _where(frame: pd.DataFrame, kept: list[bool]) -> pd.DataFrame:
    return frame[pd.Series(kept, index=frame.index, dtype=bool)]


def _unknown_age(frame: pd.DataFrame) -> pd.Series:
    return frame["ageBand"].isna() | (frame["ageBand"] == "notAsked")
