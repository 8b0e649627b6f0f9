"""Release names out of the sentences in which devices say them."""

import re
from dataclasses import dataclass

_VERSION = re.compile(r"\bversion:?\s+(\d[^\s,;\[\]]*)", re.IGNORECASE)
_RELEASE = re.compile(r"\brelease:?\s+(\d[^\s,;\[\]]*)", re.IGNORECASE)
_BARE = re.compile(r"\d+\.\d[\w.()\-]*")
_IMAGE = re.compile(r"\(([A-Za-z0-9_]+(?:-[A-Za-z0-9_]+)+)\)|\((CAT\w+_IOSXE)\)")
# Engineering and customer builds are not releases: no advisory and no upgrade path knows them.
_SPECIAL = re.compile(r"CUST-SPECIAL|\bExperimental\b|\bBLD_|_NIGHTLY|\d{8}:\d{6}|\(\d[\d.a-z]*\.\d[\d.a-z]*\)[A-Z]", re.ASCII)
_XE3 = re.compile(r"15\.(\d+)\((\d+)\)(SP|S|SG|E|EX|EZ)(\d*)([a-z]?)")

# IOS XE 3.x carries an IOS of its own inside; sysDescr often names only that one. Same rebuild number on both sides.
# Source: image file names of both, such as asr1000…03.16.04a.S.155-3.S4a; Cisco IOS XE release notes.
_FAMILIES = {
    ("S", 0, 1): "3.1",
    ("S", 1, 1): "3.2",
    ("S", 1, 2): "3.3",
    ("S", 1, 3): "3.4",
    ("S", 2, 1): "3.5",
    ("S", 2, 2): "3.6",
    ("S", 2, 4): "3.7",
    ("S", 3, 1): "3.8",
    ("S", 3, 2): "3.9",
    ("S", 3, 3): "3.10",
    ("S", 4, 1): "3.11",
    ("S", 4, 2): "3.12",
    ("S", 4, 3): "3.13",
    ("S", 5, 1): "3.14",
    ("S", 5, 2): "3.15",
    ("S", 5, 3): "3.16",
    ("S", 6, 1): "3.17",
    ("S", 6, 2): "3.18",
    ("SP", 6, 2): "3.18",
    ("E", 2, 1): "3.5",
    ("E", 2, 2): "3.6",
    ("E", 2, 3): "3.7",
    ("E", 2, 4): "3.8",
    ("E", 2, 5): "3.9",
    ("E", 2, 6): "3.10",
    ("E", 2, 7): "3.11",
    ("EX", 0, 1): "3.2",
    ("EZ", 0, 1): "3.3",
    ("SG", 0, 2): "3.2",
    ("SG", 1, 1): "3.3",
    ("SG", 1, 2): "3.4",
}
_LETTERS = {"EX": "SE", "EZ": "SE"}


@dataclass(frozen=True, slots=True)
class Software:
    """A release as Cisco writes it, the image's name, and whether the build is special; empty where not said."""

    version: str = ""
    image: str = ""
    special: bool = False


def software(description: str) -> Software:
    """Return what sysDescr or the head of ``show version`` says about the software.

    A version that starts with a letter (``V169_5_SR…``) is a build label; the
    release follows later on the same page.
    """
    found = _VERSION.search(description) or _RELEASE.search(description)
    image = _IMAGE.search(description)
    version = found[1].rstrip(".") if found else ""
    return Software(version, (image[1] or image[2]) if image else "", bool(_SPECIAL.search(description)))


def bare(revision: str) -> str:
    """Return the release in *revision*, a text that may be the release alone or a sentence; empty when there is none."""
    said = software(revision).version
    found = _BARE.search(revision)
    return said or (found[0] if found else "")


def xe_release(ios: str) -> str:
    """Return the IOS XE 3.x release that carries IOS release *ios*; empty when *ios* belongs to none.

    ``15.2(2)E6`` is 3.6.6E, ``15.5(3)S4a`` is 3.16.4aS. Only meaningful on a device that runs IOS XE.
    """
    if not (found := _XE3.fullmatch(ios)):
        return ""
    minor, maintenance, train, rebuild, letter = found.groups()
    family = _FAMILIES.get((train, int(minor), int(maintenance)))
    return f"{family}.{rebuild or 0}{letter}{_LETTERS.get(train, train)}" if family else ""
