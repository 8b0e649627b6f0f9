"""A report as one HTML page: Jinja2 with autoescape, so that what devices send is only ever text.

Only this module and ``charts`` make mark-up; both escape every value.
"""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from itertools import accumulate, count
from pathlib import Path
from unicodedata import east_asian_width
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from healthd.model.interval import Interval
from healthd.model.phrase import Phrase, Value, say
from healthd.model.report import Bar, Calendar, Chart, Column, Figure, Name, Report, Section, Spark, Status, Strip, Table
from healthd.reports import charts
from healthd.reports.language import Language, legible

TEMPLATES = Path(__file__).parent / "templates"
WORDS = {
    Status.CRITICAL: say("Critical"),
    Status.WARNING: say("Warning"),
    Status.UNKNOWN: say("Not measured"),
    Status.MAINTENANCE: say("Maintenance"),
    Status.NORMAL: say("Normal"),
}
NAME = 30
"""Characters of a name that stay on one line; the attached CSV has the whole."""
OPEN, CLOSE = "\ue000", "\ue001"
WHOLE = 24
"""Characters of a value that stays on one line inside a sentence."""
NARROW = 200.0
"""Pixels in which five times of day do not fit."""
FULL, HALF = 680.0, 327.0
"""The text's width in pixels: A4 less its margins, and that of a half of two."""
DENSE, AIR, BOLD = 9.6, 9.0, 1.05
"""In pixels the size of a dense table's type and the air beside a cell; how much wider bold letters are."""
ROW = "-row-"
"""Between a table's key and a row's number in the name of a row."""
SLIM, FAT = "iIljtfr.,:;'|!()[]/· ", "MWmw@%"


class Pen:
    """Writes the cells of one report in one language, and numbers its drawings."""

    def __init__(self, report: Report, language: Language) -> None:
        self.report, self.language = report, language
        self._number: Iterator[int] = count(1)

    def cell(self, value: object, column: Column | None = None, *, dense: bool = False) -> Markup | str:  # noqa: PLR0911 - one line a kind of cell
        """Return *value* as the inside of a table cell."""
        if isinstance(value, Status):
            return self.status(value)
        if isinstance(value, Name):
            return self.name(value)
        if isinstance(value, Strip):
            return Markup(charts.strip(value, self.language.say(value.alt), f"h{next(self._number)}", self.wide(column)))
        if isinstance(value, Spark):
            return Markup(charts.spark(value, self.language.say(value.alt), 46 if dense else 64, 12 if dense else 14))
        if isinstance(value, Bar):
            return Markup(charts.bar(value, self.language.say(value.alt)))
        if isinstance(value, date) and not isinstance(value, datetime):
            return self.language.short(value)
        if isinstance(value, float | int) and column:
            return self.language.number(value, column.digits)
        return self.say(value)  # type: ignore[arg-type]

    def long(self, value: object, column: Column) -> bool:
        """May *value* be wider than its column, and has to be clipped? Half a column may be half a page wide."""
        if isinstance(value, Status):
            return False
        said = f"{value.text}  {self.language.say(value.note)}" if isinstance(value, Name) else self.language.say(value)  # type: ignore[arg-type]
        return len(said) > (column.width or 0) * (0.5 if column.key == "device" else 0.8)

    def say(self, value: Value | None) -> Markup | str:
        """Return *value* as mark-up in which names, times and durations do not break in the middle."""
        if not isinstance(value, Phrase):
            return self.language.say(value)
        said = escape(value.said(self.language.translate, self._whole))
        return Markup(str(said).replace(OPEN, '<span class="whole">').replace(CLOSE, "</span>"))

    def _whole(self, value: Value) -> str:
        """Write a value inside a sentence; private signs around it, which no device's text can hold, become its mark-up."""
        said = self.language.say(value)
        short = len(said) <= WHOLE and ("-" in said or isinstance(value, timedelta | datetime))
        return f"{OPEN}{said}{CLOSE}" if short and not (isinstance(value, str) and " " in said) else said

    def status(self, status: Status) -> Markup:
        """Return glyph and word of *status*."""
        word = self.language.say(WORDS[status])
        return Markup('<span class="status {}">{}{}</span>').format(status.value, Markup(charts.glyph(status, word)), word)

    def sign(self, status: Status) -> Markup:
        """Return the glyph of *status* alone."""
        return Markup(charts.glyph(status, self.language.say(WORDS[status])))

    def swatch(self, status: Status, word: Phrase) -> Markup:
        """Return a sample of how a strip shows *status*, with what it means."""
        said = self.language.say(word)
        return Markup("{} {}").format(Markup(charts.swatch(status, said, f"h{next(self._number)}")), said)

    def name(self, name: Name, *, inline: bool = False) -> Markup:
        """Return a name on one line, with its note below, or behind it where a row has one line."""
        shown = name.text if len(name.text) <= NAME else name.text[: NAME - 1] + "…"
        first = Markup('<bdi class="name">{}</bdi>').format(legible(shown))
        if not name.note:
            return first
        return (
            first
            + Markup("{}").format(Markup("&#8194;" if inline else "<br/>"))
            + Markup('<span class="note">{}</span>').format(self.say(name.note))
        )

    def inline(self, name: Name, column: Column, half: bool) -> Markup:
        """Return a name with as much of its note as fits behind it; where the guess is too long, the style cuts after a word."""
        room = ((HALF if half else FULL) * (column.width or 0) / 100 - AIR) / DENSE
        text = _cut(name.text, room / BOLD)
        left = room - BOLD * sum(map(_em, text)) - 1
        return self.name(Name(text, _cut(self.language.say(name.note), left) if left > 2 else ""), inline=True)

    @staticmethod
    def wide(column: Column | None) -> float:
        """Return the width of a strip in pixels: its column less the air beside it."""
        return FULL * (column.width or 40) / 100 - 13 if column else 205

    def figure(self, figure: Figure) -> Markup:
        """Return the history of a number of page 1; the scale is its own."""
        if figure.alt is None:
            return Markup()
        return Markup(charts.spark(Spark(values=figure.history, alt=figure.alt), self.language.say(figure.alt), 104, 20))

    def axis(self, column: Column) -> Markup:
        """Return the hours of a column of strips in the customer's zone, as its header."""
        window = column.axis or Interval(self.report.window.start, self.report.window.end)
        parts = 4 if self.wide(column) > NARROW else 2
        steps = [window.start + window.length * i / parts for i in range(parts + 1)]
        zone = ZoneInfo(self.report.zone)
        labels = [f"{at.astimezone(zone):%H:%M}" for at in steps]
        return Markup(charts.axis([*labels[:-1], "24:00" if labels[-1] == "00:00" else labels[-1]], self.wide(column)))

    def calendar(self, data: Calendar) -> Markup:
        """Return the days, each first of a week and of a month labelled."""
        first = data.days[0][0] if data.days else None
        labels = [
            self.language.short(day) if day == first or day.day == 1 else str(day.day) if not day.weekday() else ""
            for day, _, _ in data.days
        ]
        # The label of a first day is wide; a Monday right beside it would be printed over it.
        wide = [i for i, (day, _, _) in enumerate(data.days) if day in (first, day.replace(day=1))]
        labels = ["" if any(0 < i - j < 3 for j in wide) and i not in wide[1:] else label for i, label in enumerate(labels)]
        return Markup(charts.calendar(data.days, self.language.say(data.alt), labels))

    def chart(self, data: Chart) -> Markup:
        """Return a larger time series, or the sentence that it cannot be drawn."""
        try:
            return Markup(charts.lines(data, self.language.say(data.alt), "Noto Sans CJK SC"))
        except Exception as error:  # noqa: BLE001 - a drawing that fails costs its place, never the report
            why = say("This chart could not be drawn ({reason}); its figures are in the tables.", reason=type(error).__name__)
            return Markup('<p class="note">{}</p>').format(self.language.say(why))

    def stamp(self) -> list[str]:
        """Return edition, newest value and making, each as a sentence."""
        report = self.report
        until = say("data through {at}", at=report.data_until) if report.data_until else say("no data")
        edition = say("Edition {n}", n=report.edition) if report.edition else say("Interim edition")
        stamps = [edition, until, say("made {at}", at=report.made)]
        return [self.language.say(each) for each in stamps]


def _cut(text: str, room: float) -> str:
    """Return as much of *text* as *room* is wide, in sizes of its type, with a sign where something is missing."""
    ends = list(accumulate(_em(character) for character in text))
    if not ends or ends[-1] <= room:
        return text
    return f"{text[: bisect_right(ends, room - 1)].rstrip(' ·(（')}…"


def _em(character: str) -> float:
    """Return about how wide *character* is: enough to guess by, as the style looks after the rest."""
    if east_asian_width(character) in "WF":
        return 1.0
    return 0.32 if character in SLIM else 0.95 if character in FAT else 0.67 if character.isupper() else 0.56


def page(report: Report, language: Language, *, marked: bool = False, head: bool = True) -> str:
    """Return *report* as HTML in *language*, with its *head*; *marked* gives every row a name by which a layout tells its height."""
    pen = Pen(report, language)
    names = {
        "report": report,
        "groups": grouped(report.sections),
        "pen": pen,
        "say": pen.say,
        "plain": language.say,
        "language": language,
        "kind": kind,
        "mark": ROW if marked else "",
        "head": head,
    }
    return environment().get_template("report.html").render(names)


def grouped(sections: tuple[Section, ...]) -> list[list[Section]]:
    """Return the sections as they stand on the page: two halves in a row are one group."""
    groups: list[list[Section]] = []
    for section in sections:
        if is_bare(section):
            continue
        if section.half and not section.appendix and groups and len(groups[-1]) == 1 and groups[-1][0].half:
            groups[-1].append(section)
        else:
            groups.append([section])
    return groups


def is_bare(section: Section) -> bool:
    """Has *section* nothing but a continued table of which no row is left?"""
    return bool(section.blocks) and all(isinstance(b, Table) and b.continues and not b.shown for b in section.blocks)


def kind(block: object) -> str:
    """Return the name of the block's type in small letters, by which the template chooses its form."""
    return type(block).__name__.lower()


@cache
def environment() -> Environment:
    """Return the templates; an undefined name in them is an error."""
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def style() -> str:
    """Return the style sheet."""
    return (TEMPLATES / "report.css").read_text("utf-8")
