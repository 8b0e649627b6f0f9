"""A top ten of one metric, as four sections show it."""

from healthd.model.phrase import Phrase, say
from healthd.model.report import Cell, Column, Name, Section, Spark, Table
from healthd.reports.facts import Facts, Use

ROWS = 10


def top(facts: Facts, metric: str, title: Phrase, question: Phrase) -> Section:
    """Return the ten highest peaks of *metric* and how the others were."""
    uses = sorted(
        (u for u in facts.uses if u.metric == metric and (u.peak > 0 or metric != "errors")), key=lambda u: (-u.peak, u.device, u.item)
    )
    empty = (
        say("No errors and no discards on any interface.")
        if metric == "errors" and _asked(facts, metric)
        else say("Not measured on this day.")
    )
    full = None if metric == "errors" else 100.0
    rows = tuple(_row(use, full) for use in uses[:ROWS])
    table = Table(key=metric, columns=_columns(metric), rows=rows, more=_more(uses, metric), empty=empty)
    return Section(key=metric, title=title, question=question, blocks=(table,), half=True)


def _asked(facts: Facts, metric: str) -> bool:
    return any(u.metric == metric for u in facts.uses)


def _columns(metric: str) -> tuple[Column, ...]:
    unit = "/h" if metric == "errors" else "%"
    third = (
        Column(key="count", title=say("Packets"), align="right", width=16, keep=True)
        if metric == "errors"
        else Column(key="limit", title=say("Limit"), unit=unit, align="right", width=14, keep=True)
    )
    return (
        Column(key="device", title=say("Device"), width=36, keep=True),
        Column(key="peak", title=say("Peak"), unit=unit, align="right", width=15, keep=True),
        Column(key="usual", title=say("Usual"), unit=unit, align="right", width=15, keep=True),
        third,
        Column(key="day", title=say("The day"), width=20 if metric != "errors" else 18),
    )


def _row(use: Use, full: float | None) -> tuple[Cell | Spark, ...]:
    usual = say("{low}–{high}", low=round(use.usual[0]), high=round(use.usual[1])) if use.usual else None
    note = say("{item} · {alias}", item=use.item, alias=use.alias) if use.alias else use.item
    third = use.count if full is None else None if use.limit is None else round(use.limit)
    alt = say(
        "{device} {item}: mean {mean}, peak {peak}.", device=use.device, item=use.item, mean=round(use.mean, 1), peak=round(use.peak, 1)
    )
    line = Spark(values=use.values, low=0, high=full, usual=use.usual, alt=alt) if use.values else None
    return Name(use.device, note), round(use.peak), usual, third, line


def _more(uses: list[Use], metric: str) -> Phrase | None:
    left = len(uses) - ROWS
    if left <= 0:
        return None
    highest = round(uses[ROWS].peak)
    if metric == "errors":
        return say("and {n} others, none above {highest} an hour", n=left, highest=highest)
    return say("and {n} others, none above {highest}%", n=left, highest=highest)
