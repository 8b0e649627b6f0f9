"""Processor, memory and files: bursts are no load, a morning's rise is no leak, and what is full by design is no trouble."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from healthd.analysis.rules import cpu, flash, memory, memory_leak
from healthd.model.finding import Level
from tests.analysis.rules.scene import ask as ask_now
from tests.analysis.rules.scene import value
from tests.analysis.rules.story import NOW, STEP, Told, ask

C, W, N = Level.CRITICAL, Level.WARNING, Level.NOTICE


@pytest.mark.parametrize(
    ("loads", "level", "since"),
    [
        ([10, 90, 90, 90], W, 2),
        ([10, 96, 97, 99], C, 2),
        # two levels: critical is not reached often enough yet
        ([90, 90, 90, 99], W, 3),
        # a value on the limit does not come and go
        ([90, 90, 90, 84], W, 3),
        # a burst; back to normal; just begun
        ([10, 10, 10, 99], None, 0),
        ([99, 99, 99, 10], None, 0),
        ([10, 10, 99, 99], None, 0),
        # what is not known ends nothing and begins nothing
        ([90, 90, None, 90], W, 3),
        # cannot tell: one look, or none
        ([99], None, 0),
        ([], None, 0),
    ],
)
def test_a_processor_is_busy_when_it_stays_so(loads: Sequence[object], level: Level | None, since: int) -> None:
    found = ask(cpu, Told(rows={("cpu.busy", "CPU 1", "1"): loads}) if loads else Told())
    assert [f.level for f in found] == ([level] if level else [])
    assert all(f.since == NOW - since * STEP for f in found)


def test_an_old_load_is_not_a_present_one() -> None:
    assert ask(cpu, Told(rows={("cpu.busy", "CPU 1", "1"): [99] * 5}, age=timedelta(hours=1))) == []


def pool(used: Sequence[float], name: str = "Processor", total: float = 100.0) -> dict[tuple[str, str, str], Sequence[object]]:
    return {("memory.used", name, "1"): used, ("memory.free", name, "1"): [total - u for u in used]}


@pytest.mark.parametrize(
    ("used", "level"), [([95] * 4, W), ([98] * 4, C), ([50] * 4, None), ([50, 50, 50, 99], None), ([99, 99, 99, 50], None), ([99], None)]
)
def test_a_pool_is_nearly_full_when_it_stays_so(used: list[float], level: Level | None) -> None:
    assert [f.level for f in ask(memory, Told(rows=pool(used)))] == ([level] if level else [])


@pytest.mark.parametrize("name", ["lsmpi_io", "reserve Processor", "Driver text", "System memory Cached"])
def test_a_pool_that_is_full_by_design_is_no_trouble(name: str) -> None:
    assert ask(memory, Told(rows=pool([99.9] * 4, name))) == []


def test_a_pool_without_its_other_half_or_of_no_size_is_not_judged() -> None:
    assert ask(memory, Told(rows={("memory.used", "Processor", "1"): [99] * 4})) == []
    assert ask(memory, Told(rows=pool([0] * 4, total=0))) == []


HOURS = 288


def line(start: float, gain: float, count: int = HOURS) -> list[float]:
    return [start + gain * n / count for n in range(count)]


@pytest.mark.parametrize(
    ("used", "level"),
    [
        (line(50, 10), W),
        (line(50, 1.5), N),
        # never, or too far away
        (line(50, 0.1), None),
        (line(50, -10), None),
        ([50.0] * HOURS, None),
        # one step is a feature that was switched on; a morning's rise stays on its height
        ([50.0] * 144 + [60.0] * 144, None),
        ([*line(50, 10, 72), *([60.0] * 216)], None),
        # day and night
        ([*line(50, 10, 144), *line(60, -10, 144)], None),
        # cannot tell: half a night is too short
        (line(50, 10, 100), None),
        ([50.0], None),
    ],
    ids=["in days", "in weeks", "hardly", "falling", "flat", "a step", "a morning", "a day", "too short", "one look"],
)
def test_a_leak_is_a_steady_rise_that_ends_before_long(used: list[float], level: Level | None) -> None:
    assert [f.level for f in ask(memory_leak, Told(rows=pool(used)))] == ([level] if level else [])


def test_a_restart_begins_a_leak_anew() -> None:
    up = [100_000 + 300.0 * n for n in range(200)] + [300.0 * n for n in range(88)]
    rows = pool([*line(50, 10, 200), *line(40, 0, 88)]) | {("uptime", "", "0"): up}
    assert ask(memory_leak, Told(rows=rows)) == []


@pytest.mark.parametrize(
    ("name", "free", "total", "level"),
    [
        ("bootflash", 4, 100, N),
        ("bootflash", 6, 100, None),
        ("crashinfo-1", 1, 100, None),
        ("usb0", 0, 100, None),
        ("nvram", 0, 1, None),
        ("flash", 0, 100, N),
        ("flash", 0, 0, None),
    ],
)
def test_a_file_system_without_room_is_a_notice(name: str, free: float, total: float, level: Level | None) -> None:
    found = ask_now(flash, [value("flash.free", free * 1e6, name), value("flash.total", total * 1e6, name)])
    assert [f.level for f in found] == ([level] if level else [])


def test_a_file_system_of_unknown_size_is_not_judged() -> None:
    assert ask_now(flash, [value("flash.free", 0, "flash")]) == []
