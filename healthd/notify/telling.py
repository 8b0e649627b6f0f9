"""Whom to tell what when an entry is written into a case: every notice that it causes, one message for each person."""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from healthd import modules
from healthd.model.case import Case, Entry
from healthd.model.device import Customer
from healthd.model.message import Attachment, Message
from healthd.model.tac import Tac
from healthd.notify import notices
from healthd.notify.letter import Speaker, messages
from healthd.notify.notice import Notice, Scene

log = logging.getLogger("healthd.notify")


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Tells of cases. *sign* makes the token by which a customer rates a case, *mark* that by which an answer to a case is known again; *roster* gives the service center as it is now, swaps included, *files* what the files of an entry hold."""

    customers: Mapping[str, Customer]
    roster: Callable[[], Tac]
    speaker: Speaker
    sign: Callable[[str], str] = str
    mark: Callable[[str], str] = lambda _: ""
    files: Callable[[tuple[str, ...]], tuple[Attachment, ...]] = lambda _: ()
    found: tuple[Callable[[Scene], Iterator[Notice]], ...] = field(
        default_factory=lambda: tuple(each.notices for each in modules.every(notices) if hasattr(each, "notices"))
    )

    def __call__(self, case: Case, entry: Entry) -> tuple[Message, ...]:
        """Return the messages of *entry*, after which the case is *case*."""
        customer = self.customers.get(case.customer) or Customer(code=case.customer, title=case.customer)
        at = entry.entered or entry.at
        scene = Scene(
            case=case,
            entry=entry,
            tac=self.roster(),
            customer=customer,
            now=at,
            survey=self.sign(case.number),
            mark=self.mark(case.number),
            files=self.files(entry.files) if entry.files and entry.fact("form") else (),
        )
        return messages((notice for member in self.found for notice in _safely(member, scene)), scene, self.speaker)


def _safely(member: Callable[[Scene], Iterator[Notice]], scene: Scene) -> tuple[Notice, ...]:
    """Return what *member* tells of *scene*; one that fails is told in the log, and keeps nobody from working on the case."""
    try:
        return tuple(member(scene))
    except Exception:
        log.exception("no notice by %s of case %s, entry %d", member.__module__, scene.case.number, scene.entry.number)
        return ()
