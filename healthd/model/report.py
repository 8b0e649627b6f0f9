"""A report as data: what is said, before anything is drawn.

Cells and sentences are phrases or plain values, so that the same report can
be written in every language; device strings are plain text and are escaped
by whoever renders them.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from healthd.model.interval import Interval
from healthd.model.phrase import Bilingual, Percent, Phrase


@dataclass(frozen=True, slots=True)
class Name:
    """What names a row: a device or part, never wrapped, with a smaller *note* below it."""

    text: str
    note: Phrase | str = ""


Cell = Phrase | Bilingual | Name | Percent | str | int | float | datetime | date | timedelta | None


class Status(StrEnum):
    """How something is; worst first. Drawn as glyph and word, never by colour alone."""

    CRITICAL = "critical"
    WARNING = "warning"
    UNKNOWN = "unknown"
    MAINTENANCE = "maintenance"
    NORMAL = "normal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A paragraph; *note* makes it small."""

    body: Phrase
    note: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One of the numbers on page 1, with its history and what to compare it with; *key* names it in JSON."""

    key: str
    label: Phrase
    value: Cell
    compared: Phrase | None = None
    history: tuple[float | None, ...] = ()
    alt: Phrase | None = None
    status: Status = Status.NORMAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The numbers of page 1, side by side."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The band on page 1: a status and at most two sentences in plain words."""

    status: Status
    headline: Phrase
    sentences: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """States over a window, drawn as a band with exceptions inked."""

    window: Interval
    spans: tuple[tuple[Status, Interval], ...]
    alt: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Spark:
    """Values at equal distances, None where not measured; *low*..*high* is the scale, *usual* a grey band."""

    values: tuple[float | None, ...]
    alt: Phrase
    low: float | None = None
    high: float | None = None
    usual: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A direct-labelled bar from 0 to *full*, with an optional *mark* for a threshold or the usual."""

    value: float
    full: float
    alt: Phrase
    status: Status = Status.NORMAL
    mark: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A table's column.

    *key* names it in JSON and CSV, *unit* stands in the header, *align* is
    left or right, *width* in percent where fixed, *digits* are the decimals of
    a number. A column with an *axis* shows that window's hours in its header.
    """

    key: str
    title: Phrase
    unit: str = ""
    align: str = "left"
    width: float | None = None
    keep: bool = False  # do not wrap
    digits: int = 0
    axis: Interval | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of cells; the first cell of a row names it.

    A page shows the rows from *start* up to *stop*; programs get all of them.
    *overflow* says what was left out, with its number as ``{n}``; *more* is
    said in any case. *empty* stands for a table without rows. A table that
    *continues* the one of that key shows the rows which that one left.
    *legend* explains the marks of its strips. *dense* is for long lists: a
    row takes one line. *whole* is for a table that means nothing without all
    of its rows.
    """

    key: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell | Status | Strip | Spark | Bar, ...], ...]
    start: int = 0
    stop: int | None = None
    overflow: Phrase | None = None
    continues: str = ""
    caption: Phrase | None = None
    more: Phrase | None = None
    empty: Phrase | None = None
    legend: tuple[tuple[Status, Phrase], ...] = ()
    dense: bool = False
    whole: bool = False

    @property
    def shown(self) -> tuple[tuple[Cell | Status | Strip | Spark | Bar, ...], ...]:
        """The rows that a page shows."""
        return self.rows[self.start : self.stop]

    @property
    def left(self) -> Phrase | None:
        """What is said of the rows after the last one shown, None when there are none."""
        n = 0 if self.stop is None else len(self.rows) - self.stop
        return None if n <= 0 or self.overflow is None else Phrase(self.overflow.template, (("n", n),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """One cell a day, oldest first: its worst state and the number of devices concerned; no state before measuring began."""

    days: tuple[tuple[date, Status | None, int], ...]
    alt: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Words and what they mean here, one below the other."""

    terms: tuple[tuple[Phrase, Phrase], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A larger time series: lines of (label, epoch seconds, values) with an axis in *unit*."""

    title: Phrase
    unit: str
    lines: tuple[tuple[str, tuple[float, ...], tuple[float | None, ...]], ...]
    alt: Phrase
    mark: float | None = None


Block = Text | Figures | Verdict | Table | Calendar | Chart | Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a report with the question it answers.

    *key* names it in JSON. *chapter* opens a chapter of that title before it,
    on a new page if *page*. Two *half* sections in a row stand side by side.
    What is in the *appendix* does not count as pages of the report.
    """

    key: str
    title: Phrase | None = None
    question: Phrase | None = None
    blocks: tuple[Block, ...] = ()
    chapter: Phrase | None = None
    page: bool = False
    half: bool = False
    appendix: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A whole table that travels with the report as CSV, whatever the pages leave out."""

    name: str
    description: Phrase
    table: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A whole report of one customer; *data_until* is the newest value it contains.

    *edition* is 0 while the day is not over. *zone* is the customer's time
    zone, in which every time is printed. *lead*
    stands above the title. *notices* are what the reader has to know before
    anything else: that the day is not over, why a later edition was made.
    """

    kind: str
    title: Phrase
    customer: str
    customer_title: str
    window: Interval
    made: datetime
    data_until: datetime | None
    sections: tuple[Section, ...]
    status: Status
    footer: str = ""
    edition: int = 1
    zone: str = "UTC"
    lead: tuple[Phrase, ...] = ()
    notices: tuple[Phrase, ...] = ()
    attachments: tuple[Attachment, ...] = ()
