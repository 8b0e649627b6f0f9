"""A top ten of one metric, as four sections show it."""

from math import ceil, floor

from healthd.model.phrase import Phrase, say
from healthd.model.report import Cell, Column, Name, Section, Spark, Table
from healthd.reports.facts import Facts, Use, whole

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
    rows = tuple(row(use) for use in uses[:ROWS])
    more = say("and {n} more in the attached table performance.csv", n=0)
    table = Table(
        key=metric, columns=columns(metric), rows=rows, stop=ROWS, overflow=more, more=_more(uses, metric), empty=empty, dense=True
    )
    return Section(key=metric, title=title, question=question, blocks=(table,), half=True)


def _asked(facts: Facts, metric: str) -> bool:
    return any(u.metric == metric for u in facts.uses)


def columns(metric: str) -> tuple[Column, ...]:
    """Return the columns of a top ten; its unit is percent, or packets an hour."""
    unit = "/h" if metric == "errors" else "%"
    return (
        Column(key="device", title=say("Device"), width=47.5, keep=True),
        Column(key="peak", title=say("Peak"), unit=unit, align="right", width=11.5, keep=True),
        Column(key="usual", title=say("Usual"), unit=unit, align="right", width=15, keep=True),
        Column(key="limit", title=say("Limit"), unit=unit, align="right", width=11.5, keep=True),
        Column(key="day", title=say("The day"), width=14.5),
    )


def row(use: Use) -> tuple[Cell | Spark, ...]:
    """Return how much of one thing was used; figures are cut, so that 100 is all of it."""
    usual = say("{low}–{high}", low=floor(use.usual[0]), high=ceil(use.usual[1])) if use.usual else None
    note = say("{item} · {alias}", item=use.item, alias=use.alias) if use.alias else use.item
    alt = say(
        "{device} {item}: mean {mean}, peak {peak}.", device=use.device, item=use.item, mean=round(use.mean, 1), peak=round(use.peak, 1)
    )
    full = None if use.metric == "errors" else 100.0
    line = Spark(values=use.values, low=0, high=full, usual=use.usual, alt=alt) if use.values else None
    return Name(use.device, note), whole(use.peak), usual, None if use.limit is None else int(use.limit), line


def _more(uses: list[Use], metric: str) -> Phrase | None:
    left = len(uses) - ROWS
    if left <= 0:
        return None
    highest = ceil(uses[ROWS].peak)
    if metric == "errors":
        return say("and {n} more, none above {highest} an hour", n=left, highest=highest)
    return say("and {n} more, none above {highest}%", n=left, highest=highest)
