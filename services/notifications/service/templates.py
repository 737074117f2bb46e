"""Routes of the texts of messages."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from chassis.clock import local_day
from chassis.errors import InvalidInput
from chassis.http import COORDINATOR, Request, http
from chassis.outbox.unit_of_work import UnitOfWork
from common.access import require_municipality
from contracts.message_context import LANGUAGES
from services.notifications import texts
from services.notifications.handlers import senders, templates
from services.notifications.model.kinds import KINDS, PARTS, facts_of
from services.notifications.schemas import templates as schemas
from services.notifications.service.common import Routes


class TemplateRoutes(Routes):
    """The texts of messages, standard or a municipality's own."""

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
            _to_api((kind, language, part), own)
            for kind in sorted(KINDS)
            for language in LANGUAGES
            for part in PARTS
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
        """Only text, the fields of that kind in double braces, and {% if field %}. The newest words count.

        What a preview complains of is refused.
        """
        data = request.data
        key = data["kind"], data["language"], data["part"]
        own = self._of_a_digipunt(uow.connection, request)
        templates.change(uow, request.caller, data["municipality"], key, data["text"], own)
        return _to_api(key, templates.overrides(uow.connection, data["municipality"]))

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
        """About somebody who does not exist, from a digipunt of the municipality. Words with problems are not kept."""
        data = request.data
        require_municipality(request.caller, data["municipality"], "municipality", data["municipality"])
        own = templates.overrides(connection, data["municipality"])
        if "text" in data:
            texts.require_usable(data["kind"], data["language"], data["part"], data["text"])
            own[data["kind"], data["language"], data["part"]] = data["text"]
        of_a_digipunt = self._of_a_digipunt(connection, request)
        key = data["kind"], data["language"], data["channel"]
        text, plain = texts.preview(*key, own, of_a_digipunt)
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
                "problems": [each.text(request.language) for each in plain.problems],
            },
        }

    def _of_a_digipunt(self, connection: Connection, request: Request) -> dict[str, Any] | None:
        data = request.data
        digipunt = data.get("digipunt")
        today = local_day(self.app.clock.now())
        found = senders.in_preview(
            connection, data["municipality"], digipunt, data["language"], self.sender.phone, today
        )
        if digipunt and found is None:
            raise InvalidInput.at(
                "digipunt", "digipuntUnknown", value=digipunt, type="referencedResourceNotFound"
            )
        return found


def _to_api(key: texts.TextKey, own: texts.Overrides) -> dict[str, Any]:
    kind, language, part = key
    override = own.get(key)
    return {
        "kind": kind,
        "language": language,
        "part": part,
        "text": override or texts.standard(kind, language, part),
        "own": override is not None,
        "fields": sorted(facts_of(kind)),
    }
