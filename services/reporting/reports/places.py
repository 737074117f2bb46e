"""Names of municipalities; one that is not in the list keeps its NIS code."""

from __future__ import annotations

from contracts import refdata


def municipality(nis: str, language: str) -> str:
    """Such as “Tienen”, or “Tirlemont” in French."""
    if nis not in refdata.codes("municipality"):
        return nis
    return refdata.label("municipality", nis, language)
