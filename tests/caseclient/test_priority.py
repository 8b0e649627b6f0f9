"""Impact times contract gives a priority, with the reason in words."""

import pytest

from healthd.caseclient.priority import graded
from healthd.model.case import Priority
from healthd.model.coverage import promised
from healthd.model.device import Device
from healthd.model.finding import Condition, Finding, Level
from tests.caseclient.stage import cut, down, found, psu, seen, verdict

DEVICES = [
    Device(name="core", customer="acme", address="192.0.2.1", role="core"),
    Device(name="acc", customer="acme", address="192.0.2.2", role="access"),
    Device(name="new", customer="acme", address="192.0.2.3"),
    Device(name="shop", customer="acme", address="192.0.2.4", role="access", service_point="Shop 7"),
    Device(name="dist", customer="acme", address="192.0.2.5", role="distribution"),
    *(Device(name=f"b{n}", customer="acme", address="192.0.2.9", parents=("dist",)) for n in range(12)),
]
CARD = found("module", "core", "Slot 1", verdict=Condition.FAILED)
STACK = found("stack", "acc", "Switch 2", verdict=Condition.ABSENT)
RING = found("stack", "acc", "Ring", level=Level.WARNING, verdict=Condition.SUSPECT)
PEER = found("redundancy", "core", "Peer unit", level=Level.WARNING, verdict=Condition.SUSPECT)
FAN = found("fan", "acc", "Fan 1", verdict=Condition.FAILED)
FLAPS = found("link_flapping", "acc", "Gi1", level=Level.WARNING)


@pytest.mark.parametrize(
    ("findings", "round_the_clock", "two_hours", "next_day"),
    [
        ([down("core")], 2, 2, 3),
        ([down("dist"), *(cut(f"b{n}") for n in range(12))], 1, 1, 2),
        ([down("dist"), cut("b0")], 2, 2, 3),
        ([down("core"), cut("acc")], 2, 2, 3),
        ([down("shop")], 1, 1, 2),
        ([down("acc")], 3, 3, 3),
        ([down("new")], 2, 2, 3),
        ([CARD], 2, 2, 3),
        ([STACK], 3, 3, 3),
        ([PEER], 3, 2, 3),
        ([RING], 3, 3, 3),
        ([psu("core")], 3, 2, 3),
        ([psu("acc")], 3, 3, 3),
        ([FAN], 3, 3, 3),
        ([FLAPS], 4, 4, 4),
    ],
)
def test_the_table_of_priorities(findings: list[Finding], round_the_clock: int, two_hours: int, next_day: int) -> None:
    (trouble,) = seen(findings, [verdict(f) for f in findings if f.verdict is Condition.FAILED], devices=DEVICES).troubles
    devices = {device.name: device for device in DEVICES}
    levels = [promised(text) for text in ("24x7x4", "24x7x2", "8x5xNBD")]
    assert [graded(trouble, devices, level)[0] for level in levels] == [Priority(n) for n in (round_the_clock, two_hours, next_day)]


def test_the_reason_says_what_is_lost_and_what_was_promised() -> None:
    (trouble,) = seen([down("dist"), *(cut(f"b{n}") for n in range(12))], devices=DEVICES).troubles
    priority, why = graded(trouble, {device.name: device for device in DEVICES}, promised("24x7x4"))
    assert (priority, str(why)) == (Priority.P1, "13 devices have lost service; service level 24x7x4.")


def test_an_unknown_level_lowers_nothing() -> None:
    (trouble,) = seen([down("core")], devices=DEVICES).troubles
    assert graded(trouble, {device.name: device for device in DEVICES}, promised("gold"))[0] is Priority.P2
