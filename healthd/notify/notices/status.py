"""N5: something in the case has changed that the customer may read, or that others did and its engineer has to know."""

from collections.abc import Iterator, Mapping

from healthd.model import terms
from healthd.model.case import Channel, Did, Priority
from healthd.model.phrase import Phrase, say
from healthd.model.tac import Role
from healthd.notify.notice import Notice, Scene, engineer, having, opener

NUMBER = "N5"
OTHERS = frozenset({
    Did.OPENED, Did.PRIORITY_CONFIRMED, Did.ENGINEER_CONFIRMED, Did.ON_SITE_APPROVED, Did.CISCO_OPENED, Did.CLOSED, Did.SURVEY_SENT,
    Did.SURVEY_REMINDED, Did.SURVEYED, Did.HANDED_TO_SALES, Did.TOLD,
})  # fmt: skip
"""Entries that other notices tell the customer of."""
NEWS = frozenset({Did.RECOVERED, Did.RECURRED, Did.REOPENED, Did.CUSTOMER_CONFIRMED, Did.ON_SITE_REFUSED, Did.PRIORITISED})
"""What the engineer has to know, when somebody else did it."""
SAID: Mapping[Did, Phrase] = {
    Did.NOTED: say("news from our engineer"),
    Did.ASSIGNED: say("an engineer is assigned to your case"),
    Did.ACKNOWLEDGED: say("our engineer has taken your case"),
    Did.WAITED: say("we need your help to go on"),
    Did.RMA_PENDED: say("the part is being replaced"),
    Did.ESCALATED: say("our senior technical manager helps with your case"),
    Did.RESOLVED: say("your case is resolved"),
    Did.REOPENED: say("we have taken your case up again"),
}
"""What the customer reads, where the desk's own word for it would be about the customer."""
OUTSIDE = frozenset({Channel.MAIL, Channel.WEB, Channel.FAX, Channel.CISCO})


def notices(scene: Scene) -> Iterator[Notice]:
    """Yield a word to the customer of what is visible, and to the engineer of what others did."""
    entry = scene.entry
    if entry.visible and entry.did not in OTHERS and not (entry.channel in OUTSIDE and entry.did is Did.NOTED):
        yield from _customer(scene)
    if (entry.did in NEWS or (entry.did is Did.NOTED and entry.channel in OUTSIDE)) and entry.who != scene.case.engineer:
        yield from _engineer(scene)


def _customer(scene: Scene) -> Iterator[Notice]:
    entry = scene.entry
    headline = SAID.get(entry.did, terms.DONE[entry.did])
    for reader in opener(scene):
        yield Notice(reader=reader, headline=headline, sentences=_words(scene), expected=_expected(scene))


def _expected(scene: Scene) -> Phrase:
    if scene.entry.did is Did.RESOLVED:
        return say(
            "Tell us whether it is resolved. Without a word from you the case is closed after {n} working days.", n=scene.tac.silence
        )
    if scene.entry.did is Did.WAITED:
        return say("We wait for you: the clocks stand still until you answer.")
    return say("Nothing; answer if something is not right.")


def _engineer(scene: Scene) -> Iterator[Notice]:
    raised = scene.entry.did is Did.PRIORITISED and scene.case.priority <= Priority.P2
    proposed = having(scene, Role.HOTLINE) if raised and scene.case.proposed else ()
    for reader in (*engineer(scene), *proposed):
        yield Notice(
            reader=reader, urgent=raised or (scene.grave and scene.entry.did is Did.RECURRED), headline=terms.DONE[scene.entry.did],
            sentences=_words(scene), expected=_asked(scene), command=f"healthd case {'confirm' if raised and scene.case.proposed else 'show'} {scene.case.number}",
        )  # fmt: skip


def _asked(scene: Scene) -> Phrase:
    if scene.entry.did is Did.RECOVERED:
        return say("Look whether it is resolved, and say so: healthd closes no case by itself.")
    if scene.entry.did is Did.NOTED:
        return say("Read it, and answer.")
    return say("Look at the case.")


def _words(scene: Scene) -> tuple[Phrase | str, ...]:
    return tuple(filter(None, (scene.entry.words,)))
