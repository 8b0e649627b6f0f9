"""Readings and parts of hardware as every environment command comes to."""

from collections.abc import Iterator

from healthd.collectors._bays import place
from healthd.collectors.shows import _words
from healthd.model.observation import Fact, Part, Reading

Measured = tuple[float, str]
"""A number and its unit, as the device writes it."""

Limits = tuple[float | None, float | None, float | None, float | None]

_UNSAID = {"", "n/a", "na", "n.a.", "unknown", "none", "not present", "--", "-", "unspecified"}
_SCALES = {"mv": ("voltage", "V", 0.001), "v": ("voltage", "V", 1.0), "ma": ("current", "A", 0.001), "a": ("current", "A", 1.0)}
_SCALES |= {"mw": ("power", "W", 0.001), "w": ("power", "W", 1.0), "watts": ("power", "W", 1.0), "kw": ("power", "W", 1000.0)}
_SCALES |= {"c": ("temperature", "°C", 1.0), "celsius": ("temperature", "°C", 1.0), "degc": ("temperature", "°C", 1.0)}
_SCALES |= {"rpm": ("fan.speed", "rpm", 1.0), "%": ("fan.speed", "%", 1.0)}


def said(value: str) -> str:
    """Return *value* unless it stands for nothing."""
    plain = value.strip()
    return "" if plain.lower() in _UNSAID or set(plain) <= {"-", "*"} else plain


def supply(item: str, state: str, source: str, part: tuple[str, str] = ("", ""), raw: str = "") -> Iterator[Fact]:
    """Yield a supply's state, which is a word of ours already or empty, and the supply as a part where model and serial number (*part*) are told."""
    pid, serial = part
    index = place("powerSupply", item)
    if said(pid):
        yield Part(index=index, kind="powerSupply", name=item, pid=said(pid), serial=said(serial), fru=True)
    if state and not state.startswith("unknown"):
        yield Reading(metric="psu.state", item=item, index=index, value=state, raw=raw or None, source=source)


def fan(item: str, word: str, source: str, speed: Measured | None = None, index: str = "") -> Iterator[Fact]:
    """Yield a fan's state, *word* being the device's, and its *speed* where it turns."""
    where = index or place("fan", item)
    state = _words.fan(word)
    if state:
        yield Reading(metric="fan.state", item=item, index=where, value=state, raw=word, source=source)
    if speed is not None and state not in ("notPresent", "unknown"):
        yield Reading(metric="fan.speed", item=item, index=where, value=speed[0], unit=speed[1], source=source)


def heat(item: str, word: str, source: str, value: float | None = None, limits: Limits | None = None) -> Iterator[Fact]:
    """Yield a temperature's state, *word* being the device's, and its *value* in °C."""
    state = _words.heat(word)
    if state and state != "unknown":
        yield Reading(metric="temperature.state", item=item, index=item, value=state, raw=word, source=source)
    if value is not None and state not in ("notPresent", "notFunctioning"):
        yield Reading(metric="temperature", item=item, index=item, value=value, unit="°C", source=source, limits=limits)


def sensor(item: str, word: str, source: str, measured: Measured, limits: Limits | None = None) -> Iterator[Fact]:
    """Yield the state and value of a sensor, whose unit says what it measures; one that is not there has no value."""
    number, unit = measured
    metric, ours, scale = _SCALES.get(unit.lower().split()[0] if unit else "", ("", "", 1.0))
    if metric == "temperature":
        yield from heat(item, word, source, number, limits)
    elif metric == "fan.speed":
        yield from fan(item, word, source, (number, ours), index=item)
    elif metric:
        state = _words.heat(word) if metric == "voltage" else _words.sensor(word)
        name = "voltage.state" if metric == "voltage" else "sensor.state"
        if state and state != "unknown":
            yield Reading(metric=name, item=item, index=item, value=state, raw=word, source=source)
        if state in ("normal", "ok", "warning", "critical", "nonoperational"):
            value = round(number * scale, 6)
            yield Reading(metric=metric, item=item, index=item, value=value, unit=ours, source=source)
