"""The band at the top of page 1: how the network was, in two sentences that take ten seconds to read."""

from healthd.analysis.health import LEAST_COVERAGE
from healthd.analysis.stream.logday import GRAVE
from healthd.model.availability import State
from healthd.model.phrase import Percent, Phrase, say
from healthd.model.report import Section, Status, Verdict
from healthd.reports.duty import is_customers
from healthd.reports.facts import Facts

REPORTS = ("daily",)
ORDER = 10


def build(facts: Facts) -> Section:
    """Return the verdict; there always is one."""
    status, headline = verdict(facts)
    return Section(key="verdict", blocks=(Verdict(status=status, headline=headline, sentences=(_happened(facts), _needed(facts))),))


def verdict(facts: Facts) -> tuple[Status, Phrase]:
    """Return the status of the day and its word; a day that was hardly measured is never called well."""
    if not facts.coverage:
        return Status.UNKNOWN, say("Nothing was measured")
    if facts.status == Status.CRITICAL:
        return Status.CRITICAL, say("Action needed")
    if facts.status == Status.WARNING:
        return Status.WARNING, say("Action needed") if facts.pressing else say("Attention advised")
    if facts.status == Status.UNKNOWN or facts.coverage < LEAST_COVERAGE:
        return Status.UNKNOWN, say("Not everything could be checked")
    return Status.NORMAL, say("All is well")


def _happened(facts: Facts) -> Phrase:
    """What the day was like: losses first, then how the rest was."""
    if not facts.coverage:
        return say("No device was measured on this day, so this report cannot say how the network was.")
    down = [a for a in facts.today.values() if a.down]
    if len(down) == 1 and _still_down(facts, down[0].device):
        end, lost = facts.window.end, down[0].down
        return say(
            "{device} was still down at {end}, for {lost} in all; {others}.",
            device=down[0].device, end=end, lost=lost, others=_others(facts),
        )  # fmt: skip
    if len(down) == 1:
        return say("{device} was down for {lost}; {others}.", device=down[0].device, lost=down[0].down, others=_others(facts))
    if down:
        return say("{n} devices were down, {lost} in all; {others}.", n=len(down), lost=facts.lost, others=_others(facts))
    return _undisturbed(facts, facts.coverage)


def _undisturbed(facts: Facts, coverage: float) -> Phrase:
    """Say how a day was on which no device was found down."""
    cut_off = sum(1 for a in facts.today.values() if a.unreachable)
    if cut_off:
        return say("Devices that could not be reached for some time, though none was found down: {n}.", n=cut_off)
    if coverage < 1:
        return say("Every device answered whenever it was measured ({share} of the time).", share=Percent(coverage, 1))
    if any(a.maintenance for a in facts.today.values()):
        return say("Every device answered the whole time outside agreed maintenance.")
    return say("Every device answered the whole time.")


def _others(facts: Facts) -> Phrase:
    """How the rest was; never claims what was not measured."""
    share = facts.coverage or 0.0
    cut_off = any(a.unreachable and not a.down for a in facts.today.values())
    if cut_off:
        return say("devices behind them could not be reached")
    if share < 1:
        return say("the others answered whenever they were measured ({share} of the time)", share=Percent(share, 1))
    return say("the others answered the whole time")


def _needed(facts: Facts) -> Phrase:
    """What we need from the reader, or that it is nothing."""
    if not facts.coverage:
        return say("Please check with your TAC engineer how the devices can be reached.")
    if facts.causes:
        return _first(facts)
    if facts.blind:
        return say("Some checks could not be made; the appendix lists them.")
    if facts.coverage < LEAST_COVERAGE:
        return say("Nothing was found in what was measured; the appendix lists the gaps.")
    if facts.log and (n := facts.log.up_to(GRAVE)):
        return say("No check found anything; devices logged lines of severity 0 to 2 ({n}), which the system log gives in full.", n=n)
    return say("Nothing needs your attention.")


def _first(facts: Facts) -> Phrase:
    """The worst item in its own words, how many there are, and how many of them are the reader's."""
    first, n, yours = facts.causes[0].first, len(facts.causes), sum(is_customers(c.first) for c in facts.causes)
    what = say("still down") if _still_down(facts, first.device) else first.summary
    if n == 1:
        return say("To act on: {device}: {what}.", device=first.device, what=what)
    if yours:
        return say(
            "{n} items need action, {yours} of them by you; first: {device}: {what}.", n=n, yours=yours, device=first.device, what=what
        )
    return say("{n} items need action, all of them by the TAC; first: {device}: {what}.", n=n, device=first.device, what=what)


def _still_down(facts: Facts, device: str) -> bool:
    spans = facts.today[device].spans if device in facts.today else ()
    return bool(spans) and spans[-1].state == State.DOWN
