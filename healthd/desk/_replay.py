"""How a case comes about from its entries, one after the other, in the order in which things happened."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from healthd.desk._facts import moment
from healthd.desk.acts import ACTS
from healthd.model.case import Case, Did, Entry, Opening, Rma, State


def history(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return *entries* with what was corrected of them, in the order in which things happened; the opening is always the first."""
    known = tuple(entries)
    said: dict[str, dict[str, str]] = {}
    for each in sorted((each for each in known if each.did is Did.CORRECTED), key=lambda each: each.number):
        said.setdefault(each.fact("entry"), {}).update((name, each.fact(name)) for name in ("at", "text") if each.fact(name))
    return tuple(sorted((_corrected(each, said.get(str(each.number), {})) for each in known), key=_order))


def _corrected(entry: Entry, said: Mapping[str, str]) -> Entry:
    at = moment(said.get("at", ""))
    return replace(entry, at=at or entry.at, text=said.get("text", entry.text)) if said else entry


def _order(entry: Entry) -> tuple[bool, datetime, int]:
    return entry.did is not Did.OPENED, entry.at, entry.number


def begun(opening: Opening, number: str) -> Case:
    """Return the case before its first entry."""
    return Case(
        number=number,
        opening=opening,
        state=State.NEW,
        since=opening.at,
        priority=opening.priority,
        version=1,
        entitled=opening.entitled,
        rma=Rma.CANDIDATE if opening.rma else Rma.NONE,
        verdict=opening.verdict,
    )


def replayed(case: Case, entries: tuple[Entry, ...]) -> Case:
    """Return what *entries*, in any order, make of *case*, which had none."""
    for each in history(entries):
        case = stepped(case, each)
    return replace(case, entries=entries, version=len(entries) + 1)


def stepped(case: Case, entry: Entry) -> Case:
    """Return *case* after *entry*, its entries untouched; an effect may say the state itself."""
    act = ACTS[entry.did]
    state = act.leads.get(case.state, case.state)
    moved = {} if state is case.state else {"state": state, "since": entry.at, "until": None}
    return replace(case, **{**moved, **act.effect(case, entry)})
