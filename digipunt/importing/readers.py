"""Which kind of file this is, by what is in it and not by its name."""

from __future__ import annotations

import zipfile
from typing import BinaryIO

from chassis.errors import InvalidInput
from digipunt.importing.book import Book
from digipunt.importing.csv_book import open_csv, wide_encoding
from digipunt.importing.xlsx_book import UnreadableXlsx, open_xlsx

HEAD = 64 * 1024
OTHER_KINDS = (
    (b"\xd0\xcf\x11\xe0", "it is an old Excel file (.xls), or one with a password"),
    (b"%PDF", "it is a PDF"),
    (b"{\\rtf", "it is a text document"),
    (b"\x1f\x8b", "it is compressed"),
    (b"7z\xbc\xaf", "it is compressed"),
    (b"Rar!", "it is compressed"),
    (b"SQLite format 3", "it is a database"),
)

_STRICT = b"purl.oclc.org/ooxml/"
"""The names of the other kind of .xlsx that Excel can save, which has other names for every part of a sheet."""


def open_book(file: BinaryIO, name: str) -> Book:
    """The sheets of a CSV or XLSX file. Raises InvalidInput with one sentence for any other."""
    file.seek(0)
    head = file.read(HEAD)
    if not head:
        raise InvalidInput.at(name, "this file is empty")
    if other := _other_kind(head):
        raise _unreadable(name, other)
    if not head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        if not _is_text(head):
            raise _unreadable(name, "it is not text")
        return open_csv(file, head)
    if other := _other_archive(file):
        raise _unreadable(name, other)
    try:
        return open_xlsx(file)
    except UnreadableXlsx as error:
        raise _unreadable(name, str(error)) from None


def _unreadable(name: str, why: str) -> InvalidInput:
    sentence = (
        f"this is not a CSV or XLSX file that can be read ({why}); save it in Excel as .xlsx or as CSV UTF-8"
    )
    return InvalidInput.at(name, sentence)


def _other_kind(head: bytes) -> str | None:
    for start, kind in OTHER_KINDS:
        if head.startswith(start):
            return kind
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if start.startswith((b"<?xml", b"<html", b"<!doctype", b"<table", b"<workbook")):
        return "it is a web page or XML, whatever its name says"
    return None


def _is_text(head: bytes) -> bool:
    """A stray NUL is for the row that has it."""
    controls = sum(head.count(code) for code in range(32) if code not in b"\t\n\r\x0b\x0c\x1a")
    return wide_encoding(head) is not None or controls <= len(head) / 10


def _other_archive(file: BinaryIO) -> str | None:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            kind = archive.open("mimetype").read(100) if "mimetype" in names else b""
            if kind.startswith(b"application/vnd.oasis.opendocument"):
                return "it is an OpenDocument file (.ods)"
            if any(name.endswith("workbook.bin") for name in names):
                return "it is a binary Excel file (.xlsb)"
            if "[Content_Types].xml" not in names or any(
                name.startswith(("word/", "ppt/")) for name in names
            ):
                return "it is an archive of something else"
            if "xl/workbook.xml" in names and _STRICT in archive.open("xl/workbook.xml").read(4096):
                return "it is a Strict Open XML workbook"
    except Exception as error:
        # zipfile has errors of many kinds for an archive that is cut off or made up.
        return f"it is damaged: {error}"
    return None
