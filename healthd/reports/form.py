"""The spare-part request form (备件申请表): one A4 page, every label in both languages, to be filled in on screen or by hand.

What healthd knows is printed. Where it does not know, or where somebody has to
say something, is a field of the PDF: so nobody can change what was confirmed.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import segno
from markupsafe import Markup

from healthd.model.phrase import Phrase, Value, say
from healthd.model.rma import TESTS, Data, How, Route
from healthd.model.sheet import Form
from healthd.reports.html import environment
from healthd.reports.language import Language, language, legible
from healthd.reports.tongue import tongue

LINE = 122
"""Characters of a log line that fit the form; the case has the whole."""
LONG = 260
"""Characters of the symptom or the conclusion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box to tick."""

    name: str
    label: Value
    ticked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A place of the form: *label*, *value* (a field called *name* where there is none), *span* of twelve columns.

    *boxes* stand instead of a value, *tall* gives room in millimetres for a pen, *mono* is a serial number or the like,
    *pen* a place for a pen alone, *long* may have a third line.
    """

    name: str
    label: Phrase
    value: Value | None = None
    span: int = 2
    boxes: tuple[Box, ...] = ()
    lines: tuple[str, ...] = ()
    tall: float = 0.0
    mono: bool = False
    pen: bool = False
    long: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A lettered part of the form."""

    letter: str
    title: Phrase
    rows: tuple[tuple[Cell, ...], ...] = ()
    words: tuple[Phrase, ...] = ()


def page(form: Form, speaker: Language) -> str:
    """Return the form as HTML; *speaker*'s language leads, the other one stands beside it."""
    other = language("en" if speaker.code == "zh-CN" else "zh-CN", form.zone)
    wanted = form.found.wanted
    code = segno.make(wanted.case, error="m", micro=False)
    picture = code.svg_inline(border=0, omitsize=True, title=speaker.say(say("QR code of the case number {number}", number=wanted.case)))
    names: dict[str, Any] = {
        "form": form,
        "wanted": wanted,
        "head": head(form),
        "blocks": blocks(form),
        "say": speaker.say,
        "other": other.say,
        "value": lambda value: shown(value, speaker),
        "tongue": tongue,
        "language": speaker,
        "form_title": say("Spare-part request form"),
        "footing": say("The whole evidence is in case {number}. Questions: {hotline}", number=wanted.case, hotline=form.hotline or "–"),
        "code": Markup(picture),  # noqa: S704 - squares, and a title that segno has escaped
    }
    return environment().get_template("form.html").render(names)


def shown(value: Value, speaker: Language) -> str:
    """Return *value* as the form prints it: days and times in one form everywhere, other text clean and not too long."""
    if isinstance(value, datetime):
        return f"{value.astimezone(speaker.zone):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return legible(speaker.say(value), LONG)


def head(form: Form) -> tuple[Cell, ...]:
    """Return the head's facts."""
    wanted = form.found.wanted
    priority = f"P{wanted.priority}" if wanted.priority else ""
    return (
        Cell(name="form", label=say("Form no."), value=wanted.number),
        Cell(name="date", label=say("Date"), value=_local(wanted.at, form)),
        Cell(name="branch", label=say("Branch"), value=form.branch or wanted.branch),
        Cell(name="engineer", label=say("Engineer"), value=form.engineer or wanted.who),
        Cell(name="priority", label=say("Priority"), value=priority),
        Cell(name="contract", label=say("Contract"), value=legible(", ".join(filter(None, (wanted.contract, wanted.level))), 28)),
    )


def blocks(form: Form) -> tuple[Block, ...]:
    """Return the blocks A to F."""
    return (_customer(form), _part(form), _fault(form), _confirmation(form), _internal(form), _reminder())


def _customer(form: Form) -> Block:
    wanted = form.found.wanted
    return Block(
        letter="A",
        title=say("Customer"),
        rows=(
            (
                Cell(name="customer", label=say("Customer"), value=wanted.title or wanted.customer, span=4),
                Cell(name="site", label=say("Site"), value=wanted.site, span=3),
                Cell(name="contact", label=say("Contact"), value=wanted.contact, span=2),
                Cell(name="mobile", label=say("Mobile"), value=wanted.phone, span=3),
            ),
            (
                Cell(name="address", label=say("Delivery address"), value=wanted.address, span=6),
                Cell(name="hours", label=say("Receiving hours"), value=wanted.hours, span=3),
                Cell(name="access", label=say("Access"), value=wanted.access, span=3),
            ),
        ),
    )


def _part(form: Form) -> Block:
    wanted = form.found.wanted
    age = (
        Box(name="age.dead", label=say("dead on arrival")),
        Box(name="age.days", label=say("in the first 90 days")),
        Box(name="age.year", label=say("in the first year")),
        Box(name="age.later", label=say("later")),
    )
    if wanted.since:
        days = (wanted.at.date() - wanted.since).days
        hit = 1 if days <= 90 else 2 if days <= 365 else 3
        age = tuple(Box(name=box.name, label=box.label, ticked=number == hit) for number, box in enumerate(age))
    return Block(
        letter="B",
        title=say("Faulty part"),
        rows=(
            (
                Cell(name="device", label=say("Device"), value=wanted.device, span=3),
                Cell(name="management", label=say("IP address"), value=wanted.management, span=2, mono=True),
                Cell(name="chassis.pid", label=say("Chassis PID"), value=wanted.chassis[0], span=2, mono=True),
                Cell(name="chassis.serial", label=say("Chassis serial number"), value=wanted.chassis[1], span=3, mono=True),
                Cell(name="software", label=say("IOS version"), value=wanted.software, span=2),
            ),
            (
                Cell(name="pid", label=say("Part PID"), value=wanted.pid, span=3, mono=True),
                Cell(name="vid", label=say("VID"), value=wanted.vid, span=1, mono=True),
                Cell(name="serial", label=say("Part serial number"), value=wanted.serial, span=3, mono=True),
                Cell(name="slot", label=say("Slot"), value=wanted.item or wanted.slot, span=2),
                Cell(name="quantity", label=say("Pcs"), value=wanted.quantity, span=1),
                Cell(name="since", label=say("Installed since"), value=wanted.since, span=2),
            ),
            (Cell(name="age", label=say("Failed"), boxes=age, span=12),),
        ),
    )


TEST_WORDS = {
    "reseat": say("reseated"),
    "other-slot": say("other slot"),
    "other-cord": say("other cord"),
    "show-diagnostic": "show diagnostic",
    "show-environment": "show environment",
    "show-inventory": "show inventory",
}


def _fault(form: Form) -> Block:
    wanted = form.found.wanted
    tests = tuple(Box(name=f"test.{test}", label=TEST_WORDS[test], ticked=test in wanted.tests) for test in TESTS)
    return Block(
        letter="C",
        title=say("Fault"),
        rows=(
            (
                Cell(name="seen", label=say("First seen"), value=wanted.seen, span=3),
                Cell(name="symptom", label=say("Symptom"), value=wanted.symptom, span=9),
            ),
            (Cell(name="logs", label=say("Log lines"), lines=tuple(legible(line, LINE) for line in wanted.logs), span=12, mono=True),),
            (Cell(name="tests", label=say("Tests done"), boxes=tests, span=12),),
            (
                Cell(name="conclusion", label=say("Conclusion"), value=wanted.conclusion, span=9, long=True),
                Cell(name="cisco", label=say("Cisco SR"), value=wanted.cisco, span=3, mono=True),
            ),
        ),
    )


def _confirmation(form: Form) -> Block:
    wanted, word = form.found.wanted, form.found.customer
    data = (
        Box(name="data.erased", label=say("erased"), ticked=wanted.data is Data.ERASED),
        Box(name="data.kept", label=say("may not be erased; stays with the customer"), ticked=wanted.data is Data.KEPT),
    )
    onsite = (Box(name="onsite", label=say("to be replaced by the TAC on site"), ticked=wanted.onsite),)
    stamp = (
        say("{how}: {name}, {at}", how=HOWS[How(word.how)], name=word.who, at=f"{word.at.astimezone(ZoneInfo(form.zone)):%Y-%m-%d %H:%M}")
        if word
        else None
    )
    return Block(
        letter="D",
        title=say("Customer's confirmation"),
        words=(say("We confirm the fault as stated above and ask for the replacement of this part."),),
        rows=(
            (
                Cell(name="data", label=say("Data on the part (configuration, keys)"), boxes=data, span=7),
                Cell(name="visit", label=say("On site"), boxes=onsite, span=5),
            ),
            (
                Cell(name="name", label=say("Name"), value=word.who if word else None, span=3, tall=14),
                Cell(name="signature", label=say("Signature and stamp"), span=4, tall=14, pen=True),
                Cell(name="day", label=say("Date"), value=_local(word.at, form) if word else None, span=2, tall=14),
                Cell(name="stamp", label=say("Electronic confirmation"), value=stamp, span=3, tall=14, pen=not word),
            ),
        ),
    )


HOWS = {How.LINK: say("confirmed over a signed link"), How.SCAN: say("signed scan received"), How.MAIL: say("confirmed by mail")}


def _local(at: datetime, form: Form) -> date:
    return at.astimezone(ZoneInfo(form.zone)).date()


def _internal(form: Form) -> Block:
    found, match = form.found, form.match
    day = {
        name: _local(at, form) if (at := getattr(found, name)) else None
        for name in ("ordered", "shipped", "received", "installed", "returned")
    }
    branch, _, serial = found.reserved or ("", "", "")
    there = form.branch if branch == form.found.wanted.branch else branch
    there = f"{form.branch} {match.place}".strip() if match else there
    route = (
        Box(name="route.direct", label=say("to the branch"), ticked=form.route is Route.DIRECT),
        Box(name="route.headquarters", label=say("through headquarters"), ticked=form.route is Route.HEADQUARTERS),
    )
    return Block(
        letter="E",
        title=say("Internal: spares specialist"),
        rows=(
            (
                Cell(name="stock.place", label=say("Own spare, place"), value=there, span=3),
                Cell(
                    name="stock.serial",
                    label=say("Own spare, serial"),
                    value=serial or (match.serial if match else None),
                    span=3,
                    mono=True,
                ),
                Cell(name="rma", label=say("Cisco RMA"), value=found.rma, span=2, mono=True),
                Cell(name="route", label=say("Cisco ships"), boxes=route, span=4),
            ),
            (
                Cell(name="ordered", label=say("Requested"), value=day["ordered"], span=2),
                Cell(name="shipped", label=say("Shipped"), value=day["shipped"], span=2),
                Cell(name="received", label=say("Received"), value=day["received"], span=2),
                Cell(name="new", label=say("New serial"), value=found.serial_in or found.out[1], span=2, mono=True),
                Cell(name="issued", label=say("Issued to"), value=found.issued_to, span=2),
                Cell(name="installed", label=say("Installed on"), value=day["installed"], span=2),
            ),
            (
                Cell(name="due", label=say("Return in {n} working days", n=form.days), value=form.due, span=5),
                Cell(name="due.cisco", label=say("Cisco expects it by"), value=form.cisco, span=3),
                Cell(name="waybill", label=say("Waybill"), value=found.waybill, span=2, mono=True),
                Cell(name="returned", label=say("Returned on"), value=day["returned"], span=2),
            ),
        ),
    )


def _reminder() -> Block:
    return Block(
        letter="F",
        title=say("When the faulty part goes back"),
        words=(
            say("Keep power cords, optics and accessories unless they are listed above."),
            say("Write the RMA number on the outside of every box, one RMA in a box."),
            say("What is not back in time is charged by Cisco at its list price."),
        ),
    )
