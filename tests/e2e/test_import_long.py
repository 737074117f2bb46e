"""A long list with one bad row of each kind: counts right, memory flat, and nothing new the second time."""

import os
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.e2e.command import DIGIPUNT, served, token
from tests.support.processes import environment

MAP = Path(__file__).parents[2] / "docs" / "examples" / "registraties-map.yaml"
HEADER = (
    "Datum;Beginuur;Duur (min);Digipunt;Gemeente;Thema('s);Hoe geholpen;Leeftijd;"
    "Eerste bezoek dit jaar?;Knelpunt;Opmerking"
)
GOOD = "3/02/2025;10u00;30;Bezorgd om Mensen;Tienen;apps;uitleg;65-74;ja;;"
BAD = [
    line.encode()
    for line in (
        GOOD.replace("3/02/2025", "31/02/2025"),
        GOOD.replace("3/02/2025", ""),
        GOOD.replace("3/02/2025", "1/1/2014"),
        GOOD.replace("3/02/2025", "3/11/0026"),
        GOOD.replace("3/02/2025", "3/11/2099"),
        GOOD.replace("10u00", "25u00"),
        GOOD.replace(";30;", ";700;"),
        GOOD.replace(";30;", ";veel;"),
        GOOD.replace("Bezorgd om Mensen", "Nergens"),
        GOOD.replace("Bezorgd om Mensen", ""),
        GOOD.replace("Tienen", "Landen"),
        GOOD.replace("apps", "onbekend"),
        GOOD.replace("apps", ""),
        GOOD.replace("65-74", "oud"),
        GOOD.replace("ja;;", "ja;wat;"),
        GOOD + "x" * 1200,
        GOOD + "a\0b",
        GOOD + '"ja" zei hij',
        GOOD + '"nooit dicht',
        GOOD + "cafÃ©",
        GOOD + "bel 0470 12 34 56",
        GOOD + "tekst;met",
    )
] + [GOOD.encode() + "één café".encode("cp850")]
BLANK = b";;;;;;;;;;"
"""Rows that are skipped: this one, a total and the header once more."""


def written(path: Path, count: int) -> Path:
    """A list of so many good rows, with each bad one at another place."""
    step = count // (len(BAD) + 1)
    with path.open("wb") as into:
        into.write(HEADER.encode() + b"\r\n")
        for n in range(count):
            day = date(2024, 1, 1) + timedelta(days=n * 500 // count)
            at = f"{day:%d/%m/%Y};{9 + n % 8}:{n // 8 % 60:02};{5 + n // 480 % 50}"
            row = f"{at};Bezorgd om Mensen;Tienen;e-mail;uitleg;;nee;;nr. {n} van {count}"
            into.write(row.encode() + b"\r\n")
            if n % step == step - 1 and n // step < len(BAD):
                into.write(BAD[n // step] + b"\r\n")
        into.writelines(row + b"\r\n" for row in (BLANK, b"Totaal" + BLANK, HEADER.encode()))
    return path


def imported(file: Path, address: str, bearer: str) -> tuple[str, int]:
    """The last line, and the most memory that the command had, in MB."""
    command = [DIGIPUNT, "import", "visits", file, "--map", MAP, "--url", address, "--token", bearer]
    with subprocess.Popen(
        command, env=environment({}), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        line = process.stdout.read().decode().splitlines()[-1]
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return line, used.ru_maxrss // 1024


@pytest.mark.case("public I13", "public I18", "public I29", "public I30")
@pytest.mark.parametrize(
    "count",
    [2_000, pytest.param(100_000, marks=[pytest.mark.slow, pytest.mark.timeout(3_000)])],
)
def test_a_long_list(tmp_path, count):
    """Each bad row is refused, no row is lost, and memory is that of a short list."""
    with served(tmp_path / "data") as process:
        bearer = token("coordinator", "--data", tmp_path / "data")
        _, short = imported(written(tmp_path / "kort.csv", 100), process.address, bearer)
        file = written(tmp_path / "lijst.csv", count)
        line, long = imported(file, process.address, bearer)
        assert line == f"accepted {count}, refused {len(BAD)}, already there 0, skipped 3"
        assert long - short < 40
        line, _ = imported(file, process.address, bearer)
        assert line == f"accepted 0, refused {len(BAD)}, already there {count}, skipped 3"
    rejected = file.with_name("lijst.csv.rejected.csv").read_bytes()
    assert rejected.count(b"\r\n") == len(BAD) + 1
