"""N11: the case is closed, and how satisfied is the customer? One question, one reminder, and the manager hears of low marks."""

from collections.abc import Iterator

from healthd.model.case import Did
from healthd.model.phrase import Phrase, say
from healthd.model.tac import Role
from healthd.notify.notice import Notice, Row, Scene, engineer, having, opener

NUMBER = "N11"
LOW = 2


def notices(scene: Scene) -> Iterator[Notice]:
    """Yield the question to the customer, the reminder, or a low mark to the manager and the engineer."""
    entry = scene.entry
    if entry.did is Did.CLOSED:
        yield from _asked(scene, say("your case is closed"), _closing(scene))
    if entry.did is Did.SURVEY_REMINDED:
        yield from _asked(scene, say("how did we do?"), say("A while ago we closed your case. We do not ask again."))
    if entry.did is Did.SURVEYED and entry.fact("mark").isdecimal() and int(entry.fact("mark")) <= LOW:
        for reader in (*having(scene, Role.CENTER_MANAGER), *engineer(scene)):
            yield Notice(
                reader=reader, headline=say("the customer is not satisfied: {mark} of 5", mark=entry.fact("mark")), sentences=(entry.words,) if entry.words else (),
                expected=say("Call the customer, and take the case up again if it is not resolved."), command=f"healthd case show {scene.case.number}",
            )  # fmt: skip


def _closing(scene: Scene) -> Phrase:
    days = scene.entry.fact("silence")
    if days:
        return say("It was resolved, and we have not heard from you for {n} working days.", n=days)
    return say("Thank you for telling us that it is resolved.")


def _asked(scene: Scene, headline: Phrase, sentence: Phrase) -> Iterator[Notice]:
    how = say("Rate us from 1 (bad) to 5 (very good): answer this message with the number and what you wish to say.")
    rows = (Row(name=say("Rate it here"), value=f"{scene.tac.link.rstrip('/')}/survey/{scene.survey}"),) if scene.tac.link else ()
    for reader in opener(scene):
        yield Notice(
            reader=reader, headline=headline, sentences=(sentence,), expected=how, rows=(*rows, Row(name=say("Code of your answer"), value=scene.survey)),
        )  # fmt: skip
