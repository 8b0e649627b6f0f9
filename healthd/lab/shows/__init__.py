"""The CLI's commands: one file per operating system with what each ``show`` prints.

A file has ``COMMANDS``: the command in full to the function that prints it,
and ``LIKE`` where it inherits another's. Commands may be shortened as on the
real CLI, and filtered with ``| include``, ``exclude``, ``begin``, ``section``
and ``count``.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from types import ModuleType

from healthd import modules
from healthd.lab.moment import Moment
from healthd.lab.network import Network

Command = Callable[[Moment], str]


def commands(platform: str) -> Mapping[str, Command]:
    """Return all commands of *platform* by their full names."""
    member = modules.load(_here(), platform)
    inherited = commands(member.LIKE) if getattr(member, "LIKE", "") else {}
    return {**inherited, **member.COMMANDS}


def printed(network: Network, device: str, line: str, now: datetime) -> str | None:
    """Return what *line* prints on *device* at *now*; None when the device has no such command, or it does not apply to it."""
    command, *filters = (part.strip() for part in line.split("|"))
    moment = Moment.of(network, device, now)
    known = commands(moment.spec.platform)
    name = expanded(command, tuple(known))
    text = known[name](moment) if name else ""
    if not text:
        return None
    for each in filters:
        text = _filtered(text, each)
    return text


def expanded(line: str, known: tuple[str, ...]) -> str:
    """Return the command that *line* may stand for, empty when there is none or several."""
    said = line.lower().split()
    if " ".join(said) in known:
        return " ".join(said)
    fits = [
        name
        for name in known
        if len(name.split()) == len(said) and all(full.startswith(part) for part, full in zip(said, name.split(), strict=True))
    ]
    return fits[0] if len(fits) == 1 else ""


def _filtered(text: str, said: str) -> str:
    word, _, pattern = said.partition(" ")
    lines, found = text.split("\n"), re.compile(re.escape(pattern) if not _safe(pattern) else pattern)
    match word[:1]:
        case "i":
            return "\n".join(line for line in lines if found.search(line))
        case "e":
            return "\n".join(line for line in lines if not found.search(line))
        case "b":
            return "\n".join(lines[next((n for n, line in enumerate(lines) if found.search(line)), len(lines)) :])
        case "c":
            return f"Number of lines which match regexp = {sum(bool(found.search(line)) for line in lines)}"
        case "s":
            return "\n".join(_section(lines, found))
    return text


def _section(lines: list[str], found: re.Pattern[str]) -> list[str]:
    out, inside = [], False
    for line in lines:
        if not line.startswith(" "):
            inside = bool(found.search(line))
        if inside:
            out.append(line)
    return out


def _safe(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def _here() -> ModuleType:
    from healthd.lab import shows

    return shows
