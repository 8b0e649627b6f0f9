"""Messages, outputs and walks that others published give the verdicts that their own tables give, and no more.

``HEALTHD_WHOLE=1`` flips every state of every walk; by default a few of each.
"""

import asyncio
import csv
import importlib
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from types import ModuleType

import pytest

from healthd import collectors, cycle, modules
from healthd.analysis.judge import judge
from healthd.analysis.recorded import Recorded
from healthd.analysis.verdicts import verdicts
from healthd.catalogue.messages.read import catalogue
from healthd.cli import _parsed
from healthd.collectors.logs.classed import classed
from healthd.collectors.logs.syslog import Context, parse
from healthd.errors import UnknownName
from healthd.model.device import Device
from healthd.model.event import Event
from healthd.model.finding import Condition
from healthd.model.interval import Interval
from healthd.model.observation import Reading
from healthd.model.poll import Poll
from healthd.model.verdict import Component, Verdict
from tests import walks

pytestmark = pytest.mark.corpus
NOW = datetime(2026, 5, 4, 6, 0, tzinfo=UTC)
WHOLE = bool(os.environ.get("HEALTHD_WHOLE"))
HARDWARE = {Condition.FAILED, Condition.SUSPECT}
EDGE = Device(name="edge", customer="c", address="192.0.2.1", snmp="v2")


def judged(device: Device, polls: list[Poll], events: list[Event] = [], at: datetime = NOW) -> tuple[Verdict, ...]:  # noqa: B006
    past = Recorded([device], polls, Interval(at - timedelta(hours=3), at), events={device.name: events})
    return verdicts(judge(past, at), past, {}, at)


# The 290 messages of the fault catalogue, each alone.

ALLOWED = {
    "hardware-RMA": {Condition.SUSPECT},
    "hardware-suspect": {Condition.SUSPECT},
    "environment": {Condition.ENVIRONMENT, Condition.UNPOWERED},
    "software": {Condition.SOFTWARE},
    "config": {Condition.CONFIGURATION},
    "informational": {Condition.HEALTHY, Condition.ABSENT},
}
NO_PART = {"interface", "config", "ha", "scale", "system", "poe"}
"""Classes of which some messages are about no part of the device: nothing is said of them, which is right, too."""
OTHERWISE = {
    "ILACC-5-LATECOLL": "late collisions: a duplex mismatch or the port itself; both are looked into",
    "PM-4-ERR_DISABLE": "the reason in its text decides: settings, or the link",
    "SMART_LIC-2-PLATFORM_ERROR": "a licence is no part",
    "LICENSE-PLAT_CLIENT-2-SIA_INSUFFICIENT_LICENSE": "a licence is no part",
    "KERN-0-SYSTEM_MSG": "what it passes on decides",
    "PMAN-3-RELOAD_SYSTEM": "a reload is no matter of a part; the rule about restarts tells of it",
    "PLATFORM-2-PS_RED_MODE_CHG": "the mode of redundancy has changed: which supply is the matter, it does not say",
}
COMPONENTS = {
    "psu": Component.PSU,
    "fan": Component.FAN,
    "transceiver": Component.OPTIC,
    "linecard": Component.MODULE,
    "memory": Component.MEMORY,
    "asic": Component.ASIC,
    "flash": Component.FLASH,
    "stackmember": Component.STACK_MEMBER,
}


def messages() -> list[dict[str, str]]:
    file = walks.SHARED / "reference" / "cisco" / "fault-catalogue.csv"
    return list(csv.DictReader(file.open(encoding="utf-8"))) if file.exists() else []


TAG = re.compile(r"([A-Z0-9_-]+?)-(?:(?:SP|STDBY|SW\d\w*|DFC\d+|SLOT\d+)-)?(\d)-([A-Z0-9_]+)")


def lines(message: str) -> list[Event]:
    """Return the message in the words that our catalogue knows of it: an example of each entry of that name."""
    found = TAG.fullmatch(message)
    if found is None:
        return []
    facility, _, mnemonic = found.groups()
    known = catalogue().get(f"{facility}-{mnemonic}", ())
    return [classed(parse(m.example.encode(), Context(received=NOW - timedelta(minutes=3), device="edge"))) for m in known]


def test_the_catalogue_of_faults_is_there() -> None:
    if not messages():
        pytest.skip("no catalogue of faults")
    assert len(messages()) == 290
    assert sum(bool(lines(row["message_id"])) for row in messages()) >= 288


@pytest.mark.parametrize("row", messages(), ids=lambda row: row["message_id"])
def test_one_message_alone_means_what_the_catalogue_of_faults_says_and_never_a_failed_part(row: dict[str, str]) -> None:
    poll = Poll(device="edge", at=NOW, up=True)
    found = [v for event in lines(row["message_id"]) for v in judged(EDGE, [poll], [event])]
    assert all(v.state is not Condition.FAILED for v in found)
    if not lines(row["message_id"]) or row["message_id"] in OTHERWISE or (not found and row["component_class"] in NO_PART):
        return
    assert {v.state for v in found} & ALLOWED[row["verdict"]] or (row["verdict"] == "informational" and not found), found
    if row["verdict"].startswith("hardware") and (part := COMPONENTS.get(row["component_class"])):
        own = {v.component for v in found}
        assert part in own or (own <= {Component.PSU, Component.FAN, Component.MODULE, Component.SUPERVISOR, Component.ASIC} and own), found


# What command lines print.


@cache
def scorer() -> ModuleType:
    folder = str(walks.SHARED / "acceptance")
    if folder not in sys.path:
        sys.path.append(folder)
    return importlib.import_module("score_cli")


def outputs() -> Iterator[tuple[str, str, list[Poll]]]:
    """Yield the name and kind of each output with a hint of a fault, and what a device that says it gives."""
    corpus = walks.corpus()
    score = scorer()
    samples = {str(s.path.relative_to(corpus)): s for s in (*score.ntc(corpus / "cli"), *score.genie(corpus / "cli"))}
    with (corpus / "CLI_FAULT_HINTS.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["path"] in samples]
    for row in rows:
        sample = samples[row["path"]]
        text = score.text_of(sample.path)
        try:
            said = _parsed.output(text, _parsed.platform_of(sample.platform), sample.command, NOW)
        except UnknownName:
            continue
        kind = score.fault_kind(row, text) if row["strength"] == "strong" else "weak"
        yield row["path"], kind, [replace(said.poll, device="edge", at=NOW - timedelta(minutes=m)) for m in (5, 0)]


NOT_HARDWARE = (
    "ShowRedundancyApplicationGroup",
    "ShowPlatformResources",
    "ShowFacilityAlarmStatus",
    "show_failover",
    "ShowFailover",
    "show_power_inline",
)
"""Fault words about counters, loads, alarms, units of a pair and powered devices: other rules, or none, speak of these."""


BAD_FANS = "cli/genie/iosxe/cat9k/c9610/ShowEnvAll/golden_output_output.txt"
"""Three fans are bad there, and no word of the hints says so."""


def test_what_the_command_line_says_is_failed_is_suspect_by_itself_and_headers_are_nothing() -> None:
    seen = {"real": 0, "header": 0, "weak": 0, "open": 0}
    for path, kind, polls in outputs():
        found = judged(replace(EDGE, snmp="", ssh="x"), polls)
        ill = {v.state for v in found if v.state in HARDWARE}
        assert Condition.FAILED not in ill, path
        seen[kind] += 1
        if kind == "header" and path not in BAD_FANS:
            assert not ill, (path, found)
        if kind == "real" and not any(word in path for word in NOT_HARDWARE):
            assert found, path
    print(seen)
    assert seen["real"] >= 8, seen


# Walks: healthy ones give nothing, and one state that is flipped gives one verdict.

BAD = {
    "psu.state": ("failed", "critical"),
    "fan.state": ("down", "critical"),
    "module.state": ("failed",),
    "stack.ring": ("notRedundant",),
    "voltage.state": ("critical",),
}
GOOD = {"on", "normal", "up", "ok", "redundant"}


def named() -> set[str]:
    """Return the walks that really hold a fault."""
    file = walks.SHARED / "corpus" / "snmp" / "librenms" / "expected_nonok_states.csv"
    return {row["walk"] for row in csv.DictReader(file.open(encoding="utf-8"))} if file.exists() else set()


def polled(name: str, minutes: float) -> Poll:
    at = NOW - timedelta(minutes=minutes)
    return asyncio.run(cycle.poll(walks.device(name), walks.recorded(name), at))


@pytest.mark.parametrize("name", walks.every())
def test_a_walk_that_holds_no_fault_gives_no_hardware_verdict(name: str) -> None:
    last = polled(name, 0)
    polls = [replace(last, at=NOW - timedelta(minutes=m)) for m in (10, 5)] + [last]
    found = [v for v in judged(walks.device(name), polls) if v.state in HARDWARE]
    assert not found or name in named(), found
    assert all(not v.replaces for v in found)


@cache
def numbers() -> dict[str, dict[str, int]]:
    """Return the numbers of states' words, by their object."""
    every = (item for member in modules.every(collectors) for item in getattr(member, "WORDS", {}).items())
    return {source: {word: number for number, word in words.items()} for source, words in every}


def flips(name: str) -> Iterator[tuple[Reading, int]]:
    """Yield the states of *name* that can be flipped from well to failed, with the number that says so."""
    for reading in polled(name, 30).readings:
        words = numbers().get(reading.source, {})
        word = next((each for each in BAD.get(reading.metric, ()) if each in words), None)
        # A row that describes itself as well in words stays so: only its number is flipped.
        plain = not reading.item.endswith(" RPS") and name != "ios_2960x"
        if word and reading.oid and reading.value in GOOD and (plain or reading.metric != "psu.state"):
            yield reading, words[word]


def chosen() -> list[tuple[str, int]]:
    """Return walks and which of their states to flip."""
    return [
        (name, n)
        for name in walks.every()
        for n, (reading, _) in enumerate(flips(name))
        if WHOLE or n % 29 == 0 or reading.metric == "stack.ring"
    ]


@pytest.mark.parametrize(("name", "number"), chosen() if walks.every() else [])
def test_one_state_that_is_flipped_gives_one_verdict_over_three_polls_and_none_after(name: str, number: int) -> None:
    reading, bad = list(flips(name))[number]
    wire, oid = walks.recorded(name), walks.numbers(reading.oid)
    usual = wire.values[oid]
    before = polled(name, 30)
    usually = {v.finding for v in judged(walks.device(name), [before], at=before.at)}
    wire.values[oid] = bad
    flipped = polled(name, 10)
    wire.values[oid] = usual
    polls, keys = [before], []
    for minutes in (10, 5, 0):
        polls.append(replace(flipped, at=NOW - timedelta(minutes=minutes)))
        found = judged(walks.device(name), polls, at=polls[-1].at)
        keys.append([(v.finding, v.state) for v in found if v.state in HARDWARE and v.finding not in usually])
    if (dark := reading.index) and not keys[0]:
        # A fan inside a supply that is dark anyway stands still for that reason.
        assert name in named(), (reading, dark)
        return
    assert len(keys[0]) == 1, (reading, keys)
    assert keys[0] == keys[1] == keys[2]
    after = NOW + timedelta(minutes=5)
    polls.append(replace(before, at=after))
    past = Recorded([walks.device(name)], polls, Interval(NOW - timedelta(hours=3), after))
    told = verdicts(judge(past, after), past, {keys[0][0][0]: ()}, after)
    assert [v.state for v in told if v.finding == keys[0][0][0]] == [Condition.HEALTHY]
    assert not [v for v in told if v.state in HARDWARE and v.finding not in usually]
