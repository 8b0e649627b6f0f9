"""N2: nobody has taken the case, and the time that is promised for a response runs out."""

from collections.abc import Iterator

from healthd.model.case import Did
from healthd.model.phrase import say
from healthd.model.tac import Role
from healthd.notify.notice import Notice, Scene, engineer, having, moment

NUMBER = "N2"


def notices(scene: Scene) -> Iterator[Notice]:
    """Yield a reminder to the engineer, and to the hotline, who may give the case to another."""
    entry, number = scene.entry, scene.case.number
    if entry.did is not Did.STEPPED or entry.fact("clock") != "response" or entry.fact("share") == "100" or entry.fact("engineer"):
        return
    due = moment(entry.fact("due"))
    for reader in (*engineer(scene), *having(scene, Role.HOTLINE)):
        yield Notice(
            reader=reader, urgent=scene.grave, headline=say("nobody has taken this case"),
            sentences=(say("The response is due at {at}.", at=due),) if due else (),
            expected=say("Take it, or give it to an engineer who can."), command=f"healthd case ack {number} · healthd case assign {number} --to NAME",
        )  # fmt: skip
