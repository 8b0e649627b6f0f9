"""Interfaces: what they are, whether they are up, and their counters.

Sources: IF-MIB::ifTable and ifXTable (RFC 2863), EtherLike-MIB::dot3StatsTable
(RFC 3635). The row index is ifIndex, which a device may deal out anew when it
restarts; readings are therefore named after the interface.
"""

from collections.abc import Iterator

from healthd.catalogue.mibs.interfaces import DUPLEX, ETHERLIKE, EXTENDED, INTERFACES, SPEED_BEYOND, STATUS
from healthd.catalogue.mibs.snmpv2 import SYSTEM
from healthd.collectors import _names
from healthd.collectors._lines import Line, scalars
from healthd.collectors._octets import mac
from healthd.model.answer import Answers
from healthd.model.observation import Fact, Interface, Kind, Metric, Reading

ADMIN = Metric(name="interface.admin", unit="", kind=Kind.STATE, source="IF-MIB::ifAdminStatus")
OPER = Metric(name="interface.oper", unit="", kind=Kind.STATE, source="IF-MIB::ifOperStatus")
SPEED = Metric(name="interface.speed", unit="bit/s", kind=Kind.GAUGE, source="IF-MIB::ifHighSpeed")
DUPLEX_MODE = Metric(name="interface.duplex", unit="", kind=Kind.STATE, source="EtherLike-MIB::dot3StatsDuplexStatus")
IN_OCTETS = Metric(name="interface.in.octets", unit="bytes", kind=Kind.COUNTER, source="IF-MIB::ifHCInOctets")
OUT_OCTETS = Metric(name="interface.out.octets", unit="bytes", kind=Kind.COUNTER, source="IF-MIB::ifHCOutOctets")
IN_ERRORS = Metric(name="interface.in.errors", unit="packets", kind=Kind.COUNTER, source="IF-MIB::ifInErrors")
OUT_ERRORS = Metric(name="interface.out.errors", unit="packets", kind=Kind.COUNTER, source="IF-MIB::ifOutErrors")
IN_DISCARDS = Metric(name="interface.in.discards", unit="packets", kind=Kind.COUNTER, source="IF-MIB::ifInDiscards")
OUT_DISCARDS = Metric(name="interface.out.discards", unit="packets", kind=Kind.COUNTER, source="IF-MIB::ifOutDiscards")
METRICS = (ADMIN, OPER, SPEED, DUPLEX_MODE, IN_OCTETS, OUT_OCTETS, IN_ERRORS, OUT_ERRORS, IN_DISCARDS, OUT_DISCARDS)
ASKS = (SYSTEM, INTERFACES, EXTENDED, ETHERLIKE)
WORDS = {"IF-MIB::ifAdminStatus": STATUS, "IF-MIB::ifOperStatus": STATUS, "EtherLike-MIB::dot3StatsDuplexStatus": DUPLEX}

_MEGA = 1_000_000
_WRAP_TICKS = 2**32


def read(answers: Answers) -> Iterator[Fact]:
    """Yield each interface and its readings."""
    names, old, new = _names.interfaces(answers), answers.rows(INTERFACES), answers.rows(EXTENDED)
    duplex, ticks = answers.rows(ETHERLIKE), scalars(answers, SYSTEM).number("sysUpTime")
    for index, name in names.items():
        base, more = Line(INTERFACES, index, old.get(index, {})), Line(EXTENDED, index, new.get(index, {}))
        ether = Line(ETHERLIKE, index, duplex.get(index, {}))
        yield _interface(base, more, ether, ticks)
        yield from _readings(name, base, more, ether)


def _interface(base: Line, more: Line, ether: Line, ticks: int | None) -> Interface:
    return Interface(
        index=base.index,
        name=more.text("ifName") or base.text("ifDescr") or base.index,
        description=base.text("ifDescr"),
        alias=more.text("ifAlias"),
        type=base.number("ifType"),
        mtu=base.number("ifMtu"),
        speed_bps=speed(base, more),
        duplex=DUPLEX.get(ether.number("dot3StatsDuplexStatus") or 0, ""),
        admin=STATUS.get(base.number("ifAdminStatus") or 0, ""),
        oper=STATUS.get(base.number("ifOperStatus") or 0, ""),
        mac=mac(base.row.get("ifPhysAddress")),
        last_change_s=_seconds_since(base.number("ifLastChange"), ticks),
    )


def speed(base: Line, more: Line) -> int | None:
    """Return bit/s as the device says, None when it does not.

    ifSpeed is exact (1544000 on a T1) but ends at 4.29 Gbit/s, and some
    agents let it wrap there; ifHighSpeed counts whole Mbit/s without end.
    """
    exact, mega = base.number("ifSpeed"), more.number("ifHighSpeed")
    if not mega:
        return exact
    if exact is None or exact >= SPEED_BEYOND or abs(exact - mega * _MEGA) > _MEGA:
        return mega * _MEGA
    return exact


def _seconds_since(change: int | None, ticks: int | None) -> float | None:
    """Return how long ago *change* was, both in hundredths of a second of sysUpTime, which may have wrapped once in between."""
    return None if change is None or ticks is None else (ticks - change) % _WRAP_TICKS / 100


def _readings(name: str, base: Line, more: Line, ether: Line) -> Iterator[Reading]:
    yield from base.state(ADMIN, name, "ifAdminStatus", STATUS)
    yield from base.state(OPER, name, "ifOperStatus", STATUS)
    if more.number("ifHighSpeed"):
        yield from more.gauge(SPEED, name, "ifHighSpeed", _MEGA)
    elif base.number("ifSpeed") not in (None, SPEED_BEYOND):
        yield from base.gauge(SPEED, name, "ifSpeed")
    if ether.number("dot3StatsDuplexStatus") in DUPLEX:
        yield from ether.state(DUPLEX_MODE, name, "dot3StatsDuplexStatus", DUPLEX)
    yield from _octets(IN_OCTETS, name, base, more, ("ifHCInOctets", "ifInOctets"))
    yield from _octets(OUT_OCTETS, name, base, more, ("ifHCOutOctets", "ifOutOctets"))
    for metric, column in (
        (IN_ERRORS, "ifInErrors"),
        (OUT_ERRORS, "ifOutErrors"),
        (IN_DISCARDS, "ifInDiscards"),
        (OUT_DISCARDS, "ifOutDiscards"),
    ):
        yield from base.gauge(metric, name, column)


def _octets(metric: Metric, name: str, base: Line, more: Line, columns: tuple[str, str]) -> Iterator[Reading]:
    """Yield the 64-bit counter; the 32-bit one, which wraps in 34 s at 1 Gbit/s, only where there is no other."""
    wide, narrow = columns
    yield from more.gauge(metric, name, wide) if more.number(wide) is not None else base.gauge(metric, name, narrow)
