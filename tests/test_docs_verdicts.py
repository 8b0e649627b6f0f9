"""The table of parts in docs/verdicts.md says what the code does."""

import re
from pathlib import Path

import pytest

from healthd.analysis.proofs.asks import asks
from healthd.analysis.proofs.words import METRICS
from healthd.model.finding import Condition
from healthd.model.request import Show
from healthd.model.verdict import Component

TEXT = (Path(__file__).parent.parent / "docs" / "verdicts.md").read_text()
ROWS = {cells[0]: cells[1:] for line in TEXT.splitlines() if len(cells := [cell.strip() for cell in line.strip("| ").split("|")]) == 6}
PLATFORMS = ("iosxe", "nxos", "iosxr", "asa")


def quoted(cell: str) -> tuple[str, ...]:
    return tuple(re.findall(r"`([^`]+)`", cell))


@pytest.mark.parametrize("part", Component)
def test_a_row_says_which_states_and_commands_tell_of_a_part(part: Component) -> None:
    states, *asked = ROWS[part.value]
    assert quoted(states) == METRICS.get(part, ())
    for platform, cell in zip(PLATFORMS, asked, strict=True):
        assert quoted(cell)
        assert set(quoted(cell)) <= set(asks(part, platform)), platform


@pytest.mark.parametrize("platform", [*PLATFORMS, "ios", "ftd", "unknown", ""])
def test_every_command_only_reads_and_the_inventory_and_the_log_are_always_asked_for(platform: str) -> None:
    for part in Component:
        commands = [Show(command).command for command in asks(part, platform)]
        assert "show inventory" in commands
        assert any(command.startswith("show logging") for command in commands)
        assert len(commands) == len(set(commands)) <= 10


def test_every_state_of_a_verdict_is_explained() -> None:
    for state in Condition:
        assert f"| `{state}` |" in TEXT
