"""One row of a table, or one group of scalars, ready to be read into readings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from healthd.model.answer import Answers, Row, text
from healthd.model.observation import Metric, Reading
from healthd.model.request import Get, Walk


@dataclass(frozen=True, slots=True)
class Line:
    """The row *index* of *ask*; a Get is one line whose index is 0.

    What the device left out stays absent: every method gives nothing for it.
    """

    ask: Walk | Get
    index: str
    row: Row

    def number(self, column: str) -> int | None:
        """Return *column* as an integer, None where it is missing or no number."""
        value = self.row.get(column)
        return value if isinstance(value, int) else None

    def text(self, column: str) -> str:
        """Return *column* as text for people; empty where it is missing or its contents are masked."""
        return text(self.row.get(column))

    def oid(self, column: str) -> str:
        """Return the full OID of *column* in this row."""
        if isinstance(self.ask, Walk):
            return f"{self.ask.oid(column)}.{self.index}"
        return dict(self.ask.objects)[column]

    def gauge(self, metric: Metric, item: str, column: str, scale: float = 1) -> Iterator[Reading]:
        """Yield *column* times *scale* as a value of *metric*."""
        if (raw := self.number(column)) is not None:
            yield Reading(
                metric=metric.name,
                item=item,
                value=raw * scale,
                index=self.index,
                raw=raw if scale != 1 else None,
                unit=metric.unit,
                source=f"{self.ask.mib}::{column}",
                oid=self.oid(column),
                scale=scale,
            )

    def state(self, metric: Metric, item: str, column: str, words: Mapping[int, str]) -> Iterator[Reading]:
        """Yield the word of *column*; a number that the MIB does not name is told as itself."""
        if (raw := self.number(column)) is not None:
            yield Reading(
                metric=metric.name,
                item=item,
                value=words.get(raw, str(raw)),
                index=self.index,
                raw=raw,
                source=f"{self.ask.mib}::{column}",
                oid=self.oid(column),
            )

    def said(self, metric: Metric, item: str, column: str) -> Iterator[Reading]:
        """Yield the text of *column*, when it says anything."""
        if value := self.text(column):
            yield Reading(metric=metric.name, item=item, value=value, index=self.index, source=f"{self.ask.mib}::{column}")


def lines(answers: Answers, walk: Walk) -> Iterator[Line]:
    """Yield the rows of *walk*, in the device's order."""
    for index, row in answers.rows(walk).items():
        yield Line(walk, index, row)


def scalars(answers: Answers, get: Get) -> Line:
    """Return the objects of *get* as one line, empty when the device has none of them."""
    return Line(get, "0", answers.row(get))
