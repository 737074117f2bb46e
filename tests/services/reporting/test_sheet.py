"""The bottleneck sheet of a month over HTTP, read back from its files."""

from __future__ import annotations

import io
from zipfile import ZipFile

import httpx
import openpyxl
import pikepdf
import pytest

from tests.services.reporting.ledger import LANDEN, TIENEN
from tests.support.paper import faults_of, text_of

MONTH = "2026-03"
NOTE = "Zijn zoon heeft de telefoon mee"


@pytest.fixture(scope="module")
def municipality():
    """Where no other test counts."""
    return "24104"


@pytest.fixture(scope="module")
def policy(region, municipality):
    """A policy officer of a municipality where itsme stopped three visits in March, the eBox one, and itsme one in August."""
    coordinator = region.client("coordinator", [municipality])
    point = coordinator.digipunt(municipality)
    smartphone = {"service": "itsme", "cause": "smartphoneOnly", "note": NOTE}
    for day in ("2025-08-31", "2026-03-04", "2026-03-31"):
        coordinator.visit(
            point, startedAt=f"{day}T10:00:00Z", outcome="notPossible", bottlenecks=[smartphone]
        )
    both = [{"service": "itsme", "cause": "lostPassword"}, {"service": "eBox", "cause": "language"}]
    coordinator.visit(point, startedAt="2026-03-05T10:00:00Z", outcome="partly", bottlenecks=both)
    return region.client("policy", [municipality])


def get(policy, form, **query):
    """The sheet of March."""
    answer = policy.get(f"/bottlenecks/sheet.{form}", **({"month": MONTH} | query))
    assert answer.status_code == 200, answer.text
    return answer


def tables(workbook):
    """Each table of the workbook by its title: its rows as they stand there."""
    return {
        sheet["A1"].value.partition(". ")[2]: [
            [cell.value for cell in row] for row in sheet.iter_rows(min_row=5) if row[0].value is not None
        ]
        for sheet in workbook
        if sheet.title.startswith("Tabel_")
    }


def test_the_pdf_says_it_in_words_and_in_numbers(policy):
    """Tagged, in Dutch, with the sentences of the register; no note that somebody typed."""
    answer = get(policy, "pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert 'filename="knelpunten-2026-03.pdf"' in answer.headers["content-disposition"]
    text = text_of(answer.content)
    assert "Knelpunten met onlinediensten, maart 2026" in text
    assert "itsme hield mensen 3 keer tegen. 2 keer omdat het alleen met een smartphone werkt." in text
    assert "De eBox hield 1 keer iemand tegen, door de taal." in text
    assert "In deze maand noteerden digihelpers 4 keer een knelpunt. De maand ervoor 0 keer." in text
    assert "Alle onlinediensten samen: 5 keer in twaalf maanden" in text
    assert "Zet dit blad niet openbaar" in text
    assert NOTE not in text
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert pdf.Root.Lang == "nl"
        assert "/StructTreeRoot" in pdf.Root


@pytest.mark.parametrize(
    ("language", "title", "sentence"),
    [
        (
            "nl",
            "Knelpunten met onlinediensten, maart 2026",
            "De eBox hield 1 keer iemand tegen, door de taal.",
        ),
        (
            "fr",
            "Obstacles des services en ligne, mars 2026",
            "L'eBox a bloqué quelqu'un 1 fois, à cause de la langue.",
        ),
        (
            "en",
            "Bottlenecks with online services, March 2026",
            "The eBox stopped somebody once, because of the language.",
        ),
    ],
)
def test_it_can_be_listened_to_in_each_language(policy, language, title, sentence):
    """Two checkers of PDF/UA find nothing in it."""
    content = get(policy, "pdf", language=language).content
    text = text_of(content)
    assert title in text
    assert sentence in text
    assert faults_of(content) == []


def test_22_the_workbook_has_the_same_numbers(policy):
    """Those of the register and its trend, row by row; each picture has its text; no note is in any part of the file."""
    answer = get(policy, "xlsx")
    found = tables(openpyxl.load_workbook(io.BytesIO(answer.content)))
    register = policy.get("/bottlenecks", from_="2026-03-01", to="2026-03-31").json()
    services = found["Hoe vaak elke onlinedienst mensen tegenhield"]
    assert services[0] == ["Onlinedienst", "Aantal keer", "De maand ervoor"]
    assert [row[1] for row in services[1:]] == [item["count"] for item in register["items"]] == [3, 1]
    assert found["Waarom het vastliep"][1:] == [
        ["itsme", "werkt alleen met een smartphone", 2],
        ["itsme", "wachtwoord kwijt", 1],
        ["eBox", "taal", 1],
    ]
    assert found["Hoe die bezoeken afliepen"][1:] == [
        ["itsme", "niet gelukt", 2],
        ["itsme", "voor een deel opgelost", 1],
        ["eBox", "voor een deel opgelost", 1],
    ]
    trend = found["Knelpunten in de laatste twaalf maanden"]
    assert trend[0] == ["Maand", "Samen", "itsme", "eBox"]
    assert [row[2] for row in trend[1:]] == [part["count"] for part in register["items"][0]["trend"]]
    assert trend[-1] == ["maart 2026", 4, 3, 1]
    with ZipFile(io.BytesIO(answer.content)) as parts:
        texts = {name: parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml")}
    assert not [name for name, part in texts.items() if NOTE in part]
    drawings = [part for name, part in texts.items() if name.startswith("xl/drawings/drawing")]
    assert len(drawings) == 3
    assert all("De getallen staan in de tabel" in part for part in drawings)


def test_a_month_without_bottlenecks_says_so(policy):
    """A sentence, and twelve months of what there was."""
    text = text_of(get(policy, "pdf", month="2025-09").content)
    assert "In deze maand noteerde niemand een knelpunt." in text
    assert "Alle onlinediensten samen: 1 keer in twaalf maanden" in text
    empty = text_of(get(policy, "pdf", month="2020-01").content)
    assert "Alle onlinediensten samen: 0 keer in twaalf maanden" in empty


def test_a_one_time_address_opens_the_sheet_without_a_token(policy):
    """For a link in a page; once."""
    answer = policy.http.post(f"/reporting/v1/bottlenecks/sheet.xlsx/ticket?month={MONTH}")
    assert answer.status_code == 201, answer.text
    href = f"{policy.region.runner.address}{answer.json()['href']}"
    assert httpx.get(href, timeout=60).content[:2] == b"PK"
    assert httpx.get(href).status_code == 404


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ({"month": "2026-13"}, 400, "notAMonth"),
        ({"month": "maart"}, 400, "notAMonth"),
        ({"month": "2099-01"}, 400, "periodNotBegun"),
        ({"municipality": LANDEN}, 404, "municipalityNotFound"),
        ({"municipality": TIENEN}, 404, "municipalityNotFound"),
    ],
)
def test_a_sheet_that_cannot_be_made_is_refused(policy, query, status, code):
    """A month that is none, one to come, and municipalities of others."""
    answer = policy.get("/bottlenecks/sheet.pdf", **({"month": MONTH} | query))
    assert answer.status_code == status, answer.text
    problem = answer.json()
    assert code in [problem["code"], *(issue["code"] for issue in problem.get("issues", []))]
