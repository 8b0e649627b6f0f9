"""``show environment``, ``show environment all``, ``show env power all``, ``show power``, ``show power status``, ``show power detail`` of IOS and IOS XE.

Source: Cisco IOS XE System Management Command References (Catalyst 9000, ASR 1000, ISR 4000), "show environment"; Catalyst 4500 and
6500 Command References, "show environment status" and "show power".

Every line that tells the state of something is read wherever it stands, as no two families print the same page.
"""

import re
from collections.abc import Iterator

from healthd.collectors.shows import _sensor_list
from healthd.collectors.shows._commands import typed
from healthd.collectors.shows._router_environment import line as router_line
from healthd.collectors.shows._stack_environment import Walk
from healthd.model.observation import Fact, Reading
from healthd.model.request import Show

ASKS = (Show("show environment all"), Show("show environment"))

_COUNT = re.compile(r"\s*Number of (Critical|Major) alarms:\s*(\d+)", re.IGNORECASE)
_FANS = re.compile(r"\s*(?:Supply|Tray)\s+(?:\S+ )*?\S.*?\s(\d)(?:\s+\d)*\s*$", re.IGNORECASE)


def reads(command: str) -> bool:
    """Say whether *command* tells of supplies, fans, temperatures."""
    return typed(command, "show environment [*]", "show power [*]") and not typed(command, "show power inline [*]")


def read(text: str, command: str) -> Iterator[Fact]:
    """Yield the state of every supply, fan, temperature and voltage that the output tells."""
    seen: set[tuple[str, str]] = set()
    for fact in _facts(text, command):
        # What is summed up first and listed later is one thing; the list comes last and knows more.
        if isinstance(fact, Reading):
            if (fact.metric, fact.item) in seen:
                continue
            seen.add((fact.metric, fact.item))
        yield fact


def _facts(text: str, command: str) -> Iterator[Fact]:
    source = " ".join(command.split())
    walk, first = Walk(source), 0
    for line in text.splitlines():
        if found := _FANS.match(line):
            first = int(found[1])
        elif found := _COUNT.match(line):
            yield Reading(
                metric=f"alarm.{found[1].lower()}", item=found[1].lower(), index=found[1].lower(), value=int(found[2]), source=source
            )
        else:
            yield from _line(line, walk, first, source)
    yield from walk.flush()


def _line(line: str, walk: Walk, first: int, source: str) -> Iterator[Fact]:
    told = [*walk.line(line)]
    told = told or [*_sensor_list.table(line, walk.switch, source, first)] or [*_sensor_list.sensor(line, walk.switch, source)]
    yield from told or router_line(line, source)
