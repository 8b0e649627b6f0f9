"""What the demo does about what it finds: judge, fetch the second proofs, open the cases, and fill in the form for the spare part."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from healthd.cli import _context
from healthd.cli._secrets import secrets
from healthd.model.counted import counted

if TYPE_CHECKING:
    from healthd.cli._desk import Desk
    from healthd.cycle import Wire
    from healthd.daemon.judging import Judging
    from healthd.daemon.proving import Proving
    from healthd.daemon.writer import Writer
    from healthd.lab.faults import Fault
    from healthd.model.case import Case
    from healthd.model.finding import Finding
    from healthd.rounds import Rounds

LASTS = timedelta(seconds=75)
"""healthd calls no part failed whose trouble has not lasted for a minute, nor a device lost that has not been for as long."""
GAP_S = 8.0


def utc_now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


@dataclass(kw_only=True)
class Acting:
    """The daemon's own judging and proving of one customer, a turn at a time."""

    rounds: "Rounds"
    writer: "Writer"
    judging: "Judging" = field(init=False)
    proving: "Proving" = field(init=False)

    def begin(self, wire: "Wire", surroundings: _context.Context) -> None:
        """Put the parts together."""
        from healthd.daemon.judging import Judging
        from healthd.daemon.proving import Proving
        from healthd.daemon.watch import Watch
        from healthd.transports.scrub import Scrub

        who, devices = self.rounds.customer, self.rounds.devices
        self.judging = Judging(customer=who, devices=devices, writer=self.writer, now=utc_now)
        self.proving = Proving(
            code=who.code,
            devices=devices,
            wire=wire,
            writer=self.writer,
            watch=Watch(now=utc_now),
            now=utc_now,
            again=lambda: self.judging.judge([]),
            poll=lambda _names: None,
            scrub=Scrub(known=secrets(surroundings)[0]),
        )
        self.judging.doubt = self.proving.doubt

    async def turn(self, heard: Iterable[str]) -> None:
        """Keep what was heard, judge it, and look at what lacks a proof."""
        await self.writer.do(self.rounds.keep)
        await self.judging.judge(list(heard))
        await self.proving.turn()


async def watched(all_: Sequence[Acting], since: datetime, tell: Callable[[float], None]) -> None:
    """Sweep and judge until what happened at *since* has lasted long enough to be believed."""
    while (left := (since + LASTS - utc_now()).total_seconds()) > 0:
        tell(1 - left / LASTS.total_seconds())
        await asyncio.sleep(min(GAP_S, left))
        for each in all_:
            found = await each.rounds.sweep(utc_now())
            await each.turn(s.device for s in found if s.up)


def opened(surroundings: _context.Context) -> "tuple[Desk, tuple[Case, ...]]":
    """Do what the case client wants done on the service center's own desk; return the desk and its open cases."""
    from healthd.caseclient.backend import Means
    from healthd.caseclient.backends import embedded
    from healthd.cli._desk import Desk
    from healthd.desk import desk as core
    from healthd.errands import Worker

    desk = Desk(there=surroundings)
    worker = Worker(owner="demo", desk=embedded.Desk(means=Means(tell=desk.tell)))
    while worker.due(utc_now()):
        pass
    return desk, core.open_cases()


def told(desk: "Desk", cases: Sequence["Case"], faults: Sequence["Fault"], to: Path) -> Iterator[str]:
    """Yield what became of each fault: its case, the evidence and the form, or why there is none."""
    by_device = {case.opening.device: case for case in cases}
    standing, speaker = _found(desk), desk.language()
    for fault in faults:
        case = by_device.get(fault.device)
        if case is None:
            found = standing.get(fault.device)
            said = (
                f"{speaker.sentence(found.summary).rstrip('.')} ({found.verdict}, which is no failure of the part)"
                if found
                else "nothing is wrong there"
            )
            yield f"no case for {fault.device}: {said}"
            continue
        yield f"case {case.number}  {case.priority.name}  {speaker.sentence(case.opening.title)}"
        if case.opening.rma:
            proofs, files = counted(len(case.verdict.proofs) if case.verdict else 0, "proof"), counted(len(case.opening.files), "file")
            yield f"  failed ({proofs}, {files} of evidence), replacement suspected: {case.opening.pid}, S/N {case.opening.serial}"
            yield f"  {_form(desk, case, to)}  the form for the spare part"


def _found(desk: "Desk") -> "dict[str, Finding]":
    """Return, by device, the finding about a part that stands there."""
    from healthd.store import findings

    standing = (kept.finding for each in desk.there.customers() for kept in findings.standing(each.code, desk.now))
    return {each.device: each for each in standing if each.verdict}


def _form(desk: "Desk", case: "Case", to: Path) -> Path:
    """Write the request form of *case* as far as healthd can fill it in, and return its place."""
    from healthd.cli._sheets import form_of
    from healthd.cli.rma import known_of
    from healthd.desk import ladder, parts, rma
    from healthd.model.tac import Role
    from healthd.reports import sheets

    on_duty = ladder.asked(Role.ENGINEER, desk.tac, desk.now)
    wanted = parts.drafted(
        case.number, case.engineer or (on_duty[0].name if on_duty else ""), desk.now, known_of(desk, case.customer, case.opening.device)
    )
    customer = desk.customer(case.customer)
    code = customer.languages[0] if customer else "en"
    path = to / case.customer / f"rma-{wanted.number}-{code}.pdf"
    return sheets.write(form_of(desk, rma.folded((wanted,))), code, path).path
