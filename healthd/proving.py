"""The second proof: asking a device about one of its parts, at the moment of failure, for what it says on its command line.

Only what a verdict asks for is asked, in one session, within the wire's
bounds. What comes back is kept as it came, without secrets, and read by the
same readers as every other output; the log that it prints counts as what it
is, lines of a log.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from healthd import cycle
from healthd.analysis.proofs import shown
from healthd.analysis.proofs.cases import concerns
from healthd.analysis.proofs.told import Told, of_events
from healthd.analysis.proofs.told import proofs as of_told
from healthd.collectors.logs.classed import classed
from healthd.collectors.logs.syslog import Context
from healthd.collectors.shows import log
from healthd.cycle import Wire
from healthd.errors import CollectError
from healthd.model.answer import Answers
from healthd.model.device import Device
from healthd.model.message import Attachment
from healthd.model.request import Show
from healthd.model.screen import clean
from healthd.model.verdict import Proof, Proven, Verdict
from healthd.transports.scrub import Scrub

BEFORE = timedelta(hours=1)
"""Lines of the log from this long before the trouble was seen belong to it; older ones are about something else."""
PLAIN = "text/plain; charset=utf-8"


async def prove(device: Device, wire: Wire, verdict: Verdict, now: datetime, scrub: Scrub | None = None) -> Proven:
    """Ask *device* what *verdict* asks for, and return what it proves, for and against, with the device's own words.

    *device* carries the platform it turned out to be. One without a command
    line, or whose command line does not answer, proves nothing.
    """
    shows = {Show(command) for command in verdict.asks} if device.ssh else set()
    if not shows:
        return Proven()
    try:
        answers = await wire.ask(device, shows)
    except CollectError as error:
        answers = Answers(errors=(str(error),))
    clear = scrub or Scrub()
    texts = {show: clear.text(text) for show, text in answers.shows.items()}
    # States are read from what came, lines of the log without secrets: these are quoted.
    said = Answers(shows={show: texts[show] if _is_log(show) else text for show, text in answers.shows.items()})
    errors = clear.text("\n".join(answers.errors))
    return Proven(proofs=tuple(_proofs(device, verdict, said, now)), files=tuple(_files(verdict, texts, errors, now)))


def _proofs(device: Device, verdict: Verdict, answers: Answers, now: datetime) -> Iterator[Proof]:
    read = dict(cycle.shown(device, answers))
    serials = shown.rows(verdict, (fact for facts in read.values() for fact in facts))
    for command, facts in read.items():
        yield from shown.proofs(verdict, command, facts, serials, now)
    for show, text in answers.shows.items():
        if _is_log(show):
            yield from of_told(_lines(device, verdict, show, text, now))


def _is_log(show: Show) -> bool:
    return show.command.startswith("show logging")


def _lines(device: Device, verdict: Verdict, show: Show, text: str, now: datetime) -> Iterator[Told]:
    """Yield the lines of the log that are about the part of *verdict*, of the time of its trouble."""
    context = Context(received=now, device=device.name, source="cli", address=device.address)
    events = (classed(event) for event in log.events(clean(text, show.command), context))
    since = (verdict.since or now) - BEFORE
    for told in of_events(events):
        if told.event.at is not None and (told.soft or told.at >= since) and concerns(told, verdict):
            yield told


def _files(verdict: Verdict, texts: Mapping[Show, str], errors: str, now: datetime) -> Iterator[Attachment]:
    """Yield the bundle: one file for all that was printed, in the order of asking; none where nothing was."""
    if not texts:
        return
    order = {command: n for n, command in enumerate(verdict.asks)}
    head = f"{verdict.device}, {verdict.component} {verdict.item}, {now:%Y-%m-%d %H:%M:%S} UTC\n"
    blocks = [
        f"\n{verdict.device}# {show.command}\n{text.rstrip()}\n"
        for show, text in sorted(texts.items(), key=lambda each: order.get(each[0].command, 0))
    ]
    missing = f"\nNot answered:\n{errors}\n" if errors else ""
    yield Attachment(
        name=f"{verdict.device} {verdict.component} {now:%Y%m%dT%H%M%SZ}.txt",
        media=PLAIN,
        data="".join((head, *blocks, missing)).encode("utf-8", "backslashreplace"),
    )
