"""What a lab device says over SNMP and what it prints agree, as healthd's own readers understand both."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from healthd import cycle, modules, platforms
from healthd.collectors import _outputs
from healthd.lab import examples
from healthd.lab.faults import Fault
from healthd.lab.network import Network
from healthd.lab.parts import Spec
from healthd.lab.shows import commands, printed
from healthd.lab.wire import LabWire
from healthd.model.answer import Answers
from healthd.model.device import Device
from healthd.model.poll import Poll
from healthd.model.request import Show

NOW = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
GOOD = {"on", "normal", "up", "ok", "ready"}
NAMES = list(examples.network(NOW).specs)


@dataclass(frozen=True)
class Said:
    snmp: Poll
    cli: Poll


@cache
def healthy() -> Network:
    return examples.network(NOW)


def said(network: Network, name: str) -> Said:
    """Return what healthd reads out of one device: of its whole MIB, and of everything that its command line shows."""
    spec = network.specs[name]
    over_snmp = Device(name=name, customer=spec.customer, address=spec.address, platform=spec.platform, snmp="lab")
    system = modules.load(platforms, spec.platform).PLATFORM
    readers = _outputs.readers((system.name, *system.like))
    shown = {Show(c): text for c in commands(spec.platform) if c.startswith("show ") and (text := printed(network, name, c, NOW))}
    answers = Answers(gets={}, walks={}, shows=shown, unsupported=frozenset(), requests=len(shown))
    return Said(asyncio.run(cycle.poll(over_snmp, LabWire(network, NOW), NOW)), cycle.gather(over_snmp, system, readers, answers, NOW))


@cache
def calm(name: str) -> Said:
    return said(healthy(), name)


def states(poll: Poll, metric: str) -> dict[str, object]:
    return {r.item: r.value for r in poll.readings if r.metric == metric}


def bad(poll: Poll, metric: str) -> int:
    """Return how many things are not well; the same thing in ENVMON and in the FRU table is one."""
    return len({r.index for r in poll.readings if r.metric == metric and r.value not in GOOD})


def port(spec: Spec, name: str) -> int:
    return next(p.index for p in spec.ports if name.lower() in (p.name.lower(), p.short.lower()))


@pytest.mark.parametrize("name", NAMES)
def test_the_same_machine_stands_behind_both(name: str) -> None:
    one, other = calm(name).snmp, calm(name).cli
    assert not other.errors
    assert (other.system.version, other.system.platform) == (one.system.version, one.system.platform)
    assert {(p.pid, p.serial) for p in one.parts if p.pid and p.serial} <= {(p.pid, p.serial) for p in other.parts}
    assert other.system.serial in ("", one.system.serial)


@pytest.mark.parametrize("name", NAMES)
def test_interfaces_are_the_same_in_the_same_state(name: str) -> None:
    spec = healthy().specs[name]
    one = {port(spec, i.name): (i.admin, i.oper) for i in calm(name).snmp.interfaces}
    other = {port(spec, i.name): (i.admin, i.oper) for i in calm(name).cli.interfaces}
    hidden = {p.index for p in spec.ports if p.name.startswith("StackSub")}
    assert set(other) == set(one) - hidden
    assert {index: state for index, state in one.items() if index not in hidden} == other


@pytest.mark.parametrize("name", NAMES)
def test_sessions_and_clock_are_in_the_same_state(name: str) -> None:
    for metric in ("bgp.peer.state", "ospf.neighbor.state", "hsrp.state", "ntp.synchronised"):
        assert states(calm(name).cli, metric) == states(calm(name).snmp, metric), metric


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_a_healthy_device_is_bad_in_either(name: str) -> None:
    for metric in ("psu.state", "fan.state", "temperature.state", "module.state", "stack.member.state"):
        assert not bad(calm(name).cli, metric), metric
        assert not bad(calm(name).snmp, metric), metric
    assert states(calm(name).cli, "psu.state"), "the command line names the supplies of every device"


FAULTS = [
    ("psu-failed", "psu.state", ["ldn-acc-01", "ldn-core-01", "ldn-dc-01", "ldn-edge-01", "man-rtr-01", "hz-pe-01", "hz-acc-02", "sz-rtr-01"]),
    ("psu-noinput", "psu.state", ["ldn-acc-01", "ldn-core-01", "ldn-dc-01", "hz-pe-01"]),
    ("fan-failed", "fan.state", ["ldn-acc-01", "ldn-core-01", "ldn-dc-01", "hz-pe-01", "hz-acc-02", "sz-rtr-01"]),
    ("temperature", "temperature.state", ["ldn-acc-01", "ldn-core-01", "hz-acc-02", "sz-rtr-01"]),
    ("module-failed", "module.state", ["ldn-edge-01", "hz-pe-01"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "metric", "name"),
    [(k, m, n) for k, m, names in FAULTS for n in names],
    ids=[f"{k}-{n}" for k, _, names in FAULTS for n in names],
)
def test_what_fails_fails_in_both(kind: str, metric: str, name: str) -> None:
    broken = said(examples.network(NOW, [Fault(device=name, kind=kind, start=(NOW - timedelta(minutes=5)).timestamp())]), name)
    assert bad(broken.snmp, metric) == 1
    assert bad(broken.cli, metric) >= 1


@pytest.mark.parametrize("kind", ["psu-failed", "fan-failed", "temperature"])
def test_a_firewall_tells_on_its_command_line_what_it_has_no_object_for(kind: str) -> None:
    broken = said(
        examples.network(NOW, [Fault(device="ldn-fw-01", kind=kind, start=(NOW - timedelta(minutes=5)).timestamp())]), "ldn-fw-01"
    )
    assert bad(broken.cli, {"psu-failed": "psu.state", "fan-failed": "fan.state"}.get(kind, "temperature.state")) == 1
