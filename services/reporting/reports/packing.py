"""What XlsxWriter leaves out of a workbook: the language it is in."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

CORE = "docProps/core.xml"
END = b"</cp:coreProperties>"
REGION = {"nl": "nl-BE", "fr": "fr-BE", "en": "en-GB"}


def with_language(workbook: bytes, language: str) -> bytes:
    """The same workbook with `dc:language`, packed with the same times as before."""
    made = BytesIO()
    with ZipFile(BytesIO(workbook)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == CORE:
                content = content.replace(
                    END, f"<dc:language>{REGION[language]}</dc:language>".encode() + END
                )
            kept = ZipInfo(entry.filename, entry.date_time)
            kept.compress_type = ZIP_DEFLATED
            new.writestr(kept, content)
    return made.getvalue()
