"""Routes of the words of messages."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from chassis.http.entrypoint import http
from chassis.http.messages import Request
from chassis.http.responses import COORDINATOR
from chassis.outbox.unit_of_work import UnitOfWork
from common.access import require_municipality
from services.notifications import texts
from services.notifications.handlers import templates
from services.notifications.schemas import templates as schemas
from services.notifications.service.common import Routes


class TemplateRoutes(Routes):
    """The words of messages, as a municipality says them."""

    @http(
        "GET",
        "/v1/templates",
        roles=COORDINATOR,
        query=schemas.TemplateQuery,
        response=schemas.Templates,
        summary="The words of messages in a municipality",
    )
    def list_templates(self, connection: Connection, request: Request) -> dict[str, Any]:
        wanted = request.args
        require_municipality(request.caller, wanted["municipality"], "municipality", wanted["municipality"])
        own = templates.overrides(connection, wanted["municipality"])
        items = [
            _shown(kind, language, part, own)
            for kind in texts.KINDS
            for language in texts.LANGUAGES
            for part in texts.PARTS
            if all(
                wanted.get(name, value) == value
                for name, value in (("kind", kind), ("language", language), ("part", part))
            )
        ]
        return {"items": items}

    @http(
        "PUT",
        "/v1/templates",
        roles=COORDINATOR,
        body=schemas.TemplatePut,
        response=schemas.Template,
        summary="Say it in own words, or in the standard ones again",
    )
    def change_template(self, uow: UnitOfWork, request: Request) -> dict[str, Any]:
        """Only text, the fields of that kind in double braces, and {% if field %}. The newest words count."""
        said = request.data
        key = said["kind"], said["language"], said["part"]
        templates.change(uow, request.caller, said["municipality"], key, said["text"])
        return _shown(*key, templates.overrides(uow.connection, said["municipality"]))

    @http(
        "POST",
        "/v1/templates/preview",
        roles=COORDINATOR,
        unit="read",
        body=schemas.PreviewPost,
        response=schemas.Preview,
        summary="A message as a person would get it, and how plain it is",
    )
    def preview_template(self, connection: Connection, request: Request) -> dict[str, Any]:
        """About somebody who does not exist. Its problems are advice: a municipality may know better."""
        said = request.data
        require_municipality(request.caller, said["municipality"], "municipality", said["municipality"])
        own = templates.overrides(connection, said["municipality"])
        if "text" in said:
            texts.require_usable(said["kind"], said["language"], said["part"], said["text"])
            own[said["kind"], said["language"], said["part"]] = said["text"]
        text, plain = texts.preview(said["kind"], said["language"], said["channel"], own)
        segments = {"segments": text.segments} if text.segments else {}
        return segments | {
            "subject": text.subject,
            "text": text.text,
            "plain": {
                "words": plain.words,
                "sentences": plain.sentences,
                "longestSentence": plain.longest,
                "readingEase": plain.ease,
                "formula": plain.formula,
                "problems": plain.problems,
            },
        }


def _shown(kind: str, language: str, part: str, own: texts.Overrides) -> dict[str, Any]:
    mine = own.get((kind, language, part))
    return {
        "kind": kind,
        "language": language,
        "part": part,
        "text": mine or texts.standard(kind, language, part),
        "own": mine is not None,
        "fields": sorted(texts.fields_of(kind)),
    }
