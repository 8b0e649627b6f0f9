"""A report's figures for programs: the same report, as JSON. Tables are lists of objects by their columns' keys."""

from datetime import date, timedelta
from typing import Any

from healthd.model.interval import Interval
from healthd.model.phrase import Bilingual, Percent, Phrase, Quote
from healthd.model.report import Bar, Calendar, Figures, Name, Report, Spark, Status, Strip, Table, Text, Verdict
from healthd.reports.language import Language, clean, language


def figures(report: Report, code: str = "en") -> dict[str, Any]:
    """Return *report* as JSON values: sentences in language *code*, numbers as numbers, times ISO 8601, durations in seconds; what is not known is left out."""
    speaker = language(code, report.zone, Interval(report.window.start, report.window.end))
    said = {
        "report": report.kind,
        "customer": report.customer,
        "from": report.window.start.isoformat(),
        "to": report.window.end.isoformat(),
        "zone": report.zone,
        "made": report.made.isoformat(),
        "data_until": report.data_until.isoformat() if report.data_until else None,
        "edition": report.edition,
        "status": report.status.value,
        "notices": [speaker.say(each) for each in report.notices],
        "sections": {s.key: [each for block in s.blocks if (each := _block(block, speaker)) is not None] for s in report.sections},
    }
    return _known(said)


def _known(said: dict[str, Any]) -> dict[str, Any]:
    return {key: each for key, each in said.items() if each is not None}


def _block(block: object, speaker: Language) -> dict[str, Any] | None:
    match block:
        case Verdict(status=status, headline=headline, sentences=sentences):
            return {"status": status.value, "headline": speaker.say(headline), "sentences": [speaker.say(each) for each in sentences]}
        case Figures(figures=numbers):
            return {
                "figures": [
                    _known(
                        {
                            "key": f.key,
                            "label": speaker.say(f.label),
                            "value": value(f.value, speaker),
                            "compared": speaker.say(f.compared) if f.compared else None,
                        }
                    )
                    for f in numbers
                ]
            }
        case Table(continues="", key=key, columns=columns, rows=rows):
            names = [column.key for column in columns]
            return {"table": key, "rows": [_known({n: value(cell, speaker) for n, cell in zip(names, row, strict=True)}) for row in rows]}
        case Calendar(days=days):
            return {
                "days": [
                    _known({"date": day.isoformat(), "status": status.value if status else None, "devices": number})
                    for day, status, number in days
                ]
            }
        case Text(body=body):
            return {"text": speaker.say(body)}
    return None


def value(cell: object, speaker: Language) -> Any:  # noqa: PLR0911 - one line a kind of cell
    """Return a cell as a JSON value."""
    if isinstance(cell, Status):
        return cell.value
    if isinstance(cell, Percent):
        return float(cell.cut())
    if isinstance(cell, timedelta):
        return cell.total_seconds()
    if isinstance(cell, date):  # a moment is one too
        return cell.isoformat()
    if isinstance(cell, Name):
        note = speaker.say(cell.note) if isinstance(cell.note, Phrase) else clean(cell.note)
        return {"name": clean(cell.text), "note": note} if note else clean(cell.text)
    if isinstance(cell, Quote):
        return clean(cell.text)
    if isinstance(cell, Strip):
        return [{"status": status.value, "from": span.start.isoformat(), "to": span.end.isoformat()} for status, span in cell.spans]
    if isinstance(cell, Spark):
        return list(cell.values)
    if isinstance(cell, Bar):
        return cell.value
    return speaker.say(cell) if isinstance(cell, Phrase | Bilingual) else clean(cell) if isinstance(cell, str) else cell
