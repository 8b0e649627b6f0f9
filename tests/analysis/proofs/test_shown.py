"""A test that failed is a proof against the part that it ran on, and against no other in the same device."""

from collections.abc import Iterable
from datetime import UTC, datetime

import pytest

from healthd.analysis.proofs import shown
from healthd.collectors.shows import diagnostic
from healthd.model.finding import Condition
from healthd.model.verdict import Component, Verdict

NOW = datetime(2026, 5, 4, 6, 0, tzinfo=UTC)
COMMAND = "show diagnostic result module all"
CHASSIS, SUPERVISOR, ASIC, MEMORY = Component.CHASSIS, Component.SUPERVISOR, Component.ASIC, Component.MEMORY


def proven(component: Component, item: str, printed: Iterable[str], slot: str = "") -> list[Condition]:
    verdict = Verdict(component=component, device="edge", item=item, state=Condition.SUSPECT, serial="FOC1111AAAA", slot=slot)
    facts = list(diagnostic.read("\n".join(printed), COMMAND))
    assert facts, "the page is read"
    return [proof.says for proof in shown.proofs(verdict, COMMAND, facts, frozenset(), NOW)]


def page(place: str, test: str = "TestAsicMemory") -> list[str]:
    return [f"{place}: C9400-LC-48U  SerialNo : JAE3333CCCC", f"    1) {test} ------> F"] if place else [f"    1) {test} ------> F"]


@pytest.mark.parametrize(
    ("component", "item", "slot", "place", "proof"),
    [
        (SUPERVISOR, "Slot 1 Supervisor", "1", "module 3", False),
        (SUPERVISOR, "Slot 1 Supervisor", "1", "module 1", True),
        (SUPERVISOR, "Slot 3 - Supervisor 1 XL", "3", "module 1", False),
        (SUPERVISOR, "Supervisor(slot 5)", "5", "module 5", True),
        (SUPERVISOR, "Switch 2 Slot 1 Supervisor", "2", "switch 1 module 1", False),
        (SUPERVISOR, "Switch 2 Slot 1 Supervisor", "2", "switch 2 module 1", True),
        (SUPERVISOR, "Peer unit", "", "module 1", False),
        (SUPERVISOR, "Slot 1 Supervisor", "1", "", False),
        (CHASSIS, "Inlet Temperature", "", "module 3", False),
        (CHASSIS, "Slot 3 Inlet", "3", "module 3", False),
        (CHASSIS, "Switch 1 - Inlet", "1", "switch 2", False),
        (CHASSIS, "Switch 1 - Inlet", "1", "switch 1", True),
        (CHASSIS, "Inlet Temperature", "", "switch 1", True),
        (CHASSIS, "Inlet Temperature", "", "", True),
        (MEMORY, "Processor", "", "module 3", False),
        (MEMORY, "Processor", "3", "module 3", True),
        (MEMORY, "Switch 1 Processor", "1", "module 1", False),
        (ASIC, "Slot 3 ASIC 1", "", "module 1", False),
        (ASIC, "Slot 3 ASIC 1", "", "module 3", True),
    ],
)
def test_only_a_test_of_the_own_place_is_a_proof(component: Component, item: str, slot: str, place: str, proof: bool) -> None:
    assert proven(component, item, page(place), slot) == ([Condition.FAILED] if proof else [])


def test_of_two_members_a_part_without_a_place_has_none() -> None:
    assert proven(CHASSIS, "Inlet Temperature", [*page("switch 1"), *page("switch 2")]) == []


@pytest.mark.parametrize("test", ["TestPortLoopback", "TestLoopback", "TestPortTxMonitoring"])
@pytest.mark.parametrize("component", [CHASSIS, ASIC, MEMORY])
def test_a_port_that_fails_is_no_proof_against_what_holds_it(component: Component, test: str) -> None:
    assert proven(component, "Switch 1", page("switch 1", test)) == []


def test_a_card_with_one_dead_port_fails_neither_its_chassis_nor_the_supervisor() -> None:
    lines = ["module 3: C9400-LC-48U", "    2) TestPortLoopback:", "   Port  1  2  3  4", "  -------------------", "         .  F  .  ."]
    assert proven(CHASSIS, "C9300-48P", lines) == proven(SUPERVISOR, "Slot 1 Supervisor", lines, "1") == []
    assert proven(Component.MODULE, "Slot 3 Linecard", lines) == [Condition.FAILED]
