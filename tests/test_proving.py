"""What the command lines of the lab's systems say of a part is the second proof, or the word against it."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from healthd import cycle
from healthd.analysis.judge import judge
from healthd.analysis.recorded import Recorded
from healthd.analysis.verdicts import verdicts
from healthd.errors import TimedOut
from healthd.lab import examples
from healthd.lab.faults import Fault
from healthd.lab.network import Network
from healthd.lab.shows import printed
from healthd.lab.wire import LabWire
from healthd.model.answer import Answers, Value
from healthd.model.device import Device
from healthd.model.finding import Condition
from healthd.model.interval import Interval
from healthd.model.poll import Poll
from healthd.model.request import Request, Show
from healthd.model.secret import Secret
from healthd.model.verdict import Proven, Verdict
from healthd.proving import prove
from healthd.transports.scrub import Scrub

NOW = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
BEGAN = NOW - timedelta(minutes=7)
F, U, X = Condition.FAILED, Condition.UNPOWERED, Condition.ABSENT


@dataclass
class Shell:
    """The command line of one device of the lab, without a session."""

    network: Network
    name: str

    async def ask(self, device: Device, requests: Collection[Request]) -> Answers:
        """Print what the device prints; what it does not know is unsupported."""
        shows = {ask: printed(self.network, self.name, ask.command, NOW) for ask in requests if isinstance(ask, Show)}
        known = {show: text for show, text in shows.items() if text is not None and not text.lstrip().startswith("%")}
        return Answers(shows=known, unsupported=frozenset(set(shows) - set(known)))

    async def sweep(self, device: Device, oids: Collection[str]) -> tuple[Value | None, ...]:
        """Answer nothing: a look asks no numbers."""
        raise NotImplementedError


class Dead(Shell):
    """A command line that does not answer."""

    async def ask(self, device: Device, requests: Collection[Request]) -> Answers:
        """Keep silent."""
        raise TimedOut(f"{device.name}: no answer; the password is hunter2hunter2")


@cache
def scene(name: str, kind: str) -> tuple[Network, Device, Recorded]:
    """Return a device of the lab that a fault happened to, as polls over SNMP saw it."""
    network = examples.network(NOW, [Fault(device=name, kind=kind, start=BEGAN.timestamp())], only=[name])
    spec = network.specs[name]
    device = Device(name=name, customer=spec.customer, address=spec.address, snmp="x", site=spec.site)
    polls = [asyncio.run(_poll(network, device, minutes)) for minutes in (30, 15, 6, 3, 0)]
    device = replace(device, ssh="x", platform=spec.platform)
    return network, device, Recorded([device], polls, Interval(NOW - timedelta(hours=1), NOW))


async def _poll(network: Network, device: Device, minutes: float) -> Poll:
    at = NOW - timedelta(minutes=minutes)
    return await cycle.poll(device, LabWire(network, at), at)


def looked(name: str, kind: str) -> tuple[Verdict, Proven, Verdict]:
    """Return the first verdict, what a look at the part gave, and the verdict after it."""
    network, device, past = scene(name, kind)
    found = judge(past, NOW)
    (first,) = verdicts(found, past, {}, NOW)
    proven = asyncio.run(prove(device, Shell(network, name), first, NOW))
    (then,) = verdicts(found, past, {first.finding: proven.proofs}, NOW)
    return first, proven, then


@pytest.mark.parametrize("name", ["ldn-acc-01", "ldn-core-01", "ldn-edge-01", "ldn-dc-01", "hz-pe-01", "hz-acc-02", "man-rtr-01"])
@pytest.mark.parametrize(("kind", "state"), [("psu-failed", F), ("psu-noinput", U), ("psu-absent", X), ("fan-failed", F)])
def test_the_second_proof_on_every_system(name: str, kind: str, state: Condition) -> None:
    first, proven, then = looked(name, kind)
    assert first.state is (Condition.SUSPECT if state is F else state), "one proof is not enough"
    assert then.state is state
    assert len(proven.files) == 1
    if kind == "psu-failed":
        spec = scene(name, kind)[0].specs[name]
        supply = min(spec.supplies, key=lambda each: each.index)
        built_in = not supply.pid
        assert (then.pid, then.serial) == ((spec.pid, spec.serial) if built_in else (supply.pid, supply.serial))


def test_the_bundle_holds_all_that_was_printed_and_no_secret() -> None:
    network, device, past = scene("ldn-acc-01", "psu-failed")
    (first,) = verdicts(judge(past, NOW), past, {}, NOW)
    secret = "FRU"  # stands for one that a device prints
    proven = asyncio.run(prove(device, Shell(network, device.name), first, NOW, Scrub(known=(Secret(secret),))))
    text = proven.files[0].data.decode()
    assert secret not in text
    assert not any(secret in proof.raw or secret in str(proof.text) for proof in proven.proofs)
    assert next(line for line in text.splitlines() if line.startswith("ldn-acc-01# ")) == "ldn-acc-01# show environment all"
    assert first.item in text.splitlines()[0]


def test_a_command_line_that_keeps_silent_proves_nothing() -> None:
    network, device, past = scene("ldn-acc-01", "psu-failed")
    (first,) = verdicts(judge(past, NOW), past, {}, NOW)
    assert asyncio.run(prove(device, Dead(network, device.name), first, NOW)) == Proven()


def test_a_device_without_a_command_line_is_not_asked() -> None:
    network, device, past = scene("ldn-acc-01", "psu-failed")
    (first,) = verdicts(judge(past, NOW), past, {}, NOW)
    assert asyncio.run(prove(replace(device, ssh=""), Dead(network, device.name), first, NOW)) == Proven()
