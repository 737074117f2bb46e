"""How the columns of a file are to be read: the mapping file, checked.

See `docs/examples/registraties-map.yaml` for the form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from marshmallow import RAISE, Schema, ValidationError, fields, validate

from chassis.errors import InvalidInput, Issue
from chassis.http import issues_of
from common.names import normal
from contracts.refdata import active
from contracts.visits import VISIT_CODES

NEEDED = ("date", "digipunt", "themes")
FIELDS = frozenset(
    {"date", "time", "duration", "digipunt", "municipality", "bottleneck", "note", "helper", *VISIT_CODES}
)
"""What a column can be read as."""


class _Strict(Schema):
    class Meta:
        unknown = RAISE


class _Digipunt(_Strict):
    name = fields.String(required=True)
    municipality = fields.String(required=True, validate=validate.Regexp(r"^\d{5}$"))
    organisation = fields.String()


class _Bottleneck(_Strict):
    service = fields.String(required=True, validate=validate.OneOf(active("onlineService")))
    cause = fields.String(required=True, validate=validate.OneOf(active("bottleneckCause")))


class _MappingSchema(_Strict):
    columns = fields.Dict(
        fields.String(validate=validate.OneOf(sorted(FIELDS))), fields.String(), required=True
    )
    dates = fields.List(fields.String(), load_default=["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"])
    times = fields.List(fields.String(), load_default=["%Hu%M", "%H:%M"])
    separators = fields.List(fields.String(), load_default=[";", ",", " + "])
    totals = fields.List(fields.String(), load_default=[])
    codes = fields.Dict(fields.String(), fields.Dict(fields.String(), fields.String()), load_default={})
    bottlenecks = fields.Dict(fields.String(), fields.Nested(_Bottleneck), load_default={})
    municipalities = fields.Dict(fields.String(), fields.String(), load_default={})
    digipunts = fields.List(fields.Nested(_Digipunt), load_default=[])


class ColumnMapping:
    """A mapping, checked. One without digipunten takes those that there are."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.columns: dict[str, str] = content["columns"]
        self.totals = {normal(label) for label in content["totals"]}
        self.digipunts: list[dict[str, str]] = content["digipunts"]
        self.dates: tuple[str, ...] = tuple(content["dates"])
        self.times: tuple[str, ...] = tuple(content["times"])
        self.separators = re.compile("|".join(re.escape(each) for each in content["separators"]) or "(?!)")
        self.codes = {name: by_label(labels) for name, labels in content["codes"].items()}
        self.bottlenecks = by_label(content["bottlenecks"])
        self.municipalities = by_label(content["municipalities"])

    @classmethod
    def load(cls, path: Path) -> ColumnMapping:
        """Read a mapping file. Raises InvalidInput, naming each part that is wrong."""
        try:
            raw = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
            content = _MappingSchema().load(raw)
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise InvalidInput.at(path.name, f"this is not a YAML file: {error}") from None
        except ValidationError as error:
            found = issues_of(error.messages)
            raise InvalidInput([Issue(each.detail, f"{path.name} {each.name}") for each in found]) from None
        issues = [
            Issue(f"{code!r} is not in the list {VISIT_CODES[name].list_name}", f"{path.name} codes.{name}")
            for name, labels in content["codes"].items()
            for code in labels.values()
            if name in VISIT_CODES and code not in active(VISIT_CODES[name].list_name)
        ]
        issues += [
            Issue("this is not a field of a visit that has codes", f"{path.name} codes.{name}")
            for name in content["codes"]
            if name not in VISIT_CODES
        ]
        issues += [
            Issue(f"columns needs {name}", path.name) for name in NEEDED if name not in content["columns"]
        ]
        if issues:
            raise InvalidInput(issues)
        return cls(content)


def by_label(labels: Mapping[str, Any]) -> dict[str, Any]:
    return {normal(label): value for label, value in labels.items()}
