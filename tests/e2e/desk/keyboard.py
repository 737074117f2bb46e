"""Somebody who works with the keyboard alone: walks with Tab and arrows, and sees at each step where they are."""

from __future__ import annotations

from playwright.sync_api import Page

MOST_STEPS = 120

AT = "all => all.includes(document.activeElement)"

IN_GROUP_OF = """all => document.activeElement?.matches('.tile') === true
  && all.some((each) => each.closest('fieldset')?.contains(document.activeElement))"""

UNSEEN = """() => {
  const here = document.activeElement;
  // Inside a field for a date or a time, the browser itself shows the part that has it.
  if (here === null || here === document.body || here.matches('[type=date], [type=time]')) return '';
  const name = `${here.tagName} ${here.dataset.name ?? here.textContent.trim().slice(0, 30)}`;
  if (!here.matches(':focus-visible')) return `${name}: nothing shows that it has the focus`;
  if (getComputedStyle(here).outlineStyle === 'none') return `${name}: it has no outline`;
  const { left, right, top, bottom } = here.getBoundingClientRect();
  const middle = [(left + right) / 2, (top + bottom) / 2];
  const corners = [[left + 2, top + 2], [right - 2, top + 2], [left + 2, bottom - 2], [right - 2, bottom - 2]];
  const seen = [...corners, middle].some(([x, y]) => {
    const found = document.elementFromPoint(x, y);
    return here.contains(found) || found?.contains(here);
  });
  return seen ? '' : `${name}: it is wholly behind something else`;
}"""
"""WCAG 2.2: focus visible (2.4.7) and not obscured (2.4.11), of what has the focus now."""


class Keyboard:
    """The keyboard of a page, and no mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, key: str) -> None:
        """One key."""
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Letters, into what has the focus."""
        self.page.keyboard.type(text)

    def walk_to(self, selector: str) -> None:
        """Tab until what `selector` says has the focus; fails when it cannot be reached or seen."""
        self.page.locator(selector).first.wait_for()
        self._walk(AT, selector)

    def enter(self, selector: str) -> None:
        """Walk to a button or a link, and press Enter; whatever that takes away, something has the focus again."""
        self.walk_to(selector)
        self.press("Enter")
        self.page.wait_for_function("() => document.activeElement !== document.body")

    def fill(self, selector: str, text: str) -> None:
        """Walk to a field, and type."""
        self.walk_to(selector)
        self.type(text)

    def choose(self, selector: str) -> None:
        """Walk to the group of a tile, with arrows to the tile, and press the space bar."""
        self.page.locator(selector).first.wait_for()
        self._walk(IN_GROUP_OF, selector)
        for _ in range(MOST_STEPS):
            if self.page.locator(selector).evaluate_all(AT):
                return self.press("Space")
            self.press("ArrowRight")
        raise AssertionError(f"arrows do not come to {selector}")

    def _walk(self, arrived: str, selector: str) -> None:
        walked: list[str] = []
        for _ in range(MOST_STEPS):
            if self.page.locator(selector).evaluate_all(arrived):
                return
            self.press("Tab")
            unseen = self.page.evaluate(UNSEEN)
            assert unseen == "", unseen
            walked.append(
                str(
                    self.page.evaluate(
                        "document.activeElement?.dataset.name ?? document.activeElement?.tagName"
                    )
                )
            )
        raise AssertionError(f"Tab does not come to {selector}, but to {walked}")
