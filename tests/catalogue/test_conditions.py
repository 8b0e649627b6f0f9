"""What a message or a notification alone says of a part."""

import pytest

from healthd import modules
from healthd.catalogue import conditions, traps
from healthd.catalogue.messages.read import entries
from healthd.collectors.logs.classed import classed
from healthd.collectors.logs.syslog import Context, parse
from healthd.model.finding import Condition
from healthd.model.verdict import Component
from tests.analysis.rules.story import NOW


@pytest.mark.parametrize(
    ("line", "part", "what"),
    [
        ("%PLATFORM-2-PS_FAIL: Power supply 3 failed or shut down (Serial number ART2222F0AB)", Component.PSU, Condition.SUSPECT),
        ("%ASA-1-735012: Power Supply 1: Fan Failure Detected", Component.PSU, Condition.FAILED),
        ("%ASA-1-735002: Cooling Fan 1: Failure Detected", Component.FAN, Condition.FAILED),
        ("%C6KPWR-SP-4-PSOK: power supply 1 turned on.", Component.PSU, Condition.HEALTHY),
        ("%C6KPWR-SP-4-PSREMOVED: power supply removed from slot 2", Component.PSU, Condition.ABSENT),
        ("%EARL-SW2_DFC1-1-EXCESSIVE_PARITY_ERROR: EARL 0: Excessive parity errors have occurred", Component.SUPERVISOR, Condition.FAILED),
        ("%SYS-2-MALLOCFAIL: Memory allocation of 1028 bytes failed from 0x601", Component.MEMORY, Condition.SOFTWARE),
        ("%CFIB-SP-7-CFIB_EXCEPTION: FIB TCAM exception, Some entries will be software switched", Component.ASIC, Condition.CONFIGURATION),
        ("%SYS-1-OVERTEMP: System detected OVERTEMPERATURE condition", Component.CHASSIS, Condition.ENVIRONMENT),
        ("%UDLD-4-UDLD_PORT_DISABLED: UDLD disabled interface Gi1/0/49, unidirectional link detected", Component.OPTIC, Condition.SUSPECT),
        (
            "%IOSXE-3-PLATFORM: R0/0: kernel: %PLATFORM_FEP-1-FRU_PS_SIGNAL_FAULTY: Switch 1: signal on power supply A is faulty",
            Component.PSU,
            Condition.SUSPECT,
        ),
    ],
)
def test_a_message(line: str, part: Component, what: Condition) -> None:
    message = conditions.message_of(classed(parse(line.encode(), Context(received=NOW))))
    assert message is not None
    assert (conditions.component(message), conditions.condition(message)) == (part, what)


@pytest.mark.parametrize("line", ["%LINK-3-UPDOWN: Interface Gi1/0/1, changed state to down", "%SYS-5-CONFIG_I: Configured from console"])
def test_a_message_about_no_part(line: str) -> None:
    message = conditions.message_of(classed(parse(line.encode(), Context(received=NOW))))
    assert message is None or conditions.component(message) is None or conditions.condition(message) is None


def test_every_message_that_may_be_hardware_is_about_a_part_and_heard() -> None:
    for message in entries():
        if message.hardware != "none":
            assert conditions.component(message) is not None, message.tag
            assert conditions.condition(message) in (Condition.SUSPECT, Condition.FAILED), message.tag
            assert message.kind in conditions.kinds(), message.tag


def test_good_news_is_no_fault_and_good_news_of_a_message_that_is_one_does_not_exist() -> None:
    for message in entries():
        assert message.kind not in conditions.good() or message.hardware == "none", message.tag


def test_the_classes_that_notifications_have_are_those_that_notifications_give() -> None:
    given = {kind for member in modules.every(traps) for trap in member.TRAPS for kind in (trap.kind, trap.eased)}
    judged = {kind for kind in given if conditions.of_trap(kind)}
    assert judged <= conditions.kinds()
    assert {kind for kind in conditions.kinds() if conditions.of_trap(kind)} <= given | {"stack.ring-closed", "stack.port-flapping"}
    assert conditions.of_trap("psu.changed") == (Component.PSU, Condition.SUSPECT)
    assert conditions.of_trap("psu.ok") == (Component.PSU, Condition.HEALTHY)
    assert conditions.of_trap("part.removed") == (Component.MODULE, Condition.ABSENT)
    assert conditions.of_trap("temperature.high") == (Component.CHASSIS, Condition.ENVIRONMENT)
    assert conditions.of_trap("stack.ring-open") == (Component.STACK_CABLE, Condition.SUSPECT)
    assert conditions.of_trap("config.changed") is None
