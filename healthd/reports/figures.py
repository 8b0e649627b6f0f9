"""A report's figures for programs: the same report, as JSON. Tables are lists of objects by their columns' keys."""

from datetime import datetime, timedelta
from typing import Any

from healthd.model.phrase import Percent, Phrase
from healthd.model.report import Bar, Calendar, Figures, Name, Report, Spark, Status, Strip, Table, Text, Verdict


def figures(report: Report) -> dict[str, Any]:
    """Return *report* as JSON values: English words, numbers as numbers, times ISO 8601, durations in seconds."""
    return {
        "report": report.kind,
        "customer": report.customer,
        "from": report.window.start.isoformat(),
        "to": report.window.end.isoformat(),
        "zone": report.zone,
        "made": report.made.isoformat(),
        "data_until": report.data_until.isoformat() if report.data_until else None,
        "edition": report.edition,
        "status": report.status.value,
        "sections": {section.key: [each for block in section.blocks if (each := _block(block)) is not None] for section in report.sections},
    }


def _block(block: object) -> dict[str, Any] | None:
    match block:
        case Verdict(status=status, headline=headline, sentences=sentences):
            return {"status": status.value, "headline": str(headline), "sentences": [str(each) for each in sentences]}
        case Figures(figures=numbers):
            return {
                "figures": [
                    {"label": str(f.label), "value": value(f.value), "compared": str(f.compared) if f.compared else None} for f in numbers
                ]
            }
        case Table():
            keys = [column.key for column in block.columns]
            return {"table": block.key, "rows": [dict(zip(keys, map(value, row), strict=True)) for row in block.rows]}
        case Calendar(days=days):
            return {
                "days": [
                    {"date": day.isoformat(), "status": status.value if status else None, "devices": number} for day, status, number in days
                ]
            }
        case Text(body=body):
            return {"text": str(body)}
    return None


def value(cell: object) -> Any:  # noqa: PLR0911 - one line a kind of cell
    """Return a cell as a JSON value."""
    if isinstance(cell, Status):
        return cell.value
    if isinstance(cell, Percent):
        return float(cell.cut())
    if isinstance(cell, timedelta):
        return cell.total_seconds()
    if isinstance(cell, datetime):
        return cell.isoformat()
    if isinstance(cell, Name):
        return {"name": cell.text, "note": str(cell.note)} if cell.note else cell.text
    if isinstance(cell, Strip):
        return [{"status": status.value, "from": span.start.isoformat(), "to": span.end.isoformat()} for status, span in cell.spans]
    if isinstance(cell, Spark):
        return list(cell.values)
    if isinstance(cell, Bar):
        return cell.value
    return str(cell) if isinstance(cell, Phrase) else cell
