"""N3: half, three quarters or all of the time that was promised is over; to the engineer, at the steps of ``desk.ladder``."""

from collections.abc import Iterator
from datetime import datetime

from healthd.model import terms
from healthd.model.case import Did
from healthd.model.phrase import Phrase, say
from healthd.notify.notice import Notice, Scene, engineer, moment

NUMBER = "N3"


def notices(scene: Scene) -> Iterator[Notice]:
    """Yield a word to the engineer, unless the case went to another with this step or nobody has taken it yet (N2)."""
    clock, share = scene.entry.fact("clock"), scene.entry.fact("share")
    if scene.entry.did is not Did.STEPPED or clock not in terms.CLOCKS or scene.entry.fact("engineer"):
        return
    over = share.isdecimal() and int(share) >= 100
    if clock == "response" and not over:
        return
    due = moment(scene.entry.fact("due"))
    for reader in engineer(scene):
        yield Notice(
            reader=reader, urgent=scene.grave and share != "50", headline=_headline(clock, share, over=over), sentences=_due(due, over=over),
            expected=_expected(clock), command=f"healthd case show {scene.case.number}",
        )  # fmt: skip


def _headline(clock: str, share: str, *, over: bool) -> Phrase:
    name = terms.CLOCKS[clock]
    return say("{clock} is overdue", clock=name) if over else say("{share} % of the time for {clock} is over", share=share, clock=name)


def _due(due: datetime | None, *, over: bool) -> tuple[Phrase, ...]:
    if due is None:
        return ()
    return (say("It was due at {at}.", at=due),) if over else (say("It is due at {at}.", at=due),)


def _expected(clock: str) -> Phrase:
    return {
        "response": say("Take the case, or say that you cannot."),
        "contact": say("Contact the customer, and record it."),
        "update": say("Tell the customer how it stands, and record it."),
    }.get(clock, say("Resolve it, or ask for help: another engineer, a visit, the senior technical manager."))
