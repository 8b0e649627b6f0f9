"""The past reads back as rules and reports need it, from sweeps, full polls and hourly figures alike."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from healthd.analysis.present import present
from healthd.analysis.restarts import all_reboots
from healthd.model.availability import Probe, State, Transition
from healthd.model.device import Customer, Device
from healthd.model.event import Event
from healthd.model.history import History
from healthd.model.interval import Interval
from healthd.model.observation import Reading
from healthd.model.poll import Layout, Poll, Sweep
from healthd.store import events, polls, rollups, states, sweeps
from healthd.store import history as history_
from healthd.store.history import history

START = datetime(2026, 3, 2, tzinfo=UTC)
DAY = Interval(START, START + timedelta(days=1))
ACME = Customer(code="acme", title="Acme", zone=ZoneInfo("Europe/Berlin"))
DEVICES = tuple(Device(name=name, customer="acme", address="127.0.0.1") for name in ("r2", "r1"))
CPU = Reading(metric="cpu.busy", item="CPU 1", value=20.5, unit="%", oid="1.1")
OCTETS = Reading(metric="interface.in.octets", item="Gi1", value=10, index="7", unit="bytes", oid="1.2.7")
PSU = Reading(metric="psu.state", item="PSU A", value="ok", raw=2, source="X::psu", oid="1.3")
LAYOUT = Layout(device="r1", readings=(CPU, OCTETS, PSU))


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def of(window: Interval = DAY) -> History:
    return history(ACME, DEVICES, window)


def rows(found: History, metric: str) -> list[tuple[str, str, tuple[float, ...], tuple[object, ...]]]:
    return [(s.device, s.item, tuple((t - START.timestamp()) / 60 for t in s.times), s.values) for s in found.series(metric)]


def test_a_series_is_each_items_values_inside_the_window_without_what_was_not_given(store: object) -> None:
    sweeps.put_layout("acme", LAYOUT)
    sweeps.add("acme", [Sweep(device="r1", at=at(m), values=(m / 10, m, 2)) for m in (-5, 0, 5, 1440)])
    sweeps.add(
        "acme", [Sweep(device="r1", at=at(10), values=(float("nan"), 2**63 + 1, 2)), Sweep(device="r1", at=at(15), values=(), up=False)]
    )
    assert rows(of(), "cpu.busy") == [("r1", "CPU 1", (0, 5), (0.0, 0.5))]
    assert rows(of(), "interface.in.octets") == [("r1", "Gi1", (0, 5, 10), (0, 5, 2**63 + 1))]


def test_history_follows_the_name_of_an_interface_not_its_index(store: object) -> None:
    renumbered = Reading(metric="interface.in.octets", item="Gi1", value=10, index="9", unit="bytes", oid="1.2.9")
    sweeps.put_layout("acme", LAYOUT)
    sweeps.add("acme", [Sweep(device="r1", at=at(0), values=(1.0, 5, 2))])
    sweeps.put_layout("acme", Layout(device="r1", readings=(renumbered,)))
    sweeps.add("acme", [Sweep(device="r1", at=at(5), values=(7,))])
    assert rows(of(), "interface.in.octets") == [("r1", "Gi1", (0, 5), (5, 7))]
    assert next(iter(of().series("interface.in.octets"))).index == "9"


def test_readings_of_one_item_that_differ_by_index_stay_apart(store: object) -> None:
    twins = tuple(Reading(metric="temperature", item="Inlet", value=1.5, index=index, oid=f"1.{index}") for index in "12")
    sweeps.put_layout("acme", Layout(device="r1", readings=twins))
    sweeps.add("acme", [Sweep(device="r1", at=at(0), values=(20.5, 30.5))])
    assert [(s.index, s.values) for s in of().series("temperature")] == [("1", (20.5,)), ("2", (30.5,))]


def test_states_are_words_from_the_layout_from_polls_or_else_their_number(store: object) -> None:
    sweeps.put_layout("acme", Layout(device="r1", readings=(PSU,), words={"X::psu": {3: "failed"}}))
    sweeps.add("acme", [Sweep(device="r1", at=at(n), values=(raw,)) for n, raw in enumerate((2, 3, 4, 5))])
    taught = Reading(metric="psu.state", item="PSU B", value="unpowered", raw=4, source="X::psu")
    polls.add("acme", Poll(device="r2", at=at(1), up=True, readings=(taught,)))
    assert rows(of(), "psu.state")[0][3] == ("ok", "failed", "unpowered", "5")


def test_what_only_full_polls_read_is_there_and_texts_too(store: object) -> None:
    sweeps.put_layout("acme", LAYOUT)
    sweeps.add("acme", [Sweep(device="r1", at=at(0), values=(1.0, 5, 2))])
    for minute, reason in ((1, "power-on"), (61, "crash")):
        readings = (Reading(metric="reload.reason", item="", value=reason), CPU, Reading(metric="flash.free", item="flash", value=minute))
        polls.add("acme", Poll(device="r1", at=at(minute), up=True, readings=readings))
    assert rows(of(), "reload.reason") == [("r1", "", (1, 61), ("power-on", "crash"))]
    assert rows(of(), "flash.free") == [("r1", "flash", (1, 61), (1, 61))]


def test_what_a_full_poll_says_after_the_last_sweep_is_the_newest_word(store: object) -> None:
    words = {"X::psu": {2: "on", 3: "failed"}}
    sweeps.put_layout("acme", Layout(device="r1", readings=LAYOUT.readings, words=words))
    sweeps.add("acme", [Sweep(device="r1", at=at(m), values=(1.0, m, 2)) for m in (0, 5)])
    for minute, raw in ((2, 2), (7, 3)):
        said = Reading(metric="psu.state", item="PSU A", value=words["X::psu"][raw], raw=raw, source="X::psu", oid="1.3")
        polls.add("acme", Poll(device="r1", at=at(minute), up=True, readings=(CPU, said)))
    assert rows(of(), "psu.state") == [("r1", "PSU A", (0, 5, 7), ("on", "on", "failed"))]
    assert rows(of(), "cpu.busy") == [("r1", "CPU 1", (0, 5, 7), (1.0, 1.0, 20.5))]
    (seen,) = present(of(), "psu.state", at(8))
    assert (seen.word, seen.at, seen.since) == ("failed", at(7), at(7))


def test_a_devices_clocks_are_known_from_every_look_at_it(store: object) -> None:
    def look(minute: int, up: float, boots: int) -> tuple[Reading, ...]:
        said = {"uptime": up, "snmp.engine.boots": boots, "snmp.engine.time": up}
        return tuple(Reading(metric=name, item="", value=value, index="0", oid="1.9") for name, value in said.items())

    polls.add("acme", Poll(device="r1", at=at(0), up=True, readings=look(0, 9000.0, 3)))
    polls.add("acme", Poll(device="r1", at=at(720), up=True, readings=look(720, 3000.0, 4)))
    clocks = [(m, 9000.0 + 60 * m, 3) for m in range(5, 666, 5)] + [(m, (m - 670) * 60.0, 4) for m in range(675, 720, 5)]
    sweeps.add("acme", [Sweep(device="r1", at=at(m), values=(), uptime_s=up, boots=b, engine_s=up) for m, up, b in clocks])
    (outage,) = all_reboots(of())["r1"]
    # Not since the last full poll, twelve hours before: the last sweep still heard it.
    assert (outage.interval.start, outage.interval.end) == (at(665), at(670))


def test_round_trip_loss_and_uptime_are_series_too(store: object) -> None:
    sweeps.add("acme", [Sweep(device="r1", at=at(n), values=(), rtt_ms=n + 0.5, loss_pct=0.0, uptime_s=60.0 * n) for n in range(3)])
    assert rows(of(), "icmp.rtt") == [("r1", "", (0, 1, 2), (0.5, 1.5, 2.5))]
    assert rows(of(), "icmp.loss")[0][3] == (0, 0, 0)
    assert rows(of(), "uptime")[0][3] == (0, 60, 120)


def test_long_windows_are_hourly_figures_and_the_newest_sweeps(store: object) -> None:
    sweeps.put_layout("acme", LAYOUT)
    days = [Sweep(device="r1", at=at(m), values=(float(m % 60), m, 2 if m < 600 else 3), rtt_ms=2.0) for m in range(0, 5 * 1440, 10)]
    sweeps.add("acme", days)
    polls.add(
        "acme",
        Poll(device="r1", at=at(0), up=True, readings=(Reading(metric="psu.state", item="x", value="failed", raw=3, source="X::psu"),)),
    )
    rollups.roll("acme", at(4 * 1440 + 30))
    found = of(Interval(at(0), at(5 * 1440)))
    (_, _, times, values), *_ = rows(found, "cpu.busy")
    assert times[:3] == (0, 60, 120)
    assert values[:3] == (25.0, 25.0, 25.0)
    assert times[96:98] == (5760, 5770)
    assert len(times) == 96 + 144
    assert rows(found, "interface.in.octets")[0][2][:2] == (50, 110)
    assert rows(found, "interface.in.octets")[0][3][:2] == (50, 110)
    assert rows(found, "psu.state")[0][3][:12] == ("ok",) * 10 + ("failed",) * 2


def test_the_newest_answered_poll_and_when_a_device_was_heard(store: object) -> None:
    polls.add("acme", Poll(device="r1", at=at(3), up=True))
    polls.add("acme", Poll(device="r1", at=at(9), up=False, reason="no answer"))
    sweeps.add("acme", [Sweep(device="r1", at=at(m), values=(), up=m < 8) for m in (2, 7, 9, 2000)])
    states.add_probes("acme", [Probe(device="r2", at=at(4), answered=True)])
    found = of()
    assert found.poll("r1") == Poll(device="r1", at=at(3), up=True)
    assert found.poll("r2") is None
    assert (found.heard("r1"), found.heard("r2"), found.heard("r3")) == (at(7), at(4), None)


def test_a_ping_tells_nothing_and_a_sweep_or_a_full_poll_does(store: object) -> None:
    polls.add("acme", Poll(device="r2", at=at(3), up=True))
    sweeps.add("acme", [Sweep(device="r1", at=at(m), values=(), up=m < 8, rtt_ms=1.0) for m in (2, 7, 9)])
    states.add_probes("acme", [Probe(device=name, at=at(20), answered=True, by="icmp") for name in ("r1", "r2")])
    assert (of().told("r1"), of().told("r2"), of().told("r3")) == (at(7), at(3), None)
    later = Interval(START, START + timedelta(days=3))
    assert (of(later).told("r1"), of(later).told("r2")) == (None, at(3)), "after a day or so the daily poll says it"


def test_spans_cover_the_window_and_events_are_in_order(store: object) -> None:
    states.add(
        "acme", [Transition(device="r1", at=at(-60), state=State.UP), Transition(device="r1", at=at(30), state=State.DOWN, reason="silent")]
    )
    happened = [Event(device="r1", received=at(m), kind="device.down", source="poll", before="up", after="down") for m in (50, 30, 2000)]
    events.add("acme", happened)
    found = of()
    assert [(s.state, s.interval.start, s.interval.end) for s in found.spans("r1")] == [
        (State.UP, at(0), at(30)),
        (State.DOWN, at(30), at(1440)),
    ]
    assert [s.state for s in found.spans("r2")] == [State.UNMEASURED]
    assert [e.received for e in found.events("r1")] == [at(30), at(50)]


def test_a_history_never_holds_another_customers_devices(store: object) -> None:
    other = Device(name="r1", customer="other", address="127.0.0.1")
    sweeps.put_layout("other", LAYOUT)
    sweeps.add("other", [Sweep(device="r1", at=at(0), values=(1.0, 5, 2))])
    found = history(ACME, (*DEVICES, other), DAY)
    assert [device.name for device in found.devices] == ["r1", "r2"]
    assert list(found.series("cpu.busy")) == []


def test_a_states_words_and_what_is_gone_are_remembered_from_full_polls_before_the_window(store: object) -> None:
    def supply(name: str, word: str, raw: int) -> Reading:
        return Reading(metric="psu.state", item=name, value=word, raw=raw, source="X::psu", oid=f"1.{name[-1]}")

    days = {-8: ("C", "on"), -3: ("B", "on"), -2: ("A", "failed")}
    for day, (name, word) in days.items():
        polls.add(
            "acme", Poll(device="r1", at=at(day * 1440), up=True, readings=(supply("PSU A", "on", 2), supply(f"PSU {name}", word, 3)))
        )
    polls.add("acme", Poll(device="r1", at=at(1), up=True, readings=(supply("PSU A", "on", 2), CPU)))
    polls.add("acme", Poll(device="r1", at=at(5), up=False, reason="no answer"))
    polls.add("acme", Poll(device="r1", at=at(2000), up=True, readings=(supply("PSU A", "later", 7),)))
    polls.add("acme", Poll(device="r2", at=at(-9000), up=True, readings=(supply("PSU A", "other", 9),)))
    found = of()
    assert found.words("psu.state", "r1", "PSU A") == {"on", "failed"}
    assert (found.words("psu.state", "r1", "PSU B"), found.words("psu.state", "r1", "PSU C")) == ({"on"}, frozenset())
    assert (found.words("psu.state", "r1", "PSU X"), found.words("fan.state", "r1", "PSU A"), found.words("x", "r9", "y")) == (
        frozenset(),
    ) * 3
    assert [(s.device, s.item, s.last, s.times) for s in found.missing("psu.state")] == [
        ("r1", "PSU B", "on", (at(-3 * 1440).timestamp(),))
    ]
    assert list(found.missing("fan.state")) == []


def test_items_that_all_have_other_names_now_are_not_missing(store: object) -> None:
    for minute, names in ((-60, ("PSU A", "PSU B")), (1, ("PS 1", "PS 2"))):
        readings = tuple(Reading(metric="psu.state", item=name, value="on", raw=2, oid=f"1.{name[-1]}") for name in names)
        polls.add("acme", Poll(device="r1", at=at(minute), up=True, readings=readings))
    assert list(of().missing("psu.state")) == []


def test_columns_hold_what_the_series_hold_whatever_layouts_gaps_and_polls_there_are(store: object) -> None:
    ports = tuple(Reading(metric="interface.in.octets", item=f"Gi{n}", value=n, index=str(n), oid=f"1.2.{n}") for n in range(1, 5))
    sweeps.put_layout("acme", Layout(device="r1", readings=ports))
    sweeps.add("acme", [Sweep(device="r1", at=at(m), values=(m, 2**60 + m, m + 0.0, m)) for m in (0, 5, 10)])
    assert [(c.values.dtype.kind, len(c.readings)) for c in of().columns("interface.in.octets")] == [("i", 4)]
    same(of(), "interface.in.octets")
    sweeps.add("acme", [Sweep(device="r1", at=at(15), values=(15, float("nan"), 15.5, 15))])
    same(of(), "interface.in.octets")
    sweeps.put_layout("acme", Layout(device="r1", readings=ports[1:]))
    sweeps.add("acme", [Sweep(device="r1", at=at(20), values=(20, 20, 20)), Sweep(device="r2", at=at(20), values=())])
    late = tuple(replace(port, value=7.5) for port in ports[:2])
    polls.add_all("acme", [Poll(device="r1", at=at(17), up=True, readings=late), Poll(device="r1", at=at(25), up=True, readings=late)])
    same(of(), "interface.in.octets")
    rollups.roll("acme", at(300))
    same(of(Interval(START - timedelta(days=20), START + timedelta(days=1))), "interface.in.octets")
    assert [*of().columns("no.such.metric")] == []


def same(found: History, metric: str) -> None:
    told = {(s.device, s.item): (tuple(s.times), tuple(map(float, s.values))) for s in found.series(metric)}
    rows = [columns.series(row) for columns in found.columns(metric) for row in range(len(columns.readings))]
    assert {(s.device, s.item): (tuple(s.times), tuple(map(float, s.values))) for s in rows} == told
    assert len(rows) == len(told)


def test_of_some_kinds_the_newest_events_of_each_device_are_there_and_a_flood_of_one_takes_none_of_another(
    store: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_, "MOST", 3)

    def told(device: str, minute: float, kind: str) -> Event:
        return Event(device=device, received=at(minute), kind=kind, source="udp", item=f"Gi{minute}")

    events.add(
        "acme", [told("r1", n, "interface.down") for n in range(10)] + [told("r2", 1, "interface.up"), told("r2", 2, "config.changed")]
    )
    kinds = ("interface.down", "interface.up")
    assert [e.item for e in of().events("r1", kinds)] == ["Gi7", "Gi8", "Gi9"]
    assert [e.kind for e in of().events("r2", kinds)] == ["interface.up"]
    assert (len(of().events("r1")), len(of().events("r2")), of().events("r3", kinds)) == (10, 2, ())
