"""Templates as the API takes and gives them."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from chassis.http.fields import nis, ref_code, uuid
from common.fields import public_text
from contracts.message_context import LANGUAGES
from services.notifications.model.kinds import PARTS

LONGEST = 2000


def _language(**more: Any) -> fields.String:
    return fields.String(validate=validate.OneOf(LANGUAGES), **more)


def _part(**more: Any) -> fields.String:
    description = "subject and text: e-mail and letter. sms. say: on the phone and at the desk."
    return fields.String(validate=validate.OneOf(PARTS), metadata={"description": description}, **more)


class TemplateQuery(Schema):
    """Whose templates, and which."""

    municipality = nis("As they are in this municipality.", required=True)
    kind = ref_code("messageKind")
    language = _language()
    part = _part()


class Template(Schema):
    """One part of a kind of message, in one language."""

    kind = ref_code("messageKind", required=True)
    language = _language(required=True)
    part = _part(required=True)
    text = fields.String(required=True)
    own = fields.Boolean(required=True, metadata={"description": "Whether it is the municipality's own."})
    fields_ = fields.List(
        fields.String(),
        data_key="fields",
        required=True,
        metadata={"description": "What it may use in braces."},
    )


class Templates(Schema):
    """Templates."""

    items = fields.List(fields.Nested(Template), required=True)


class TemplatePut(Schema):
    """A municipality's own words."""

    municipality = nis("Whose words.", required=True)
    kind = ref_code("messageKind", required=True)
    language = _language(required=True)
    part = _part(required=True)
    text = public_text(
        LONGEST,
        "The template; null brings the standard text back.",
        lines=True,
        allow_none=True,
        required=True,
    )


class PreviewPost(Schema):
    """What to look at: a message as it is, or with other words."""

    municipality = nis("Whose words.", required=True)
    kind = ref_code("messageKind", required=True)
    language = _language(required=True)
    channel = ref_code("channel", required=True)
    digipunt = uuid("As this digipunt would tell it; else one of the municipality.")
    part = _part()
    text = public_text(LONGEST, "Other words for that part.", lines=True)

    @validates_schema
    def together(self, data: dict[str, str], **kwargs: object) -> None:
        if ("part" in data) != ("text" in data):
            raise ValidationError("partWithoutText", "part")


class Plain(Schema):
    """How plain a text is."""

    words = fields.Integer(required=True)
    sentences = fields.Integer(required=True)
    longestSentence = fields.Integer(required=True)
    readingEase = fields.Float(required=True)
    formula = fields.String(required=True)
    problems = fields.List(fields.String(), required=True)


class Preview(Schema):
    """A message as a person would get it."""

    subject = fields.String(required=True)
    text = fields.String(required=True)
    segments = fields.Integer(metadata={"description": "SMS that it is billed as."})
    plain = fields.Nested(Plain, required=True)
