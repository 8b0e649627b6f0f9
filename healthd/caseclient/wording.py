"""What a case says on a desk that is not ours: its title, its text, its notes, and the marks by which they are found again."""

import html
import re
from collections.abc import Callable, Iterator, Mapping
from hashlib import blake2b

from healthd.model.action import Note, Propose, Raise, Reopen
from healthd.model.case import Opening
from healthd.model.phrase import Phrase, Quote, say

Say = Callable[[Phrase], str]
LONGEST_TITLE = 160
LONGEST_TEXT = 30_000
"""Characters; desks cut or refuse more (ServiceNow's work notes, Jira's 32,767)."""
_MARK = re.compile(r"\[healthd ([0-9a-f]{16})\]")
# Cisco's numbers of service requests: nine digits, of which the first is a 6; told beside a word that says so.
_CISCO = re.compile(r"(?:\bSR\b|\bTAC\b|\bCisco\b|思科|服务请求)[^0-9\n]{0,30}(6\d{8})(?!\d)", re.IGNORECASE)


def mark(token: str, name: str) -> str:
    """Return what marks the note *name* of the case *token*: 16 hexadecimal digits."""
    return blake2b(f"{token}\n{name}".encode(), digest_size=8).hexdigest()


def marks(text: str) -> frozenset[str]:
    """Return the marks of healthd's own in *text*."""
    return frozenset(_MARK.findall(text))


def cisco_number(text: str) -> str:
    """Return Cisco's number of a service request where *text* names one, else nothing."""
    found = _CISCO.search(text)
    return found[1] if found else ""


def one_line(text: str, longest: int) -> str:
    """Return *text* in one line of at most *longest* characters."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def title(opening: Opening, tell: Say) -> str:
    """Return the title: what and where, with the customer in front."""
    return one_line(f"{opening.customer}: {tell(opening.title)}", LONGEST_TITLE)


def text(opening: Opening, tell: Say) -> str:
    """Return the text of a new case: what happened, why it has its priority, and everything that an engineer asks first."""
    lines = [tell(opening.text), "", *(tell(each) for each in _facts(opening)), "", f"[{opening.token}]"]
    return cut("\n".join(lines))


def _facts(opening: Opening) -> Iterator[Phrase]:
    proposed = opening.proposed
    priority, why = f"P{int(opening.priority)}", opening.why
    yield (
        say("Priority: {priority}, proposed ({why})", priority=priority, why=why)
        if proposed
        else say("Priority: {priority} ({why})", priority=priority, why=why)
    )
    if opening.rma:
        yield say("The part is a candidate for replacement (RMA).")
    told = (
        (say("Device"), opening.device),
        (say("Part"), opening.item or opening.component),
        (say("Part number (PID)"), opening.pid),
        (say("Serial number"), opening.serial),
        (say("Slot"), opening.slot),
        (say("Software"), opening.software),
        (say("Site"), opening.site),
        (say("Contact"), opening.contact),
        (say("Contract"), " ".join(filter(None, (opening.contract, opening.level)))),
    )
    for name, value in told:
        if value:
            yield say("{name}: {value}", name=name, value=Quote(one_line(value, 500)))
    if opening.entitlement is not None:
        yield say("Entitlement: {said}", said=opening.entitlement)
    if opening.impact:
        names = ", ".join(opening.impact[:50]) + (" …" if len(opening.impact) > 50 else "")
        yield say("Lost service with it ({n}): {names}", n=len(opening.impact), names=Quote(names))


def note(action: Note | Raise | Propose | Reopen, tell: Say) -> str:
    """Return the text of the note that *action* leaves, its mark in the last line."""
    match action:
        case Raise():
            said = say("Priority raised to {priority}: {why}", priority=f"P{int(action.priority)}", why=action.why)
        case Propose():
            said = say("Well again: {text} We propose to resolve the case; please decide.", text=action.text)
        case Reopen():
            said = say("The same trouble is back: {text}", text=action.text)
        case _:
            said = action.text
    return marked(tell(said), action.token, action.mark)


def marked(text_: str, token: str, name: str) -> str:
    """Return *text_* with the mark of the note *name* in its last line."""
    return f"{cut(text_)}\n\n[healthd {mark(token, name)}]"


def cut(text_: str) -> str:
    """Return *text_* without what no desk keeps (NUL and other control characters), and no longer than desks take."""
    clean = "".join(c for c in text_ if c in "\n\t" or c.isprintable() or c == "\u3000")
    return clean if len(clean) <= LONGEST_TEXT else f"{clean[: LONGEST_TEXT - 1]}…"


_PLACE = re.compile(r"\{(\w+)\}")


def filled(templates: Mapping[str, str], opening: Opening) -> dict[str, str]:
    """Return *templates* with their places (``{serial}``: a field of the opening) filled; those of which nothing is known are left out."""
    known = {name: str(value) for name in opening.__slots__ if isinstance(value := getattr(opening, name), str | int | bool)}
    known["priority"] = f"P{int(opening.priority)}"
    made = {name: _PLACE.sub(lambda found: one_line(known.get(found[1], ""), 250), each) for name, each in templates.items()}
    return {name: value for name, value in made.items() if value}


_TAGS = re.compile(r"<[^>]*>")
_BREAKS = re.compile(r"<(?:br|/p|/div|/li)[^>]*>", re.IGNORECASE)


def plain(said: str, media: str | None) -> str:
    """Return *said* of the type *media* as plain text."""
    if media != "text/html":
        return said
    return html.unescape(_TAGS.sub("", _BREAKS.sub("\n", said))).strip()
