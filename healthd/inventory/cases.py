"""``cases:`` of a ``customer.yaml``: when the machine opens a case by itself. ``docs/cases.md`` says what each means.

cases:
  desk: request_tracker        # where cases go; the service center's own desk when left out
  rules: {bgp: open, interface_down: off}   # off, draft or open, by rule
  others: draft                # all rules that are not named; left out: as docs/cases.md has it
  hold: 2m                     # how long a loss must last
  suspect: 10m                 # how long a first proof waits for a second one
  settle: 5m                   # how long a state must last until it is told
  reopen: 24h                  # so long after its end a case is taken up again
  notices: 3                   # of one case, an hour
  most: 10                     # cases an hour; one digest holds the rest
"""

import re
from collections.abc import Collection, Iterator
from datetime import timedelta
from typing import Any

from healthd.inventory.document import Document, Place, shown
from healthd.model.policy import Mode, Policy

SPANS = ("hold", "suspect", "settle", "reopen")
COUNTS = ("notices", "most")
MODES = tuple(mode.value for mode in Mode)
_KEYS = ("desk", "rules", "others", *SPANS, *COUNTS)
_SPAN = re.compile(r"(\d{1,5})([mhd])")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
LONGEST = timedelta(days=30)


def policy(document: Document, rules: Collection[str]) -> Policy:
    """Return what *document* (a ``customer.yaml``) says about cases; *rules* are the names that there are, empty where nobody knows."""
    entry = document.data.get("cases") if isinstance(document.data, dict) else None
    if entry is None:
        return Policy()
    if not isinstance(entry, dict):
        document.wrong(
            ("cases",), f"cases: found {shown(entry)}; allowed: keys with values; write for example 'rules: {{bgp: open}}' below it"
        )
        return Policy()
    document.known_keys(("cases",), entry, _KEYS, "cases")
    made: dict[str, Any] = dict(_numbers(document, entry))
    if "others" in entry and (mode := _mode(document, ("cases", "others"), entry["others"], "cases: others")):
        made["others"] = mode
    return Policy(**made, desk=str(entry.get("desk") or ""), rules=dict(_rules(document, entry.get("rules"), rules)))


def _rules(document: Document, entry: Any, known: Collection[str]) -> Iterator[tuple[str, Mode]]:
    place: Place = ("cases", "rules")
    if entry is None:
        return
    if not isinstance(entry, dict):
        document.wrong(
            place, f"cases: rules: found {shown(entry)}; allowed: a rule and off, draft or open each; write for example 'bgp: open'"
        )
        return
    if known:
        document.known_keys(place, entry, known, "cases: rules")
    for name, said in entry.items():
        if mode := _mode(document, (*place, name), said, f"cases: rules: {name}"):
            yield str(name), mode


def _mode(document: Document, place: Place, said: Any, what: str) -> Mode | None:
    # YAML 1.1 reads an unquoted off as false.
    word = "off" if said is False else said
    return Mode(word) if document.one_of(place, word, MODES, what) else None


def _numbers(document: Document, entry: dict[str, Any]) -> Iterator[tuple[str, timedelta | int]]:
    for key in SPANS:
        if key in entry and (span := _span(document, ("cases", key), entry[key])) is not None:
            yield key, span
    for key in COUNTS:
        if key in entry:
            said = entry[key]
            if isinstance(said, int) and not isinstance(said, bool) and 1 <= said <= 1000:
                yield key, said
            else:
                document.wrong(("cases", key), f"cases: {key}: found {shown(said)}; allowed: 1 to 1000 an hour; write for example 10")


def _span(document: Document, place: Place, said: Any) -> timedelta | None:
    found = _SPAN.fullmatch(str(said))
    span = int(found[1]) * _UNITS[found[2]] if found else timedelta(0) if said == 0 else None
    if span is None or span > LONGEST:
        document.wrong(place, f"cases: {place[-1]}: found {shown(said)}; allowed: 0 to 30 days as 90m, 24h or 2d; write for example 10m")
        return None
    return span
