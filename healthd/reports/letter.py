"""The mail that a report goes with: a subject that carries the verdict, and the verdict with its actions as text and HTML.

A reader on a telephone sees from the subject alone whether anything is to be done.
"""

from dataclasses import dataclass
from datetime import date
from html import escape
from zoneinfo import ZoneInfo

from healthd.model.interval import Interval
from healthd.model.phrase import Phrase, say
from healthd.model.report import Report, Section, Status, Table, Verdict
from healthd.reports.language import Language, language
from healthd.reports.paper_text import SIGNS, cell

ROWS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A report's mail in one language."""

    subject: str
    text: str
    html: str


def letter(report: Report, code: str) -> Letter:
    """Return the mail for *report* in language *code*."""
    speaker = language(code, report.zone, Interval(report.window.start, report.window.end))
    verdict, actions = _verdict(report), _actions(report)
    day = report.window.start.astimezone(ZoneInfo(report.zone)).date()
    return Letter(
        subject=_subject(report, verdict, actions, day, speaker),
        text=_text(report, verdict, actions, speaker),
        html=_html(report, verdict, actions, speaker),
    )


def _verdict(report: Report) -> Verdict:
    return next(block for section in report.sections for block in section.blocks if isinstance(block, Verdict))


def _actions(report: Report) -> Table | None:
    found: Section | None = next((section for section in report.sections if section.key == "actions"), None)
    return next((block for block in found.blocks if isinstance(block, Table)), None) if found else None


def _subject(report: Report, verdict: Verdict, actions: Table | None, day: date, speaker: Language) -> str:
    number = len(actions.rows) if actions else 0
    word = verdict.headline
    if verdict.status in (Status.CRITICAL, Status.WARNING) and number:
        word = say("one action needed") if number == 1 else say("{n} actions needed", n=number)
    edition = say(", edition {n}", n=report.edition) if report.edition > 1 else ""
    return speaker.say(
        say(
            "[{customer}] {glyph} {word} – daily network health {day}{edition}",
            customer=report.customer, glyph=SIGNS[verdict.status], word=word, day=day.isoformat(), edition=edition,
        )
    )  # fmt: skip


def _text(report: Report, verdict: Verdict, actions: Table | None, speaker: Language) -> str:
    lines = [f"{SIGNS[verdict.status]} {speaker.say(verdict.headline)}", *(speaker.say(each) for each in verdict.sentences)]
    for row in actions.rows[:ROWS] if actions else ():
        lines += ["", *(said for said in (cell(each, speaker) for each in row if each is not None) if said)]
    if left := _left(actions):
        lines += ["", speaker.say(left)]
    return "\n".join([*lines, "", speaker.say(_closing(report)), *([report.footer] if report.footer else [])]) + "\n"


def _html(report: Report, verdict: Verdict, actions: Table | None, speaker: Language) -> str:
    body = [f"<h2>{SIGNS[verdict.status]} {escape(speaker.say(verdict.headline))}</h2>"]
    body += [f"<p>{escape(speaker.say(each))}</p>" for each in verdict.sentences]
    if actions and actions.rows:
        body.append(_table(actions, speaker))
    if left := _left(actions):
        body.append(f"<p>{escape(speaker.say(left))}</p>")
    body.append(f"<p>{escape(speaker.say(_closing(report)))}</p>")
    if report.footer:
        body.append(f"<p>{escape(report.footer)}</p>")
    return f'<!DOCTYPE html><html lang="{speaker.code}"><meta charset="utf-8"><body>{"".join(body)}</body></html>'


def _table(actions: Table, speaker: Language) -> str:
    head = "".join(f'<th align="left">{escape(speaker.say(column.title))}</th>' for column in actions.columns)
    rows = (
        "".join(f'<td valign="top">{escape(cell(each, speaker)) if each is not None else ""}</td>' for each in row)
        for row in actions.rows[:ROWS]
    )
    lines = "".join(f"<tr>{row}</tr>" for row in rows)
    return f'<table cellpadding="6"><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>'


def _left(actions: Table | None) -> Phrase | None:
    left = len(actions.rows) - ROWS if actions else 0
    return say("and {n} more in the report", n=left) if left > 0 else None


def _closing(report: Report) -> Phrase:
    return say("The whole report is attached. It covers {customer} up to {at}.", customer=report.customer_title, at=report.window.end)
