"""The band at the top of page 1: how the network was, in two sentences that take ten seconds to read."""

from datetime import timedelta

from healthd.model.availability import State
from healthd.model.phrase import Percent, Phrase, say
from healthd.model.report import Section, Status, Verdict
from healthd.reports.facts import Facts

REPORTS = ("daily",)
ORDER = 10


def build(facts: Facts) -> Section:
    """Return the verdict; there always is one."""
    status, headline = verdict(facts)
    return Section(key="verdict", blocks=(Verdict(status=status, headline=headline, sentences=(_happened(facts), _needed(facts))),))


def verdict(facts: Facts) -> tuple[Status, Phrase]:
    """Return the status of the day and its word."""
    if not facts.coverage:
        return Status.UNKNOWN, say("Nothing was measured")
    if facts.status == Status.CRITICAL:
        return Status.CRITICAL, say("Action needed")
    if facts.status == Status.WARNING:
        return Status.WARNING, say("Attention advised")
    if facts.status == Status.UNKNOWN:
        return Status.UNKNOWN, say("Not everything could be checked")
    return Status.NORMAL, say("All is well")


def _happened(facts: Facts) -> Phrase:
    """What the day was like: losses first, then how the rest was."""
    if not facts.coverage:
        return say("No device was measured on this day, so this report cannot say how the network was.")
    down = [a for a in facts.today.values() if a.down]
    if len(down) == 1:
        return say("{device} was down for {lost}; {others}.", device=down[0].device, lost=down[0].down, others=_others(facts))
    if down:
        lost = sum((a.down for a in down), timedelta())
        return say("{n} devices were down, {lost} in all; {others}.", n=len(down), lost=lost, others=_others(facts))
    if facts.coverage < 1:
        return say("Every device answered whenever it was measured ({share} of the time).", share=Percent(facts.coverage, 1))
    return say("Every device answered all day.")


def _others(facts: Facts) -> Phrase:
    """How the rest was; never claims what was not measured."""
    share = facts.coverage or 0.0
    cut_off = any(a.unreachable and not a.down for a in facts.today.values())
    if cut_off:
        return say("devices behind them could not be reached")
    if share < 1:
        return say("the others answered whenever they were measured ({share} of the time)", share=Percent(share, 1))
    return say("the others answered all day")


def _needed(facts: Facts) -> Phrase:
    """What we need from the reader, or that it is nothing."""
    if not facts.coverage:
        return say("Please check with your TAC engineer how the devices can be reached.")
    if facts.actions:
        return _first(facts)
    if facts.blind:
        return say("Some checks could not be made; the appendix lists them.")
    return say("Nothing needs your attention.")


def _first(facts: Facts) -> Phrase:
    """The worst item in its own words, and how many follow."""
    worst, more = facts.actions[0], len(facts.actions) - 1
    if _still_down(facts, worst.device):
        return say("{device} is still down; items to act on, listed below: {n}.", device=worst.device, n=more + 1)
    if not more:
        return say("To act on: {device}: {what}.", device=worst.device, what=worst.summary)
    if more == 1:
        return say("To act on first: {device}: {what}; one more item is listed below.", device=worst.device, what=worst.summary)
    return say("To act on first: {device}: {what}; {n} more items are listed below.", device=worst.device, what=worst.summary, n=more)


def _still_down(facts: Facts, device: str) -> bool:
    spans = facts.today[device].spans if device in facts.today else ()
    return bool(spans) and spans[-1].state == State.DOWN
