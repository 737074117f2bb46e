"""Charts as SVG, for the width asked: pure functions of what is to be seen, used by the API and by the reports alike.

Promise: a chart holds nothing but what it shows. A figure that is hidden or unknown comes as None with its sign, so its value
cannot be in a length, an order, a text or an attribute. Every text is horizontal and at least 16 pixels high, a value stands
at the end of its bar, and there is one hue. No style attributes and no scripts, so that a strict Content-Security-Policy holds.
"""

from services.reporting.charts.band import Level, Step, band
from services.reporting.charts.bars import Bar, bars
from services.reporting.charts.drawing import NARROWEST, PAPER, SCREEN, WIDEST, Caption, Form, Look, sentence
from services.reporting.charts.progress import progress

__all__ = [
    "NARROWEST",
    "PAPER",
    "SCREEN",
    "WIDEST",
    "Bar",
    "Caption",
    "Form",
    "Level",
    "Look",
    "Step",
    "band",
    "bars",
    "progress",
    "sentence",
]
