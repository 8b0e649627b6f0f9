"""The devices that were not up and measured all day: strip of the day, percentage, time lost, CPU."""

from healthd.model.availability import Availability, State
from healthd.model.device import Device
from healthd.model.phrase import Percent, Phrase, say
from healthd.model.report import Cell, Column, Name, Section, Spark, Status, Strip, Table
from healthd.reports.facts import STATES, Facts, told

REPORTS = ("daily",)
ORDER = 40
ROWS = 8


def build(facts: Facts) -> Section | None:
    """Return the devices with downtime or gaps; one sentence when there are none."""
    if not facts.coverage:
        return None
    restless = facts.restless
    if not restless:
        return None
    table = Table(
        key="downtime", columns=columns(facts), rows=tuple(row(facts, d) for d in restless), stop=ROWS,
        overflow=say("and {n} more under Device availability", n=0), more=_rest(facts), legend=legend(facts),
    )  # fmt: skip
    title = say("Devices with downtime or gaps ({n} of {all})", n=len(restless), all=len(facts.in_service))
    return Section(key="downtime", title=title, blocks=(table,))


def columns(facts: Facts) -> tuple[Column, ...]:
    """Return the columns that show one device's day."""
    return (
        Column(key="device", title=say("Device"), width=20, keep=True),
        Column(key="availability", title=say("Available"), align="right", width=9, keep=True),
        Column(key="measured", title=say("Measured"), align="right", width=9, keep=True),
        Column(key="lost", title=say("Lost"), align="right", width=12, keep=True),
        Column(key="day", title=say("The day"), width=37, axis=facts.window),
        Column(key="cpu", title=say("CPU"), unit="0–100%", width=13),
    )


def row(facts: Facts, device: Device) -> tuple[Cell | Status | Strip | Spark, ...]:
    """Return one device's day."""
    a = facts.today.get(device.name)
    name = Name(device.name, facts.model(device.name))
    if a is None:
        return name, None, Percent(0, 1), None, None, None
    measured = None if a.coverage is None else Percent(a.coverage, 1)
    return name, told(a.fraction, a.coverage), measured, a.down or None, strip(a), _cpu(facts, device.name)


def strip(a: Availability) -> Strip:
    """Return the states of the window as a band, with their sum in words."""
    return Strip(window=a.window, spans=tuple((STATES[s.state], s.interval) for s in a.spans), alt=_alt(a))


def _alt(a: Availability) -> Phrase:
    return say(
        "{device}: up {up}, down {down}, unreachable {unreachable}, maintenance {maintenance}, not measured {unmeasured}.",
        device=a.device,
        up=a.up,
        down=a.down,
        unreachable=a.unreachable,
        maintenance=a.maintenance,
        unmeasured=a.unmeasured,
    )


def _cpu(facts: Facts, device: str) -> Spark | None:
    use = next((u for u in facts.uses if u.device == device and u.metric == "cpu"), None)
    if use is None:
        return None
    alt = say("CPU of {device}: mean {mean}%, peak {peak}%.", device=device, mean=round(use.mean, 1), peak=round(use.peak, 1))
    return Spark(values=use.values, low=0, high=100, usual=use.usual, alt=alt)


def _rest(facts: Facts) -> Phrase:
    steady = len(facts.in_service) - len(facts.restless)
    if not steady:
        return say("No device was up and measured the whole time.")
    return say("All other devices ({steady}): 100%, measured the whole time.", steady=steady)


def legend(facts: Facts) -> tuple[tuple[Status, Phrase], ...]:
    """Return the states that strips of the day show, in words."""
    words = {
        State.DOWN: say("down"),
        State.UNREACHABLE: say("not reachable, a device before it was down"),
        State.UNMEASURED: say("not measured"),
        State.MAINTENANCE: say("agreed maintenance"),
        State.UP: say("up"),
    }
    seen = {span.state for a in facts.today.values() for span in a.spans}
    return tuple((STATES[state], word) for state, word in words.items() if state in seen)
