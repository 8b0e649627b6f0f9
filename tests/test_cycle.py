"""One device, top to bottom: who it is, what it is asked over which wire, and one picture of both."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from healthd import cycle, platforms
from healthd.collectors._merged import merged
from healthd.model.answer import Answers, Value
from healthd.model.device import Device
from healthd.model.observation import Fact, Interface, Neighbour, Part, Reading, System
from healthd.model.poll import Layout, Poll
from healthd.model.request import Get, Request, Show

NOW = datetime(2026, 5, 4, 6, 0, tzinfo=UTC)
SHELL = Device(name="n9k", customer="c", address="192.0.2.1", ssh="c/ssh")
PAGES = {
    "show version": "Cisco Nexus Operating System (NX-OS) Software\n  NXOS: version 9.3(8)\n  Processor Board ID FDO00000ABC\n  Device name: leaf-1\n",
    "show inventory": 'NAME: "Chassis",  DESCR: "Nexus9000 C93180YC-EX chassis"\nPID: N9K-C93180YC-EX     ,  VID: V02 ,  SN: FDO00000ABC\n',
    "show environment": "Power Supply:\nSupply    Model      Output  Capacity  Status\n1   N9K-PAC-650W   0 W   650 W   Failed\n",
    "show module": "Mod Ports Module-Type Model Status\n1 54 48x10/25G N9K-C93180YC-EX ok\n",
}


class Shell:
    """A wire of a command line that prints PAGES; it remembers on which platform it was asked what."""

    def __init__(self, pages: dict[str, str]) -> None:
        self.pages, self.asked = pages, list[tuple[str, str]]()

    async def ask(self, device: Device, requests: Collection[Request]) -> Answers:
        shows = {each for each in requests if isinstance(each, Show)}
        assert shows == set(requests), "a device without SNMP is asked nothing over SNMP"
        self.asked += [(device.platform, each.command) for each in shows]
        known = {each: self.pages[each.command] for each in shows if each.command in self.pages}
        return Answers(shows=known, unsupported=frozenset(shows - set(known)), requests=len(shows))

    async def sweep(self, device: Device, oids: Sequence[str]) -> tuple[Value | None, ...]:
        raise NotImplementedError


async def test_a_device_without_snmp_is_polled_over_ssh_alone() -> None:
    wire = Shell(PAGES)
    poll = await cycle.poll(SHELL, wire, NOW)
    assert (poll.up, poll.by, poll.errors) == (True, ("ssh",), ())
    system = poll.system
    assert system is not None
    assert (system.platform, system.name, system.version, system.pid, system.serial) == (
        "nxos",
        "leaf-1",
        "9.3(8)",
        "N9K-C93180YC-EX",
        "FDO00000ABC",
    )
    assert {(r.metric, r.item, r.value) for r in poll.readings} >= {("psu.state", "PS1", "failed"), ("module.state", "slot 1", "ok")}
    assert {platform for platform, command in wire.asked if command != "show version"} == {"nxos"}, "what it is decides how it is asked"
    assert [command for _, command in wire.asked].count("show version") == 1, "each question is asked once"
    assert "show interface" in {command for _, command in wire.asked}


async def test_a_reader_that_fails_costs_its_own_answer_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    from healthd.collectors.shows.nxos import environment

    def broken(text: str, command: str) -> list[Fact]:
        raise KeyError(command)

    monkeypatch.setattr(environment, "read", broken)
    poll = await cycle.poll(SHELL, Shell(PAGES), NOW)
    assert [error.split(":")[0] for error in poll.errors] == ["shows.nxos.environment"]
    assert "module.state" in {r.metric for r in poll.readings}


def test_with_both_wires_the_readers_of_both_are_asked() -> None:
    both = replace(SHELL, snmp="c/v3")
    names = {reader.__name__ for reader in cycle.readers_for(both, platforms.UNKNOWN)}
    assert {"healthd.collectors.system", "healthd.collectors.shows.version"} <= names
    assert not {
        n for n in (r.__name__ for r in cycle.readers_for(replace(SHELL, ssh="", snmp="c/v3"), platforms.UNKNOWN)) if ".shows." in n
    }
    told = {ask.command for ask in cycle.asked(both, cycle.readers_for(both, platforms.UNKNOWN)) if isinstance(ask, Show)}
    assert "show inventory" in told
    assert "show cdp neighbors detail" not in told, "SNMP tells that; the command line is not asked again"


def reading(metric: str, item: str, value: object) -> Reading:
    return Reading(metric=metric, item=item, value=value)  # type: ignore[arg-type]


def test_snmp_comes_first_and_the_command_line_fills_what_is_missing() -> None:
    snmp = [System(name="sw1", version="17.9.4a"), reading("psu.state", "A", "on"), Neighbour(protocol="cdp", remote="x")]
    cli = [
        [System(name="other", serial="FCW1"), reading("psu.state", "A", "failed"), reading("fan.state", "1", "up")],
        [Neighbour(protocol="cdp", remote="y"), Neighbour(protocol="lldp", remote="z"), Part(index="1"), Interface(index="1", name="Gi1")],
    ]
    found = list(merged(snmp, cli))
    assert found[0] == System(name="sw1", version="17.9.4a", serial="FCW1")
    assert [(f.metric, f.value) for f in found if isinstance(f, Reading)] == [("psu.state", "on"), ("fan.state", "up")]
    assert [(f.protocol, f.remote) for f in found if isinstance(f, Neighbour)] == [("cdp", "x"), ("lldp", "z")]
    assert [type(f) for f in found if isinstance(f, Part | Interface)] == [Part, Interface]


def test_what_two_commands_tell_is_told_once_and_one_command_may_repeat_a_serial_number() -> None:
    inventory = [Part(index="Chassis", serial="F1"), Part(index="slot 1", serial="F1"), Part(index="psu 1", serial="L1")]
    module = [Part(index="slot 1", serial="F1"), Part(index="slot 2", serial="F2"), reading("module.state", "slot 1", "ok")]
    assert [f.index for f in merged([], [inventory, module]) if isinstance(f, Part)] == ["Chassis", "slot 1", "psu 1", "slot 2"]


def test_a_poll_that_broke_off_takes_the_names_and_the_numbers_that_were_known_before() -> None:
    fan = Reading(metric="fan.state", item="Fan tray 1", value="up", raw=2, source="X::fan", oid="1.1")
    psu = Reading(metric="psu.state", item="PSU A", value="on", raw=2, source="X::psu", oid="1.2")
    known = Layout(device="n9k", readings=(fan, psu), words={"X::psu": {2: "on"}})
    nameless = replace(fan, item="Fan tray 28")
    broken = Poll(device="n9k", at=NOW, up=True, by=("snmp",), readings=(nameless,), errors=("entPhysicalTable: no answer",))
    poll, layout = cycle.remembered_by(known, broken)
    assert [r.item for r in poll.readings] == ["Fan tray 1"]
    assert [(r.item, r.oid) for r in layout.readings] == [("Fan tray 1", "1.1"), ("PSU A", "1.2")]
    assert layout.words["X::psu"] == {2: "on"}


def test_sweeps_ask_for_lost_neighbours_and_for_nothing_else_that_is_gone() -> None:
    def peer(item: str, oid: str, metric: str = "bgp.peer.state") -> Reading:
        return Reading(metric=metric, item=item, value="established", raw=6, source=f"X::{metric}", oid=oid)

    supply, here = peer("PSU A", "1.9", "psu.state"), peer("a", "1.1")
    known = Layout(device="r", readings=(here, peer("b", "1.2"), peer("c", "1.3"), supply), words={"X::bgp.peer.state": {6: "established"}})
    made = Layout(device="r", readings=(here, peer("d", "1.3")))
    layout = cycle.awaiting(known, made)
    assert [(r.item, r.oid) for r in layout.readings] == [("a", "1.1"), ("d", "1.3"), ("b", "1.2")]
    assert layout.words == known.words
    assert cycle.awaiting(made, made) is made
    many = Layout(device="r", readings=tuple(peer(str(n), f"2.{n}") for n in range(500)))
    assert len(cycle.awaiting(many, made).readings) < 60


def test_a_name_that_a_broken_poll_did_hear_counts_and_a_number_that_moved_is_not_asked_twice() -> None:
    def port(number: str, name: str) -> Reading:
        return Reading(
            metric="interface.oper", item=name, value="up", raw=1, index=number, source="IF-MIB::ifOperStatus", oid=f"1.8.{number}"
        )

    known = Layout(device="n9k", readings=(port("10", "Gi1/0/1"), port("11", "Gi1/0/2"), port("13", "Gi1/0/4")))
    rows = tuple(Interface(index=n, name=name, description=f"Gigabit{name[2:]}") for n, name in (("10", "Gi1/0/2"), ("12", "Gi1/0/1")))
    heard = (port("10", "Gi1/0/2"), port("12", "Gi1/0/1"), port("13", "13"))
    broken = Poll(device="n9k", at=NOW, up=True, by=("snmp",), readings=heard, interfaces=rows, errors=("ifXTable: no answer",))
    poll, layout = cycle.remembered_by(known, broken)
    assert [(r.index, r.item) for r in poll.readings] == [("10", "Gi1/0/2"), ("12", "Gi1/0/1"), ("13", "Gi1/0/4")]
    assert [r.oid for r in layout.readings] == ["1.8.10", "1.8.12", "1.8.13"]


def test_a_reader_of_the_command_line_that_fails_breaks_that_wire_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def torn(_text: str, _command: str) -> list[Fact]:
        raise IndexError("odd line")

    readers = cycle.readers_for(SHELL, next(p for p in platforms.known() if p.name == "nxos"))
    reader = next(each for each in readers if hasattr(each, "reads") and each.reads("show version"))
    monkeypatch.setattr(reader, "read", torn)
    answers = Answers(gets={Get(mib="X", objects=(("x", "1.1"),)): {"x": 1}}, shows={Show("show version"): PAGES["show version"]})
    poll = cycle.gather(SHELL, platforms.UNKNOWN, [reader], answers, NOW)
    assert poll.errors[0].startswith("ssh: ")
    assert "IndexError" in poll.errors[0]
    assert poll.broke(Reading(metric="psu.state", item="1", value="ok", source="show environment"))
    assert not poll.broke(Reading(metric="psu.state", item="1", value="ok", source="X-MIB::psu", oid="1.1"))
