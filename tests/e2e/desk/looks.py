"""Ways of looking at a screen, what has to hold in each, and the pictures that are kept of it.

The pictures are in `build/desk/`, to be looked at: a rule cannot tell whether a screen is clear.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, ViewportSize

from tests.support.axe import barriers

PICTURES = Path(__file__).parents[3] / "build/desk"

WHOLE = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`.frame-line, .tabs, .save-bar { position: static !important } * { caret-color: transparent !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
"""What stays in sight while people scroll would lie across the middle of a whole page, and hide from axe what it covers."""

SETTLED = """() => document.querySelector('h1') !== null
  && document.getAnimations().every((each) => each.playState !== 'running')"""


@dataclass(frozen=True)
class Look:
    """A width, and what the person set in the system."""

    width: int = 1280
    height: int = 800
    colours: Literal["light", "dark"] = "light"
    forced: Literal["active", "none"] = "none"
    axe: bool = True

    @property
    def viewport(self) -> ViewportSize:
        """As Playwright takes it."""
        return {"width": self.width, "height": self.height}


LOOKS = {
    "1280": Look(),
    "donker": Look(colours="dark"),
    # Of the colours nothing is ours then, and of the rest nothing else than in "1280".
    "contrast": Look(forced="active", axe=False),
    "768": Look(768, 1024, axe=False),
    "320": Look(320, 640),
    # A window of 1280 × 800 at 200 % zoom.
    "zoom": Look(640, 400, axe=False),
}


def look_at(page: Page, name: str, *looks: str) -> None:
    """Hold what has to hold in each way of looking (all, if none is named), and keep a picture of each."""
    page.wait_for_function(SETTLED)
    page.evaluate(WHOLE)
    found = []
    for look in looks or LOOKS:
        found += [f"{look}: {each}" for each in _wrong(page, name, look)]
    page.evaluate("document.adoptedStyleSheets = []")
    page.set_viewport_size(LOOKS["1280"].viewport)
    assert not found, "\n".join(found)


def _wrong(page: Page, name: str, look: str) -> list[str]:
    how = LOOKS[look]
    page.set_viewport_size(how.viewport)
    page.emulate_media(color_scheme=how.colours, forced_colors=how.forced, reduced_motion="reduce")
    picture(page, f"{name}-{look}")
    return sideways(page, how.width) + (barriers(page) if how.axe else [])


def picture(page: Page, name: str) -> None:
    """Keep how the whole page looks now."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def sideways(page: Page, width: int) -> list[str]:
    """What is wider than the window, so that one has to scroll sideways; nothing when the page fits."""
    if int(page.evaluate("document.documentElement.scrollWidth")) <= width:
        return []
    out: list[str] = page.evaluate(
        """width => [...document.querySelectorAll('body *')]
          .filter((each) => each.getBoundingClientRect().right > width + 1)
          .map((each) => `${each.tagName}.${each.className}: ${each.textContent.trim().slice(0, 40)}`)""",
        width,
    )
    return [f"too wide: {each}" for each in out[-3:] or ["the page"]]
