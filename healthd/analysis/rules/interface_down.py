"""An interface that was up is down.

What: its operational state is not up any more though its administrative state is, and it was up inside the window, or lately where it carries.
Why: on a port that carries the network a path or its reserve is gone; on an access port somebody may just have gone home.
Remedy: look at the other end, the optics and the cable.
Source: IF-MIB::ifOperStatus, ifAdminStatus; log messages and notifications of the class interface.up.

Ports that are shut down, that were never up, or whose device is silent say nothing, and neither do those that the device has called up
since it was asked. Access ports are one notice per device.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import takewhile

from healthd.analysis.ports import Port, current, is_up_by_will, ports
from healthd.analysis.present import MAX_AGE, present
from healthd.analysis.rules._rolled import Hit, told
from healthd.analysis.stream.links import STATES, newest
from healthd.model.finding import Finding, Level
from healthd.model.history import History
from healthd.model.observation import Observation
from healthd.model.phrase import Phrase, say
from healthd.model.poll import Poll, Series

NEEDS = ("interface.oper", "interface.admin", "interface.errdisabled", "events")
DOWN = ("down", "lowerLayerDown", "notPresent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """*max_age* is how old a state may be to count as present."""

    max_age: timedelta = MAX_AGE


_ADVICE = say("Check the port at its other end, the optics and the cable.")


def check(history: History, limits: Limits, now: datetime) -> Iterator[Finding]:
    """Yield one finding per carrying port that went down, and one notice per device for its access ports."""
    known = ports(history, now, limits.max_age)
    # A port that the switch has shut is another finding.
    disabled = {(s.device, s.reading.index.partition(".")[0]) for s in present(history, "interface.errdisabled", now, limits.max_age)}
    down = [
        (series, port)
        for series, port in current(history, "interface.oper", known, now, limits.max_age)
        if series.values[-1] in DOWN
        and is_up_by_will(port)
        and (series.device, series.index) not in disabled
        and _was_up(history, series, port)
        and not _is_up_again(history, series, port)
    ]
    shut = {place for device in {series.device for series, _ in down} for place in _shut(history.poll(device))}
    hits = (_hit(series, port) for series, port in down if (series.device, series.index) not in shut)
    yield from told("interface_down", hits, _together, _ADVICE)


def _shut(poll: Poll | None) -> Iterator[tuple[str, str]]:
    """Yield device and ifIndex of the ports that were shut by configuration when the device was last read."""
    if poll is not None:
        shut = (r for r in poll.readings if r.metric == "interface.admin" and r.value != "up")
        yield from ((poll.device, r.index) for r in shut)


def _was_up(history: History, series: Series, port: Port) -> bool:
    """Say whether the port was up inside the window; one that carries is remembered for longer."""
    return "up" in series.values or (port.carries and "up" in history.words(series.metric, series.device, series.item))


def _is_up_again(history: History, series: Series, port: Port) -> bool:
    """Say whether the device called the port up after it was asked: a linkUp is quicker than the next sweep."""
    names, asked = {port.row.name, port.row.description} - {""}, datetime.fromtimestamp(series.times[-1], UTC)
    later = takewhile(lambda event: event.received > asked, reversed(history.events(series.device, STATES)))
    return newest((event for event in later if event.item in names), asked) == "up"


def _hit(series: Series, port: Port) -> Hit:
    last_up = max((i for i, word in enumerate(series.values) if word == "up"), default=-1)
    since = datetime.fromtimestamp(series.times[last_up + 1], UTC)
    seen = series.reading
    return Hit(
        port=port,
        level=Level.WARNING,
        summary=say("Port {port} is down; it was up before.", port=port.label),
        since=since,
        weight=since.timestamp(),
        evidence=(Observation(series.device, datetime.fromtimestamp(series.times[-1], UTC), seen),) if seen else (),
    )


def _together(count: int, names: str) -> Phrase:
    return say("{count} access ports are down that were up before: {names}.", count=count, names=names)
