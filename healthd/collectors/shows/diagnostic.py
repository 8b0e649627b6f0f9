"""``show diagnostic result``: the online tests of modules and switches of IOS, IOS XE and NX-OS.

Source: Cisco Catalyst 9400 Series System Management Command Reference, "show diagnostic result"; Cisco Nexus 9000 Series NX-OS
System Management Configuration Guide, "Online Diagnostics".

A test that failed once and passes now is past: only the present result counts. What was not tested is neither.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from healthd.collectors.shows._commands import typed
from healthd.model.observation import Fact, Reading
from healthd.model.request import Show

ASKS: tuple[Show, ...] = ()

_SOURCE = "show diagnostic result"
_PLACE = re.compile(r"^\s*(?:show diagnostic result )?((?:switch|module)\s+\d+(?:,?\s*module\s*\d+)?)\b", re.IGNORECASE)
_SINGLE = re.compile(r"^\s*\d+\)\s+(\w+)\s*:?\s*-*>\s*(\S)\s*$")
_NAMED = re.compile(r"^\s*\d+\)\s+(\w+)\s*:?\s*$")
_ROW = re.compile(r"^\s*((?:[.FUIAE]\s+)*[.FUIAE])\s*$")
_WORDS = {".": "passed", "F": "failed", "U": "untested", "I": "untested", "A": "untested", "E": "failed"}


def reads(command: str) -> bool:
    """Say whether *command* tells the results of diagnostics."""
    return typed(command, "show diagnostic result *")


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield one result for each test: failed if it failed on any port, untested if it ran on none."""
    place = _named(command)
    results: dict[str, set[str]] = defaultdict(set)
    test = ""
    for line in text.splitlines():
        if found := _PLACE.match(line):
            place = " ".join(found[1].split())
        elif found := _SINGLE.match(line):
            results[f"{place} {found[1]}".strip()].add(_WORDS.get(found[2].upper(), "untested"))
        elif found := _NAMED.match(line):
            test = f"{place} {found[1]}".strip()
        elif test and (found := _ROW.match(line)):
            results[test] |= {_WORDS[letter] for letter in found[1].split()}
    for item, words in results.items():
        value = next(word for word in ("failed", "passed", "untested") if word in words)
        yield Reading(metric="diagnostic.state", item=item, index=item, value=value, source=_SOURCE)


def _named(command: str) -> str:
    found = re.search(r"(?:switch \d+ )?module \d+|switch \d+", command)
    return found[0] if found else ""
