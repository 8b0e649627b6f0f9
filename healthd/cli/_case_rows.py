"""Cases as lines of a list: a table for people, and the objects of ``docs/json.md`` for programs."""

from collections.abc import Sequence
from datetime import datetime

from healthd.cli import _columns
from healthd.cli._case_elsewhere import Away
from healthd.cli._lines import Object, told
from healthd.model import terms
from healthd.model.case import Case, Entry, Opening, Priority, Rma, State
from healthd.model.clock import Clock
from healthd.model.phrase import Phrase, say
from healthd.reports.language import Language

WIDE, NARROW = 60, 24
"""Columns for what is wrong: where the width of the terminal is not known, and the least that is of use."""
COLOURS = {Priority.P1: _columns.RED, Priority.P2: _columns.YELLOW}


def case_object(case: Case) -> Object:
    """Return *case* with the keys of the contract for programs."""
    opening, verdict = case.opening, case.verdict
    return told(
        {
            "number": case.number,
            "key": case.key,
            "customer": case.customer,
            "device": opening.device,
            "component": opening.component,
            "item": opening.item,
            "pid": opening.pid or (verdict.pid if verdict else ""),
            "serial": opening.serial or (verdict.serial if verdict else ""),
            "slot": opening.slot,
            "priority": case.priority.name,
            "proposed": True if case.proposed else None,
            "state": case.state.value,
            "rma": case.rma.value,
            "verdict": verdict.state.value if verdict else None,
            "title": str(opening.title),
            "engineer": case.engineer,
            "cisco": case.cisco,
            "opened": case.opened.isoformat(),
            "entries": case.version - 1,
            "version": case.version,
            "external": {"backend": case.external[0], "id": case.external[1]} if case.external[1] else None,
        }
    )


def entry_object(entry: Entry) -> Object:
    """Return one line of a case's record."""
    return told(
        {
            "number": entry.number,
            "at": entry.at.isoformat(),
            "entered": entry.entered.isoformat() if entry.entered and entry.entered != entry.at else None,
            "who": entry.who,
            "channel": entry.channel.value,
            "did": entry.did.value,
            "text": entry.text or (str(entry.said) if entry.said else ""),
            "visible": entry.visible or None,
            "facts": dict(entry.facts) or None,
            "files": list(entry.files),
        }
    )


def clock_object(clock: Clock) -> Object:
    """Return one clock; times are seconds."""
    return told(
        {
            "clock": clock.kind.value,
            "priority": clock.priority.name,
            "started": clock.started.isoformat(),
            "promise_s": clock.promise.total_seconds(),
            "used_s": clock.used.total_seconds(),
            "left_s": clock.left.total_seconds(),
            "due": clock.due.isoformat(),
            "met": clock.met.isoformat() if clock.met else None,
            "breached": clock.breached.isoformat() if clock.breached else None,
            "paused": clock.paused.isoformat() if clock.paused else None,
            "missed": clock.missed or None,
        }
    )


def listed(rows: Sequence[tuple[Case, Clock | None, str]], speaker: Language, now: datetime) -> list[str]:
    """Return the table of *rows*: each a case, the clock that runs out first, and its customer's name."""
    head = ("Number", "Priority", "State", "Customer", "Device", "Fault", "Engineer", "Due")
    names = {
        "Number": say("Case"), "Priority": say("Priority"), "State": say("State"), "Customer": say("Customer"), "Device": say("Device"),
        "Fault": say("Fault"), "Engineer": say("Engineer"), "Due": say("Due"),
    }  # fmt: skip
    body = [_cells(case, clock, customer, speaker, now) for case, clock, customer in rows]
    _fit(body, head.index("Fault"), [speaker.sentence(names[each]) for each in head])
    return _columns.table(
        [[speaker.sentence(names[each]) for each in head], *body], [COLOURS.get(case.priority, "") for case, _, _ in rows]
    )


def _fit(body: Sequence[list[str]], fault: int, head: Sequence[str]) -> None:
    """Cut what is wrong so that a line fits the terminal."""
    widths = [max(_columns.width(row[n]) for row in (head, *body)) for n in range(len(head))]
    room = _columns.terminal()
    left = max(NARROW, room - sum(widths) + widths[fault] - 2 * (len(head) - 1)) if room else WIDE
    for row in body:
        row[fault] = _columns.cut(row[fault], left)


def _cells(case: Case, clock: Clock | None, customer: str, speaker: Language, now: datetime) -> list[str]:
    flags = "?" if case.proposed else ""
    state = speaker.sentence(terms.STATES[case.state])
    if case.rma is not Rma.NONE and case.state is not State.RMA_PEND:
        state += f" · {speaker.sentence(terms.RMAS[case.rma])}"
    fault = _fault(case.opening, speaker)
    return [
        case.number, case.priority.name + flags, state, customer, case.opening.device or "–", fault, case.engineer or "–",
        speaker.sentence(due(clock, now)) if clock else "–",
    ]  # fmt: skip


def listed_away(away: Sequence[Away], speaker: Language) -> list[str]:
    """Return the table of cases on other desks; nothing when there is none."""
    if not away:
        return []
    head = (say("Desk"), say("Case"), say("Priority"), say("State"), say("Device"), say("Fault"))
    rows = [
        (
            each.ticket.backend,
            each.ticket.id,
            each.priority.name,
            each.status,
            each.opening.device or "–",
            _fault(each.opening, speaker),
        )
        for each in away
    ]
    return ["", *_columns.table([[speaker.sentence(name) for name in head], *rows])]


def away_lines(away: Away, speaker: Language) -> list[str]:
    """Return what is known here of a case on another desk; its record is there."""
    opening, verdict = away.opening, away.verdict
    rows: list[tuple[Phrase, Phrase | str]] = [
        (say("Device"), opening.device),
        (say("Part"), " · ".join(filter(None, (opening.item, opening.pid, opening.serial)))),
        (say("Why this priority"), opening.why),
        (say("Verdict"), terms.CONDITIONS.get(verdict.state, "") if verdict else ""),
        (say("Cisco's case number"), away.ticket.cisco),
        (say("Desk"), " · ".join(filter(None, (away.ticket.backend, away.ticket.url)))),
    ]
    top = f"{away.ticket.backend} {away.ticket.id}  {away.priority.name}  ·  {_columns.clean(away.status)}"
    said = [(speaker.sentence(name), _columns.clean(speaker.say(value))) for name, value in rows if value]
    columns = max(_columns.width(name) for name, _ in said)
    facts = [f"  {_columns.coloured(_columns.padded(name, columns), _columns.DIM)}  {value}" for name, value in said]
    return [_columns.coloured(top, _columns.BOLD), _columns.clean(speaker.sentence(opening.title)), "", *facts]


def _fault(opening: Opening, speaker: Language) -> str:
    """Return what is wrong, without the device's name, which has its own column."""
    said = _columns.clean(speaker.sentence(opening.title))
    return said.removeprefix(opening.device).lstrip(":： ") if opening.device else said


def due(clock: Clock, now: datetime) -> Phrase:
    """Return how *clock* stands, in words."""
    name = terms.CLOCKS[clock.kind]
    if clock.paused:
        return say("{clock}: stands", clock=name)
    if clock.due < now:
        return say("{clock}: overdue by {time}", clock=name, time=now - clock.due)
    return say("{clock}: {at}, in {time}", clock=name, at=clock.due, time=clock.due - now)


def first(clocks: Sequence[Clock]) -> Clock | None:
    """Return the clock that runs out first; one that stands when none runs."""
    running = [each for each in clocks if each.met is None and each.paused is None]
    standing = [each for each in clocks if each.met is None and each.paused]
    return min(running, key=lambda each: each.due, default=next(iter(standing), None))
