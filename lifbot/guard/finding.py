"""What the guard finds in a text: which kind of detail, where, and whether there is doubt about it."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = {
    "nhs": ("an NHS number", "NHS number"),
    "upn": ("a pupil's number (UPN)", "UPN"),
    "nino": ("a National Insurance number", "National Insurance number"),
    "birth": ("a date of birth", "date of birth"),
    "postcode": ("a postcode", "postcode"),
    "phone": ("a phone number", "phone number"),
    "email": ("the e-mail address of somebody outside the partnership", "e-mail address"),
    "case": ("a case or crime reference", "case reference"),
    "name": ("a name", "name"),
    "initials": ("initials", "initials"),
}
"""Each kind as it is told, and as it stands where the detail was taken out."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One detail in a text; what has a checksum or a fixed shape is certain, a name or initials are a question."""

    kind: str
    start: int
    end: int
    is_certain: bool = True


@dataclass(frozen=True, slots=True)
class Known:
    """What may stand in a text: the small-lettered words of the partnership's own names, and its people's addresses."""

    words: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    initials: frozenset[str] = frozenset()  # of its people, in small letters


def masked(text: str, found: Finding) -> str:
    """Return a detail so that the writer knows it again, and nobody else."""
    seen = text[found.start : found.end].strip()
    if not found.is_certain:
        return seen
    return f"{seen[0]}…{seen[-2:]}" if len(seen) > 5 else "…"


def without(text: str, findings: tuple[Finding, ...]) -> str:
    """Return the text with the kind of each certain detail in the detail's place."""
    for found in sorted(findings, key=lambda each: each.start, reverse=True):
        if found.is_certain:
            text = f"{text[: found.start]}[{KINDS[found.kind][1]} taken out]{text[found.end :]}"
    return text
