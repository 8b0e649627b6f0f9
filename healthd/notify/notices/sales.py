"""N14: a caller without contract: sales takes over, with who called, about what, and how to reach them."""

from collections.abc import Iterator

from healthd.model.case import Did
from healthd.model.phrase import say
from healthd.model.tac import Role
from healthd.notify.notice import Notice, Scene, having

NUMBER = "N14"


def notices(scene: Scene) -> Iterator[Notice]:
    """Yield the hand-over to sales."""
    if scene.entry.did is not Did.HANDED_TO_SALES:
        return
    reason = scene.entry.words or scene.case.opening.entitlement
    for reader in having(scene, Role.SALES):
        yield Notice(
            reader=reader, headline=say("a customer without contract asks for service"), sentences=(reason,) if reason else (),
            expected=say("Call the customer today, and make an offer."), command=f"healthd case show {scene.case.number}",
        )  # fmt: skip
