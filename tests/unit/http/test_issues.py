"""What marshmallow finds wrong reaches the caller with a code, and in sentences that say what to do."""

from __future__ import annotations

import pytest
from marshmallow import Schema, ValidationError, fields

from chassis.http import issues_of
from chassis.http.fields import DayText, Moment, UuidText
from chassis.http.paging import FIELDS


class Inner(Schema):
    """A part of it."""

    id = UuidText(required=True)


class Everything(Schema):
    """A field of each kind that has a sentence of ours."""

    text = fields.String()
    must = fields.String(required=True)
    id = fields.UUID()
    day = fields.Date()
    dayText = DayText()
    aware = fields.AwareDateTime()
    moment = Moment()
    ids = fields.List(UuidText())
    parts = fields.List(fields.Nested(Inner))


def found(data):
    """The issues with this input, by name."""
    with pytest.raises(ValidationError) as raised:
        Everything().load({"must": "x", **data})
    return {issue.name: (issue.detail, issue.type) for issue in issues_of(raised.value.messages)}


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        ({"must": None}, "must", "This cannot be null; leave it out, or give a value."),
        ({"id": "x"}, "id", "Give a UUID, such as 0197f3b4-6c1e-7a52-8d3f-2b9c4e5a6d70."),
        ({"ids": ["x"]}, "ids[0]", "Give a UUID, such as 0197f3b4-6c1e-7a52-8d3f-2b9c4e5a6d70."),
        ({"parts": [{}]}, "parts[0].id", "This is required."),
        ({"day": "x"}, "day", "Give a day as year-month-day, such as 2026-03-04."),
        ({"dayText": "x"}, "dayText", "Give a day as year-month-day, such as 2026-03-04."),
        ({"aware": "x"}, "aware", "Give a date and time with its zone, such as 2026-03-04T10:12:00+01:00."),
        (
            {"moment": "2026-03-04T10:12:00"},
            "moment",
            "Give a date and time with its zone, such as 2026-03-04T10:12:00+01:00.",
        ),
        (
            {"moment": "0001-01-01T00:00:00Z"},
            "moment",
            "Give a day between 2000 and 2099.",
        ),
        ({"dayText": "9999-12-31"}, "dayText", "Give a day between 2000 and 2099."),
    ],
)
def test_a_sentence_says_which_form_a_value_has(data, name, sentence):
    """Plain fields, ours, and those inside lists all answer with the form to use instead of the name of a type."""
    assert found(data) == {name: (sentence, "schemaViolation")}


def test_an_unknown_field_is_an_issue_of_its_own_type():
    """BelGIF tells input that is not known from input that is wrong."""
    assert found({"parts": [{"id": "0197f3b4-6c1e-7a52-8d3f-2b9c4e5a6d70", "colour": "red"}]}) == {
        "parts[0].colour": ("There is no such field here.", "unknownInput")
    }


def test_the_fields_of_paging_have_the_sentences_too():
    """The fields that the package itself makes while it is imported come after the codes."""
    schema = Schema.from_dict(FIELDS)()
    assert schema.validate({"page": None})["page"] == ["null"]
