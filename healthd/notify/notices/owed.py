"""N8: the faulty part has to go back; to the spares specialist, and when it is overdue to the manager too."""

from collections.abc import Iterator
from datetime import date

from healthd.model.case import Did
from healthd.model.phrase import say
from healthd.model.tac import Role
from healthd.notify.notice import Notice, Row, Scene, having

NUMBER = "N8"


def notices(scene: Scene) -> Iterator[Notice]:
    """Yield a reminder of the return clock."""
    entry = scene.entry
    if entry.did is not Did.TOLD or entry.fact("notice") != NUMBER:
        return
    late, due = entry.fact("overdue"), date.fromisoformat(entry.fact("due"))
    headline = say("the return of the faulty part is overdue") if late else say("the faulty part is to be returned")
    for role in (Role.SPARES, Role.CENTER_MANAGER) if late else (Role.SPARES,):
        for reader in having(scene, role):
            yield Notice(
                reader=reader, headline=headline,
                sentences=(say("It was due on {day}; Cisco may charge the list price.", day=due) if late else say("It is due on {day}.", day=due),),
                expected=say("Send the faulty part back, and record its waybill."), command=f"healthd rma return {entry.fact('form')}",
                rows=(Row(name=say("Spare-part request form"), value=entry.fact("form")),),
            )  # fmt: skip
