"""A page with one of each mark, for nobody to read: drawing it, a process gets its fonts and templates ready."""

from datetime import UTC, datetime, timedelta

from healthd.model.interval import Interval
from healthd.model.phrase import Percent, say
from healthd.model.report import Attachment, Bar, Column, Figure, Figures, Name, Report, Section, Spark, Status, Strip, Table, Verdict

_DAY = Interval(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC))
_WORD = say("Daily network health report")


def sample() -> Report:
    """Return a report of one page, in every weight of type that there is."""
    table = _table()
    blocks = (
        Verdict(status=Status.NORMAL, headline=_WORD, sentences=(_WORD,)),
        Figures(figures=(Figure(key="a", label=_WORD, value=Percent(0.5), history=(1.0, 2.0), alt=_WORD),)),
        table,
    )
    return Report(
        kind="sample",
        title=_WORD,
        customer="sample",
        customer_title="Sample 样张",
        window=_DAY,
        made=_DAY.end,
        data_until=_DAY.end,
        sections=(Section(key="sample", title=_WORD, question=_WORD, blocks=blocks),),
        status=Status.NORMAL,
        lead=(_WORD,),
        attachments=(Attachment(name="sample.csv", description=_WORD, table=table),),
    )


def _table() -> Table:
    row = (
        Name("sample", _WORD),
        Status.CRITICAL,
        Strip(window=_DAY, spans=((Status.UNKNOWN, _DAY),), alt=_WORD),
        Spark(values=(1.0, 2.0), alt=_WORD),
        Bar(value=1.0, full=2.0, alt=_WORD),
        timedelta(hours=1),
        _DAY.start,
        1.5,
    )
    columns = tuple(Column(key=str(n), title=_WORD, unit="%", axis=_DAY if n == 2 else None, digits=1) for n in range(len(row)))
    return Table(key="sample", columns=columns, rows=(row,))
