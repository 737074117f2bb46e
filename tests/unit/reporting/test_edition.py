"""A report is made anew when what makes it has changed."""

import pytest

from services.reporting.reports import edition


@pytest.fixture
def words(tmp_path, monkeypatch):
    """A folder with one file of words, of which reports are made here."""
    monkeypatch.setattr(edition, "ROOT", tmp_path)
    monkeypatch.setattr(edition, "MADE_BY", ("words",))
    (tmp_path / "words").mkdir()
    file = tmp_path / "words" / "nl.yaml"
    file.write_text("together: Samen")
    return file


def test_another_word_is_another_edition(words):
    """And the same files are the same one, also for another process."""
    first = edition.edition.__wrapped__()
    assert edition.edition.__wrapped__() == first
    words.write_text("together: Totaal")
    assert edition.edition.__wrapped__() != first


def test_another_library_is_another_edition(words, monkeypatch):
    """It may draw the same page otherwise."""
    first = edition.edition.__wrapped__()
    monkeypatch.setattr(edition, "version", lambda package: "99")
    assert edition.edition.__wrapped__() != first


def test_the_code_of_reports_takes_part():
    """Whatever it finds beside itself; a folder that moved would make no difference any more."""
    assert all(list((edition.ROOT / folder).rglob("*.py")) for folder in edition.MADE_BY)
