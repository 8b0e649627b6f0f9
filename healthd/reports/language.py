"""A language of reports: its words, and how it writes numbers, times and durations.

Words come from the gettext catalogues ``translations/<locale>/*.po``, read
with Babel and merged. English needs none: the templates of phrases are English.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from math import isfinite
from pathlib import Path
from unicodedata import bidirectional
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from healthd.errors import UnknownName
from healthd.model.interval import Interval
from healthd.model.phrase import Bilingual, Percent, Phrase, Quote, Value, largest, say

TRANSLATIONS = Path(__file__).parent / "translations"
LOCALES = {"en": "en", "zh-CN": "zh_CN"}
UNITS = {"d": say("{n} d"), "h": say("{n} h"), "min": say("{n} min"), "s": say("{n} s")}
ISOLATE, RELEASE = "\u2068", "\u2069"
"""Around text that runs from right to left, so that it turns nothing else around."""
LONGEST = 120
"""Characters of a device's own text that are printed; the rest is cut with an ellipsis."""
QUOTED = 1000
"""Characters of what is quoted whole: more than Cisco's devices write into one line of a log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """How *code* (en, zh-CN) says things; times are printed in *zone*, without their date when inside *day*."""

    code: str
    words: Mapping[str, str] = field(default_factory=dict, repr=False)
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    day: Interval | None = None

    @property
    def locale(self) -> str:
        """The name of the language in Babel and in the folder of translations."""
        return LOCALES[self.code]

    def translate(self, template: str) -> str:
        """Return the template in this language, itself when nobody translated it."""
        return self.words.get(template) or template

    def say(self, value: Value | None) -> str:  # noqa: PLR0911 - one line a kind of value
        """Return *value* as this language writes it; nothing is a dash."""
        if value is None:
            return "–"
        if isinstance(value, Phrase):
            return self.sentence(value)
        if isinstance(value, Bilingual):
            return value.zh if self.code == "zh-CN" else value.en
        if isinstance(value, Quote):
            return legible(value.text, QUOTED)
        if isinstance(value, Percent):
            return self.percent(value)
        if isinstance(value, timedelta):
            return self.duration(value)
        if isinstance(value, datetime):
            return self.moment(value)
        if isinstance(value, date):
            return self.date(value)
        return self.number(value) if isinstance(value, int | float) else legible(value)

    def sentence(self, phrase: Phrase) -> str:
        """Return the sentence, with its values written as this language writes them."""
        return phrase.said(self.translate, self.say)

    def pair(self, term: str, meaning: str) -> str:
        """Return *term* and what it means or comes to, in a line of plain text."""
        return f"{term}：{meaning}" if self.code == "zh-CN" else f"{term}: {meaning}"

    def aside(self, note: str) -> str:
        """Return *note* in brackets, to follow what it explains; nothing without a note."""
        return "" if not note else f"（{note}）" if self.code == "zh-CN" else f" ({note})"

    def number(self, value: float, digits: int | None = None) -> str:
        """Return *value* with grouped thousands and *digits* decimals (without: at most two, as needed)."""
        if not isfinite(value):
            return "–"
        form = "#,##0.##" if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
        return format_decimal(value, format=form, locale=self.locale)

    def percent(self, value: Percent) -> str:
        """Return the truncated percentage; all of it is 100 %, without decimals, and nothing else is."""
        return "100%" if value.share >= 1 else f"{value.cut()}%"

    def duration(self, value: timedelta) -> str:
        """Return the two largest units of *value*, cut at whole seconds."""
        return " ".join(self.translate(UNITS[unit].template).format(n=number) for number, unit in largest(value))

    def moment(self, value: datetime) -> str:
        """Return the time of day, with the date in front when it is not the report's own day; its end is 24:00."""
        local = value.astimezone(self.zone)
        clock = f"{local:%H:%M}"
        if self.day and value == self.day.end:
            return "24:00" if clock == "00:00" else clock
        if self.day and value in self.day:
            return clock
        return f"{self.short(local.date())} {clock}"

    def short(self, value: date) -> str:
        """Return day and month, which do not break; the year too when it is not the report's."""
        other = self.day is not None and value.year != self.day.start.astimezone(self.zone).year
        forms = {"en": "d MMM", "zh-CN": "M\u00a0月\u00a0d\u00a0日"}
        years = {"en": "d MMM y", "zh-CN": "y\u00a0年\u00a0M\u00a0月\u00a0d\u00a0日"}
        return format_date(value, (years if other else forms)[self.code], locale=self.locale)

    def date(self, value: date) -> str:
        """Return the whole date with its weekday."""
        forms = {"en": "EEEE d MMMM y", "zh-CN": "y 年 M 月 d 日（EEEE）"}
        return format_date(value, forms[self.code], locale=self.locale)

    def offset(self, at: datetime) -> str:
        """Return the zone's distance from UTC at that moment, such as UTC+8."""
        minutes = int((at.astimezone(self.zone).utcoffset() or timedelta()).total_seconds() // 60)
        hours, rest = divmod(abs(minutes), 60)
        return f"UTC{'-' if minutes < 0 else '+'}{hours}{f':{rest:02d}' if rest else ''}" if minutes else "UTC"


def language(code: str, zone: str = "UTC", day: Interval | None = None) -> Language:
    """Return the language called *code*.

    Raises:
        UnknownName: there is no such language.
    """
    if code not in LOCALES:
        raise UnknownName("language", code, tuple(LOCALES))
    return Language(code=code, words=words(LOCALES[code]), zone=ZoneInfo(zone), day=day)


@cache
def words(locale: str) -> Mapping[str, str]:
    """Return all catalogues of *locale*, merged: English template to translation."""
    merged: dict[str, str] = {}
    for path in sorted((TRANSLATIONS / locale).glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=Locale.parse(locale))
        merged |= {str(m.id): str(m.string) for m in catalogue if m.id and m.string and not m.fuzzy}
    return merged


def legible(text: str, most: int = LONGEST) -> str:
    """Return a device's own text so that it only shows: clean, and of *most* characters."""
    shown = clean(text[: most + 1])
    shown = shown if len(shown) <= most else shown[: most - 1] + "…"
    return f"{ISOLATE}{shown}{RELEASE}" if any(bidirectional(c) in ("R", "AL", "AN") for c in shown) else shown


def clean(text: str) -> str:
    """Return *text* without control and direction marks and without halves of characters; white space is a space."""
    return "".join(c if c.isprintable() else " " if c.isspace() else "\N{REPLACEMENT CHARACTER}" for c in text)
