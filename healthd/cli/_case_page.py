"""One case on a terminal, so that it explains itself: why it is there, how sure that is, which clocks run, what comes next, what was done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from healthd.cli import _columns
from healthd.cli._columns import BOLD, CYAN, DIM, GREEN, RED, YELLOW, clean, coloured, padded
from healthd.desk import outlook
from healthd.model import terms
from healthd.model.case import Case, Did, Entry, Rma
from healthd.model.clock import Clock, Kind
from healthd.model.device import Customer
from healthd.model.outlook import Next
from healthd.model.phrase import Percent, Phrase, say
from healthd.model.tac import Tac
from healthd.model.verdict import Proof, Verdict, Way
from healthd.reports.language import Language

BAR = 12
WAYS = {Way.SNMP: say("SNMP"), Way.CLI: say("command line"), Way.EVENT: say("log"), Way.TEST: say("test")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a case's page shows; *files* are names of kept files by id, *now* the moment of looking."""

    case: Case
    customer: Customer | None
    tac: Tac
    clocks: Sequence[Clock]
    next: Sequence[Next]
    files: dict[str, str]
    speaker: Language
    now: datetime

    def say(self, said: Phrase | str) -> str:
        """Return *said* in the reader's language, on one line."""
        return clean(said if isinstance(said, str) else self.speaker.sentence(said))


def page(it: Page) -> Iterator[str]:
    """Yield the lines of the page."""
    yield from _top(it)
    yield from _facts(it)
    if it.case.verdict:
        yield from _verdict(it, it.case.verdict)
    yield from _clocks(it)
    yield from _next(it)
    yield from _record(it)


def _top(it: Page) -> Iterator[str]:
    case = it.case
    priority = it.say(terms.PRIORITIES[case.priority])
    proposed = it.speaker.aside(it.say(say("proposed"))) if case.proposed else ""
    colour = RED if case.priority == 1 else YELLOW if case.priority == 2 else ""
    state = it.say(say("{state} since {at}", state=terms.STATES[case.state], at=case.since))
    yield f"{coloured(f'Case {case.number}', BOLD)}  {coloured(priority + proposed, colour)}  ·  {coloured(state, CYAN)}"
    title = it.say(case.opening.title)
    yield coloured(title, BOLD)
    # What the monitor writes of a part, the verdict below says with its proofs.
    if not case.opening.verdict:
        lines = (clean(line) for line in it.speaker.sentence(case.opening.text).splitlines())
        yield from (line for line in lines if line not in ("", title))


def _heading(it: Page, said: Phrase) -> Iterator[str]:
    yield ""
    yield coloured(it.say(said), BOLD)


def _facts(it: Page) -> Iterator[str]:
    case, opening = it.case, it.case.opening
    customer = f"{it.customer.title} ({case.customer})" if it.customer else case.customer
    caller = _contact(it)
    impact = f"{len(opening.others)}: {', '.join(opening.others[:6])}{' …' if len(opening.others) > 6 else ''}" if opening.others else ""
    part = " · ".join(filter(None, (opening.item, opening.pid, opening.serial, opening.slot)))
    rows: list[tuple[Phrase, Phrase | str]] = [
        (say("Customer"), customer),
        (say("Device"), " · ".join(filter(None, (opening.device, _site(it), opening.software)))),
        (say("Part"), part),
        (say("Found by"), _rules(case)),
        (say("Why this priority"), opening.why),
        (say("Also without service"), impact),
        (say("Contract"), _contract(it)),
        (say("Contact"), caller),
        (say("Engineer"), _person(it, case.engineer)),
        (say("Cisco's case number"), case.cisco),
        (say("Replacement"), terms.RMAS[case.rma] if case.rma is not Rma.NONE else ""),
        (say("Reported by"), f"{it.say(terms.CHANNELS[opening.channel])} · {opening.who}"),
    ]
    shown = [(it.say(name), it.say(value)) for name, value in rows if value]
    columns = max(_columns.width(name) for name, _ in shown)
    yield ""
    for name, value in shown:
        yield f"  {coloured(padded(name, columns), DIM)}  {value}".rstrip()


def _rules(case: Case) -> str:
    """Return the rules whose findings the case is about, and the first one's key: ``healthd finding show`` explains it."""
    keys = [each for each in case.opening.findings if each.count(":") >= 2]
    rules = ", ".join(dict.fromkeys(each.split(":")[1] for each in keys))
    return f"{rules} · healthd finding show '{keys[0]}'{f' (+{len(keys) - 1})' if len(keys) > 1 else ''}" if keys else ""


def _contract(it: Page) -> str:
    """Return the contract and whether it covers; its number once."""
    case, opening = it.case, it.case.opening
    covered = it.say(opening.entitlement).rstrip(".。") if opening.entitlement else "" if case.entitled else it.say(say("out of contract"))
    number, level = case.detail("contract") or opening.contract, case.detail("level") or opening.level
    return " · ".join(filter(None, (covered,) if number and number in covered else (number, level, covered)))


def _contact(it: Page) -> str:
    """Return who speaks for the customer, with what is known of how to reach them."""
    case = it.case
    name = case.detail("caller")
    known = next((each for each in it.customer.contacts if each.name == name), None) if it.customer else None
    phone, email = case.detail("phone") or (known.phone if known else ""), case.detail("email") or (known.email if known else "")
    return " · ".join(filter(None, (name, phone, email)))


def _site(it: Page) -> str:
    sites = it.customer.sites if it.customer else ()
    return next((each.title or each.name for each in sites if each.name == it.case.opening.site), it.case.opening.site)


def _person(it: Page, name: str) -> str:
    person = it.tac.person(name)
    return " · ".join(filter(None, (person.title, person.name, person.phone))) if person else name


def _verdict(it: Page, verdict: Verdict) -> Iterator[str]:
    state = terms.CONDITIONS.get(verdict.state, say("healthy"))
    yield from _heading(it, say("Verdict: {state}", state=state))
    for sign, colour, proofs in (("+", RED, verdict.proofs), ("–", GREEN, verdict.against)):
        for proof in proofs:
            yield from _proof(it, proof, coloured(sign, colour))
    for said in verdict.missing:
        yield f"  {coloured('?', YELLOW)} {it.say(said)}"
    if verdict.replaces:
        candidate = say("The part is a candidate for replacement; it is replaced when the engineer and the customer have both confirmed.")
        yield f"  {it.say(candidate)}"


def _proof(it: Page, proof: Proof, sign: str) -> Iterator[str]:
    last = proof.last if proof.last and proof.last - proof.at > timedelta(minutes=1) else None
    seen = it.say(say("{at} to {last}", at=proof.at, last=last)) if last else it.speaker.moment(proof.at)
    text = it.say(proof.text)
    yield f"  {sign} {it.say(WAYS[proof.way])} · {seen} · {text}"
    if said := " · ".join(_columns.cut(each, 110) for each in (proof.source, clean(proof.raw)) if each and each not in text):
        yield coloured(f"      {said}", DIM)


def _clocks(it: Page) -> Iterator[str]:
    if not it.clocks:
        return
    yield from _heading(it, say("Clocks"))
    rows = [(it.say(terms.CLOCKS[each.kind]), _bar(each), it.say(_stands(each, it.now)), _colour(each)) for each in it.clocks]
    columns = max(_columns.width(name) for name, _, _, _ in rows)
    for name, bar, stands, colour in rows:
        yield f"  {padded(name, columns)}  {coloured(bar, colour)}  {stands}"


def _bar(clock: Clock) -> str:
    full = min(BAR, int(clock.share * BAR))
    return "█" * full + "░" * (BAR - full)


def _colour(clock: Clock) -> str:
    if clock.breached:
        return RED
    return DIM if clock.met or clock.paused else YELLOW if clock.share >= 0.75 else GREEN


def _stands(clock: Clock, now: datetime) -> Phrase:
    if clock.met:
        kept = say("kept at {at}", at=clock.met)
        return (
            say("done at {at}, {time} late", at=clock.met, time=clock.met - clock.due)
            if clock.breached and clock.kind is not Kind.UPDATE
            else kept
        )
    if clock.paused:
        why = clock.pause.text if clock.pause else ""
        if why:
            return say("stands since {at}: {why}; {left} left", at=clock.paused, why=why, left=max(clock.left, timedelta()))
        return say("stands since {at}; {left} left", at=clock.paused, left=max(clock.left, timedelta()))
    if clock.due < now:
        return say("overdue since {at}", at=clock.due)
    return say("due {at}, {left} left ({share} used)", at=clock.due, left=clock.left, share=Percent(clock.share, digits=0))


def _next(it: Page) -> Iterator[str]:
    if not it.next:
        return
    yield from _heading(it, say("What comes next"))
    for each in it.next:
        sign, colour = ("!", YELLOW) if each.threat else ("→", GREEN)
        until = it.speaker.aside(it.say(outlook.limit(each.until, it.now))) if each.until and not each.threat else ""
        at = f"{it.speaker.moment(each.until)}  " if each.threat and each.until else ""
        yield f"  {coloured(sign, colour)} {at}{it.speaker.pair(it.say(each.who), it.say(each.what))}{until}"


def _record(it: Page) -> Iterator[str]:
    yield from _heading(it, say("Record, times in {zone}", zone=it.speaker.offset(it.now)))
    rows = [
        (str(each.number), it.speaker.moment(each.at), each.who, it.say(terms.CHANNELS[each.channel]), each) for each in it.case.entries
    ]
    widths = [max(_columns.width(str(row[n])) for row in rows) for n in range(4)]
    for row in rows:
        entry = row[4]
        cells = "  ".join(padded(str(cell), size) for cell, size in zip(row[:4], widths, strict=True))
        yield f"  {coloured(cells, DIM)}  {it.say(terms.DONE[entry.did])}{_facts_of(it, entry)}{' ◦' if entry.visible else ''}"
        yield from _words(it, entry, 6 + sum(widths) + 4)


def _facts_of(it: Page, entry: Entry) -> str:
    shown = ("engineer", "priority", "cisco", "mark", "by", "number", "serial", "to", "caller")
    hidden = {Did.OPENED: shown, Did.NOTED: ("mark",)}.get(entry.did, ())
    said = [_person_name(it, entry.fact(name)) for name in shown if entry.fact(name) and name not in hidden]
    if entry.did is Did.CORRECTED:
        said.append(f"#{entry.fact('entry')}")
    if (start := entry.fact("start")) and (end := entry.fact("end")):
        said.append(it.say(say("{start} to {end}", start=datetime.fromisoformat(start), end=datetime.fromisoformat(end))))
    if until := entry.fact("until"):
        said.append(it.say(say("until {at}", at=datetime.fromisoformat(until))))
    return f" · {' · '.join(said)}" if said else ""


def _person_name(it: Page, value: str) -> str:
    names = [(person.title or person.name) if (person := it.tac.person(each)) else each for each in value.split(",")]
    return clean(", ".join(names))


def _words(it: Page, entry: Entry, indent: int) -> Iterator[str]:
    if entry.at < it.case.opened and entry.did is not Did.OPENED:
        yield coloured(" " * indent + it.say(outlook.EARLIER), YELLOW)
    if entry.entered and entry.entered - entry.at > timedelta(minutes=1):
        yield coloured(" " * indent + it.say(say("entered {at}", at=entry.entered)), DIM)
    if entry.words:
        yield " " * indent + it.say(entry.words)
    for file in entry.files:
        yield coloured(" " * indent + f"▤ {it.files.get(file, file)}", DIM)
