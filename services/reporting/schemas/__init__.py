"""Figures as the API asks for and gives them."""

from __future__ import annotations

from datetime import date
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from chassis.http.fields import nis, ref_code, uuid
from contracts.message_context import LANGUAGES
from services.reporting.model.dimensions import FIGURES
from services.reporting.model.periods import MONTHS, Period
from services.reporting.queries.figures import MEASURES, PEOPLE_RECOGNISED, THEME
from services.reporting.schemas.loans import Loans

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
MOST_PARTS = 400
"""Parts of a series: a year of days and then some."""


def _day(name: str, description: str) -> fields.Date:
    return fields.Date(
        required=True,
        data_key=name,
        validate=validate.Range(FIRST_DAY, LAST_DAY),
        metadata={"description": description},
    )


class FiguresQuery(Schema):
    """Which days and whose figures. Both ends belong to the period, in Europe/Brussels."""

    first = _day("from", "First day.")
    last = _day("to", "Last day.")
    municipality = fields.List(
        nis("NIS code."),
        validate=validate.Length(1, 400),
        metadata={
            "description": "Points in these municipalities; all of your own when left out. May be repeated."
        },
    )
    digipunt = uuid("Only this digipunt.")
    residence = fields.List(
        nis("NIS code."),
        validate=validate.Length(1, 400),
        metadata={
            "description": "Instead: visitors who live in these municipalities, at whatever point. May be repeated."
        },
    )

    @validates_schema
    def in_order(self, data: dict[str, Any], **kwargs: Any) -> None:
        if "first" in data and "last" in data and data["last"] < data["first"]:
            raise ValidationError("It ends before it begins.", "to")


class SummaryQuery(FiguresQuery):
    """A summary, perhaps beside that of another period."""

    compare = fields.String(
        validate=validate.OneOf(["previous", "lastYear"]),
        metadata={
            "description": "Also the figures of the period just before, of equal length, or of the same days a year before."
        },
    )
    language = fields.String(
        load_default=LANGUAGES[0],
        validate=validate.OneOf(LANGUAGES),
        metadata={"description": "Of the definitions."},
    )


class SeriesQuery(FiguresQuery):
    """One measure over time."""

    measure = fields.String(
        load_default="contacts",
        validate=validate.OneOf([*MEASURES, THEME, PEOPLE_RECOGNISED]),
        metadata={"description": f"What to count. `{THEME}` needs the parameter of that name."},
    )
    by = fields.String(
        load_default="month",
        validate=validate.OneOf(["day", *MONTHS]),
        metadata={"description": "Into what parts the period is cut."},
    )
    theme = ref_code("theme")

    @validates_schema
    def fits(self, data: dict[str, Any], **kwargs: Any) -> None:
        if (data.get("measure") == THEME) != ("theme" in data):
            raise ValidationError("Give a theme with measure=theme, and only then.", "theme")
        if "first" in data and "last" in data and "by" in data and data["first"] <= data["last"]:
            parts = Period(data["first"], data["last"]).cut(data["by"])
            if sum(1 for _ in parts) > MOST_PARTS:
                raise ValidationError(f"That makes more than {MOST_PARTS} parts; ask for longer ones.", "by")


class Count(Schema):
    """How often a code was recorded."""

    code = fields.String(required=True)
    count = fields.Integer(required=True)


class People(Schema):
    """How many people, with what that means."""

    recognised = fields.Integer(required=True)
    recognisedDefinition = fields.String(required=True)
    estimated = fields.Integer(
        required=True, allow_none=True, metadata={"description": "Null where it cannot be known."}
    )
    definition = fields.String(required=True, metadata={"description": "What `estimated` means here."})


class Minutes(Schema):
    """Time spent, and at how many contacts it was noted."""

    total = fields.Integer(required=True)
    contacts = fields.Integer(required=True)


class SelfReliance(Schema):
    """Answers to the question asked after help."""

    answers = fields.List(fields.Nested(Count), required=True)
    asked = fields.Integer(required=True)
    share = fields.Float(
        required=True,
        allow_none=True,
        metadata={
            "description": "Of those asked, the part that feels more self-reliant: yes or aLittle. Null when nobody was."
        },
    )


class Referrals(Schema):
    """People sent here, and on from here."""

    in_ = fields.List(fields.Nested(Count), required=True, data_key="in")
    out = fields.List(fields.Nested(Count), required=True)


class BottleneckCount(Schema):
    """Contacts at which an online service stopped somebody, by cause."""

    service = fields.String(required=True)
    cause = fields.String(required=True)
    count = fields.Integer(required=True)


class DigipuntCount(Schema):
    """The contacts of one digipunt."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    municipality = fields.String(required=True)
    state = fields.String(required=True)
    contacts = fields.Integer(required=True)


class KindCount(Count):
    """Sessions of a kind, and how many people were there."""

    present = fields.Integer(required=True)


class Sessions(Schema):
    """Sessions of the period. Attendance is a count, never persons."""

    planned = fields.Integer(required=True)
    held = fields.Integer(required=True)
    cancelled = fields.Integer(required=True)
    seats = fields.Integer(required=True, metadata={"description": "Of the sessions that were held."})
    registered = fields.Integer(required=True, metadata={"description": "Confirmed seats."})
    present = fields.Integer(required=True)
    walkIn = fields.Integer(required=True)
    kinds = fields.List(fields.Nested(KindCount), required=True)
    ageBands = fields.List(fields.Nested(Count), required=True)


class Satisfaction(Schema):
    """Marks of 1 to 5."""

    count = fields.Integer(required=True)
    mean = fields.Float(required=True, allow_none=True)


class Feedback(Schema):
    """What people thought of the help, without identity."""

    count = fields.Integer(required=True)
    satisfaction = fields.Nested(Satisfaction, required=True)
    wouldReturn = fields.List(fields.Nested(Count), required=True)
    selfReliance = fields.List(fields.Nested(Count), required=True)


class FollowUps(Schema):
    """What was to be done after a visit in these days, and what of it was done."""

    planned = fields.Integer(required=True)
    done = fields.Integer(required=True)


class Position(Schema):
    """The last event of a source that these figures know."""

    position = fields.Integer(required=True)
    time = fields.AwareDateTime(required=True, allow_none=True)


class AsOf(Schema):
    """Up to which event of each source the figures go."""

    visits = fields.Nested(Position, required=True)
    loans = fields.Nested(Position, required=True)


_Counts = Schema.from_dict(
    {figure: fields.List(fields.Nested(Count), required=True) for figure in FIGURES}, name="Counts"
)


class Figures(_Counts):  # type: ignore[misc, valid-type] # a class that is made of the table of dimensions
    """The figures of one period. By residence, what belongs to a point only is left out."""

    from_ = fields.Date(required=True, data_key="from")
    to = fields.Date(required=True)
    contacts = fields.Integer(required=True)
    definition = fields.String(required=True, metadata={"description": "What a contact is."})
    people = fields.Nested(People, required=True)
    minutes = fields.Nested(Minutes, required=True)
    selfReliance = fields.Nested(SelfReliance, required=True)
    referrals = fields.Nested(Referrals, required=True)
    bottlenecks = fields.List(fields.Nested(BottleneckCount), required=True)
    digipunts = fields.List(fields.Nested(DigipuntCount))
    sessions = fields.Nested(Sessions)
    loans = fields.Nested(Loans)
    feedback = fields.Nested(Feedback)
    followUps = fields.Nested(FollowUps)


class Summary(Figures):
    """The figures asked for, and those compared with."""

    municipalities = fields.List(fields.String(), required=True)
    compared = fields.Nested(Figures)
    asOf = fields.Nested(AsOf, required=True)


class SeriesPart(Schema):
    """One part of a series."""

    from_ = fields.Date(required=True, data_key="from")
    to = fields.Date(required=True)
    count = fields.Integer(required=True)


class Series(Schema):
    """One measure over time."""

    measure = fields.String(required=True)
    by = fields.String(required=True)
    items = fields.List(fields.Nested(SeriesPart), required=True)
    asOf = fields.Nested(AsOf, required=True)


class Bottleneck(Schema):
    """An online service that stopped people."""

    service = fields.String(required=True)
    count = fields.Integer(required=True)
    causes = fields.List(fields.Nested(Count), required=True)
    outcomes = fields.List(
        fields.Nested(Count), metadata={"description": "What came of these visits; not by residence."}
    )


class Bottlenecks(Schema):
    """The bottleneck register, the service that stopped most people first."""

    items = fields.List(fields.Nested(Bottleneck), required=True)
    total = fields.Integer(required=True)
    asOf = fields.Nested(AsOf, required=True)


class ReferralsAnswer(Referrals):
    """Referrals of the period."""

    asOf = fields.Nested(AsOf, required=True)


class Subscription(Schema):
    """How far one subscription has come."""

    source = fields.String(required=True)
    state = fields.String(
        required=True,
        validate=validate.OneOf(["starting", "following", "waiting", "stopped"]),
        metadata={"description": "waiting: the owner of the journal is away, or was never there."},
    )
    reason = fields.String(
        required=True, allow_none=True, metadata={"description": "Why it stopped, and the way out."}
    )
    connected = fields.Boolean(required=True)
    epoch = fields.UUID(required=True, allow_none=True)
    position = fields.Integer(required=True)
    head = fields.Integer(required=True)
    lag = fields.Integer(required=True)
    parked = fields.Integer(required=True)
    eventTime = fields.AwareDateTime(required=True, allow_none=True)
    headSeenAt = fields.AwareDateTime(required=True, allow_none=True)
    rebuilding = fields.Dict(required=True, allow_none=True)


class Status(Schema):
    """Every subscription of this service."""

    items = fields.List(fields.Nested(Subscription), required=True)
