"""A small network of made-up devices, written into a real store as polls, sweeps and states, and its report."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from math import sin
from zoneinfo import ZoneInfo

import pytest

from healthd.model.availability import Probe, State, Transition
from healthd.model.device import Contract, Customer, Device
from healthd.model.observation import Interface, Part, Reading, System
from healthd.model.poll import Layout, Poll, Sweep
from healthd.model.report import Report
from healthd.reports import daily
from healthd.reports.facts import Facts
from healthd.reports.gather import Past, day_window, gather, month_window
from healthd.store import database, polls, rollups, states, sweeps
from healthd.store.history import history

DAY = date(2026, 3, 20)
START = datetime(2026, 3, 20, tzinfo=UTC)
PSU = "CISCO-ENTITY-FRU-CONTROL-MIB::cefcFRUPowerOperStatus"
WORDS = {PSU: {2: "on", 8: "failed"}}
GIGABIT = 1_000_000_000
STEP = timedelta(minutes=5)


@dataclass(kw_only=True)
class Net:
    """Devices, what happened to them on the day, and since how many days they are watched; *failed* lost a power supply at 08:00."""

    devices: Sequence[Device]
    changes: Sequence[Transition] = ()
    failed: Sequence[str] = ()
    days: int = 9
    step: timedelta = STEP
    title: str = "Gold Ltd"
    alias: str = ""
    port: str = "Gi0/0/1"
    pid: str = "C9300-48P"
    speed: int = GIGABIT
    zone: str = "UTC"
    watched: bool = True
    customer: Customer = field(init=False)

    def __post_init__(self) -> None:
        contract = Contract(number="C-1", level="7x24x4", availability=99.9)
        self.customer = Customer(code="gold", title=self.title, contract=contract, hotline="+44 20 7946 0000", zone=ZoneInfo(self.zone))

    def fill(self) -> None:
        """Write the past into the open store."""
        states.add("gold", [Transition(device=d.name, at=self._first, state=State.UP) for d in self.devices] if self.watched else [])
        states.add("gold", list(self.changes))
        if self.watched:
            self._look()
        rollups.roll("gold", START)

    def _look(self) -> None:
        for device in self.devices:
            sweeps.put_layout("gold", Layout(device=device.name, readings=self._readings(device), words=WORDS))
        lost = {d.name: [t for t in self.changes if t.device == d.name] for d in self.devices}
        numbered = list(enumerate(self.devices))
        found = [
            Sweep(device=d.name, at=at, values=self._values(n, d, at))
            for at in self._moments()
            for n, d in numbered
            if _up(lost[d.name], at)
        ]
        sweeps.add("gold", found)
        last = {sweep.device: sweep.at for sweep in found}
        polls.add_all("gold", [self._poll(n, d, last[d.name]) for n, d in numbered])
        end = START + timedelta(days=1)
        # Each sweep is a probe too: who is silent at the end has answered before.
        states.add_probes("gold", [Probe(device=name, at=at, answered=True) for name, at in last.items()])
        states.add_probes("gold", [Probe(device=d.name, at=end, answered=_up(lost[d.name], end)) for _, d in numbered])

    @property
    def _first(self) -> datetime:
        return START - timedelta(days=self.days)

    def _moments(self) -> Iterable[datetime]:
        yield from (self._first + n * timedelta(hours=1) for n in range(24 * self.days))
        yield from (START + n * self.step for n in range(int(timedelta(days=1) / self.step)))

    def _poll(self, number: int, device: Device, at: datetime) -> Poll:
        system = System(platform="iosxe", name=device.name, version="17.9.4a", pid=self.pid, serial=f"FOC26{number:06d}")
        parts = (Part(index="1", kind="powerSupply", name="PSU 1", pid="PWR-C1-715WAC", serial=f"LIT26{number:06d}", fru=True, slot="1"),)
        row = Interface(index="7", name=self.port, alias=self.alias, type=6, speed_bps=self.speed, admin="up", oper="up", duplex="full")
        return Poll(device=device.name, at=at, up=True, parts=parts, interfaces=(row,), readings=self._readings(device), system=system)

    def _readings(self, device: Device) -> tuple[Reading, ...]:
        raw = 8 if device.name in self.failed else 2
        return (
            Reading(metric="cpu.busy", item="CPU 1", value=1.0, unit="%", oid="1.1"),
            Reading(metric="memory.used", item="Processor", value=1, index="1", unit="bytes", oid="1.2"),
            Reading(metric="memory.free", item="Processor", value=1, index="1", unit="bytes", oid="1.3"),
            Reading(metric="interface.in.octets", item=self.port, value=0, index="7", unit="bytes", oid="1.4"),
            Reading(metric="interface.in.errors", item=self.port, value=0, index="7", oid="1.5"),
            Reading(metric="psu.state", item="PSU 1", index="1", value=WORDS[PSU][raw], raw=raw, source=PSU, oid="1.6"),
        )

    def _values(self, number: int, device: Device, at: datetime) -> tuple[float, ...]:
        seconds = (at - self._first).total_seconds()
        cpu = 20 + number % 7 + 5 * sin(seconds / 13750)
        octets = int(seconds * (number % 9 + 1) * GIGABIT / 8 / 25)
        errors = int(max(0.0, (at - START).total_seconds() - 50_000) / 1_000) if number == 0 else 0
        raw = 8 if device.name in self.failed and at >= START + timedelta(hours=8) else 2
        return cpu, (50 + number % 5) * 2**20, 50 * 2**20, octets, errors, raw


def _up(lost: Sequence[Transition], at: datetime) -> bool:
    before = [t.state for t in sorted(lost, key=lambda t: t.at) if t.at <= at]
    return not before or before[-1] in (State.UP, State.MAINTENANCE)


def devices(*names: str) -> list[Device]:
    """Return devices called ``name:role:service point:parent``."""
    parts = [(*name.split(":"), "", "", "")[:4] for name in names]
    return [
        Device(name=n, customer="gold", address=f"192.0.2.{i}", role=role, service_point=point, parents=(above,) if above else ())
        for i, (n, role, point, above) in enumerate(parts, 1)
    ]


def facts_of(net: Net, now: datetime = START + timedelta(hours=30, minutes=30)) -> Facts:
    """Return the facts of the day out of the store, as the command line gathers them."""
    window = day_window(net.customer, DAY, now)
    probed = {name: probe.at for name, probe in states.probes("gold").items()}
    weeks = month_window(net.customer, DAY, window)
    day, month = (history(net.customer, net.devices, w) for w in (window, weeks))
    past = Past(customer=net.customer, day=day, month=month, probed=probed, recall=lambda some: history(net.customer, some, weeks))
    return gather(past, now)


@pytest.fixture
def net(sqlite_store: object) -> Callable[..., Net]:
    """Return what writes a network into a fresh store: names as ``name:role:service point:parent``, and what happened."""

    def make(*names: str, **happened: object) -> Net:
        made = Net(devices=devices(*names), **happened)
        made.fill()
        return made

    return make


@pytest.fixture
def facts() -> Callable[..., Facts]:
    """Return what gathers the facts of a network's day."""
    return facts_of


@pytest.fixture
def report() -> Callable[..., Report]:
    """Return what makes the report of a network's day."""
    return lambda net, **at: daily.report(facts_of(net, **at))


def change(device: str, hours: float, state: State, **said: str) -> Transition:
    return Transition(device=device, at=START + timedelta(hours=hours), state=state, **said)


@pytest.fixture(scope="session")
def bad_facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """A day on which one switch lost a supply and was down, one router went down for good, one was not measured, one was maintained."""
    silent = "no SNMP answer in 3 tries of 2 s"
    net = Net(
        devices=devices("core-01:core:HQ core", "acc-01:access::core-01", "edge-01:edge:WAN:core-01", "br-01:branch:Branch:edge-01", "fw-01:firewall"),
        alias="to br-01",
        failed=("acc-01",),
        changes=(
            change("acc-01", 8, State.DOWN, reason=silent), change("acc-01", 9.75, State.UP),
            change("br-01", 23.5, State.DOWN, reason=silent),
            change("edge-01", 2, State.UNMEASURED, reason="not probed"), change("edge-01", 3, State.UP),
            change("fw-01", 22, State.MAINTENANCE, reason="software upgrade", author="Li Wei"), change("fw-01", 23, State.UP),
        ),
    )  # fmt: skip
    database.open_database(database.Settings(url=database.sqlite_url(tmp_path_factory.mktemp("bad") / "healthd.sqlite3")))
    net.fill()
    found = facts_of(net)
    database.close_database()
    return found


@pytest.fixture(scope="session")
def bad(bad_facts: Facts) -> Report:
    """The report of that day."""
    return daily.report(bad_facts)
