"""Load the message catalogue and find the entry for a message."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from healthd.model.event import SEVERITIES

DEFAULTS = {"SYS": "system", "LINK": "interface", "LINEPROTO": "interface", "OSPF": "routing", "BGP": "routing", "SEC_LOGIN": "login"}
_LANGUAGES = ("en", "zh")
HARDWARE = ("none", "suspect", "failed")
SEARCHED = 1024
"""Characters of a text that are searched: what RFC 3164 gives a whole message. A pattern's time may grow with the square of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One entry. *pattern* is searched in the text ("" for none); *meaning*, *cause* and *action* are texts by language (en, zh)."""

    tag: str
    platforms: tuple[str, ...]
    kind: str
    component: str
    hardware: str
    pattern: str
    clears: str
    meaning: Mapping[str, str]
    cause: Mapping[str, str]
    action: Mapping[str, str]
    example: str
    source: str
    inferred: bool
    file: str

    def variables(self, text: str) -> dict[str, str] | None:
        """Return what the pattern takes out of *text*; None when this is another message."""
        if not self.pattern:
            return {}
        found = _compiled(self.pattern).search(text[:SEARCHED])
        return {name: value.strip() for name, value in found.groupdict().items() if value} if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What the catalogue says of one message; *message* is None when it has no entry and *kind* is a default."""

    kind: str
    item: str = ""
    variables: tuple[tuple[str, str], ...] = ()
    message: Message | None = None


@cache
def catalogue() -> Mapping[str, tuple[Message, ...]]:
    """Return the entries by tag, those with a pattern first."""
    found: dict[str, list[Message]] = {}
    for message in entries():
        found.setdefault(message.tag, []).append(message)
    return {tag: tuple(sorted(those, key=lambda m: not m.pattern)) for tag, those in found.items()}


@cache
def entries() -> tuple[Message, ...]:
    """Return every entry of every file, in order."""
    return tuple(_entries())


def _entries() -> Iterator[Message]:
    folder = files("healthd.catalogue.messages")
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(".toml"):
            for number, entry in enumerate(tomllib.loads(file.read_text("utf-8")).get("message", []), 1):
                yield _message(f"{file.name} entry {number}", file.name, entry)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    # Few of the patterns are ever met on one site, and each takes 0.2 ms to compile.
    return re.compile(pattern)


def _message(where: str, file: str, entry: Mapping[str, Any]) -> Message:
    """Return the entry as a value; ValueError tells what is wrong with it, and where."""
    needed = {"tag", "platforms", "class", "component", "hardware", "meaning", "cause", "action", "example", "source", "inferred"}
    if wrong := (needed - set(entry)) | (set(entry) - needed - {"pattern", "clears"}):
        raise ValueError(f"{where} ({entry.get('tag')}): missing or unknown: {', '.join(sorted(wrong))}")
    if entry["hardware"] not in HARDWARE:
        raise ValueError(f"{where} ({entry['tag']}): hardware is {entry['hardware']!r}; allowed: {', '.join(HARDWARE)}")
    for key in ("meaning", "cause", "action"):
        if set(entry[key]) != set(_LANGUAGES) or not all(entry[key].values()):
            raise ValueError(f"{where} ({entry['tag']}): {key} needs a text in each of {', '.join(_LANGUAGES)}")
    return Message(
        tag=entry["tag"],
        platforms=tuple(entry["platforms"]),
        kind=entry["class"],
        component=entry["component"],
        hardware=entry["hardware"],
        pattern=entry.get("pattern", ""),
        clears=entry.get("clears", ""),
        meaning=entry["meaning"],
        cause=entry["cause"],
        action=entry["action"],
        example=entry["example"],
        source=entry["source"],
        inferred=entry["inferred"],
        file=file,
    )


def match(facility: str, severity: int | None, mnemonic: str, text: str) -> Match:
    """Return what is known of a message; without an entry, a class made of its facility and severity.

    The only entry of a tag is its message in any words: releases word the same message differently.
    """
    facility = "ASA" if facility in ("FTD", "PIX", "FWSM") or facility.startswith("ASA-") else facility
    known = catalogue().get(f"{facility}-{mnemonic}", ())
    for message in known:
        if (variables := message.variables(text)) is not None:
            return Match(kind=message.kind, item=variables.get("item", ""), variables=tuple(variables.items()), message=message)
    if len(known) == 1:
        return Match(kind=known[0].kind, message=known[0])
    family = DEFAULTS.get(facility, facility.lower().replace("_", "-"))
    return Match(kind=f"{family}.{SEVERITIES[severity]}" if severity is not None and family else "")
