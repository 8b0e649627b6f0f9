"""A notice in its reader's language, as text and HTML, and on the channel that reaches them."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from html import escape
from typing import Protocol
from zoneinfo import ZoneInfo

from healthd.model import terms
from healthd.model.case import Case
from healthd.model.message import Message
from healthd.model.phrase import Phrase, say
from healthd.notify.notice import Notice, Reader, Row, Scene

MAIL, CHAT = "mail", "chat"
WIDE = "style=\"font:15px/1.5 -apple-system,'Segoe UI','Noto Sans CJK SC','Microsoft YaHei',sans-serif;color:#1a1a1a;max-width:640px\""
NAMED = 5
"""Devices that are named; of more, how many."""
BOX = 'style="background:#eef4fb;border-left:4px solid #0b5cad;padding:10px 14px;margin:16px 0"'


class Voice(Protocol):
    """A language: how it says a phrase, joins a term with its meaning, and names its distance from UTC."""

    @property
    def code(self) -> str:
        """Its code, as en or zh-CN."""

    def sentence(self, phrase: Phrase) -> str:
        """Return *phrase* in it."""

    def pair(self, term: str, meaning: str) -> str:
        """Return *term* and its *meaning* on a line."""

    def offset(self, at: datetime) -> str:
        """Return the zone's distance from UTC at that moment."""


Speaker = Callable[[str, ZoneInfo], Voice]
"""Returns the voice for a language and a time zone."""


def messages(notices: Iterator[Notice], scene: Scene, speaker: Speaker) -> tuple[Message, ...]:
    """Return the messages of *notices*: one for each person who can be reached, however many notices they would get."""
    found: dict[str, Message] = {}
    for notice in notices:
        if made := message(notice, scene, speaker(notice.reader.language, notice.reader.zone)):
            found.setdefault(made.recipient, made)
    return tuple(found.values())


def message(notice: Notice, scene: Scene, voice: Voice) -> Message | None:
    """Return *notice* as a message; None where its reader has no address. What is urgent goes to the urgent target, where there is one, and so does all else without mail."""
    reader, number = notice.reader, scene.case.number
    chat = bool(reader.urgent) and (notice.urgent or not reader.email)
    recipient = reader.urgent if chat else reader.email
    if not recipient:
        return None
    return Message(
        key=f"case:{number}:{scene.entry.number}:{recipient}",
        channel=CHAT if chat else MAIL,
        recipient=recipient,
        subject=_subject(notice, scene.case, voice),
        text=_text(notice, scene, voice),
        html="" if chat else _html(notice, scene, voice),
        made=scene.now,
        language=reader.language,
        urgent=notice.urgent,
        attachments=notice.files,
        case=number,
        thread=f"case:{number}:{scene.mark}" if scene.mark else f"case:{number}",
    )


def _subject(notice: Notice, case: Case, voice: Voice) -> str:
    """Return the subject: the case's mark comes first, by which answers are known again; then how grave it is, and what has happened."""
    return f"[Case {case.number}] {case.priority.name} {voice.sentence(notice.headline)} · {voice.sentence(case.opening.title)}"


def _text(notice: Notice, scene: Scene, voice: Voice) -> str:
    lines = [_begun(voice.sentence(notice.headline)), *(_said(voice, each) for each in notice.sentences)]
    rows = [voice.pair(name, value) for name, value in _rows(notice, scene, voice)]
    asked = [f"→ {line}" for line in _asked(notice, scene, voice)]
    blocks = (lines, rows, asked, _foot(notice.reader, scene, voice))
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _html(notice: Notice, scene: Scene, voice: Voice) -> str:
    body = [f"<h2 style='font-size:18px;margin:0 0 8px'>{escape(_begun(voice.sentence(notice.headline)))}</h2>"]
    body += [f"<p>{escape(_said(voice, each))}</p>" for each in notice.sentences]
    cells = "".join(
        f'<tr><td style="color:#5c6670;padding:2px 16px 2px 0;vertical-align:top">{escape(name)}</td><td>{_linked(value)}</td></tr>'
        for name, value in _rows(notice, scene, voice)
    )
    body += [f"<table cellspacing='0'>{cells}</table>"] if cells else []
    asked = "<br>".join(_linked(line) for line in _asked(notice, scene, voice))
    body += [f"<p {BOX}>{asked}</p>"] if asked else []
    body += [f'<p style="color:#5c6670">{escape(line)}</p>' for line in _foot(notice.reader, scene, voice)]
    return f'<!DOCTYPE html><html lang="{voice.code}"><meta charset="utf-8"><body><div {WIDE}>{"".join(body)}</div></body></html>'


def _linked(text: str) -> str:
    """Return *text* as mark-up; an address of the portal can be clicked."""
    shown = escape(text)
    return f'<a href="{shown}">{shown}</a>' if text.startswith("https://") and " " not in text else shown


def _begun(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _said(voice: Voice, said: Phrase | str) -> str:
    return said if isinstance(said, str) else voice.sentence(said)


def _asked(notice: Notice, scene: Scene, voice: Voice) -> Iterator[str]:
    if notice.expected:
        yield voice.sentence(notice.expected)
    if notice.command and notice.reader.staff:
        yield notice.command
    if scene.tac.link:
        yield f"{scene.tac.link.rstrip('/')}/cases/{scene.case.number}"


def _foot(reader: Reader, scene: Scene, voice: Voice) -> list[str]:
    hotline = scene.customer.hotline or scene.tac.hotline
    said = [say("Times are in {zone}.", zone=voice.offset(scene.now))]
    if not reader.staff and hotline:
        said.append(say("Hotline, day and night: {number}. Answer this message to write into the case.", number=hotline))
    lines = [(" " if voice.code == "en" else "").join(voice.sentence(each) for each in said)]
    return [*lines, f"[healthd:{scene.case.number}-{scene.mark}]"] if scene.mark else lines


def _rows(notice: Notice, scene: Scene, voice: Voice) -> Iterator[tuple[str, str]]:
    rows = (*notice.rows, *basics(scene, inside=notice.reader.staff)) if notice.basics else notice.rows
    for row in rows:
        if value := _said(voice, row.value):
            yield voice.sentence(row.name), value


def basics(scene: Scene, *, inside: bool) -> Iterator[Row]:
    """Yield the facts of the case; what only the TAC needs to know for those *inside*."""
    case, opening = scene.case, scene.case.opening
    yield Row(name=say("Case"), value=case.number)
    if inside:
        yield Row(name=say("Customer"), value=scene.customer.title)
    yield Row(name=say("Fault"), value=opening.title)
    if opening.device:
        yield Row(
            name=say("Device"), value=say("{device}, {site}", device=opening.device, site=_site(scene)) if opening.site else opening.device
        )
    if part := " · ".join(filter(None, (opening.item, opening.pid, opening.serial))):
        yield Row(name=say("Part"), value=part)
    priority = terms.PRIORITIES[case.priority]
    yield Row(
        name=say("Priority"),
        value=say("{priority} (proposed, the hotline is to confirm it)", priority=priority) if case.proposed else priority,
    )
    if inside:
        yield Row(name=say("Why this priority"), value=opening.why)
    if opening.others:
        yield Row(name=say("Also without service"), value=_others(opening.others))
    yield Row(name=say("State"), value=say("{state} since {at}", state=terms.STATES[case.state], at=case.since))
    if person := scene.tac.person(case.engineer):
        yield Row(name=say("Engineer"), value=" · ".join(filter(None, (person.title or person.name, person.phone))))
    if case.cisco:
        yield Row(name=say("Cisco's case number"), value=case.cisco)
    if inside and (known := _contact(scene)):
        yield Row(name=say("Contact"), value=known)
    if inside and opening.level:
        yield Row(name=say("Contract"), value=" · ".join(filter(None, (opening.contract, opening.level))))


def _contact(scene: Scene) -> str:
    """Return who called and how to reach them; the customer's first contact where nobody called."""
    case = scene.case
    if caller := case.detail("caller"):
        return " · ".join(filter(None, (caller, case.detail("phone"), case.detail("email"))))
    first = next(iter(scene.customer.contacts), None)
    return " · ".join(filter(None, (first.name, first.phone, first.email))) if first else ""


def _others(names: Sequence[str]) -> Phrase | str:
    first = ", ".join(names[:NAMED])
    return say("{names} and {n} more", names=first, n=len(names) - NAMED) if len(names) > NAMED else first


def _site(scene: Scene) -> str:
    name = scene.case.opening.site
    return next((each.title or each.name for each in scene.customer.sites if each.name == name), name)
