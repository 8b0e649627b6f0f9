"""What only the log tells of a part is a finding; what a state shows is left to the rule of that state."""

from datetime import timedelta

import pytest

from healthd.analysis.rules import hardware
from healthd.collectors.logs.classed import classed
from healthd.collectors.logs.syslog import Context, parse
from healthd.model.event import Event
from healthd.model.finding import Condition, Level
from healthd.model.observation import Part
from tests.analysis.rules.story import NOW, Told, ask

STACK = tuple(Part(index=f"{n}", kind="chassis", name=f"Switch {n}", pid="C9300-48P", serial=f"FOC{n}111AAAA") for n in (1, 2))
SOFT = "%IOSXE-3-PLATFORM: Switch 2 R0/0: kernel: EDAC MC0: 1 CE on DIMM 0"
HARD = "%IOSXE-3-PLATFORM: Switch 2 R0/0: kernel: EDAC MC0: 1 UE on DIMM 0"
SUPPLY = "%PLATFORM_FEP-1-FRU_PS_SIGNAL_FAULTY: Switch 1: signal on power supply A is faulty"
MENDED = "%PLATFORM_FEP-6-FRU_PS_SIGNAL_OK: Switch 1: signal on power supply A is restored"
ONE_WAY = "%UDLD-4-UDLD_PORT_DISABLED: UDLD disabled interface Gi1/0/49, unidirectional link detected"
STATE = {("psu.state", "Switch 1 - Power Supply A", "11"): ["on", "on"]}


def lines(*texts: str) -> tuple[Event, ...]:
    return tuple(
        classed(parse(text.encode(), Context(received=NOW - timedelta(minutes=n + 1), device="edge"))) for n, text in enumerate(texts)
    )


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (Told(events=lines(SOFT), parts=STACK), [(Level.NOTICE, "memory 2")]),
        (Told(events=lines(SOFT, SOFT, SOFT), parts=STACK), [(Level.WARNING, "memory 2")]),
        (Told(events=lines(HARD), parts=STACK), [(Level.WARNING, "memory 2")]),
        (Told(events=lines(SUPPLY)), [(Level.WARNING, "psu 1/A")]),
        (Told(events=lines(MENDED, SUPPLY)), []),
        (Told(events=lines(SUPPLY), rows=STATE), []),
        (Told(events=lines(SUPPLY, HARD), rows=STATE, parts=STACK), [(Level.WARNING, "memory 2")]),
        (Told(events=lines(ONE_WAY)), []),
        (Told(events=lines("%SYS-5-CONFIG_I: Configured from console by vty0")), []),
        (Told(), []),
    ],
)
def test_a_fault_that_only_the_log_tells_of(told: Told, expected: list[tuple[Level, str]]) -> None:
    found = ask(hardware, told)
    assert [(each.level, each.item) for each in found] == expected
    assert all(each.verdict is Condition.SUSPECT and each.evidence for each in found)


def test_the_member_that_the_line_comes_from_is_named_with_its_numbers() -> None:
    (found,) = ask(hardware, Told(events=lines(HARD), parts=STACK))
    assert (found.pid, found.serial) == ("C9300-48P", "FOC2111AAAA")


def test_what_comes_again_is_counted_and_stays_one_finding() -> None:
    (once,) = ask(hardware, Told(events=lines(SOFT), parts=STACK))
    (again,) = ask(hardware, Told(events=lines(SOFT, SOFT, SOFT), parts=STACK))
    assert once.key == again.key
    assert "3 times" in str(again.summary)
    assert again.since == NOW - timedelta(minutes=3)
