"""N9: a visit to the customer's site: the manager is asked, and everybody gets it into their calendar (RFC 5545, RFC 5546)."""

from collections.abc import Iterator
from datetime import UTC, datetime

from healthd.model.case import Did
from healthd.model.message import Attachment
from healthd.model.phrase import say
from healthd.model.tac import Role
from healthd.notify.notice import Notice, Row, Scene, engineer, having, opener

NUMBER = "N9"


def notices(scene: Scene) -> Iterator[Notice]:
    """Yield a request to the manager, or the appointment to the engineer and the customer."""
    entry, number = scene.entry, scene.case.number
    if entry.did is Did.ON_SITE_ASKED:
        for reader in having(scene, Role.CENTER_MANAGER):
            yield Notice(
                reader=reader, urgent=scene.grave, headline=say("an on-site visit is asked for"), sentences=(entry.words,),
                expected=say("Decide whether an engineer goes there."), command=f"healthd case onsite {number} --approve --from TIME --to TIME",
            )  # fmt: skip
    if entry.did is Did.ON_SITE_APPROVED:
        span = _span(scene)
        files = (calendar(scene, *span),) if span else ()
        rows = (Row(name=say("Visit"), value=say("{start} to {end}", start=span[0], end=span[1])),) if span else ()
        asked = (
            say("Be there with the part, and record what you did."),
            say("Please see that our engineer is let in, and that somebody is there who knows the place."),
        )
        for readers, expected in zip((engineer(scene), opener(scene)), asked, strict=True):
            for reader in readers:
                yield Notice(reader=reader, headline=say("an engineer comes to you") if not reader.staff else say("on-site visit approved"), rows=rows, expected=expected, files=files)  # fmt: skip


def _span(scene: Scene) -> tuple[datetime, datetime] | None:
    start, end = scene.entry.fact("start"), scene.entry.fact("end")
    return (datetime.fromisoformat(start), datetime.fromisoformat(end)) if start and end else None


def calendar(scene: Scene, start: datetime, end: datetime) -> Attachment:
    """Return the visit as an iCalendar request; a later one with the same UID moves it."""
    case = scene.case
    place = next((each.address for each in scene.customer.sites if each.name == case.opening.site), "")
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//healthd//case desk//EN", "METHOD:REQUEST", "BEGIN:VEVENT",
        f"UID:case-{case.number}-visit@healthd", f"SEQUENCE:{scene.entry.number}", f"DTSTAMP:{_utc(scene.now)}", f"DTSTART:{_utc(start)}",
        f"DTEND:{_utc(end)}", f"SUMMARY:{_escaped(f'[Case {case.number}] {scene.customer.title} {case.opening.device}')}",
        f"LOCATION:{_escaped(place)}", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    data = "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))
    return Attachment(name=f"case-{case.number}-visit.ics", media="text/calendar", data=data.encode())


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    """RFC 5545, 3.3.11."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Yield *line* in pieces of at most 75 octets, the later ones behind a space (RFC 5545, 3.1)."""
    piece = ""
    for character in line:
        if len((piece + character).encode()) > 75:
            yield piece
            piece = " "
        piece += character
    yield piece
