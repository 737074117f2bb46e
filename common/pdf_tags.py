"""What WeasyPrint's tagged PDF still lacks for a screen reader (PDF/UA-1, ISO 14289-1).

Running footers are not in the tree of tags and would be read aloud in the middle of a sentence (WeasyPrint #1836); headings of
tables do not say whether they are of a column or of a row; links are not marked to be printed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Object, Operator

PRINTED = 4
"""The flag of an annotation that is on paper too (ISO 32000-1 table 165)."""


def finish(pdf: bytes) -> bytes:
    """The same pages with these mended; equal bytes for equal bytes."""
    with pikepdf.open(BytesIO(pdf)) as document:
        elements = list(_elements(document.Root.StructTreeRoot))
        _say_what_headings_are_of(elements)
        tagged = _tagged(elements)
        for page in document.pages:
            _set_aside(document, page, tagged[page.obj.objgen])
            for annotation in page.obj.get("/Annots", ()):
                annotation.F = int(annotation.get("/F", 0)) | PRINTED
        made = BytesIO()
        document.save(made, deterministic_id=True)
        return made.getvalue()


def _elements(parent: Object, within: str = "") -> Iterator[tuple[Object, str]]:
    """Every element of the tree, with the name of the part of a table that it is in."""
    for child in _children(parent):
        if isinstance(child, Dictionary) and "/S" in child:
            name = str(child.S)
            part = name if name in ("/THead", "/TBody") else within
            yield child, part
            yield from _elements(child, part)


def _children(element: Object) -> list[object]:
    kids = element.get("/K")
    return [] if kids is None else list(kids) if isinstance(kids, Array) else [kids]


def _say_what_headings_are_of(elements: list[tuple[Object, str]]) -> None:
    for element, part in elements:
        if element.S == Name.TH:
            attributes = element.get("/A", Dictionary(O=Name.Table))
            attributes.Scope = Name.Column if part == "/THead" else Name.Row
            element.A = attributes


def _tagged(elements: list[tuple[Object, str]]) -> defaultdict[tuple[int, int], set[int]]:
    """Of each page, the numbers of the content that is in the tree."""
    found: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    for element, _ in elements:
        for child in _children(element):
            if isinstance(child, int):
                found[element.Pg.objgen].add(child)
            elif isinstance(child, Dictionary) and "/MCID" in child:
                page = child.Pg if "/Pg" in child else element.Pg
                found[page.objgen].add(int(child.MCID))
    return found


def _set_aside(document: pikepdf.Pdf, page: pikepdf.Page, tagged: set[int]) -> None:
    """Mark what the page draws outside the tree as belonging to the page, not to the text."""
    instructions = []
    for instruction in pikepdf.parse_content_stream(page):
        if instruction.operator == Operator("BDC"):
            properties = instruction.operands[1]
            number = properties.get("/MCID") if isinstance(properties, Dictionary) else None
            if number is not None and int(number) not in tagged:
                artifact = [Name.Artifact, Dictionary(Type=Name.Pagination)]
                instruction = ContentStreamInstruction(artifact, Operator("BDC"))
        instructions.append(instruction)
    page.Contents = document.make_stream(pikepdf.unparse_content_stream(instructions))
