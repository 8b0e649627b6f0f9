"""A day without anything to report: what the other pages would have said, in one line each."""

from healthd.model.phrase import Phrase, say
from healthd.model.report import Section, Terms
from healthd.reports.facts import Facts, Use, whole

REPORTS = ("daily",)
ORDER = 70


def build(facts: Facts) -> Section | None:
    """Return one line a chapter when all is well, else None: the chapters speak for themselves."""
    if not facts.calm:
        return None
    rows = (
        (say("Availability"), _availability(facts)),
        (say("Performance"), _performance(facts)),
        (say("Hardware"), say("No power supply, fan, module, sensor or redundant unit reported anything but normal.")),
        (say("Configuration"), say("No restart, and no running configuration left unsaved.")),
        (
            say("System log"),
            say("No log line of severity 0 to 4; devices of which no line is known: {n}.", n=len(facts.log.silent.never))
            if facts.log
            else say("No log source yet: these devices' own messages do not reach us."),
        ),
    )
    return Section(key="calm", title=say("What was checked"), blocks=(Terms(terms=rows),))


def _availability(facts: Facts) -> Phrase:
    return say("All devices ({n}): 100%, measured the whole time.", n=len(facts.in_service))


def _performance(facts: Facts) -> Phrase:
    found = {metric: top for metric in ("cpu", "memory", "interface") if (top := _top(facts, metric))}
    if len(found) < 3:
        return say("Nothing above its threshold.")
    return say(
        "Nothing above its threshold. Highest CPU {cpu}% ({c}), memory {memory}% ({m}), interface {interface}% ({i}).",
        cpu=whole(found["cpu"].peak),
        memory=whole(found["memory"].peak),
        interface=whole(found["interface"].peak),
        c=found["cpu"].device,
        m=found["memory"].device,
        i=found["interface"].device,
    )


def _top(facts: Facts, metric: str) -> Use | None:
    return max((u for u in facts.uses if u.metric == metric), key=lambda u: u.peak, default=None)
