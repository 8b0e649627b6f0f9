"""The environment as ISR G2, 7200, ASR 901 and Catalyst 4500 and 6500 print it: sentences, one for each thing."""

import re
from collections.abc import Callable, Iterator

from healthd.collectors.shows import _hardware, _words
from healthd.model.observation import Fact

_Read = Callable[[re.Match[str], str], Iterator[Fact]]

_WORD = (
    r"(?:normal|ok|good|warning|critical|failed|fail|failure|faulty|bad|shutdown|not present|not functioning|absent|alarm|red|yellow|green)"
)


def _volts(found: re.Match[str], source: str) -> Iterator[Fact]:
    yield from _hardware.sensor(f"{found[1].strip()} Supply", found[3], source, (float(found[2]), "V"))


def _fan(found: re.Match[str], source: str) -> Iterator[Fact]:
    speed = found.groupdict().get("speed")
    unit = "%" if speed and "rpm" not in found[0].lower() else "rpm"
    yield from _hardware.fan(" ".join(found["item"].split()), found["word"], source, (float(speed), unit) if speed else None)


def _heat(found: re.Match[str], source: str) -> Iterator[Fact]:
    yield from _hardware.heat(" ".join(found["item"].split()), found["word"] or "", source, float(found["value"]))


def _supply(found: re.Match[str], source: str) -> Iterator[Fact]:
    pid = found.groupdict().get("pid") or ""
    yield from _hardware.supply(" ".join(found["item"].split()), _words.supply(found["word"]), source, (pid, ""), raw=found["word"])


def _chassis_supply(found: re.Match[str], source: str) -> Iterator[Fact]:
    """A row of Catalyst 6500's "show power": fan, output and the supply itself each have a state."""
    item, (fan, output, state) = f"PS {found[1]}", (_words.supply(found[n]) for n in (3, 4, 5))
    whole = "failed" if output not in ("on", "unknown") and state == "on" else state
    whole = "onButFanFail" if whole == "on" and fan in ("failed", "onButFanFail") else whole
    yield from _hardware.supply(item, whole, source, (found[2], ""), raw=found[5])


def _empty_supply(found: re.Match[str], source: str) -> Iterator[Fact]:
    yield from _hardware.supply(f"PS {found[1]}", "notPresent", source, raw="none")


_SENTENCES: tuple[tuple[str, _Read], ...] = (
    # ASR 901: "12AV  Supply: +0.000 V Failed", "Fan 2 Operation: Failed", "Board temperature,  temperature = 45 (C), Normal"
    (rf"([\d.]+[A-Z]*V)\s+supply:\s*([+-]?[\d.]+)\s*V\s+({_WORD})", _volts),
    (rf"(?P<item>fan\s+\d+)\s+operation:\s*(?P<word>{_WORD})(?:, is running at (?P<speed>\d+)\s+percent)?", _fan),
    (rf"(?P<item>\w[\w ]*temperature),\s+temperature\s*=\s*(?P<value>-?\d+)\s*\(C\),\s*(?P<word>{_WORD})", _heat),
    # ISR G2: "Fan 1 OK, Low speed setting", "CPU temperature: 62 Celsius, Normal", "Internal Power Supply 1 12V Output Status: Normal"
    (rf"(?P<item>(?:fan|fan tray)\s+\d+(?:\.\d+)?)\s*:?\s+(?P<word>{_WORD})\b", _fan),
    (rf"(?P<item>\S[\w ()/-]*?)\s+temperature:\s*(?P<value>-?\d+)\s*Celsius,\s*(?P<word>{_WORD})", _heat),
    (rf"(?P<item>(?:internal |external )?(?:redundant )?power supply(?: \d+)?(?: [\d.]+V)?) (?:output )?status\s*:\s*(?P<word>{_WORD})", _supply),
    (rf"(?P<item>power supply \d+) is [^.\n]*?\.\s*unit is (?P<word>on|off|{_WORD})", _supply),
    (rf"(?P<item>(?:system )?power supply(?: \w+)?)\s*:\s*(?P<word>{_WORD})\s*$", _supply),
    (r"(?P<item>power supply \d+) is (?P<word>empty|absent|not present|failed)\b", _supply),
    (r"(?P<item>fan \d+) (?:is believed to be|has) (?P<word>working|failed)", _fan),
    (rf"(?P<item>fan ?tray)\s*:\s*(?P<word>{_WORD})\b", _fan),
    # Catalyst 6500: "fan-tray 1 fan-fail: OK", "power-supply 1 power-output-fail: OK", "VTT 1 outlet temperature: 25C"
    (rf"(?P<item>fan-tray \d+) fan-fail:\s*(?P<word>{_WORD})", _fan),
    (rf"(?P<item>power-supply \d+) fan-fail:\s*(?P<word>{_WORD})", _fan),
    (rf"(?P<item>power-supply \d+) power-output-fail:\s*(?P<word>{_WORD})", _supply),
    (r"(?P<item>\S.*?) temperature:\s*(?P<value>-?\d+)C\b(?P<word>)", _heat),
    (r"(\d+)\s+(\S*PWR\S*|WS-CAC\S*|WS-CDC\S*|\S+[AD]C\S*)\s+[\d.]+\s+[\d.]+\s+(\S+)\s+(\S+)\s+(\S+)\s*$", _chassis_supply),
    (r"([1-9])\s+none\s*$", _empty_supply),
)  # fmt: skip
_COMPILED = tuple((re.compile(rf"\s*{pattern}", re.IGNORECASE), reader) for pattern, reader in _SENTENCES)


def line(line: str, source: str) -> Iterator[Fact]:
    """Yield what *line* says, by the first sentence that fits it."""
    for pattern, reader in _COMPILED:
        if found := pattern.match(line):
            yield from reader(found, source)
            return
