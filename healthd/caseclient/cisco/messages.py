"""What is pushed to Smart Bonding, out of a case. Pure: times are arguments, attachments are given.

On the way out ``CallStates``, ``Priorities``, ``Severities``, ``Contracts``,
``ContractElements``, ``ExtTableValues`` and ``Attachments`` stand beside
``Calls``. Times are ``yyyy-MM-dd HH:mm:ss``, taken for UTC.
"""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from healthd.caseclient.cisco.codes import Code
from healthd.caseclient.cisco.settings import Settings
from healthd.errors import DeskError
from healthd.model.case import Case
from healthd.model.cisco import Push
from healthd.model.device import Contact, Customer, Site
from healthd.model.message import Attachment

MOST_OCTETS = 10_000_000
"""Of one message; what is larger goes to CX Drive."""
LONGEST, TITLE = 32_000, 255
COMPLEXITY = ("0 Level -Procedural", "1 Level -Basic", "2 Level -Advanced", "3 Level -Exceptionally Complex")
RESOLUTIONS = (
    "Closed-Not Entitled",
    "Customer Education",
    "Documentation Provided",
    "Duplicate",
    "Hardware Replacement (RMA/SVO)",
    "Hardware Upgrade - Existing Defect",
    "Hardware Upgrade - New Defect",
    "Hardware Upgrade - New Feature/Functionality",
    "License Issues",
    "Network Redesign",
    "No Response from Customer",
    "Opened In Error",
    "PARTNER_SOLVED",
    "Redirect-3rd Party Support",
    "Redirect-Partner/Reseller Support",
    "Resolv_By_Cust",
    "Software Configuration",
    "Software Upgrade - Existing Defect",
    "Software Upgrade - New Defect",
    "Software Upgrade - New Feature/Functionality",
    "Unreproducible Problem",
    "Unresolved Bug",
)
CAUSES = (
    "Unknown Cause/Other",
    "Licensing",
    "Hardware Failure",
    "Hardware - non-failure",
    "Software Bug",
    "Software -not a bug",
    "Documentation/Tools",
    "Debug/Diagnostic Capabilities",
    "Design Assistance Needed",
    "Configuration Assistance",
    "Usability -other than config",
    "Interoperability/Compatibility",
    "Non-Cisco product or service problem",
    "External Environment issue",
)
HARDWARE, SOFTWARE = "1866083", "3074572"
"""Product ids that stand for none in particular when a call is closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who and what a request is for: the customer, the site of its device, the customer's engineer; Cisco's code, and the trouble in full."""

    customer: Customer
    code: Code
    text: str
    site: Site | None = None
    contact: Contact | None = None


def new(case: Case, push: Push, party: Party, said: Settings, now: datetime) -> dict[str, Any]:
    """Return the message that opens a request for *case*."""
    opening, code = case.opening, party.code
    calls: dict[str, Any] = {
        "CustCallID": case.number,
        "ShortDescription": title(case),
        "Description": party.text[:LONGEST],
        "CustomerReasonCategory1": code.technology,
        "CustomerReasonCategory2": code.subtechnology,
        "CustomerReasonCategory3": code.problem,
        "CustomerRequestedStartTime": _moment(case.opened),
        "Caller": _caller(party),
        "CHD": _partner(said),
        "MainComp": {
            "SerNrProv": opening.serial,
            "InvNr": opening.contract,
            "Room": opening.pid,
            "Location": _place(said, party, "site_id"),
        },
        "SubComp": _ship_to(party, said),
    }
    if push.text:
        calls["Remarks"] = push.text[:LONGEST]
    return {
        "Calls": calls,
        "Contracts": {"ShortName": said.contract},
        "ContractElements": {"ShortName": said.element},
        "CallStates": {"ShortName": "New"},
        "Priorities": {"ShortName": push.priority or "Escalated"},
        "Severities": {"ShortName": str(push.severity)},
        "ExtTableValues": _extra(party, said, now),
    }


def update(case: Case, push: Push) -> dict[str, Any]:
    """Return the message that adds a note, hands a shadow over (Escalated), or resolves or closes the request."""
    made: dict[str, Any] = {"Calls": {"CustCallID": case.number}, "CallStates": {"ShortName": push.state}}
    note = f"{push.text}\n[{push.mark}]".strip()[:LONGEST]
    if push.state == "Closed":
        made["Calls"] |= _closing(case, dict(push.closing), push.text)
    elif push.state == "Resolved":
        made["Calls"] |= {"Solution": push.text[:LONGEST], "Remarks": note}
    else:
        made["Calls"]["Remarks"] = note
    if push.priority:
        made["Priorities"] = {"ShortName": push.priority}
    return made


def attached(message: Mapping[str, Any], files: Sequence[Attachment]) -> dict[str, Any]:
    """Return *message* with *files*.

    Raises:
        DeskError: they are too large for one message; they go to CX Drive then.
    """
    if not fits(files):
        raise DeskError(f"the files are larger than a message may be ({MOST_OCTETS:,} octets)", again=False)
    rows = [{"FileName": file.name, "DataBase64": b64encode(file.data).decode(), "NR": n} for n, file in enumerate(files, 1)]
    return {**message, "Attachments": rows} if rows else dict(message)


def fits(files: Sequence[Attachment]) -> bool:
    """Can *files* go with a message? In base64 they grow by a third, and the call's own words need room."""
    return sum(4 * (len(file.data) + 2) // 3 for file in files) + 200_000 < MOST_OCTETS


def title(case: Case) -> str:
    """Return the request's title: our number first, so that the request is found by it whoever opened it."""
    return f"{case.number} {case.opening.title}"[:TITLE]


def _caller(party: Party) -> dict[str, str]:
    contact = party.contact or Contact(name=party.customer.title)
    first, last = names(contact.name)
    return {"LastName": last, "FirstName": first, "Title": party.customer.title, "Tel": contact.phone, "EMail": contact.email}


def names(name: str) -> tuple[str, str]:
    """Return first and last name of *name*; in Han the family name is the first character."""
    parts = name.split()
    if len(parts) > 1:
        return parts[0], " ".join(parts[1:])
    if name[:1] >= "\u3400" and 1 < len(name) <= 4:
        return name[1:], name[0]
    return "-", name or "-"


def _partner(said: Settings) -> dict[str, str]:
    first = said.first_name or "-"
    return {"LastName": said.last_name, "FirstName": first, "Tel": said.phone, "EMail": said.email, "PIN": said.cco, "Sign": "B2B"}


def _place(said: Settings, party: Party, key: str) -> str:
    return said.place(party.site.name if party.site else "default").get(key, "")


def _ship_to(party: Party, said: Settings) -> dict[str, str]:
    site = party.site or Site(name="")
    given = {key: _place(said, party, key) for key in ("name", "street", "city", "province", "zip", "category", "phone")}
    return {
        "LocationName": given["name"] or site.title or site.name or party.customer.title,
        "LocationStreet": given["street"] or site.address or "-",
        "LocationCity": given["city"] or site.branch or "-",
        "LocationProvince": given["province"] or "-",
        "LocationZip": given["zip"] or "-",
        "LocationCategory": given["category"] or "Data Center",
        "LocationTel": given["phone"],
    }


def _extra(party: Party, said: Settings, now: datetime) -> dict[str, str]:
    contact = party.contact or Contact(name=party.customer.title)
    given = {
        "Field1": _place(said, party, "delivery"),
        "Field11": contact.name,
        "Field13": _place(said, party, "from"),
        "Field14": _place(said, party, "until") or "17:00",
        "Field21": _place(said, party, "clearance") or "None",
        "Field25": _place(said, party, "country") or "-",
        "Field26": _place(said, party, "country_code") or "-",
        "Field31": _moment(now),
        "Field104": _moment(now),
    }
    return {name: value for name, value in given.items() if value}


def _closing(case: Case, closing: Mapping[str, str], text: str) -> dict[str, Any]:
    return {
        "Description": text[:LONGEST] or str(case.opening.text)[:LONGEST],
        "Diagnosis": closing.get("diagnosis", "") or str(case.opening.title),
        "CCP": {
            "PIN": HARDWARE,
            "Department": SOFTWARE,
            "LocationStreet": (closing.get("summary") or text)[:LONGEST],
            "LocationCity": closing.get("complexity", COMPLEXITY[1]),
            "Fax": closing.get("resolution", "PARTNER_SOLVED"),
            "EMail": closing.get("cause", CAUSES[0]),
        },
    }


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"
