"""N1: a new case, or one that is somebody's from now on; with its basics, to the engineer or the hotline, and to the customer.

What the monitor calls P1 or P2 pages the hotline at once, and the customer
hears of it when the hotline has confirmed it.
"""

from collections.abc import Iterator

from healthd.model.case import Did
from healthd.model.phrase import say
from healthd.model.tac import Role
from healthd.notify.notice import Notice, Scene, engineer, having, opener

NUMBER = "N1"


def notices(scene: Scene) -> Iterator[Notice]:
    """Yield what is told of a case that was opened, assigned or confirmed."""
    did = scene.entry.did
    if did is Did.OPENED:
        yield from _hotline(scene)
        yield from _manager(scene)
        if not scene.case.proposed:
            yield from _customer(scene)
    if did is Did.ASSIGNED:
        yield from _engineer(scene)
    if did is Did.PRIORITY_CONFIRMED:
        yield from _customer(scene)


def _hotline(scene: Scene) -> Iterator[Notice]:
    number = scene.case.number
    for reader in having(scene, Role.HOTLINE):
        if scene.case.proposed:
            yield Notice(
                reader=reader, urgent=True, headline=say("proposed by monitoring, confirm it now"),
                sentences=(say("healthd opened this case by itself. Its priority stays proposed until you have confirmed it."),),
                expected=say("Call the customer, then confirm the priority or change it, and assign an engineer."),
                command=f"healthd case confirm {number}",
            )  # fmt: skip
        else:
            yield Notice(
                reader=reader, urgent=scene.grave, headline=say("new case"), command=f"healthd case assign {number}",
                expected=say("Assign an engineer, unless it has one."),
            )  # fmt: skip


def _manager(scene: Scene) -> Iterator[Notice]:
    """After hours the fault comes first and the record later; the manager hears of it with the record."""
    if not scene.entry.fact("afterwards"):
        return
    for reader in having(scene, Role.CENTER_MANAGER):
        yield Notice(
            reader=reader, headline=say("entered after the fact"),
            sentences=(say("{who} resolved this first and wrote it down afterwards. It began at {at}.", who=scene.entry.who, at=scene.case.opened),),
            expected=say("Nothing, unless the record leaves questions."),
        )  # fmt: skip


def _engineer(scene: Scene) -> Iterator[Notice]:
    promise = scene.tac.promised(scene.case.priority, scene.case.opening.level).response
    within = (say("A response is promised within {time}.", time=promise),) if promise else ()
    for reader in engineer(scene):
        yield Notice(
            reader=reader, urgent=scene.grave, headline=say("this case is yours"), sentences=within,
            expected=say("Take it, and contact the customer by the means they prefer."), command=f"healthd case ack {scene.case.number}",
        )  # fmt: skip


def _customer(scene: Scene) -> Iterator[Notice]:
    promise = scene.tac.promised(scene.case.priority, scene.case.opening.level).contact
    within = (say("Our engineer contacts you within {time}.", time=promise),) if promise else ()
    for reader in opener(scene):
        yield Notice(
            reader=reader, headline=say("we have opened a case for you"),
            sentences=(say("Dear {name},", name=reader.name), say("your case has the number {number}.", number=scene.case.number), *within),
            expected=say("Tell us what you have seen, and whom we may call. Please report P1 and P2 by phone."),
        )  # fmt: skip
