"""A request for Cisco as text, where no Smart Bonding is: to be pasted into Support Case Manager, and the sheet for the telephone. Pure.

The text is English and in the order in which Cisco's own opening note is
written: its reader is Cisco's engineer. The sheet is for ours.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from healthd.caseclient.cisco.codes import Code
from healthd.caseclient.cisco.messages import LONGEST, title
from healthd.caseclient.cisco.settings import Settings
from healthd.model.case import Case, Channel, Opening
from healthd.model.cisco import Severity
from healthd.model.device import Contact, Customer, Site
from healthd.model.phrase import Phrase, Value, say
from healthd.model.verdict import Proof

LINK = "https://mycase.cloudapps.cisco.com/"
RAW = 600
_MEANING = {
    Severity.S1: "network down or critical impact, no workaround",
    Severity.S2: "severe degradation, significant impact",
    Severity.S3: "performance impaired, most functions work",
    Severity.S4: "question, little or no impact",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What a draft is about besides the case itself. *known* are open requests that Cisco has for the same serial number already."""

    customer: Customer
    severity: Severity
    code: Code | None = None
    site: Site | None = None
    contact: Contact | None = None
    files: tuple[str, ...] = ()
    known: tuple[str, ...] = ()


def draft(case: Case, matter: Matter, said: Settings) -> str:
    """Return the whole text to be pasted."""
    opening = case.opening
    entitled = (f"serial {opening.serial}" if opening.serial else "", f"contract {opening.contract}" if opening.contract else "")
    head = [
        f"Title: {title(case)}",
        f"Severity: {matter.severity.value} ({_MEANING[matter.severity]})",
        f"Entitlement: {', '.join(filter(None, entitled)) or 'to be found: neither serial number nor contract is known'}",
        f"CCO id: {said.cco or '-'}",
        f"Tracking number: {case.number}",
    ]
    return "\n".join([*head, "", description(case, matter)])


def description(case: Case, matter: Matter) -> str:
    """Return the description of the trouble, as Cisco's opening note has it; at most 32,000 characters."""
    opening, code = case.opening, matter.code
    rows = [
        f"Technology: {code.technology if code else opening.technology or 'NA'}",
        f"Subtechnology: {code.subtechnology if code else 'NA'}",
        f"Problem Code: {code.problem if code else 'Hardware Failure' if opening.rma else 'NA'}",
        "",
        f"Product: {opening.pid or 'NA'}",
        f"Product Family: {_family(opening.pid) or 'NA'}",
        f"Software Version: {opening.software or 'NA'}",
        f"Router/Node Name: {opening.device or 'NA'}",
        "",
        f"Problem Details: {opening.title}",
        *_details(case, matter),
    ]
    return "\n".join(rows)[:LONGEST]


def _details(case: Case, matter: Matter) -> Iterator[str]:
    opening = case.opening
    if not opening.verdict:  # what the monitor writes of a part, the verdict below says with its proofs
        yield from (line for line in str(opening.text).splitlines() if line not in ("", str(opening.title)))
    yield f"Started: {opening.at:%Y-%m-%d %H:%M} UTC. Our priority: {case.priority.name}, {opening.why}"
    yield from _part(opening)
    if opening.impact:
        yield f"Impact: {len(opening.impact)} devices lost service: {', '.join(opening.impact[:20])}"
    if opening.verdict:
        yield f"Verdict: {opening.verdict.state}. Seen:"
        yield from (_proof(proof) for proof in opening.verdict.proofs[:10])
        if opening.verdict.against:
            yield "Against it:"
            yield from (_proof(proof) for proof in opening.verdict.against[:5])
    if opening.rma:
        yield "We ask for a replacement (RMA)."
    yield from _done(case)
    if matter.files:
        yield f"Evidence that we can upload: {', '.join(matter.files)}"


def _part(opening: Opening) -> Iterator[str]:
    """Yield the part; a serial number without a place in the device is the device's own."""
    slot = opening.slot or opening.item
    name = f"Part: {opening.component or opening.item}" if slot else "Device:"
    if slot or opening.serial:
        yield f"{' '.join(filter(None, (name, opening.pid)))} serial {opening.serial or 'unknown'}{f' slot {slot}' if slot else ''}"


def _proof(proof: Proof) -> str:
    raw = f"\n  {_legible(proof.raw[:RAW])}" if proof.raw else ""
    return f"- {proof.at:%Y-%m-%d %H:%M} UTC, {proof.source or proof.way}: {proof.text}{raw}"


def _legible(text: str) -> str:
    return "\n  ".join("".join(c if c.isprintable() else " " for c in line) for line in text.splitlines())


def _done(case: Case) -> Iterator[str]:
    """Yield what was done so far: the case's own words that may be told, the newest last."""
    told = [entry for entry in case.entries if entry.text and entry.visible][-10:]
    if told:
        yield "Done so far:"
    yield from (f"- {entry.at:%Y-%m-%d %H:%M} UTC: {entry.text[:1000]}" for entry in told)


def _family(pid: str) -> str:
    """Return the family that *pid* begins with (C9300-48P → C9300, WS-C3850-24T → WS-C3850)."""
    parts = pid.removesuffix("=").split("-")
    return "-".join(parts[: 2 if parts[0] in ("WS", "N9K", "N7K", "N5K") else 1]) if pid else ""


def _impact(opening: Opening) -> Phrase:
    """Return what is without service: counted where the monitor saw it, in the caller's words otherwise; nobody counted is not none."""
    if opening.impact or opening.channel is Channel.MONITOR:
        return say("{number} devices lost service, since {since}", number=len(opening.impact), since=opening.at)
    said = str(opening.text).strip() or str(opening.why).strip()
    return say("{words}, since {since}", words=said, since=opening.at) if said else say("not known, since {since}", since=opening.at)


def sheet(case: Case, matter: Matter, said: Settings, now: datetime) -> Sequence[tuple[Phrase, Value]]:
    """Return what somebody who calls Cisco needs before them, line by line; S1 and S2 are always called in."""
    opening, contact = case.opening, matter.contact
    numbers = "; ".join(f"{country} {number}" for country, number in said.numbers.items())
    who = " ".join(filter(None, (contact.name, contact.phone, contact.email))) if contact else ""
    where = " ".join(filter(None, (matter.site.title or matter.site.name, matter.site.address))) if matter.site else opening.site
    rows: list[tuple[Phrase, Value]] = [
        (say("Call Cisco TAC"), numbers or say("the number for your country")),
        (say("Severity to ask for"), f"S{matter.severity.value}"),
        (say("CCO id"), said.cco),
        (say("Contract"), opening.contract),
        (say("Serial number"), opening.serial),
        (say("Product"), opening.pid),
        (say("Device and software"), " ".join(filter(None, (opening.device, opening.software)))),
        (say("In one sentence"), opening.title),
        (say("Impact and since when"), _impact(opening)),
        (say("Customer and site"), " ".join(filter(None, (matter.customer.title, where)))),
        (say("Customer's engineer"), who),
        (say("Our case"), case.number),
        (say("Written at"), now.astimezone(UTC)),
    ]
    return tuple((name, value if value != "" else "–") for name, value in rows)
