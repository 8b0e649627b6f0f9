"""Appendix: how the figures were made, so that anybody can check them."""

from healthd.model.phrase import Phrase, say
from healthd.model.report import Section, Terms
from healthd.reports.facts import Facts

REPORTS = ("daily",)
ORDER = 440


def build(facts: Facts) -> Section:
    """Return the definitions, with this customer's own numbers in them."""
    return Section(
        key="method",
        title=say("Method and definitions"),
        question=say("What do the figures mean?"),
        blocks=(Terms(terms=(*_availability(facts), *_rest(facts))),),
        appendix=True,
    )


def _availability(facts: Facts) -> tuple[tuple[Phrase, Phrase], ...]:
    return (
        (
            say("Device availability"),
            say(
                "Time up ÷ (time up + time down), over measured time outside agreed maintenance. Time in which a device before it was down "
                "is shown as not reachable and does not count against the device."
            ),
        ),
        (
            say("Network availability"),
            say(
                "The share of service point time that was reachable, over measured time outside agreed maintenance. A service point that "
                "is cut off by another device's failure counts as not reachable."
            ),
        ),
        (
            say("Down"),
            say(
                "A device counts as down from the first of {confirm} lost looks in a row, until it answers again. Looks are {every} apart, by {by}.",
                confirm=facts.confirm,
                every=facts.every,
                by=", ".join(facts.by).upper(),
            ),
        ),
        (
            say("Measured"),
            say(
                "The share of the day in which we looked and know the answer. Time without measuring is neither up nor down, and is listed above."
            ),
        ),
        (
            say("Last {n} days", n=len(facts.days)),
            say("Earlier days by reachability alone: what was found on them is not kept. A cell shows the number of devices in its state."),
        ),
        (
            say("Percentages"),
            say("Cut, never rounded up: 100% is all of the measured time. None where less than 5% was measured."),
        ),
    )


def _rest(facts: Facts) -> tuple[tuple[Phrase, Phrase], ...]:
    return (
        (
            say("Budget left"),
            say(
                "The time a service point may still be unreachable within the last {n} days before the agreed level is missed.",
                n=len(facts.days),
            ),
        ),
        (
            say("Status"),
            say(
                "The worst open finding decides, never an average; what is critical for one access device alone is a warning for the network. "
                "Critical: act now. Warning: act by the time that is named. Not measured: a check could not be made."
            ),
        ),
        (
            say("Health score"),
            say(
                "100 less the points of each finding, and never above 59 with a critical or 84 with a warning finding. No score when less "
                "than 90% of the time was measured."
            ),
        ),
        (
            say("Who and by when"),
            say("A proposal until something else is agreed: what is critical for its device at once, a warning within a week."),
        ),
        (
            say("Usual"),
            say(
                "The band in which this device's own values lie at the same hours of earlier days. Limits of the device itself win over ours."
            ),
        ),
        (say("Errors and discards"), say("Packets damaged or dropped on an interface in its worst hour, both directions together.")),
    )
