"""A Belgian Excel export becomes visits, once, and nothing gets lost on the way."""

import csv
import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.e2e.command import Desk, digipunt, served, token, wait_until

FILE = Path(__file__).parent / "data" / "registraties-2024.csv"
MAP = Path(__file__).parents[2] / "docs" / "examples" / "registraties-map.yaml"
LAST_LINE = re.compile(r"accepted (\d+), refused (\d+), already there (\d+), skipped (\d+)")


@pytest.fixture(scope="module")
def laptop(tmp_path_factory):
    """Digipunt on an empty folder."""
    folder = tmp_path_factory.mktemp("import") / "data"
    with served(folder) as process:
        yield process.address, folder


@pytest.fixture
def file(tmp_path):
    return Path(shutil.copy(FILE, tmp_path))


def imported(laptop, file, *more):
    """Run the import; what its last line counts."""
    address, folder = laptop
    run = digipunt("import", "visits", file, "--map", MAP, "--url", address, "--data", folder, *more)
    assert run.returncode == 0, run.stderr
    found = LAST_LINE.fullmatch(run.stdout.splitlines()[-1])
    if found[2] != "0" and "--dry-run" not in more:
        assert f"{file}.rejected.csv" in run.stderr
    return tuple(map(int, found.groups()))


def contacts_of_2024(laptop):
    address, folder = laptop
    desk = Desk(address, token("policy", "--data", folder))
    answer = desk.http.get("/reporting/v1/summary", params={"from": "2024-01-01", "to": "2024-12-31"})
    return answer.json()["contacts"]


def test_every_row_is_accounted_for_and_counted_once(laptop, file):
    """Dry-run writes nothing; accepted and refused make up the rows; a second run imports nothing."""
    rows = len(FILE.read_text(encoding="cp1252").splitlines()) - 1  # without the header
    accepted, refused, there, skipped = imported(laptop, file, "--dry-run")
    assert there == 0
    assert accepted + refused + skipped == rows
    assert contacts_of_2024(laptop) == 0
    assert not list(file.parent.glob("*.rejected.csv"))

    assert imported(laptop, file) == (accepted, refused, 0, skipped)
    wait_until(lambda: contacts_of_2024(laptop) == accepted, "the imported visits")
    rejected = file.with_name(file.name + ".rejected.csv")
    with rejected.open(encoding="utf-8-sig", newline="") as lines:
        refusals = list(csv.DictReader(lines, delimiter=";"))
    assert len(refusals) == refused
    assert all(row["rij"] and row["reden"] for row in refusals)
    assert rejected.stat().st_mode & 0o077 == 0

    assert imported(laptop, file) == (0, refused, accepted, skipped)
    assert contacts_of_2024(laptop) == accepted


def test_the_same_rows_as_xlsx_are_there_already(laptop, file, tmp_path):
    """Excel's own format is read as well, and its rows are recognised."""
    accepted = sum(imported(laptop, file)[::2])
    book = openpyxl.Workbook()
    for line in csv.reader(FILE.read_text(encoding="cp1252").splitlines(), delimiter=";"):
        book.active.append(line)
    book.save(tmp_path / "registraties.xlsx")
    assert imported(laptop, tmp_path / "registraties.xlsx")[2] == accepted


def test_a_mended_row_is_imported(laptop, file):
    """The rejected file, mended, is imported with the same mapping."""
    imported(laptop, file)
    rejected = file.with_name(file.name + ".rejected.csv")
    with rejected.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines, delimiter=";"))
    header, first = rows[0], rows[1]
    fixed = dict(zip(header, first, strict=True)) | {
        "Datum": "03/01/2024",
        "Beginuur": "10u15",
        "Duur (min)": "20",
        "Digipunt": "'t Recupke",
        "Gemeente": "Landen",
        "Thema('s)": "e-mail",
        "Opmerking": "",
        "Knelpunt": "",
        "Resultaat": "",
        "Hoe geholpen": "",
        "Gestuurd door": "",
        "Doorverwezen naar": "",
        "Leeftijd": "",
    }
    mended = file.with_name("mended.csv")
    with mended.open("w", encoding="utf-8-sig", newline="") as lines:
        writer = csv.writer(lines, delimiter=";")
        writer.writerows([header, [fixed[name] for name in header]])
    assert imported(laptop, mended)[0] == 1
    assert imported(laptop, mended)[2] == 1


def test_a_file_that_does_not_fit_is_refused(laptop, tmp_path):
    """One sentence says why, and nothing is imported."""
    address, folder = laptop
    file = tmp_path / "other.csv"
    file.write_text("a;b;c\n1;2;3\n")
    run = digipunt("import", "visits", file, "--map", MAP, "--url", address, "--data", folder)
    assert run.returncode == 1
    assert "Datum" in run.stderr or "columns" in run.stderr


def test_services_that_are_away_are_named(file, tmp_path):
    """Nobody answers: exit 3."""
    run = digipunt("import", "visits", file, "--map", MAP, "--url", "http://127.0.0.1:9", "--token", "x")
    assert run.returncode == 3
    assert "answer" in run.stderr
