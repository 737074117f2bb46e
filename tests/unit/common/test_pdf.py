"""PDFs are made beside the service, never in its way."""

import re
import sys
import time
import zlib

import eventlet
import pytest

from chassis.errors import Unavailable
from common.pdf import PdfRenderer

PAGE = '<html lang="nl"><title>Brief</title><style>body { font: 14pt "DejaVu Sans" }</style><p>Dag Zoë, €&nbsp;0</p>'


@pytest.mark.timed
def test_a_page_becomes_a_pdf_with_its_fonts_while_the_service_goes_on():
    """The process's other work goes on every few milliseconds; the fonts are in the file."""
    ticks = []

    def tick():
        while True:
            ticks.append(time.monotonic())
            eventlet.sleep(0.005)

    ticking = eventlet.spawn(tick)
    pdf = PdfRenderer().render(PAGE)
    ticking.kill()
    assert pdf.startswith(b"%PDF-")
    objects = [
        zlib.decompress(each) for each in re.findall(rb"stream\r?\n(x.+?)\r?\nendstream", pdf, re.DOTALL)
    ]
    assert any(b"/FontFile" in each for each in objects)
    assert len(ticks) > 20


def test_a_worker_that_hangs_is_killed():
    """Who asks hears so, and the next document has its turn."""
    hanging = PdfRenderer(
        timeout=0.3, at_once=1, worker=[sys.executable, "-c", "import time; time.sleep(600)"]
    )
    for _ in range(2):
        with pytest.raises(Unavailable, match="in time"):
            hanging.render(PAGE)


def test_a_machine_without_pango_says_what_to_install():
    """Its other work goes on; documents answer 503."""
    with pytest.raises(Unavailable, match="libpango"):
        PdfRenderer(worker=[sys.executable, "-c", "import sys; sys.exit(3)"]).render(PAGE)


def test_a_worker_that_ends_before_it_read_a_long_page_is_not_waited_for():
    """More than a pipe holds: who writes on would never hear that nobody reads."""
    with pytest.raises(Unavailable, match="libpango"):
        PdfRenderer(worker=["sh", "-c", "exit 3"]).render(PAGE + "x" * 1_000_000)


def test_an_error_repeats_nothing_of_the_page():
    """What went wrong is named; who the page is about is not."""
    script = "raise ValueError('Jan Peeters')"
    with pytest.raises(RuntimeError) as error:
        PdfRenderer(worker=[sys.executable, "-c", script]).render(PAGE)
    assert "ValueError" in str(error.value)
    assert "Peeters" not in str(error.value)


def test_a_page_loads_nothing():
    """Neither files nor the network: a picture from elsewhere is left out."""
    assert PdfRenderer().render(PAGE + '<img src="file:///etc/hostname"><img src="http://127.0.0.1:9/x">')
