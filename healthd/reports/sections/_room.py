"""How many rows the tables of the log page get, so that they share one page."""

from collections.abc import Mapping, Sequence
from math import ceil

from healthd.analysis.stream.logday import Log
from healthd.analysis.stream.meaning import meaning
from healthd.model.event import Event

PAGE = 112.0
"""Millimetres for the rows of the four tables; severities, senders and the titles take the rest."""
LINE, AIR, NOTE = 3.3, 1.4, 3.6
"""Of a line of text, the space around a row, and the line that says what was left out."""
STEPS: Sequence[Mapping[str, int]] = tuple(
    {"messages": m, "grave": g, "news": n, "notable": e}
    for m, g, n, e in ((15, 10, 5, 6), (15, 8, 3, 4), (12, 8, 3, 4), (12, 6, 3, 3), (10, 5, 3, 3), (8, 4, 2, 2), (6, 3, 2, 2), (6, 2, 1, 1))
)
"""From the most rows to the fewest, one step after the other."""
WIDE = {"messages": 38, "grave": 118, "news": 50, "notable": 98}
"""Characters to a line of each table's text."""


def rows(log: Log) -> Mapping[str, int]:
    """Return the rows of each table by its key: the first step whose rows fit, by the length of their texts."""
    heights = {
        "messages": [_height(_meant(each.sample), "messages") for each in log.messages],
        "grave": [_height(len(each.line.text) + len(each.line.message) + 20, "grave") for each in log.grave],
        "news": [_height(_meant(each.sample), "news") for each in log.first or ()],
        "notable": [_height(min(len(each.event.text), 120) + 20, "notable") for each in log.noted],
    }
    return next((step for step in STEPS if sum(_taken(each, step[key]) for key, each in heights.items()) <= PAGE), STEPS[-1])


def _taken(heights: Sequence[float], stop: int) -> float:
    return sum(heights[:stop]) + (NOTE if len(heights) > stop else 0)


def _meant(line: Event) -> int:
    """Return the characters of a meaning; the Chinese one is the shorter."""
    said = meaning(line)
    return len(said.en) if said else 1


def _height(characters: int, key: str) -> float:
    return ceil(characters / WIDE[key]) * LINE + AIR
