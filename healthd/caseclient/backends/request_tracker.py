"""Request Tracker 5 by Best Practical, over REST2 (``lib/RT/REST2`` of rt 5; tried against 5.0.3).

Its traps: an update answers 200 with a list of sentences whether it was
permitted or not, so everything is read back; a custom field that does not
exist is ignored without a word; totals and pages are null for most users, so
lists end where ``next_page`` does; a JSON attachment whose name is not ASCII
ends in 500 (5.0.3), so files go as multipart.
"""

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from healthd.caseclient import wording
from healthd.caseclient.backend import Means
from healthd.caseclient.external import Draft, External, Remark
from healthd.caseclient.wire import Settings as Http
from healthd.caseclient.wire import Wire
from healthd.errors import DeskError
from healthd.model.action import Ticket, Word
from healthd.model.case import Priority
from healthd.model.message import Attachment
from healthd.model.secret import Secret
from healthd.model.setting import formed

NAME = "request_tracker"
NEEDED = ("url", "queue")
"""Settings without which cases cannot go here."""
PAGES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(Http):
    """Table ``[case.request_tracker]``; *url* is that of the site (``https://rt.example.com``).

    *token_ref* is an authentication token; without one *user* and
    *password_ref* are used (HTTP Basic). *key_field* is the custom field for
    healthd's token, *cisco_field* the one where engineers write Cisco's
    number. *fields* gives other custom fields (``Serial = "{serial}"``).
    *closed* are the states that end a ticket in the queue's lifecycle.
    """

    queue: str = ""
    key_field: str = "HealthdKey"
    cisco_field: str = ""
    token_ref: str = ""
    user: str = ""
    password_ref: str = ""
    requestor: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    priorities: tuple[int, ...] = formed((100, 80, 50, 20), "four whole numbers, for P1 to P4", lambda found: len(found) == 4)
    closed: tuple[str, ...] = ("resolved", "rejected", "deleted")
    resolve_to: str = "resolved"
    reopen_to: str = "open"
    token: Secret | None = field(default=None, repr=False)
    password: Secret | None = field(default=None, repr=False)


class Desk(External):
    """Request Tracker as a desk."""

    def __init__(self, settings: Settings, means: Means) -> None:
        super().__init__(Tickets(settings), means)


class Tickets:
    """The tickets of one queue."""

    name = NAME

    def __init__(self, settings: Settings) -> None:
        self.settings, self.key = settings, settings.key_field
        self._wire = Wire(settings, {"Authorization": _login(settings)})

    def search(self, token: str) -> list[Ticket]:
        """Return the tickets of *token*; RT leaves out deleted ones, and those merged into others."""
        query = (
            f"Queue = '{_quoted(self.settings.queue)}' AND ('CF.{{{self.key}}}' = '{_quoted(token)}' OR Subject LIKE '[{_quoted(token)}]')"
        )
        params = {"query": query, "fields": "id,Subject,Status,CustomFields", "orderby": "id", "order": "ASC"}
        found = (self._ticket(each, token) for each in self._list("tickets", **params))
        return [each for each in found if each.token == token]

    def get(self, id_: str, token: str = "") -> tuple[Ticket, datetime]:
        """Return ticket *id_*, or the one that it was merged into."""
        found = self._wire.get(f"REST/2.0/ticket/{id_}")
        if not isinstance(found, dict) or "Status" not in found:
            raise DeskError(f"Request Tracker did not tell what ticket {id_} is")
        if found["Status"] == "deleted":
            raise DeskError(f"ticket {id_} was deleted", again=False, status=404)
        return self._ticket(found, token), datetime.fromisoformat(found["LastUpdated"])

    def _ticket(self, found: Mapping[str, Any], token: str) -> Ticket:
        fields = {each.get("name"): each.get("values") or [""] for each in found.get("CustomFields") or () if isinstance(each, dict)}
        subject, status = str(found.get("Subject", "")), str(found.get("Status", ""))
        kept = str(fields.get(self.key, [""])[0]) or (token if f"[{token}]" in subject else "")
        return Ticket(
            backend=NAME,
            id=str(found["id"]),
            token=kept,
            status=status,
            over=status in self.settings.closed,
            cisco=str(fields.get(self.settings.cisco_field, [""])[0]) if self.settings.cisco_field else "",
            url=f"{self.settings.url.rstrip('/')}/Ticket/Display.html?id={found['id']}",
        )

    def create(self, draft: Draft) -> tuple[str, tuple[str, ...]]:
        """Create a ticket in the queue."""
        said = self.settings
        asked: dict[str, Any] = {"Queue": said.queue, "Subject": draft.title, "Content": draft.text, "ContentType": "text/plain"}
        asked["CustomFields"] = {self.key: draft.token}
        if not draft.minimal:
            asked["CustomFields"] |= wording.filled(said.fields, draft.opening)
            asked["Priority"] = said.priorities[int(draft.opening.priority) - 1]
            asked |= {"Requestor": said.requestor} if said.requestor else {}
        made = self._post("REST/2.0/ticket", asked, draft.files)
        if not isinstance(made, dict) or not made.get("id"):
            raise DeskError("Request Tracker did not tell the id of the ticket it made", unsure=True)
        return str(made["id"]), ()

    def retitle(self, id_: str, draft: Draft) -> None:
        """Set the subject."""
        self._change(id_, Subject=draft.found_by)

    def marks(self, id_: str) -> frozenset[str]:
        """Return the marks: every note has its own as its subject too."""
        found = self._list(f"ticket/{id_}/attachments", fields="Subject")
        return frozenset(mark for each in found for mark in wording.marks(str(each.get("Subject", ""))))

    def add(self, id_: str, remark: Remark) -> tuple[str, ...]:
        """Comment (people of the desk see it), or correspond (the requestor is told too)."""
        asked = {"Subject": f"[healthd {remark.mark}]", "Content": remark.text, "ContentType": "text/plain"}
        self._post(f"REST/2.0/ticket/{id_}/{'correspond' if remark.visible else 'comment'}", asked, remark.files)
        return ()

    def rank(self, id_: str, priority: Priority) -> None:
        """Set the priority's number."""
        self._change(id_, Priority=self.settings.priorities[int(priority) - 1])

    def move(self, id_: str, *, over: bool) -> None:
        """Set the status and see whether it was set."""
        ticket, _ = self.get(id_)
        if ticket.over == over:
            return
        said = self._change(id_, Status=self.settings.resolve_to if over else self.settings.reopen_to)
        ticket, _ = self.get(id_)
        if ticket.over != over:
            raise DeskError(f"ticket {id_} stays {ticket.status}: {said}", again=False)

    def _change(self, id_: str, **fields: Any) -> str:
        said = self._wire.ask("PUT", f"REST/2.0/ticket/{id_}", json=fields)
        told = "; ".join(map(str, said)) if isinstance(said, list) else str(said)
        if "permission denied" in told.lower():
            raise DeskError(told, again=False, status=403)
        return told

    def said(self, id_: str, since: datetime) -> Iterator[Word]:
        """Yield comments and correspondence."""
        wanted = "Type,Creator,Created"
        for each in self._list(f"ticket/{id_}/history", fields=wanted):
            at = datetime.fromisoformat(each["Created"])
            if at >= since and each.get("Type") in ("Comment", "Correspond"):
                parts = self._list(f"transaction/{each['id']}/attachments", fields="Content,ContentType,Subject,Filename")
                yield Word(
                    ticket=id_,
                    mark=str(each["id"]),
                    at=at,
                    who=str((each.get("Creator") or {}).get("id", "")),
                    text=_text(parts),
                    visible=each["Type"] == "Correspond",
                )

    def _post(self, path: str, asked: Mapping[str, Any], files: tuple[Attachment, ...]) -> Any:
        if not files:
            return self._wire.ask("POST", path, json=asked)
        parts: list[tuple[str, Any]] = [("JSON", (None, json.dumps(asked)))]
        parts += [("Attachments", (each.name, each.data, each.media)) for each in files]
        return self._wire.ask("POST", path, files=parts)

    def _list(self, path: str, **params: str) -> Iterator[Mapping[str, Any]]:
        for page in range(1, PAGES + 1):
            found = self._wire.get(f"REST/2.0/{path}", per_page="100", page=str(page), **params)
            if not isinstance(found, dict) or not isinstance(found.get("items"), list):
                raise DeskError("Request Tracker answered with something else than a list")
            yield from found["items"]
            if not found.get("next_page") or not found["items"]:
                return


def _login(settings: Settings) -> str:
    if settings.token:
        return f"token {settings.token.reveal()}"
    both = f"{settings.user}:{settings.password.reveal() if settings.password else ''}"
    return f"Basic {b64encode(both.encode()).decode()}"


def _quoted(text: str) -> str:
    r"""Return *text* for between single quotes of TicketSQL: ' as \', and \ doubled."""
    return text.replace("\\", "\\\\").replace("'", "\\'")


def _text(parts: Iterator[Mapping[str, Any]]) -> str:
    """Return the text of a note, with the mark that healthd's own have as their subject."""
    found = list(parts)
    plain = [
        str(each.get("Content", ""))
        for each in found
        if each.get("ContentType") in ("text/plain", "text/html") and not each.get("Filename")
    ]
    subjects = [str(each["Subject"]) for each in found if wording.marks(str(each.get("Subject", "")))]
    return "\n".join([*plain, *subjects])
