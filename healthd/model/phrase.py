"""Sentences that can be said in every language.

A phrase keeps its English template and its values apart until it is printed,
so that the same finding reads English in one report and Chinese in the next.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Union

Value = Union[str, int, float, datetime, date, timedelta, "Phrase"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """*template* is English with ``{name}`` places, the key of its translations; *values* fill them."""

    template: str
    values: tuple[tuple[str, Value], ...] = ()

    def __str__(self) -> str:
        return self.said(str)

    def said(self, translate: Callable[[str], str], show: Callable[[Value], str] = str) -> str:
        """Return the sentence through *translate*; *show* writes numbers, times and durations."""
        words = {k: v.said(translate, show) if isinstance(v, Phrase) else show(v) for k, v in self.values}
        return translate(self.template).format_map(words)


def say(template: str, **values: Value) -> Phrase:
    """Return a phrase. *template* must be a literal: translations are collected from the source."""
    return Phrase(template, tuple(values.items()))
