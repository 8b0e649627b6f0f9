"""What a case starts with: title and text in words, the place, the people, the part, the entitlement, the priority."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from hashlib import blake2b

from healthd.caseclient.entitlement import Entitlement, entitlement
from healthd.caseclient.policy import HARDWARE
from healthd.caseclient.priority import PROPOSED, graded
from healthd.caseclient.together import LOSS
from healthd.caseclient.troubles import Kind, Trouble
from healthd.model import terms
from healthd.model.case import Opening
from healthd.model.coverage import Coverage
from healthd.model.device import Customer, Device
from healthd.model.finding import Condition
from healthd.model.phrase import Phrase, say

STATES: Mapping[Condition, Phrase] = {**terms.CONDITIONS, Condition.HEALTHY: say("healthy")}
"""What the matter is with a part, in words."""
TECHNOLOGY: Mapping[str, str] = {
    "bgp": "routing", "ospf": "routing", "isis": "routing", "eigrp": "routing", "hsrp": "routing", "vrrp": "routing",
    "stack": "switching", "vpc": "switching", "errdisabled": "switching", "poe": "switching", "duplex_mismatch": "switching",
}  # fmt: skip
"""The technology concerned, where the rule says it; else the platform's."""
PLATFORMS: Mapping[str, str] = {"asa": "security", "ftd": "security", "wlc": "wireless", "nxos": "data center", "iosxr": "routing"}
NAMED = 20
"""Devices that a sentence names; a case about more of them has the rest in its list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a customer when cases are planned, on *today* of its zone.

    *software* and *units* (chassis serial numbers) are by device, *files* (ids of evidence) by the key of a finding,
    *working* are the devices in agreed maintenance now. *desk* is where new cases go.
    *covered* is the customer's coverage by serial number in capitals.
    """

    customer: Customer
    devices: Mapping[str, Device]
    today: date
    software: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    working: frozenset[str] = frozenset()
    desk: str = "embedded"
    covered: Mapping[str, Coverage] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "covered", {each.serial.upper(): each for each in self.customer.coverage})

    def entitlement(self, trouble: Trouble) -> Entitlement:
        """Return what the unit concerned is entitled to."""
        serials = (*part(trouble)[1:2], *self.units.get(trouble.root.device, ()))
        return entitlement(serials, self.customer.contract, self.covered, self.today)


def token(customer: str, key: str, episode: str) -> str:
    """Return what a desk can find the case by: the same whenever the same case is planned."""
    return "hd-" + blake2b(f"{customer}|{key}|{episode}".encode(), digest_size=12).hexdigest()


def part(trouble: Trouble) -> tuple[str, str, str]:
    """Return PID, serial number and slot of the part concerned, as far as the verdict or the finding knows them."""
    verdict, root = trouble.verdict, trouble.root
    if verdict is None:
        return root.pid, root.serial, root.slot
    return verdict.pid or root.pid, verdict.serial or root.serial, verdict.slot or root.slot


def opening(trouble: Trouble, token_: str, known: Known) -> Opening:
    """Return the opening of a case about *trouble*."""
    root, device = trouble.root, known.devices.get(trouble.root.device)
    entitled = known.entitlement(trouble)
    priority, why = graded(trouble, known.devices, entitled.level)
    pid, serial, slot = part(trouble)
    contact = known.customer.contacts[0] if known.customer.contacts else None
    return Opening(
        key=trouble.key,
        token=token_,
        customer=known.customer.code,
        title=title(trouble),
        text=text(trouble),
        at=trouble.since,
        priority=priority,
        why=why,
        device=root.device,
        component=str(trouble.verdict.component) if trouble.verdict else root.rule if root.rule in HARDWARE else "",
        item=root.item,
        pid=pid,
        serial=serial,
        slot=slot,
        verdict=trouble.verdict,
        rma=trouble.verdict is not None and trouble.verdict.replaces,
        proposed=priority in PROPOSED,
        contract=entitled.contract,
        level=entitled.level.text,
        entitlement=entitled.says,
        entitled=entitled.entitled,
        site=trouble.site,
        contact=contact.name if contact else "",
        means=contact.means if contact else "",
        technology=_technology(trouble, device),
        software=known.software.get(root.device, ""),
        impact=trouble.impact,
        findings=tuple(each.key for each in trouble.members),
        files=tuple(dict.fromkeys(id_ for each in trouble.members for id_ in known.files.get(each.key, ()))),
    )


def _technology(trouble: Trouble, device: Device | None) -> str:
    platform = PLATFORMS.get(device.platform, "") if device else ""
    return TECHNOLOGY.get(trouble.root.rule, "hardware" if trouble.root.rule in HARDWARE else platform)


def title(trouble: Trouble) -> Phrase:
    """Return the case's title."""
    root, count = trouble.root, len(trouble.devices)
    behind = len(trouble.impact) - len({f.device for f in trouble.members if f.rule == LOSS})
    if trouble.kind is Kind.SITE and trouble.site:
        return say("Site {site}: {count} devices have lost power or connection within minutes", site=trouble.site, count=count)
    if behind > 0:
        return say("{device} does not answer; {count} devices behind it have lost service", device=root.device, count=behind)
    return say("{device}: {what}", device=root.device, what=root.summary)


def text(trouble: Trouble) -> Phrase:
    """Return the case's text: what was seen, since when, the verdict with its proofs, what to do next.

    Impact, priority and entitlement are fields of their own, which every desk shows.
    """
    seen = [say("{device}: {what}", device=f.device, what=f.summary) for f in trouble.members[:NAMED]]
    more = len(trouble.members) - NAMED
    lines = [
        *seen,
        *([say("and {count} more", count=more)] if more > 0 else []),
        say("Since: {since}", since=trouble.since),
        *_verdict(trouble),
        *([say("Next: {advice}", advice=trouble.root.advice)] if trouble.root.advice else []),
    ]
    return joined(lines)


def joined(lines: list[Phrase]) -> Phrase:
    """Return *lines* below each other."""
    return reduce(lambda above, line: say("{above}\n{line}", above=above, line=line), lines)


def _verdict(trouble: Trouble) -> list[Phrase]:
    verdict = trouble.verdict
    if verdict is None:
        return [say("Verdict: {state}, without a second proof", state=STATES[trouble.state])] if trouble.state else []
    pid, serial, slot = part(trouble)
    named = " ".join(each for each in (pid, serial, slot) if each) or verdict.item
    return [
        say("Verdict: {state}; part: {part}", state=STATES[verdict.state], part=named),
        *(say("Proof: {what} ({at})", what=proof.text, at=proof.at) for proof in verdict.proofs),
        *(say("Against: {what} ({at})", what=proof.text, at=proof.at) for proof in verdict.against),
        *(say("Missing: {what}", what=what) for what in verdict.missing),
    ]
