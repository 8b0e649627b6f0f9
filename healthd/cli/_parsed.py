"""Outputs of commands and log files, read without a device."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import ModuleType

from healthd import cycle, modules, platforms
from healthd.collectors import _outputs
from healthd.collectors.logs.classed import classed
from healthd.collectors.logs.syslog import Context, parse
from healthd.errors import UnknownName
from healthd.model import screen
from healthd.model.answer import Answers
from healthd.model.device import Device, Platform
from healthd.model.event import Event
from healthd.model.observation import System
from healthd.model.poll import Poll
from healthd.model.request import Show

_SPOKEN = re.compile(r"[ \t]*([\w.\-]+)(?:/[\w./-]+)?(?:\([\w-]+\))?[#>][ \t]*(?:admin[ \t]+)?sho?w?[ \t]", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What *text*, printed by *command* on *platform*, says; *events* are those of a log buffer, *empty* that there was no text."""

    poll: Poll
    events: tuple[Event, ...] = field(default=())
    empty: bool = False

    @property
    def tells(self) -> bool:
        """Whether anything was recognised; an output without text has told all there is."""
        return bool(self.empty or self.events or self.poll.system or self.poll.unsupported or any(self.poll.facts()))


def platform_of(name: str) -> Platform:
    """Return the platform called *name*; UnknownName lists those there are."""
    found: Platform = modules.load(platforms, name).PLATFORM if name != platforms.UNKNOWN.name else platforms.UNKNOWN
    return found


def readers_of(platform: Platform, command: str) -> list[ModuleType]:
    """Return the readers that read *command* of *platform*.

    Raises:
        UnknownName: there is none; the message lists the commands that are read.
    """
    every = _outputs.readers((platform.name, *platform.like))
    if not (those := _outputs.reading(every, command)):
        raise UnknownName(f"command of {platform.title}", command, tuple(_outputs.named(every)))
    return those


def output(text: str, platform: Platform, command: str, now: datetime, name: str = "") -> Output:
    """Return what *text* says; the device is called as its prompt says, else *name*.

    Raises:
        UnknownName: no reader reads *command*.
    """
    those = readers_of(platform, command)
    device = Device(name=_called(text) or name or "-", customer="", address="", platform=platform.name)
    show = _show(command)
    body = screen.clean(text, command)
    if screen.unknown(body) or screen.forbidden(body):
        return Output(poll=_bare(cycle.gather(device, platform, (), Answers(unsupported=frozenset({show})), now)))
    poll = cycle.gather(device, platform, those, Answers(shows={show: text}, requests=1), now)
    return Output(
        poll=_bare(poll),
        events=tuple(_events(those, body, Context(received=now, device=device.name, source="cli"))),
        empty=not body.strip(),
    )


def _show(command: str) -> Show:
    """Return the command as a question; what healthd would never ask ("dir /all-filesystems?") is told by its family."""
    try:
        return Show(_outputs.normal(command))
    except ValueError:
        return Show("show")


def _called(text: str) -> str:
    found = _SPOKEN.search(text[:2000])
    return found[1] if found else ""


def _bare(poll: Poll) -> Poll:
    """Leave out the wire, as no device was asked, and a system that says no more than was asked."""
    poll = replace(poll, by=())
    known = poll.system and replace(poll.system, platform="unknown", vendor="") != System(vendor="")
    return poll if known else replace(poll, system=None)


def _events(those: Sequence[ModuleType], text: str, context: Context) -> Iterator[Event]:
    for reader in those:
        if hasattr(reader, "events"):
            yield from (classed(event) for event in reader.events(text, context))


def log(raw: bytes, context: Context) -> Iterator[Event]:
    """Yield one event per line of a log file; empty lines are none."""
    for line in raw.split(b"\n"):
        if line.strip():
            yield classed(parse(line, context))
