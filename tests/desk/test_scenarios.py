"""Cases whose due times were computed by hand, each with its reason: ``scenarios.yaml``."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from healthd.desk import lifecycle
from healthd.desk.clocks import clocks
from healthd.model.case import Case, Channel, Did, Entry, Priority
from healthd.model.clock import Clock, Kind
from healthd.model.device import Contract, Customer
from healthd.model.tac import PROMISES, Promise, Tac
from tests.desk.lives import opening

SCENARIOS: list[dict[str, Any]] = yaml.load(Path(__file__).with_name("scenarios.yaml").read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - strings only
H = timedelta(hours=1)
LEVELS = {
    "7x24x2": {Priority.P1: replace(PROMISES[Priority.P1], response=H / 6, resolution=2 * H)},
    "parts": {each: replace(promise, rma_stops=True) for each, promise in PROMISES.items()},
}


def _customer(told: dict[str, Any]) -> Customer:
    opens, closes = told.get("hours", "09:00-18:00").split("-") if told.get("hours") != "always" else ("", "")
    contract = Contract(
        number="C-1",
        level=told.get("level", "5x9"),
        hours=(time.fromisoformat(opens), time.fromisoformat(closes)) if opens else None,
        weekdays=frozenset(range(7)) if told.get("days") == "all" else frozenset(range(5)),
    )
    zone = told.get("zone", "Asia/Shanghai")
    return Customer(
        code="acme",
        title="Acme",
        zone=ZoneInfo(zone),
        contract=contract,
        holidays=told.get("holidays", "CN" if zone == "Asia/Shanghai" else ""),
        worked=tuple(datetime.fromisoformat(day).date() for day in told.get("worked", ())),
        free=tuple(datetime.fromisoformat(day).date() for day in told.get("free", ())),
    )


def _entries(told: dict[str, Any], zone: ZoneInfo) -> Iterator[Entry]:
    """Yield the opening, the assignment of its engineer at the same time unless it cannot be, and the entries of the scenario."""
    start, channel = _local(told["opened"], zone), Channel(told.get("channel", "hotline"))
    who = "healthd" if channel is Channel.MONITOR else "mei"
    written = _local(told.get("opened-entered", told["opened"]), zone)
    yield Entry(at=start, entered=written, who=who, channel=channel, did=Did.OPENED)
    if told.get("entitled") != "false":
        yield Entry(at=start, entered=written, who="mei", channel=Channel.HOTLINE, did=Did.ASSIGNED, facts=(("engineer", "li"),))
    for each in told.get("entries", ()):
        yield _entry(dict(each), zone)


def _entry(said: dict[str, str], zone: ZoneInfo) -> Entry:
    at = _local(said.pop("at"), zone)
    own = {"who": said.pop("who", "li"), "did": Did(said.pop("did")), "text": said.pop("text", "")}
    channel, visible = Channel(said.pop("channel", "desk")), said.pop("visible", "") == "true"
    entered = _local(said.pop("entered"), zone) if "entered" in said else None
    facts = {name.removesuffix("-fact"): value for name, value in said.items()}
    times = {name: _local(facts[name], zone).isoformat() for name in ("until", "at") if name in facts}
    return Entry(at=at, entered=entered, channel=channel, visible=visible, facts=tuple({**facts, **times}.items()), **own)


def _local(text: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def _case(told: dict[str, Any], customer: Customer) -> Case:
    first, *others = _entries(told, customer.zone)
    start = opening(at=first.at, priority=Priority[told["priority"]], entitled=told.get("entitled") != "false", channel=first.channel)
    case = lifecycle.apply(lifecycle.folded([start], "2603-0001"), first)
    for each in others:
        lifecycle.check(case, each)
        case = lifecycle.apply(case, each)
    return case


def _said(clock: Clock, name: str, zone: ZoneInfo) -> str:
    value = getattr(clock, name)
    if isinstance(value, datetime):
        return f"{value.astimezone(zone):%Y-%m-%d %H:%M}"
    if isinstance(value, timedelta):
        return f"{value / H:g}"
    return "no" if value is None else value.name if isinstance(value, Priority) else str(value)


def test_there_are_at_least_forty_and_each_has_its_own_name_and_reason() -> None:
    assert len(SCENARIOS) >= 40
    assert len({told["name"] for told in SCENARIOS}) == len(SCENARIOS)
    assert all(told["why"] and told["expect"] for told in SCENARIOS)


@pytest.mark.parametrize("told", SCENARIOS, ids=[told["name"] for told in SCENARIOS])
def test_a_worked_case_is_due_when_it_was_computed_by_hand(told: dict[str, Any]) -> None:
    customer = _customer(told)
    case = _case(told, customer)
    now = _local(told["now"], customer.zone) if "now" in told else max(each.at for each in case.entries)
    found = {each.kind: each for each in clocks(case, customer, Tac(zone=ZoneInfo("UTC"), levels=LEVELS), now)}
    for name, expected in told["expect"].items():
        clock = found.get(Kind(name))
        if expected == "none":
            assert clock is None, told["why"]
            continue
        assert clock is not None, told["why"]
        assert {key: _said(clock, key, customer.zone) for key in expected} == expected, told["why"]


def test_the_promises_that_the_scenarios_count_on_are_the_usual_ones() -> None:
    assert {
        Priority.P1: Promise(response=H / 4, contact=H / 2, update=H, resolution=4 * H, round_the_clock=True),
        Priority.P2: Promise(response=H / 2, contact=H, update=2 * H, resolution=8 * H, round_the_clock=True),
        Priority.P3: Promise(response=2 * H, contact=4 * H, update=24 * H, resolution=72 * H),
        Priority.P4: Promise(response=8 * H, contact=16 * H, update=40 * H),
    } == PROMISES
