"""The screens of figures as tests read them: the numbers that stand there, as numbers."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e.desk.place import Place
from tests.e2e.desk.window import pair

MOST_ROWS = 10


def open_figures(context: Any, place: Place) -> Page:
    """A tab in which the coordinator signed in, on a machine that is no desk."""
    pair(context, {"digipunt.unpairedOnPurpose": True}, place.signed_in())
    return context.new_page()


def settled(page: Page) -> None:
    """Return when all figures are there, with their drawings."""
    page.locator("[data-name=as-of]").wait_for()
    page.wait_for_load_state("networkidle")


def whole(text: str) -> int:
    """The number of a text such as “1.146”."""
    digits = re.sub(r"\D", "", text)
    assert digits, f"no number: {text!r}"
    return int(digits)


def big(page: Page, name: str) -> int:
    """One of the numbers on top."""
    return whole(page.locator(f"[data-name={name}] [data-name=value]").inner_text())


def bars(ranking: Locator) -> dict[str, int]:
    """The rows of a ranking, by code: `others` for those that are taken together."""
    rows = ranking.locator("tbody tr")
    return {
        str(row.get_attribute("data-name")): whole(row.locator(".bars-number").inner_text())
        for row in rows.all()
    }


def as_ranked(items: list[dict[str, Any]]) -> dict[str, int]:
    """What `bars` finds where the page shows these codes and counts of the API."""
    answers = [each for each in items if each["code"] != "notAsked"]
    cut = MOST_ROWS if len(answers) > MOST_ROWS + 1 else len(answers)
    found = {each["code"]: each["count"] for each in answers[:cut]}
    if rest := answers[cut:]:
        found["others"] = sum(each["count"] for each in rest)
    return found | {each["code"]: each["count"] for each in items if each["code"] == "notAsked"}


def facts(section: Locator) -> dict[str, int]:
    """The few numbers on a line, by name."""
    return {
        str(each.get_attribute("data-name")): whole(each.locator("dd").inner_text())
        for each in section.locator(".facts > div").all()
    }


def rows(table: Locator) -> list[list[str]]:
    """The cells of the body of a table."""
    return [
        [cell.inner_text() for cell in row.locator("th, td").all()] for row in table.locator("tbody tr").all()
    ]


def choose(page: Page, name: str, option: str) -> None:
    """Choose in one of the lists on top, by what stands there."""
    page.locator(f"select[name={name}]").select_option(label=option)
    expect(page.locator("[data-name=as-of]")).to_be_visible()
