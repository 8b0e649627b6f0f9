"""N16: healthd itself needs help: a part of it fails, messages do not go out, or a case has no next step."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from healthd.model.case import Did
from healthd.model.message import Message
from healthd.model.phrase import Phrase, say
from healthd.model.tac import Role, Tac
from healthd.notify.letter import MAIL, Speaker
from healthd.notify.notice import Notice, Scene, called

NUMBER = "N16"


def notices(scene: Scene) -> Iterator[Notice]:
    """Yield a nag about a case without a next step, to whoever must act."""
    entry = scene.entry
    if entry.did is not Did.TOLD or entry.fact("notice") != NUMBER:
        return
    for reader in called(scene, entry.fact("to")):
        yield Notice(
            reader=reader, headline=say("this case has no next step"), sentences=(entry.words,) if entry.words else (),
            expected=say("Say what is done next, by whom and until when."), command=f"healthd case show {scene.case.number}",
        )  # fmt: skip


def troubles(event: str, said: Sequence[Phrase], tac: Tac, now: datetime, speaker: Speaker) -> Iterator[Message]:
    """Yield what the duty manager and the center's manager are told of a trouble of healthd's own; *event* is the same while it lasts."""
    people = {each.email: each for role in (Role.DUTY_MANAGER, Role.CENTER_MANAGER) for each in tac.on_duty(role, now) or tac.having(role)}
    for email, person in people.items():
        voice = speaker(person.language, tac.zone)
        lines = [voice.sentence(each) for each in said]
        asked = voice.sentence(say("See that somebody who runs healthd looks at it."))
        yield Message(
            key=f"trouble:{event}:{email}",
            channel=MAIL,
            recipient=email,
            subject=f"[healthd] {lines[0]}",
            text="\n".join([*lines, "", f"→ {asked}", "→ healthd doctor"]) + "\n",
            made=now,
            language=person.language,
        )
