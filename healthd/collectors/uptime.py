"""How long the device has been up, beyond the 497 days after which sysUpTime starts over.

Sources: SNMPv2-MIB::sysUpTime (hundredths of a second, 32 bits),
SNMP-FRAMEWORK-MIB::snmpEngineTime and snmpEngineBoots,
OLD-CISCO-SYS-MIB::whyReload.
"""

from collections.abc import Iterator

from healthd.catalogue.mibs.old_cisco import RELOAD
from healthd.catalogue.mibs.snmpv2 import ENGINE, SYSTEM
from healthd.collectors._lines import scalars
from healthd.model.answer import Answers
from healthd.model.observation import Fact, Kind, Metric, Reading

UPTIME = Metric(name="uptime", unit="s", kind=Kind.GAUGE, source="SNMPv2-MIB::sysUpTime")
BOOTS = Metric(name="snmp.engine.boots", unit="", kind=Kind.COUNTER, source="SNMP-FRAMEWORK-MIB::snmpEngineBoots")
ENGINE_TIME = Metric(name="snmp.engine.time", unit="s", kind=Kind.GAUGE, source="SNMP-FRAMEWORK-MIB::snmpEngineTime")
REASON = Metric(name="reload.reason", unit="", kind=Kind.TEXT, source="OLD-CISCO-SYS-MIB::whyReload")
METRICS = (UPTIME, BOOTS, ENGINE_TIME, REASON)
ASKS = (SYSTEM, ENGINE, RELOAD)

CLOCKS = (dict(SYSTEM.objects)["sysUpTime"], *(oid for _, oid in ENGINE.objects))
"""The OIDs of sysUpTime, snmpEngineBoots and snmpEngineTime, which every sweep asks."""

_WRAP_S = 2**32 / 100
# Both clocks start within seconds of each other and drift apart by some parts in a million over years.
_SLACK_S = 600.0


def read(answers: Answers) -> Iterator[Fact]:
    """Yield the uptime, the engine's boots and time, and why the device last restarted."""
    system, engine = scalars(answers, SYSTEM), scalars(answers, ENGINE)
    up, ticks = seconds_up(answers), system.number("sysUpTime")
    if up is not None and ticks is not None and up == ticks * 0.01:
        yield from system.gauge(UPTIME, "", "sysUpTime", 0.01)
    elif up is not None:
        yield Reading(
            metric=UPTIME.name, item="", value=up, index="0", unit="s", source=ENGINE_TIME.source, oid=engine.oid("snmpEngineTime")
        )
    yield from engine.gauge(BOOTS, "", "snmpEngineBoots")
    yield from engine.gauge(ENGINE_TIME, "", "snmpEngineTime")
    yield from scalars(answers, RELOAD).said(REASON, "", "whyReload")


def seconds_up(answers: Answers) -> float | None:
    """Return the seconds since the start of the device, None when it tells none."""
    return clock(scalars(answers, SYSTEM).number("sysUpTime"), scalars(answers, ENGINE).number("snmpEngineTime"))


def clock(ticks: int | None, engine_s: int | None) -> float | None:
    """Return the seconds since the start out of sysUpTime's *ticks* and snmpEngineTime.

    The engine's time counts only where it agrees with sysUpTime but for whole
    wraps: an engine that was restarted alone, or that never was set to 0, is
    no clock of the device.
    """
    if ticks is None:
        return None if engine_s is None else float(engine_s)
    up = ticks * 0.01
    wraps = round((engine_s - up) / _WRAP_S) if engine_s is not None else 0
    agrees = engine_s is not None and wraps > 0 and abs(engine_s - up - wraps * _WRAP_S) <= _SLACK_S
    return float(engine_s) if agrees and engine_s is not None else up
