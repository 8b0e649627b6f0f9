"""The daemon verifies replaced parts out of the newest polls."""

import pytest

from healthd.daemon.parts import Parts
from healthd.desk import parts
from healthd.model.observation import Part
from healthd.model.rma import Stage, Step
from tests.desk.replacing import PSU, H, pended, poll


@pytest.mark.usefixtures("sqlite_store")
def test_a_part_that_nobody_entered_is_found_by_the_next_look() -> None:
    walk = pended()
    walk.step(Step.ORDERED, number="800000004", route="direct")
    walk.step(Step.RECEIVED, branch="hz", pid="PWR-C1-715WAC", serial="NEW1")
    walk.step(Step.ISSUED, to="li.wei")
    looking = Parts(codes=["acme", "gold"])
    assert looking.turn(walk.at) == 0
    poll(walk.at + H, Part(index="2", kind="powerSupply", name=PSU.name, pid=PSU.pid, serial="NEW1"))
    assert looking.turn(walk.at + H) == 1
    assert (parts.found(walk.number).stage, looking.turn(walk.at + 2 * H)) == (Stage.VERIFIED, 0)
