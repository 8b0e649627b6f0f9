"""A report as plain text: for the golden files of the tests, for mail, and for the day the drawing fails."""

from collections.abc import Iterator
from datetime import date, datetime

from healthd.model.report import Bar, Calendar, Chart, Figures, Name, Report, Spark, Status, Strip, Table, Terms, Text, Verdict
from healthd.reports.html import WORDS, is_bare
from healthd.reports.language import Language, legible

SIGNS = {Status.CRITICAL: "■", Status.WARNING: "▲", Status.UNKNOWN: "◇", Status.MAINTENANCE: "‖", Status.NORMAL: "●"}


def lines(report: Report, speaker: Language) -> Iterator[str]:
    """Yield the lines of *report* in the language of *speaker*."""
    yield " · ".join(speaker.say(each) for each in report.lead)
    yield speaker.say(report.title)
    yield from (speaker.say(each) for each in report.notices)
    for section in report.sections:
        if is_bare(section):
            continue
        if section.chapter:
            yield from ("", f"== {speaker.say(section.chapter)} ==")
        if section.title:
            yield from ("", f"# {speaker.say(section.title)}")
        for block in section.blocks:
            yield from _block(block, speaker)


def _block(block: object, speaker: Language) -> Iterator[str]:
    match block:
        case Verdict(status=status, headline=headline, sentences=sentences):
            yield from ("", f"{SIGNS[status]} {speaker.say(headline)}", *(speaker.say(each) for each in sentences))
        case Text(body=body):
            yield speaker.say(body)
        case Figures(figures=figures):
            yield from (
                speaker.pair(speaker.say(f.label), cell(f.value, speaker) + (speaker.aside(speaker.say(f.compared)) if f.compared else ""))
                for f in figures
            )
        case Terms(terms=terms):
            yield from (speaker.pair(speaker.say(term), speaker.say(meaning)) for term, meaning in terms)
        case Table():
            yield from _table(block, speaker)
        case Calendar(alt=alt) | Chart(alt=alt):
            yield speaker.say(alt)


def _table(table: Table, speaker: Language) -> Iterator[str]:
    if table.caption:
        yield speaker.say(table.caption)
    if table.shown:
        yield " | ".join(speaker.say(c.title) + speaker.aside(c.unit) for c in table.columns)
        yield from (" | ".join(cell(each, speaker) for each in row) for row in table.shown)
    elif table.empty:
        yield speaker.say(table.empty)
    yield from (speaker.say(each) for each in (table.left, table.more) if each)


def cell(value: object, speaker: Language) -> str:
    """Return a cell as text; marks are told by their description."""
    if isinstance(value, Status):
        return f"{SIGNS[value]} {speaker.say(WORDS[value])}"
    if isinstance(value, Name):
        return legible(value.text) + speaker.aside(speaker.say(value.note) if value.note else "")
    if isinstance(value, (Strip, Spark, Bar)):
        return speaker.say(value.alt)
    if isinstance(value, date) and not isinstance(value, datetime):
        return speaker.short(value)
    return speaker.say(value)  # type: ignore[arg-type]
