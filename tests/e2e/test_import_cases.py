"""Files of people who do this work, imported into a running Digipunt: each row is in one count, and nothing is lost."""

import io
import random
import subprocess

import pytest

from chassis.errors import InvalidInput
from digipunt.client import Client
from digipunt.importing.digipunts import Digipunts, existing_digipunts
from digipunt.importing.entries import read_entries
from digipunt.importing.mapping import ColumnMapping
from digipunt.importing.readers import open_book
from digipunt.importing.sending import Sender
from digipunt.importing.tables import find_tables
from tests.e2e.command import DIGIPUNT, Desk, served, token
from tests.e2e.importing import FILES, MAP, mended, take
from tests.support.processes import environment
from tests.unit.importing.lists import HEADER, VISIT, text


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A coordinator's desk at Digipunt on an empty folder."""
    folder = tmp_path_factory.mktemp("import") / "data"
    with served(folder) as process:
        yield Desk(process.address, token("coordinator", "--data", folder))


@pytest.fixture
def file(tmp_path):
    """A file of the reported cases, in a folder of its own."""

    def copied(name):
        path = tmp_path / name
        path.write_bytes((FILES / name).read_bytes())
        return path

    return copied


@pytest.fixture
def listed(tmp_path):
    """A list of rows, on a day of its own so that tests do not meet each other's visits."""
    day = f"{random.randint(1, 28)}/{random.randint(1, 12)}/{random.randint(2016, 2024)}"

    def written(*rows, name="lijst.csv"):
        path = tmp_path / name
        path.write_bytes(text(HEADER, *[[day, *row[1:]] for row in rows]).encode())
        return path

    return written


def visits(desk):
    """How many visits there are."""
    return desk.http.get("/visits/v1/visits", params={"pageSize": 1}).json()["total"]


@pytest.mark.case(
    "public I1", "public I2", "public I6", "public I7", "public I17", "public I18", "public I20", "public I25"
)
@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("commas.csv", 1),
        ("utf16.txt", 1),
        ("nfd.csv", 1),
        ("leftquote.csv", 3),
        ("dimShort.xlsx", 1),
        ("far.xlsx", 1),
        ("twosheets.xlsx", 2),
        ("hiddenfirst.xlsx", 1),
        ("plain_renamed.csv", 1),
        ("same.csv", 3),
    ],
)  # fmt: skip
def test_every_row_of_a_good_file_is_taken_once(desk, file, name, rows):
    """New or there from another file; the dry run says the same; a second run finds all of them."""
    dry = take(desk, file(name), dry_run=True)
    first = take(desk, file(name))
    assert dry.counts == first.counts
    assert (first.counts[0] + first.counts[2], first.counts[1], first.counts[3]) == (rows, 0, 0)
    assert take(desk, file(name)).counts == (0, 0, rows, 0)


@pytest.mark.case("public I20")
def test_sheets_that_are_not_read_are_named(desk, file):
    """A hidden one, by its name."""
    assert "lijsten" in take(desk, file("hiddenfirst.xlsx"), dry_run=True).said


@pytest.mark.case("public I5", "public I11", "public I30", "public I13")
@pytest.mark.parametrize(
    ("name", "taken", "reason"),
    [
        ("cp850n.csv", 0, "vreemde tekens"),
        ("quote_start.csv", 1, "aanhalingsteken"),
        ("nul2.csv", 1, "NUL"),
        ("onelong.csv", 0, "langer dan 1000"),
        ("extra.csv", 0, "meer cellen dan kolommen"),
    ],
)
def test_one_bad_row_costs_one_row(desk, file, name, taken, reason):
    """It is named with its reason, in the dry run too; the others are taken."""
    dry = take(desk, file(name), dry_run=True)
    real = take(desk, file(name))
    assert dry.counts == real.counts
    assert (real.counts[0] + real.counts[2], real.counts[1]) == (taken, 1)
    assert reason in real.reasons[0]
    assert reason in dry.said


@pytest.mark.case("public I15")
@pytest.mark.parametrize(
    "pair", [("rs1.csv", "rs2.csv"), ("same.csv", "same.xlsx"), ("same.xlsx", "same.csv")]
)
def test_a_list_that_was_saved_again_is_there_already(desk, file, pair):
    """As CSV with other zeros, as XLSX, and back."""
    first, second = (take(desk, file(name)).counts for name in pair)
    assert second == (0, 0, first[0] + first[2], 0)


@pytest.mark.case("public I15")
def test_a_note_in_another_writing_is_there_already(desk, listed):
    """Word changed the apostrophes and somebody the blanks; a note that says something else is another visit."""
    note = "’t ging  vlot, één keer"
    assert take(desk, listed([*VISIT[:5], note])).counts == (1, 0, 0, 0)
    for again in ("'T GING vlot, één keer", "‘t ging vlot, e\u0301e\u0301n keer", note):
        assert take(desk, listed([*VISIT[:5], again])).counts == (0, 0, 1, 0)
    assert take(desk, listed([*VISIT[:5], "’t ging niet"])).counts == (1, 0, 0, 0)


@pytest.mark.case("public I14")
def test_a_visit_without_an_hour_is_there_at_another_time_of_the_day(desk, listed):
    """A list of today that was imported before noon, and again in the days after."""
    mapping = ColumnMapping.load(MAP)
    client = Client(desk.address, desk.token, None, role="coordinator")
    path = listed([VISIT[0], "", *VISIT[2:]])
    with path.open("rb") as content:
        tables, _ = find_tables(open_book(content, "lijst"), mapping)
        [entry] = read_entries([(tables[0], Digipunts(mapping, existing_digipunts(client)))], lambda: None)
    entry.parsed.body["startedAt"] = entry.parsed.other_hour
    assert [sent.status for sent in Sender(client, dry_run=False).send([entry])] == [201]
    assert take(desk, path, dry_run=True).counts == (0, 0, 1, 0)
    assert take(desk, path).counts == (0, 0, 1, 0)


@pytest.mark.case("public I15")
def test_a_list_of_the_release_before_is_there_already(desk):
    """Visits under the ids of that release, which were made of how the cells looked."""
    mapping = ColumnMapping.load(MAP)
    rows = text(HEADER, ["5/07/2019", "9:05", "22,5", "Bezorgd om Mensen", "apps", "een  ’n"]).encode()
    client = Client(desk.address, desk.token, None, role="coordinator")

    def entries():
        tables, _ = find_tables(open_book(io.BytesIO(rows), "lijst"), mapping)
        return list(read_entries([(tables[0], Digipunts(mapping, existing_digipunts(client)))], lambda: None))

    [entry] = entries()
    entry.id, entry.former_id = entry.former_id, None
    assert [sent.status for sent in Sender(client, dry_run=False).send([entry])] == [201]
    assert [sent.status for sent in Sender(client, dry_run=True).send(entries())] == [200]
    assert [sent.status for sent in Sender(client, dry_run=False).send(entries())] == [200]


@pytest.mark.case("public I13")
def test_the_dry_run_says_what_the_real_one_does(desk, listed, tmp_path):
    """Also for a digipunt that is not there yet."""
    rows = [
        ["1/1/2014", *VISIT[1:]],
        ["3/11/0026", *VISIT[1:]],
        ["31/12/2014", *VISIT[1:]],
        ["3/11/2099", *VISIT[1:]],
        [*VISIT[:3], "Nieuw punt", *VISIT[4:]],
        [*VISIT[:5], "x" * 1200],
        [*VISIT[:5], "bel 0470 12 34 56"],
        ["1/1/2015", *VISIT[1:]],
        ["1/1/2015", *VISIT[1:]],
    ]
    path = tmp_path / "lijst.csv"
    path.write_bytes(text(HEADER, *rows).encode())
    mapping = tmp_path / "map.yaml"
    extra = 'digipunts:\n  - {name: Nieuw punt, municipality: "24028"}\n'
    mapping.write_text(MAP.read_text().replace("digipunts:\n", extra))
    dry = take(desk, path, mapping, dry_run=True)
    assert dry.counts == (3, 6, 0, 0)
    assert take(desk, path, mapping).counts == dry.counts
    assert take(desk, path, mapping, dry_run=True).counts == (0, 6, 3, 0)


@pytest.mark.case("public I29", "public I30")
def test_what_is_too_much_for_one_request_stops_nothing(desk, tmp_path):
    """Six hundred good rows, bad ones, and a hundred notes that are too long: counts at the end, and each refused row once."""
    good = [
        [f"{1 + n % 28}/5/2021", f"{9 + n % 8}u{n % 60:02}", str(5 + n // 60), *VISIT[3:]] for n in range(600)
    ]
    bad = [[*row[:4], "onbekend", ""] for row in good[:3]]
    long = [[*row[:5], "x" * 12_000] for row in good[:100]]
    wide = [[*row[:2], "7", *row[3:5], f"{n} " + "één " * 240] for n, row in enumerate(good)]
    path = tmp_path / "lijst.csv"
    path.write_bytes(text(HEADER, *good, *bad, *long, *wide).encode())
    outcome = take(desk, path)
    assert outcome.counts == (1200, 103, 0, 0)
    assert [row["rij"] for row in outcome.rejected] == [str(n) for n in range(602, 705)]


@pytest.mark.case("public I30")
def test_a_batch_that_is_refused_as_a_whole_is_halved(desk, listed):
    """Until the visit is found that is the reason; the service's own words are its reason."""
    mapping = ColumnMapping.load(MAP)
    client = Client(desk.address, desk.token, None, role="coordinator")
    with listed(*[[VISIT[0], f"9u{n:02}", *VISIT[2:]] for n in range(20)]).open("rb") as content:
        tables, _ = find_tables(open_book(content, "lijst"), mapping)
        digipunts = Digipunts(mapping, existing_digipunts(client))
        entries = list(read_entries([(tables[0], digipunts)], lambda: None))
    entries[7].parsed.body["note"] = "a\0b"
    sent = list(Sender(client, dry_run=False).send(entries))
    assert [entry.status for entry in sent] == [201] * 7 + [400] + [201] * 12
    assert "JSON" in sent[7].parsed.refusals[0].reason


@pytest.mark.case("public I16")
def test_a_rejected_row_of_a_workbook_is_mended(desk, file):
    """Its day and hour are written as the mapping reads them."""
    taken = take(desk, file("timecell.xlsx"))
    assert taken.counts == (0, 1, 0, 0)
    path = mended(file("timecell.xlsx"), Thema="belastingen")
    assert take(desk, path).counts == (1, 0, 0, 0)
    assert take(desk, path).counts == (0, 0, 1, 0)


@pytest.mark.case("public I16")
def test_no_cell_of_the_rejected_file_is_a_command(desk, file):
    """What a spreadsheet would run is text there, comes back as it was, and is refused again for the same reason."""
    taken = take(desk, file("inject.csv"))
    assert taken.counts == (0, 2, 0, 0)
    for row in taken.rejected:
        assert not any(cell.lstrip(" ").startswith(tuple("=+-@\t\r")) for cell in row.values())
    path = mended(file("inject.csv"))
    assert [row["Opmerking"] for row in take(desk, path).rejected] == [
        row["Opmerking"] for row in taken.rejected
    ]
    assert take(desk, mended(file("inject.csv"), Thema="apps")).counts == (2, 0, 0, 0)
    found = desk.http.get(
        "/visits/v1/visits", params={"from": "2026-11-03", "to": "2026-11-03", "pageSize": 500}
    )
    notes = {visit.get("note") for visit in found.json()["items"]}
    assert {"=cmd|' /C calc'!A0", "@SUM(1)"} <= notes


@pytest.mark.case("public I25", "public I28")
@pytest.mark.parametrize("name", ["x.ods", "badxml.xlsx", "dupheader.csv"])
def test_a_file_that_cannot_be_read_is_one_sentence(desk, file, name):
    """Exit 1, no traceback, and no visit more."""
    before = visits(desk)
    with pytest.raises(InvalidInput):
        take(desk, file(name))
    run = subprocess.run(
        [
            DIGIPUNT,
            "import",
            "visits",
            file(name),
            "--map",
            MAP,
            "--url",
            desk.address,
            "--token",
            desk.token,
        ],
        env=environment({}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, len(run.stderr.strip().splitlines())) == (1, 1)
    assert visits(desk) == before


@pytest.mark.case("use 8", "public I7")
def test_digipunten_that_are_there_are_not_made_again(desk, listed, tmp_path):
    """By name and municipality, in another writing; one of the same name elsewhere is another."""
    id = "0197d0f1-7a5e-4b0e-9b5e-000000000001"
    body = {"name": "‘T  WEEKPUNT", "municipality": "24059"}
    assert desk.http.put(f"/visits/v1/digipunts/{id}", json=body).status_code == 201
    mapping = tmp_path / "map.yaml"
    names = 'digipunts:\n  - {name: "\'t Weekpunt", municipality: "24059"}\n'
    mapping.write_text(MAP.read_text().replace("digipunts:\n", names))
    row = [*VISIT[:3], "´t weekpunt", *VISIT[4:]]
    assert take(desk, listed(row), mapping).counts == (1, 0, 0, 0)
    found = desk.http.get("/visits/v1/digipunts", params={"pageSize": 500}).json()["items"]
    assert [each["id"] for each in found if "weekpunt" in each["name"].casefold()] == [id]
    assert desk.http.get("/visits/v1/visits", params={"digipunt": id}).json()["total"] == 1


@pytest.mark.case("use import")
def test_a_list_is_imported_without_a_mapping(desk, listed):
    """By the names of its columns, into digipunten that there are; the dry run shows what goes where."""
    take(desk, listed(VISIT))
    rows = [[*VISIT[:2], "17", *VISIT[3:]], [*VISIT[:3], "Nergens", *VISIT[4:]]]
    path = listed(*rows, name="zonder.csv")
    dry = take(desk, path, None, dry_run=True)
    assert "kolom Datum wordt: dag" in dry.said
    assert "Bezorgd om Mensen (24107) is er al" in dry.said
    assert dry.counts == take(desk, path, None).counts == (1, 1, 0, 0)


@pytest.mark.case("use import under Compose")
def test_a_list_comes_over_standard_input(desk, listed):
    """Refused rows go to standard output where that is asked for, and the counts to standard error."""
    bad = [*VISIT[:4], "onbekend", ""]
    command = [DIGIPUNT, "import", "visits", "-", "--url", desk.address, "--token", desk.token]
    content = listed(VISIT, bad).read_bytes()
    run = subprocess.run(
        [*command, "--rejected", "-"], env=environment({}), input=content, capture_output=True, check=True
    )
    assert run.stdout.decode("utf-8-sig").splitlines()[0].startswith("rij;kolom;reden;digipunt-id;Datum;")
    assert "onbekend" in run.stdout.decode()
    assert "accepted 1, refused 1, already there 0, skipped 0" in run.stderr.decode()
    run = subprocess.run(command, env=environment({}), input=content, capture_output=True, check=True)
    assert run.stdout.decode().splitlines() == ["accepted 0, refused 1, already there 1, skipped 0"]
    assert "rij 3, Thema" in run.stderr.decode()
