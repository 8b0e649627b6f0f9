"""States that only the command line tells are judged like the others."""

import pytest

from healthd.analysis.rules import diagnostic, redundancy
from healthd.model.finding import Condition, Level
from tests.analysis.rules.scene import ask, part, state


@pytest.mark.parametrize(("word", "fires"), [("failed", True), ("passed", False), ("untested", False)])
def test_a_test_that_fails_is_told_with_its_part(word: str, fires: bool) -> None:
    found = ask(
        diagnostic,
        [state("diagnostic.state", word, "slot 1 TestAsicSync", "slot 1", "show diagnostic result")],
        parts=[part("slot 1", "module", "", name="slot 1", pid="WS-X6748-GE-TX", serial="SAL1")],
    )
    assert [(f.level, f.verdict, f.serial) for f in found] == ([(Level.WARNING, Condition.SUSPECT, "SAL1")] if fires else [])


@pytest.mark.parametrize(
    ("word", "item", "source", "level"),
    [
        ("error", "Secondary unit", "show failover", Level.CRITICAL),
        ("standby", "Secondary unit", "show failover", None),
        ("standbyCold", "0/RSP1/CPU0", "show redundancy", Level.WARNING),
        ("standbyHot", "0/RSP1/CPU0", "show redundancy", None),
        ("active", "0/RSP0/CPU0", "show redundancy", None),
    ],
)
def test_a_peer_that_cannot_take_over_is_told(word: str, item: str, source: str, level: Level | None) -> None:
    found = ask(redundancy, [state("redundancy.state", word, item, item, source)])
    assert [f.level for f in found] == ([level] if level else [])
