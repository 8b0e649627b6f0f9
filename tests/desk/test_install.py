"""healthd sees the new part by itself, says once when something else is there, and takes silence for no proof."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from healthd.desk import install, rma
from healthd.model.observation import Part
from healthd.model.poll import Poll
from healthd.model.rma import Replacement, Step, Stepped, Wanted

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
H = timedelta(hours=1)
BAY = "Switch 1 - Power Supply B"
WANTED = Wanted(number="1-R1", case="1", customer="acme", at=NOW, who="x", branch="hz", device="sw-1", item=BAY, pid="PWR", serial="OLD1")


def told(step: Step, hours: int, **facts: str) -> Stepped:
    return Stepped(at=NOW + hours * H, who="x", step=step, facts=tuple(facts.items()))


def issued() -> Replacement:
    found = rma.begun(WANTED)
    for each in (
        told(Step.ENGINEER_CONFIRMED, 1), told(Step.CUSTOMER_CONFIRMED, 1, name="E", how="mail"),
        told(Step.ORDERED, 2, number="800000004", route="direct"), told(Step.RECEIVED, 3, branch="hz", pid="PWR=", serial="NEW1"),
        told(Step.ISSUED, 4, to="x"),
    ):  # fmt: skip
        found = rma.apply(found, each)
    return found


def installed() -> Replacement:
    return rma.apply(issued(), told(Step.INSTALLED, 5, serial="NEW1", old="OLD1"))


def poll(hours: int, serial: str, device: str = "sw-1", errors: tuple[str, ...] = (), by: tuple[str, ...] = ("snmp",)) -> dict[str, Poll]:
    part = Part(index="2", kind="powerSupply", name=BAY, pid="PWR", serial=serial)
    return {device: Poll(device=device, at=NOW + hours * H, up=True, by=by, parts=(part,), errors=errors)}


def test_the_new_serial_number_in_the_device_verifies_the_step() -> None:
    seen = install.seen(installed(), poll(6, "new1", by=("ssh",)))
    assert seen is not None
    assert (seen.step, seen.who, seen.fact("place"), seen.fact("source")) == (Step.VERIFIED, "healthd", BAY, "show inventory")
    after = rma.apply(installed(), seen)
    assert install.seen(after, poll(7, "NEW1")) is None


def test_it_proves_an_installation_that_nobody_has_entered() -> None:
    seen = install.seen(issued(), poll(6, "NEW1"))
    assert seen is not None
    after = rma.apply(issued(), seen)
    assert (after.serial_in, after.installed) == ("NEW1", NOW + 6 * H)


def test_the_old_part_that_is_still_there_is_said_once() -> None:
    seen = install.seen(installed(), poll(6, "OLD1"))
    assert seen is not None
    assert (seen.step, seen.fact("seen")) == (Step.DISPUTED, f"the old part OLD1 is still in sw-1 ({BAY})")
    after = rma.apply(installed(), seen)
    assert install.seen(after, poll(7, "OLD1")) is None
    later = install.seen(after, poll(8, "NEW1"))
    assert later is not None
    assert rma.apply(after, later).disputed == ""


def test_a_third_part_in_the_bay_and_an_empty_bay_are_said() -> None:
    for serial, words in (("XYZ9", f"{BAY} of sw-1 holds XYZ9, not NEW1"), ("", "sw-1 does not name NEW1 among its parts")):
        seen = install.seen(installed(), poll(6, serial))
        assert seen is not None
        assert seen.fact("seen") == words


def test_the_part_in_another_device_is_found() -> None:
    seen = install.seen(installed(), poll(6, "OLD1") | poll(6, "NEW1", "sw-2"))
    assert seen is not None
    assert seen.fact("seen") == f"NEW1 is in sw-2 ({BAY}), not in sw-1"


def test_a_poll_from_before_one_that_broke_off_and_none_at_all_disprove_nothing() -> None:
    for polls in (poll(5, "OLD1"), poll(4, "NEW1"), poll(6, "OLD1", errors=("entPhysicalTable: timed out",)), {}):
        assert install.seen(installed(), polls) is None
    silent = {name: replace(each, up=False, parts=()) for name, each in poll(6, "OLD1").items()}
    assert install.seen(installed(), silent) is None


def test_nothing_is_said_of_a_part_that_nobody_took_out_yet() -> None:
    assert install.seen(rma.begun(WANTED), poll(6, "NEW1")) is None
    assert install.seen(issued(), poll(6, "OLD1")) is None
