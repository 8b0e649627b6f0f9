"""CISCO-FLASH-MIB, CISCO-CONFIG-MAN-MIB, CISCO-NTP-MIB, POWER-ETHERNET-MIB, CISCO-FIREWALL-MIB: the small ones."""

from collections.abc import Iterator

from healthd.lab.device import Model, powerless
from healthd.lab.mibs._table import ENTERPRISE, counter64, gauge, number, octets, row, scalars, text
from healthd.lab.network import Network
from healthd.lab.signals import Mark, Steps, Wave
from healthd.lab.view import TICKS, Oid, Var

SYNCHRONISED, NOT_SYNCHRONISED = 6, 3
PRIMARY, SECONDARY, ACTIVE, STANDBY, DOWN = 6, 7, 9, 10, 3
NTP_SERVER = "10.255.0.10"


def objects(model: Model, network: Network) -> Iterator[tuple[Oid, Var]]:
    """Yield what the platform has of them."""
    spec = model.spec
    if spec.platform != "asa":
        yield from _flash(model)
        yield from _clock(model)
    if spec.platform in ("ios", "iosxe", "nxos"):
        marks = Mark(model.edited, model.boots), Mark(model.saved, model.boots)
        yield from scalars(f"{ENTERPRISE}43.1.1", {1: (TICKS, marks[0]), 2: (TICKS, marks[1]), 3: (TICKS, marks[1])})
    if spec.pid.endswith(("P", "FPS-L")) and spec.role == "access":
        yield from _power(model)
    if spec.platform == "asa":
        yield from _failover(model, network)


def _flash(model: Model) -> Iterator[tuple[Oid, Var]]:
    most = 2**32 - 1
    for place, flash in enumerate(model.spec.flash, 1):
        yield from row(
            f"{ENTERPRISE}10.1.1.2.1",
            (place,),
            {2: gauge(min(flash.size, most)), 5: number(1), 7: text(flash.name), 8: text(flash.descr or flash.name)},
        )
        yield from row(f"{ENTERPRISE}10.1.1.4.1.1", (place, 1), {
            4: gauge(min(flash.size, most)), 5: gauge(min(flash.free, most)), 8: number(1), 10: text(flash.name), 13: counter64(flash.size), 14: counter64(flash.free),
        })  # fmt: skip


def _clock(model: Model) -> Iterator[tuple[Oid, Var]]:
    lost = model.ntp.when("unsynchronised")
    state = Steps(SYNCHRONISED, tuple((b, e, NOT_SYNCHRONISED) for b, e in lost))
    stratum, leap = Steps(3, tuple((b, e, 16) for b, e in lost)), Steps(0, tuple((b, e, 3) for b, e in lost))
    yield from scalars(
        f"{ENTERPRISE}168.1.1", {1: number(leap), 2: number(stratum), 3: number(-10), 6: text(octets(NTP_SERVER)), 11: number(state)}
    )


def _power(model: Model) -> Iterator[tuple[Oid, Var]]:
    for place, supply in enumerate(model.spec.supplies[:: 2 if model.spec.members else 1], 1):
        drawn = Wave("office", place, model.spec.offset, supply.watts * 0.18, supply.watts * 0.44)
        yield from row("1.3.6.1.2.1.105.1.3.1.1", (place,), {2: gauge(supply.watts * 3 // 5), 3: number(1), 4: gauge(drawn), 5: number(80)})


def _failover(model: Model, network: Network) -> Iterator[tuple[Oid, Var]]:
    spec = model.spec
    theirs = powerless(network.of(spec.partner))
    me, other = (PRIMARY, SECONDARY) if not spec.standby else (SECONDARY, PRIMARY)
    mine = Steps(STANDBY if spec.standby else ACTIVE, tuple((b, e, ACTIVE) for b, e in theirs))
    partner = Steps(ACTIVE if spec.standby else STANDBY, tuple((b, e, DOWN) for b, e in theirs))
    names = {PRIMARY: "Primary unit", SECONDARY: "Secondary unit"}
    for unit, state, word in (
        (4, Steps(2), "Failover LAN Interface"),
        (me, mine, f"{names[me]} (this device)"),
        (other, partner, names[other]),
    ):
        detail = "folink GigabitEthernet1/4" if unit == 4 else "Active unit" if state.base == ACTIVE else "Standby unit"
        yield from row(f"{ENTERPRISE}147.1.2.1.1.1", (unit,), {2: text(word), 3: number(state), 4: text(detail)})
    yield from row(
        f"{ENTERPRISE}147.1.2.2.2.1",
        (40, 6),
        {3: text("number of connections currently in use by the entire firewall"), 5: gauge(Wave("office", 2, spec.offset, 800, 9400))},
    )
