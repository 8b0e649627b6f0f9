"""N4: the case went a step up, by the clock or by its engineer's word; to whoever is to act now."""

from collections.abc import Iterator

from healthd.model import terms
from healthd.model.case import Did
from healthd.model.phrase import Phrase, say
from healthd.model.tac import Role
from healthd.notify.notice import Notice, Scene, having, moment, staff

NUMBER = "N4"
GATE = "gate"
WORKERS = {Role.ENGINEER, Role.SENIOR_ENGINEER}


def notices(scene: Scene) -> Iterator[Notice]:
    """Yield a call to those who are escalated to."""
    entry, number = scene.entry, scene.case.number
    if entry.did is Did.STEPPED:
        yield from _stepped(scene)
    if entry.did is Did.ESCALATED:
        for reader in having(scene, Role.SENIOR_MANAGER):
            yield Notice(
                reader=reader, urgent=scene.grave, headline=say("escalated to you by the engineer"), sentences=_words(scene),
                expected=say("Help to resolve it, or decide that a case is opened with Cisco TAC."), command=f"healthd case show {number}",
            )  # fmt: skip
    if entry.did is Did.ENGINEER_ASKED:
        for reader in having(scene, Role.CENTER_MANAGER):
            yield Notice(
                reader=reader, urgent=scene.grave, headline=say("another engineer is asked for"), sentences=_words(scene),
                expected=say("Decide, and assign an engineer."), command=f"healthd case assign {number} --to NAME",
            )  # fmt: skip


def _stepped(scene: Scene) -> Iterator[Notice]:
    """Yield what those hear whom the step names; the engineer hears of their own clock by N2 and N3."""
    entry, number = scene.entry, scene.case.number
    clock, share = entry.fact("clock"), entry.fact("share")
    if clock == GATE and share == "0":
        return  # the hotline was paged when the case was opened or raised
    names = dict.fromkeys(each.strip() for each in f"{entry.fact('to')},{entry.fact('engineer')}".split(","))
    for person in filter(None, map(scene.tac.person, names)):
        reader = staff(person, scene.tac)
        if person.name == entry.fact("engineer"):
            yield Notice(
                reader=reader, urgent=scene.grave, headline=say("this case is yours now"), sentences=(say("Another engineer did not take it."), *_clock(scene)),
                expected=say("Take it, and contact the customer by the means they prefer."), command=f"healthd case ack {number}",
            )  # fmt: skip
        elif entry.fact("engineer") and person.roles <= WORKERS:
            yield Notice(
                reader=reader, headline=say("this case went to another engineer"), sentences=(say("It was not taken in time."),),
                expected=say("Nothing; tell the other engineer what you know."), command=f"healthd case show {number}",
            )  # fmt: skip
        elif person.name != scene.case.engineer and clock == GATE:
            yield Notice(
                reader=reader, urgent=True, headline=say("nobody has confirmed the proposed priority"),
                sentences=(say("Monitoring opened it, and the hotline has not called."),),
                expected=say("See that the customer is called and the priority is confirmed."), command=f"healthd case confirm {number}",
            )  # fmt: skip
        elif person.name != scene.case.engineer:
            yield Notice(
                reader=reader, urgent=scene.grave, headline=say("escalated to you by the clock"), sentences=_clock(scene),
                expected=say("See that somebody acts: look at the case, and take it or give it to somebody who can."),
                command=f"healthd case show {number} · healthd case assign {number} --to NAME",
            )  # fmt: skip


def _clock(scene: Scene) -> tuple[Phrase | str, ...]:
    entry = scene.entry
    name, due = terms.CLOCKS.get(entry.fact("clock")), moment(entry.fact("due"))
    if name is None or due is None:
        return _words(scene)
    share = entry.fact("share")
    if share.isdecimal() and int(share) >= 100:
        return (say("The time for {clock} ran out at {at}.", clock=name, at=due),)
    return (say("{share} % of the time for {clock} is over; it is due at {at}.", share=share, clock=name, at=due),)


def _words(scene: Scene) -> tuple[Phrase | str, ...]:
    return tuple(filter(None, (scene.entry.words,)))
