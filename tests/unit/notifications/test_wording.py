"""A text is a sentence as people write it, whatever is filled in."""

import pytest

from contracts.message_context import LANGUAGES
from services.notifications.model.kinds import KINDS
from services.notifications.model.states import CHANNELS
from services.notifications.model.wording import ended_once
from services.notifications.texts import Item, compose, sample

ENDED = {
    "title": "Wat is AI?",
    "note": "Vragen of de app nu werkt.",
    "location": "zaal 2, 1ste verd.",
    "references": "12, 15",
}


@pytest.mark.case("use 7", "use 11")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_ends_once(language):
    """A lesson that is a question, a note with a full stop and an abbreviated place get no second one."""
    for kind in KINDS:
        facts = sample(kind, language)
        facts |= {name: value for name, value in ENDED.items() if name in facts}
        for channel in CHANNELS:
            text = compose(channel, language, [Item(kind, facts)], {}).text
            assert not any(twice in text for twice in ("?.", "..", "!.")), text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Hallo wereld!. Tot dan.", "Hallo wereld! Tot dan."),
        ("Wat nu.... Kom langs.", "Wat nu... Kom langs."),
        ("Wat nu... Kom langs.", "Wat nu... Kom langs."),
        ("Het is 14.00 uur.", "Het is 14.00 uur."),
        ("Wat is AI ?.", "Wat is AI ?"),
    ],
)
def test_what_ends_a_sentence_is_kept(text, kept):
    """Only the full stop that comes after an end is dropped."""
    assert ended_once(text) == kept
