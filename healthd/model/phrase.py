"""Sentences that can be said in every language.

A phrase keeps its English template and its values apart until it is printed,
so that the same finding reads English in one report and Chinese in the next.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Union


@dataclass(frozen=True, slots=True)
class Percent:
    """A *share* from 0 to 1, printed in percent with *digits* decimals and truncated: 99.999 % never reads 100 %."""

    share: float
    digits: int = 2

    def cut(self) -> Decimal:
        """Return the percentage as it is printed."""
        # repr() is the shortest decimal that means this float, so 0.29 gives 29.00 and not 28.99.
        return (Decimal(repr(self.share)) * 100).quantize(Decimal(1).scaleb(-self.digits), ROUND_DOWN)

    def __str__(self) -> str:
        return f"{self.cut()}%"


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text that was written in both languages at its source, such as a meaning of the catalogue of messages."""

    en: str
    zh: str

    def __str__(self) -> str:
        return self.en


@dataclass(frozen=True, slots=True)
class Quote:
    """What a device said, to be printed word for word and whole."""

    text: str

    def __str__(self) -> str:
        return self.text


Value = Union[str, int, float, datetime, date, timedelta, Percent, Bilingual, Quote, "Phrase"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """*template* is English with ``{name}`` places, the key of its translations; *values* fill them."""

    template: str
    values: tuple[tuple[str, Value], ...] = ()

    def __str__(self) -> str:
        return self.said(str, plain)

    def said(self, translate: Callable[[str], str], show: Callable[[Value], str] = str) -> str:
        """Return the sentence through *translate*; *show* writes numbers, times and durations.

        A sentence inside another loses its full stop. After a full-width bracket stands no space: it brings its own.
        """
        words = {k: v.said(translate, show).rstrip(".。") if isinstance(v, Phrase) else show(v) for k, v in self.values}
        template = translate(self.template)
        for key in (k for k, word in words.items() if word.endswith("）")):
            template = template.replace(f"{{{key}}} ", f"{{{key}}}")
        return template.format_map(words)


_SIZES = ((86400, "d"), (3600, "h"), (60, "min"), (1, "s"))


def largest(value: timedelta) -> tuple[tuple[int, str], ...]:
    """Return the two largest units of *value* (d, h, min, s), each with its number, cut at whole seconds."""
    seconds = int(value.total_seconds())
    parts: list[tuple[int, str]] = []
    for size, unit in _SIZES:
        parts.append((seconds // size, unit))
        seconds %= size
    first = next((place for place, (number, _) in enumerate(parts) if number), len(parts) - 1)
    return tuple(part for part in parts[first : first + 2] if part[0]) or (parts[-1],)


def plain(value: Value) -> str:
    """Return *value* in English, where no report gives its own language, zone and day."""
    if isinstance(value, timedelta):
        return " ".join(f"{number} {unit}" for number, unit in largest(value))
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return str(value)


def say(template: str, **values: Value) -> Phrase:
    """Return a phrase. *template* must be a literal: translations are collected from the source."""
    return Phrase(template, tuple(values.items()))
