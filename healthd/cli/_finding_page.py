"""One finding on a terminal, so that it explains itself: evidence, rule, verdict, cause, case, and what is done by itself."""

import inspect
from collections.abc import Iterator
from datetime import timedelta

from healthd import modules
from healthd.analysis import rules
from healthd.analysis.verdicts import verdicts
from healthd.caseclient.policy import mode, wait
from healthd.caseclient.troubles import Network, Standing, Trouble, picture
from healthd.cli._columns import BOLD, DIM, clean, coloured
from healthd.cli._finding import Told, object_
from healthd.cli._lines import Object, event_object, fact_object, told
from healthd.model import terms
from healthd.model.event import Event
from healthd.model.interval import Interval
from healthd.model.observation import Observation
from healthd.model.phrase import Phrase, say
from healthd.model.policy import Mode
from healthd.model.verdict import Verdict
from healthd.store import proofs
from healthd.store.history import history

WINDOW = timedelta(hours=3)
"""As far back as judgements look."""
MODES = {
    Mode.OFF: say("nothing: it is told in reports"),
    Mode.DRAFT: say("a draft, which a person may have opened: {command}", command="healthd finding open"),
    Mode.OPEN: say("a case"),
}


def whole(each: Told) -> Object:
    """Return all that is known of a finding: the list's object with evidence, rule, verdict, and what follows from it."""
    verdict, trouble = _verdict(each), _trouble(each)
    finding = each.kept.finding
    return {
        **object_(each),
        "evidence": [_evidence_object(one) for one in finding.evidence],
        "about": _rule(finding.rule),
        **told(
            {
                "proofs": _proofs_object(verdict) if verdict else None,
                "policy": str(mode(trouble, each.look.customer.cases)) if trouble else None,
            }
        ),
        **told({"follow": [f.key for f in trouble.follow] if trouble else None, "impact": list(trouble.impact) if trouble else None}),
    }


def page(each: Told) -> Iterator[str]:
    """Yield the lines of the page."""
    finding, speaker = each.kept.finding, each.look.speaker
    yield coloured(f"{finding.device}  {clean(speaker.sentence(finding.summary))}", BOLD)
    yield coloured(finding.key, DIM)
    since = min(each.kept.first_seen, finding.since or each.kept.first_seen)
    yield from _lines(each, say("Since: {since}", since=since), say("last seen {at}", at=each.kept.last_seen))
    if finding.advice:
        yield from _lines(each, say("Next: {advice}", advice=finding.advice))
    yield from _heading(each, say("Evidence"))
    for one in finding.evidence:
        yield f"  {clean(_evidence(each, one))}"
    yield from _heading(each, say("Rule {name}", name=finding.rule))
    yield from (f"  {line}" for line in _rule(finding.rule).splitlines() if line)
    if verdict := _verdict(each):
        yield from _judged(each, verdict)
    yield from _handled(each)


def _heading(each: Told, said: Phrase) -> Iterator[str]:
    yield ""
    yield coloured(each.look.speaker.sentence(said), BOLD)


def _lines(each: Told, *said: Phrase) -> Iterator[str]:
    yield "  " + " · ".join(clean(each.look.speaker.sentence(one)) for one in said)


def _evidence(each: Told, one: Observation | Event) -> str:
    if isinstance(one, Event):
        return f"{each.look.speaker.moment(one.happened)}  {one.text or one.kind}"
    reading = one.reading
    said = " ".join(filter(None, (str(reading.value), reading.unit)))
    return f"{each.look.speaker.moment(one.at)}  {reading.metric} {reading.item} = {said}  ({reading.source})"


def _evidence_object(one: Observation | Event) -> Object:
    if isinstance(one, Event):
        return {"event": event_object(one)}
    return {"at": one.at.isoformat(), "reading": fact_object(one.reading)}


def _rule(name: str) -> str:
    """Return what the rule says of itself: what it looks for, why, the remedy, its source."""
    return inspect.cleandoc(modules.load(rules, name).__doc__ or "") if name in modules.names(rules) else ""


def _verdict(each: Told) -> Verdict | None:
    """Return the verdict as the last judgement made it: out of the hours before the finding was last seen."""
    look, seen = each.look, [one.kept.finding for one in each.look.told]
    at = each.kept.last_seen + timedelta(microseconds=1)
    past = history(look.customer, look.devices, Interval(at - WINDOW, at))
    known = proofs.known(look.customer.code, [finding.key for finding in seen])
    first = {one.kept.finding.key: one.kept.first_seen for one in look.told}
    made = verdicts(seen, past, {key: one.proofs for key, one in known.items()}, at, first_seen=first)
    key = each.kept.finding.key
    return next((verdict for verdict in made if key in (verdict.finding, *verdict.also)), None)


def _proofs_object(verdict: Verdict) -> Object:
    def said(those: tuple[object, ...]) -> list[str]:
        return [str(getattr(one, "text", one)) for one in those]

    return told(
        {"verdict": verdict.state.value, "for": said(verdict.proofs), "against": said(verdict.against), "missing": said(verdict.missing)}
    )


def _judged(each: Told, verdict: Verdict) -> Iterator[str]:
    state = terms.CONDITIONS.get(verdict.state, say("healthy"))
    yield from _heading(each, say("Verdict: {state}", state=state))
    speaker = each.look.speaker
    for sign, those in (("+", verdict.proofs), ("–", verdict.against)):
        for proof in those:
            yield f"  {sign} {clean(speaker.sentence(proof.text))}  ({speaker.moment(proof.at)}, {proof.source})"
    yield from (f"  ? {clean(speaker.sentence(said))}" for said in verdict.missing)


def _trouble(each: Told) -> Trouble | None:
    """Return the trouble that the finding is a part of, by what stands now; none when it is explained by another."""
    standing = [Standing(finding=one.kept.finding, seen=one.kept.first_seen, acked=one.kept.mark is not None) for one in each.look.told]
    verdict = _verdict(each)
    made = picture(standing, Network(devices=each.look.devices), [verdict] if verdict else [])
    key = each.kept.finding.key
    return next((t for t in made.troubles if key in {f.key for f in t.members}), None)


def _handled(each: Told) -> Iterator[str]:
    """Say what is done about it: why it is nobody's case, what waits, or which case it is in."""
    yield from _heading(each, say("Case"))
    cause, trouble, mark = each.kept.finding.cause, _trouble(each), each.kept.mark
    if mark:
        words = (
            say("muted by {who}: {why}", who=mark.author, why=mark.reason)
            if mark.muted
            else say("known to {who}: {why}", who=mark.author, why=mark.reason)
        )
        yield from _lines(each, words, *([say("until {at}", at=mark.until)] if mark.until else []))
    if cause:
        yield from _lines(each, say("It follows from {cause}, and is told with that.", cause=cause))
    elif trouble is None:
        yield from _lines(each, say("It follows from something else that stands, and is told with that."))
    elif each.case is not None and each.case.is_open:
        yield from _in_case(each)
    else:
        policy = each.look.customer.cases
        yield from _lines(
            each, say("By itself: {what}", what=MODES[mode(trouble, policy)]), say("after {time}", time=wait(trouble, policy))
        )
    if trouble and trouble.follow:
        yield from _lines(each, say("From it follow: {keys}", keys=", ".join(f.key for f in trouble.follow)))
    if trouble and len(trouble.impact) > 1:
        yield from _lines(each, say("Without service: {names}", names=", ".join(trouble.impact)))


def _in_case(each: Told) -> Iterator[str]:
    case, ticket = each.case, each.ticket
    if case is None:
        return
    if case.draft:
        yield from _lines(each, say("A draft waits for a person: {command}", command=f"healthd finding open {each.kept.finding.key}"))
    elif ticket is None:
        yield from _lines(each, say("Its case {token} is on its way to the desk.", token=case.token))
    else:
        yield from _lines(
            each, say("Case {number} on {desk}, {priority}", number=ticket.id, desk=ticket.backend, priority=case.priority.name)
        )
