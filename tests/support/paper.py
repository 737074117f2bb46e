"""Papers as they come out of a printer: what is drawn, in pixels, and what a pen leaves on a screen."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

import page
import pytest
from PIL import Image, ImageDraw

DPI = 150
PIXELS = DPI / 25.4
"""In a millimetre."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in mm from the corner of the sheet."""

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftoppm") is None and os.environ.get("CI") != "true",
    reason="looking at a PDF needs poppler-utils",
)


def sheets(pdf: bytes) -> list[Image.Image]:
    """Each page as it is drawn, in grey."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["pdftoppm", "-r", str(DPI), "-gray", "-", f"{folder}/sheet"]
        subprocess.run(command, input=pdf, check=True)
        return [Image.open(BytesIO(file.read_bytes())) for file in sorted(Path(folder).iterdir())]


def has_ink(sheet: Image.Image, box: Box) -> bool:
    """Whether anything is drawn in this part of a sheet."""
    pixels = [round(edge * PIXELS) for edge in box]
    return sheet.crop((pixels[0], pixels[1], pixels[2], pixels[3])).getextrema() != (255, 255)


def text_of(pdf: bytes) -> str:
    """The words of a PDF, each run of blanks as one."""
    said = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout
    return " ".join(said.decode().split())


def faults_of(pdf: bytes) -> list[str]:
    """What two checkers of PDF/UA find: rules that `page-validation` failed, and errors and warnings of `outloud`."""
    checked = page.validate_pdf_bytes(pdf, profile="ua1")
    found = [] if checked.is_compliant and not checked.rules.failed else [checked.to_json()]
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        command = [Path(sys.executable).with_name("outloud"), file.name, "--json", "-", "--fail-on", "never"]
        told = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    [result] = told["results"]
    if result["counts"]["error"] or result["counts"]["warning"]:
        found += map(str, result["findings"])
    return found


def png(picture: Image.Image) -> str:
    """A picture as a canvas gives it."""
    kept = BytesIO()
    picture.save(kept, "PNG")
    return "data:image/png;base64," + base64.b64encode(kept.getvalue()).decode()


def canvas(
    width: int = 300, height: int = 100, colour: object = (0, 0, 0, 0), mode: str = "RGBA"
) -> Image.Image:
    """A canvas on which nothing is drawn."""
    return Image.new(mode, (width, height), colour)  # type: ignore[arg-type]


def signed(picture: Image.Image, ink: object = (0, 0, 60, 255)) -> Image.Image:
    """The picture with a signature on it."""
    width, height = picture.size
    at = [(width * x / 10, height * (2 + 6 * (x % 2)) / 10) for x in range(1, 10)]
    ImageDraw.Draw(picture).line(at, fill=ink, width=2)  # type: ignore[arg-type]
    return picture


SIGNATURE = png(signed(canvas()))
"""A signature as it is drawn on a screen."""
