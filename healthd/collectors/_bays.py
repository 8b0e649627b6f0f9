"""One key for the same place, however a command writes it, so that a state finds the part it speaks of."""

import re

_PIECE = re.compile(r"[a-z]+|\d+")
_MODEL = re.compile(r"\b(?:[a-z0-9]+-){2,}[\w/]+|\b[a-z]+-\d{3,}\w*(?:[-/]\w+)*", re.IGNORECASE)
_HOLDERS = re.compile(r"\b(?:module|slot|subslot|linecard|card|spa|rack|supervisor|node)\b[ :#-]*", re.IGNORECASE)


def bay(name: str) -> str:
    """Return the numbers and letters that tell *name* from its like: "Switch 1 - Power Supply A" and "1A" are both 1/A.

    The P of "P0" (IOS XE) stands for power and tells nothing apart, nor does a model's name ("PS 1 PWR-2700-AC/4").
    """
    pieces = _PIECE.findall(_MODEL.sub(" ", name).lower())
    return "/".join(piece.upper() for piece in pieces if piece.isdigit() or (len(piece) == 1 and piece != "p"))


def place(kind: str, name: str) -> str:
    """Return the key of a part of *kind* (a word of entPhysicalClass) called *name*."""
    if kind == "powerSupply":
        return f"psu {bay(name)}".strip()
    if kind == "fan":
        return f"fan {bay(name)}".strip()
    if kind == "module":
        return f"slot {_HOLDERS.sub('', name).strip().upper()}".strip()
    return name
