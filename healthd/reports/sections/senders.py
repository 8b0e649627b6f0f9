"""Who logged most and who not at all, which lines are missing, and whose clock cannot be believed."""

from collections.abc import Iterator, Sequence

from healthd.analysis.stream.clocks import Clock
from healthd.analysis.stream.logday import Log
from healthd.analysis.unwatched import unwatched
from healthd.model.phrase import Phrase, say
from healthd.model.report import Section, Terms
from healthd.reports.facts import Facts

REPORTS = ("daily",)
ORDER = 312
NAMED = 6
GAPS = 2


def build(facts: Facts) -> Section | None:
    """Return one line for each matter; what has nothing to say is left out."""
    if facts.calm or not facts.coverage or facts.log is None:
        return None
    rows = (*_senders(facts.log), *_missing(facts, facts.log))
    question = say("Who sent it, who did not, and what is missing?")
    return Section(key="senders", title=say("Senders and gaps"), question=question, blocks=(Terms(terms=rows),), half=True)


def _senders(log: Log) -> Iterator[tuple[Phrase, Phrase]]:
    if log.talkers:
        yield say("Most lines"), _listed([say("{device} ({n})", device=d, n=n) for d, n in log.talkers])
    if log.silent.stopped:
        yield say("Silent today"), _listed(log.silent.stopped)
    if log.silent.never:
        yield say("Never heard"), _listed(log.silent.never)
    if not log.silent.stopped and not log.silent.never:
        yield say("Silent today"), say("none: every device sent something")


def _missing(facts: Facts, log: Log) -> Iterator[tuple[Phrase, Phrase]]:
    if log.lost:
        shown = [
            say("{n} of {device} between {a} and {b}", n=gap.lost, device=gap.device, a=gap.after, b=gap.before) for gap in log.lost[:GAPS]
        ]
        rest = log.lost[GAPS:]
        more = [say("{n} in other gaps ({gaps})", n=sum(gap.lost for gap in rest), gaps=len(rest))] if rest else []
        yield say("Lost on the way"), _joined([*shown, *more])
    if log.suppressed:
        yield say("Above the rate"), _listed([say("{n} of {device} not kept", device=d, n=n) for d, n in log.suppressed])
    if log.clocks:
        yield say("Clocks"), _listed([_clock(clock) for clock in log.clocks])
    if log.unread:
        yield say("Unnamed lines"), say("{n}; kept as they came", n=log.unread)
    if facts.strays:
        yield say("Unknown senders"), say("{n}; what they sent is in quarantine", n=facts.strays)
    if blind := unwatched(facts.today.values(), facts.window):
        yield (
            say("Nothing watched"),
            _joined([say("{start} to {end}", start=gap.start, end=gap.end) for gap in blind[:GAPS]] + _rest(len(blind) - GAPS)),
        )


def _clock(clock: Clock) -> Phrase:
    if clock.off is not None:
        ahead = clock.off.total_seconds() > 0
        if ahead:
            return say("{device}: {off} fast", device=clock.device, off=clock.off)
        return say("{device}: {off} slow", device=clock.device, off=-clock.off)
    return say("{device}: never set", device=clock.device) if clock.flag == "*" else say("{device}: lost its source", device=clock.device)


def _listed(names: Sequence[str | Phrase]) -> Phrase:
    """Return the first of *names*, and how many more there are."""
    shown = [say("{name}", name=name) for name in names[:NAMED]]
    return _joined(shown + _rest(len(names) - NAMED))


def _rest(left: int) -> list[Phrase]:
    return [say("{n} more", n=left)] if left > 0 else []


def _joined(said: Sequence[Phrase]) -> Phrase:
    text = said[-1]
    for one in reversed(said[:-1]):
        text = say("{one}; {more}", one=one, more=text)
    return text
