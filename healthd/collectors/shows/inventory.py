"""``show inventory``, ``show inventory raw``, ``admin show inventory``: the parts of IOS, IOS XE, NX-OS, IOS XR and ASA.

Source: Cisco IOS Configuration Fundamentals Command Reference, "show inventory"; UDI as in Cisco's "Unique Device Identifier" overview.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from healthd.collectors._bays import place
from healthd.collectors.inventory import PID, SERIAL, slot_of
from healthd.collectors.shows._commands import typed
from healthd.model.observation import Fact, Part, Reading, System
from healthd.model.request import Show

ASKS = (Show("show inventory"),)

_SOURCE = "show inventory"
_ENTRY = re.compile(
    r"^[ \t]*NAME:[ \t]*(?:\"(?P<quoted>[^\"\n]*)\"|(?P<bare>[^,\n]*?))[ \t]*(?:,|[ \t])[ \t]*DESCR:[ \t]*\"?"
    r"(?P<descr>[^\n]*?(?:\n(?![ \t]*(?:NAME|PID):)[^\n]+?)?)\"?[ \t]*$"
    r"(?:\s*^[ \t]*PID:[ \t]*(?P<pid>[^\n]*?)[ \t]*,?[ \t]*VID:[ \t]*(?P<vid>[^\n]*?)[ \t]*,?[ \t]*SN:[ \t]*(?P<sn>[^\n,]*))?",
    re.MULTILINE | re.IGNORECASE,
)
_UNSAID = {"", "n/a", "na", "unspecified", "unknown", "none", "0"}

# By name and description; the first that fits counts, so what is built into a part comes before the part.
_BY_BOTH = (
    ("sensor", r"\bsensor\b|\btemperature\b|\bthermal\b|\btemp:|^(?:volt|current)\b"),
    ("container", r"\bcontainer\b|\bbay\b|\bchassis slot\b"),
    (
        "port",
        r"transceiver|^(?:q?sfp|xfp|x2|cfp)\b|\bgbic\b|(?:ethernet|gige?|ge)\d+/|optics port|hw port|breakout port|^stackport|^(?!slot|module|fan|ps)[a-z-]{2,25}\d+/\d[\d/]*\n",
    ),
)
_BY_NAME = (
    ("fan", r"\bfans?\b|fan ?tray|\bfantray|[/ -]f[tb]\d|^ft\d|\bblower|-fan\b"),
    ("powerSupply", r"power ?-?suppl|\bps[- ]?[a-d\d]\b|\bpsu[ -]?\d|\bpem\b|power module|power entry|power shelf|[/-]p[ms]\d|^p[ms]\d"),
    ("stack", r"\bstack$"),
    ("module", r"\bmodule\b|\bslot\b|line ?card|\bsub-?slot\b|\bsupervisor\b|\badapter\b|\bengine\b|\bmpa\b|/(?:rp|rsp|lc|fc|sc|cpu)\d?"),
    ("chassis", r"\bchassis\b|^rack \d+$|^rack$"),
    ("backplane", r"back-?plane|midplane"),
    ("cpu", r"^cpu \w+/\d|^processor \d"),
)
_BY_DESCRIPTION = (
    ("fan", r"\bfan ?tray|\bfan module|\bfan\b"),
    ("powerSupply", r"power supply|power module|power entry"),
    ("chassis", r"\bchassis\b|\bslot switch\b"),
    ("module", r"line ?card|\badapter\b|\bmodule\b|\bcard\b|\bengine\b|\bsupervisor\b"),
)  # fmt: skip


def _compiled(kinds: tuple[tuple[str, str], ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in kinds)


_BOTH, _NAME, _DESCRIPTION = _compiled(_BY_BOTH), _compiled(_BY_NAME), _compiled(_BY_DESCRIPTION)
_MEMBER = re.compile(r"switch ?\d?(?: system)?\n.*|\d\n(?:ws-c|c\d|ie-|me-|.*(?:catalyst|switch\b)).*", re.IGNORECASE)
_REPLACEABLE = {"chassis", "module", "powerSupply", "fan"}


def reads(command: str) -> bool:
    """Say whether *command* lists the parts."""
    return typed(command, "show inventory [*]")


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield every part, model and serial number of those that can be replaced, and the chassis as what the system is."""
    del command
    parts = list(_parts(text))
    if body := next((part for part in parts if part.kind == "chassis" and part.pid), None):
        yield System(pid=body.pid, serial=body.serial)
    for part in parts:
        yield part
        if part.kind in _REPLACEABLE and part.serial:
            for metric, said in ((PID, part.pid), (SERIAL, part.serial)):
                if said:
                    yield Reading(metric=metric.name, item=part.name or part.description, index=part.index, value=said, source=_SOURCE)


def _parts(text: str) -> Iterator[Part]:
    parts = [_part(found, number) for number, found in enumerate(_ENTRY.finditer(text))]
    # What is known by its serial number has the first claim to a place; a bay or a light of the same name has none.
    times: Counter[str] = Counter()
    for number in sorted(range(len(parts)), key=lambda n: not (parts[n].pid and parts[n].serial)):
        index = parts[number].index
        times[index] += 1
        if times[index] > 1:
            parts[number] = replace(parts[number], index=f"{index} #{times[index]}")
    yield from parts


def _part(found: re.Match[str], number: int) -> Part:
    name, description = " ".join((found["quoted"] or found["bare"] or "").split()), " ".join(found["descr"].split())
    pid, serial = _said(found["pid"]), _said(found["sn"])
    kind = kind_of(name, description, first=number == 0, known=bool(pid or serial))
    return Part(
        index=place(kind, name) or f"part {number + 1}",
        kind=kind,
        name=name,
        description=description,
        pid=pid,
        serial=serial,
        hardware=_said(found["vid"]),
        slot=slot_of(name),
    )


def _said(value: str | None) -> str:
    """Return *value* unless it stands for nothing, or is masked."""
    said = (value or "").strip().strip('"').strip()
    return "" if said.lower() in _UNSAID or set(said) <= {"*"} else said


def kind_of(name: str, description: str, *, first: bool = False, known: bool = True) -> str:
    """Return the word of entPhysicalClass for a part.

    A slot of which nothing is *known* holds nothing; a switch that is called by its number is a chassis, as is what comes *first*.
    """
    if found := _fitting(_BOTH, f"{name}\n{description}"):
        return found
    if _MEMBER.fullmatch(f"{name}\n{description}"):
        return "chassis"
    found = _fitting(_NAME, name) or _fitting(_DESCRIPTION, description) or ("chassis" if first else "module")
    return "container" if found == "module" and not known and re.search(r"\bslot \w+$", name, re.IGNORECASE) else found


def _fitting(kinds: tuple[tuple[str, re.Pattern[str]], ...], said: str) -> str:
    return next((kind for kind, pattern in kinds if pattern.search(said)), "")
