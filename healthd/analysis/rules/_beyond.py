"""Values beyond the device's own outer thresholds."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from healthd.analysis.present import present
from healthd.analysis.rules._judgement import Judgement, finding, owner
from healthd.analysis.rules._places import inside, optics_of, unpowered
from healthd.model.finding import Finding
from healthd.model.history import History
from healthd.model.observation import Reading


def beyond(metric: str, history: History, judgement: Judgement, now: datetime, max_age: timedelta) -> Iterator[Finding]:
    """Yield one finding per item of *metric* that is beyond an outer limit of its own.

    Inner limits are not looked at: for fans, currents and voltages many
    devices set them the wrong way round. Optics and supplies that deliver
    nothing are left out.
    """
    dark = unpowered(present(history, "psu.state", now, max_age))
    skip = optics_of(history.poll(device.name) for device in history.devices)
    for seen in present(history, metric, now, max_age):
        crossed = limit_crossed(seen.reading)
        if crossed is None or not crossed[1] or seen.reading.index in skip.get(seen.device, ()) or inside(seen, dark):
            continue
        if metric in _OF_OPTICS and not any(part.index == seen.reading.index for part in seen.poll.parts):
            continue  # where it sits is not known; it may be an optic's
        values = {"value": short(seen.reading.value), "limit": short(crossed[0]), "unit": seen.reading.unit}
        yield finding(_RULE.get(metric, "sensor"), seen, judgement, owner(seen, ("sensor",)), **values)


_OF_OPTICS = {"current", "power"}
_RULE = {"voltage": "voltage", "fan.speed": "fan"}


def limit_crossed(reading: Reading) -> tuple[float, bool] | None:
    """Return the limit that the value has crossed and whether it is an outer one; None while it is between them."""
    value, limits = reading.value, reading.limits
    if not isinstance(value, int | float) or limits is None:
        return None
    lowest, low, high, highest = limits
    for bottom, top, outer in ((lowest, highest, True), (low, high, False)):
        if bottom is not None and value < bottom:
            return bottom, outer
        if top is not None and value > top:
            return top, outer
    return None


def short(value: float | str) -> str:
    """Return a measured number with as many digits as a person reads: four, and no exponent."""
    if not isinstance(value, int | float):
        return value
    return f"{value:.0f}" if abs(value) >= 1000 else f"{value:.4g}"
