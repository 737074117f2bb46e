"""Each refusal has a code that never changes and a text that a person can act upon, in three languages."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
import yaml
from marshmallow import Schema, ValidationError, fields, validate

import services
from chassis.http import issues_of
from chassis.http.openapi import document
from chassis.refusals import LANGUAGES, UNCODED
from tests.contract.refusal_sources import raised

RELEASED = Path(__file__).parent / "refusals.yaml"
"""The codes of each service that somebody may hold on to. A new one is added here by hand; none is ever taken away."""

SERVICES = services.load()
CATALOGUES = [service.refusals for service in SERVICES]
TEXTS = {code: texts for catalogue in CATALOGUES for code, texts in catalogue.whole().items()}
CODE = re.compile("[a-z][a-zA-Z0-9]*")
LONGEST_SENTENCE = 14
"""Words in a Dutch sentence for people at the desk."""

RAISED_BY_THE_FRAME = {
    "invalidInput",
    "internalError",
    "databaseAway",
    "staleVersion",
    "versionRequired",
    "methodNotAllowed",
}
"""Codes of errors that take no code: they have one, in chassis/errors.py and chassis/http/problems.py."""


def placeholders(text: str) -> set[str]:
    """The names of the values in a text."""
    return {field for _, field, _, _ in string.Formatter().parse(text) if field}


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_each_code_has_a_text_in_three_languages(code):
    """None is empty, none lacks a value that another has, and none would repeat what somebody sent."""
    texts = TEXTS[code]
    assert CODE.fullmatch(code)
    assert sorted(texts) == sorted(LANGUAGES)
    assert all(text.strip() for text in texts.values())
    assert placeholders(texts["nl"]) == placeholders(texts["fr"]) == placeholders(texts["en"])
    assert "input" not in placeholders(texts["nl"])


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_dutch_texts_are_short(code):
    """A volunteer reads one in the time it takes to press the button again."""
    sentences = re.split(r"[.:;] ", TEXTS[code]["nl"])
    words = [[word for word in sentence.split() if word.strip("{}%…“”")] for sentence in sentences]
    assert max(map(len, words)) <= LONGEST_SENTENCE


def test_no_sentence_stands_in_the_source():
    """What a service refuses with is a code of a catalogue; its sentence is written once, beside its translations."""
    assert [f"{each.at}: {each.code}" for each in raised() if each.code not in TEXTS] == []


def test_each_text_gets_its_values():
    """An error brings exactly the values that its text has a place for."""
    assert [
        f"{each.at}: {each.code} has {sorted(each.params)}"
        for each in raised()
        if each.params is not None
        and each.code in TEXTS
        and each.params != placeholders(TEXTS[each.code]["en"])
    ] == []


def test_no_text_is_left_over():
    """A text that nothing refuses with any more is found, unless its code was released."""
    released = {code for codes in yaml.safe_load(RELEASED.read_text()).values() for code in codes}
    used = {each.code for each in raised()} | set(found_by_marshmallow()) | RAISED_BY_THE_FRAME
    assert set(TEXTS) - used - released == set()


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_a_released_code_stays(service):
    """Front ends hold on to codes: one that was renamed is missing here, and a new one is written down."""
    listed = document(service)["components"]["schemas"]["RefusalCode"]["enum"]
    assert listed == sorted(listed)
    assert listed == yaml.safe_load(RELEASED.read_text())[service.name]


class Everything(Schema):
    """A field of each kind, and each rule, that the API uses."""

    must = fields.String(required=True)
    text = fields.String()
    id = fields.UUID()
    number = fields.Float()
    whole = fields.Integer(strict=True)
    yes = fields.Boolean()
    day = fields.Date()
    moment = fields.AwareDateTime()
    items = fields.List(fields.String())
    part = fields.Nested(Schema.from_dict({}))
    map = fields.Dict()
    least = fields.String(validate=validate.Length(min=2))
    most = fields.String(validate=validate.Length(max=2))
    both = fields.String(validate=validate.Length(2, 3))
    small = fields.Integer(validate=validate.Range(min=2))
    large = fields.Integer(validate=validate.Range(max=2))
    between = fields.Integer(validate=validate.Range(2, 3))
    choice = fields.String(validate=validate.OneOf(["a", "b"]))
    form = fields.String(validate=validate.Regexp("^a"))


WRONG = {
    "text": 3,
    "id": "x",
    "number": "x",
    "whole": 1.5,
    "yes": "x",
    "day": "x",
    "moment": "x",
    "items": 3,
    "part": 3,
    "map": 3,
    "least": "x",
    "most": "xxx",
    "both": "x",
    "small": 1,
    "large": 3,
    "between": 4,
    "choice": "x",
    "form": "x",
    "unknown": 1,
}


def found_by_marshmallow():
    """code → issue, for each kind of mistake that marshmallow finds."""
    with pytest.raises(ValidationError) as raised:
        Everything().load(WRONG)
    with pytest.raises(ValidationError) as null:
        Everything().load({"must": None})
    issues = [*issues_of(raised.value.messages), *issues_of(null.value.messages)]
    return {issue.code: issue for issue in issues} | {"notInRefData": None}


def test_what_marshmallow_finds_has_codes_too():
    """No sentence of the library reaches a caller, and the values that its rules have are in ours."""
    found = found_by_marshmallow()
    assert UNCODED not in {issue.reason.code for issue in found.values() if issue}
    assert set(found) <= set(TEXTS)
    assert found["notInRange"].reason.text("nl") == "Geef een getal van 2 tot 3."
    assert found["notAChoice"].reason.text("fr") == "Choisissez parmi : a, b."
