"""Jira Service Management, Data Center and Cloud, over its service desk API and the platform's API version 2.

Its traps: text fields are searched by words, so the token is looked for by a
short digest of letters and digits that is one word; that word stands in the
description, which every request type has, and the index lags; a request type
has its own fields and its workflow its own transitions, which are asked for
by name. Parts of this are known from Atlassian's public documents alone.
"""

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
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

NAME = "jira"
NEEDED = ("url", "service_desk", "request_type", "project", "token_ref")
"""Settings without which cases cannot go here."""
DESK = "rest/servicedeskapi"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(Http):
    """Table ``[case.jira]``; *url* is that of the site.

    *user* and *token_ref* (an API token) log in to the Cloud; *token_ref*
    alone is a personal access token of a Data Center. *service_desk* and
    *request_type* are ids, *project* is the project's key. *fields* gives
    other fields of the request type (``customfield_10100 = "{serial}"``).
    *resolve_by* and *reopen_by* are names of transitions, the first one that
    the workflow offers is taken.
    """

    cloud: bool = False
    service_desk: str = ""
    request_type: str = ""
    project: str = ""
    user: str = ""
    token_ref: str = ""
    cisco_field: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    priorities: tuple[str, ...] = formed(
        ("Highest", "High", "Medium", "Low"), "four names, for P1 to P4", lambda found: len(found) == 4
    )  # fmt: skip
    resolve_by: tuple[str, ...] = ("Resolve this issue", "Resolve", "Mark as done", "Done", "Close")
    reopen_by: tuple[str, ...] = ("Reopen", "Reopen issue", "Back to in progress", "In progress")
    token: Secret | None = field(default=None, repr=False)


def word(token: str) -> str:
    """Return the one word by which a case is found: text search would take a token with hyphens apart."""
    return f"hd{sha256(token.encode()).hexdigest()[:24]}"


class Desk(External):
    """Jira Service Management as a desk."""

    def __init__(self, settings: Settings, means: Means) -> None:
        super().__init__(Tickets(settings), means)


class Tickets:
    """The requests of one service desk."""

    name, key = NAME, "description"

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._wire = Wire(settings, {"Authorization": _login(settings)})
        self._fields = ",".join(filter(None, ("summary", "status", "description", "updated", settings.cisco_field)))

    def search(self, token: str) -> list[Ticket]:
        """Return the requests of *token* that the index knows by now."""
        query = f'project = "{self.settings.project}" AND text ~ "{word(token)}" ORDER BY created ASC'
        path = "rest/api/3/search/jql" if self.settings.cloud else "rest/api/2/search"
        found = self._wire.get(path, jql=query, fields=self._fields, maxResults="50")
        made = [self._ticket(each, token) for each in found["issues"]]
        return sorted((each for each in made if each.token == token), key=lambda each: int(each.id.rpartition("-")[2]))

    def get(self, id_: str, token: str = "") -> tuple[Ticket, datetime]:
        """Return request *id_*, which is not asked of the index."""
        issue = self._wire.get(f"rest/api/2/issue/{id_}", fields=self._fields)
        if not isinstance(issue, dict) or "fields" not in issue:
            raise DeskError(f"Jira did not tell what {id_} is")
        return self._ticket(issue, token), moment(issue["fields"]["updated"])

    def _ticket(self, issue: Mapping[str, Any], token: str) -> Ticket:
        fields = issue["fields"]
        status = fields.get("status") or {}
        # In the Cloud's version 3 a description is a document, not a text.
        held = json.dumps([fields.get("summary"), fields.get("description")])
        return Ticket(
            backend=NAME,
            id=str(issue["key"]),
            token=token if token and (word(token) in held or f"[{token}]" in held) else "",
            status=str(status.get("name", "")),
            over=(status.get("statusCategory") or {}).get("key") == "done",
            cisco=str(fields.get(self.settings.cisco_field) or "") if self.settings.cisco_field else "",
            url=f"{self.settings.url.rstrip('/')}/browse/{issue['key']}",
        )

    def create(self, draft: Draft) -> tuple[str, tuple[str, ...]]:
        """Create a request."""
        said = self.settings
        values: dict[str, Any] = {"summary": draft.title, "description": f"{draft.text}\n{word(draft.token)}"}
        if not draft.minimal:
            values |= {"priority": {"name": said.priorities[int(draft.opening.priority) - 1]}, **wording.filled(said.fields, draft.opening)}
        asked = {"serviceDeskId": said.service_desk, "requestTypeId": said.request_type, "requestFieldValues": values}
        made = self._wire.ask("POST", f"{DESK}/request", json=asked)
        if not isinstance(made, dict) or not made.get("issueKey"):
            raise DeskError("Jira did not tell the key of the request it made", unsure=True)
        key = str(made["issueKey"])
        return key, self._attach(key, draft.files, visible=False)

    def _attach(self, id_: str, files: Sequence[Attachment], *, visible: bool) -> tuple[str, ...]:
        """Attach *files*; return the names of all when they are refused (the size, the kind) or the answer is lost."""
        if not files:
            return ()
        parts = [("file", (each.name, each.data, each.media)) for each in files]
        headers = {"X-Atlassian-Token": "no-check", "X-ExperimentalApi": "opt-in"}
        try:
            made = self._wire.ask(
                "POST", f"{DESK}/servicedesk/{self.settings.service_desk}/attachTemporaryFile", files=parts, headers=headers
            )
            ids = [each["temporaryAttachmentId"] for each in made["temporaryAttachments"]]
            self._wire.ask("POST", f"{DESK}/request/{id_}/attachment", json={"temporaryAttachmentIds": ids, "public": visible})
        except DeskError:
            return tuple(each.name for each in files)
        return ()

    def retitle(self, id_: str, draft: Draft) -> None:
        """Set the summary."""
        self._change(id_, summary=f"{draft.title} [{word(draft.token)}]")

    def marks(self, id_: str) -> frozenset[str]:
        """Return the marks in the comments."""
        return frozenset(mark for each in self._comments(id_) for mark in wording.marks(str(each.get("body", ""))))

    def add(self, id_: str, remark: Remark) -> tuple[str, ...]:
        """Add a comment, inside or for the customer."""
        self._wire.ask("POST", f"{DESK}/request/{id_}/comment", json={"body": remark.text, "public": remark.visible})
        return self._attach(id_, remark.files, visible=remark.visible)

    def rank(self, id_: str, priority: Priority) -> None:
        """Set the priority by name."""
        self._change(id_, priority={"name": self.settings.priorities[int(priority) - 1]})

    def move(self, id_: str, *, over: bool) -> None:
        """Take the transition that the settings name, and see whether it led there."""
        ticket, _ = self.get(id_)
        if ticket.over == over:
            return
        offered = {str(each["name"]).casefold(): str(each["id"]) for each in self._values(f"{DESK}/request/{id_}/transition")}
        wanted = self.settings.resolve_by if over else self.settings.reopen_by
        taken = next((offered[name.casefold()] for name in wanted if name.casefold() in offered), None)
        if taken is None:
            raise DeskError(
                f"{id_} stays {ticket.status}: its workflow offers {', '.join(offered) or 'nothing'}; name one of them in the settings",
                again=False,
            )
        self._wire.ask("POST", f"{DESK}/request/{id_}/transition", json={"id": taken})
        ticket, _ = self.get(id_)
        if ticket.over != over:
            raise DeskError(f"{id_} stays {ticket.status}", again=False)

    def _change(self, id_: str, **fields: Any) -> None:
        self._wire.ask("PUT", f"rest/api/2/issue/{id_}", json={"fields": fields})

    def said(self, id_: str, since: datetime) -> Iterator[Word]:
        """Yield the comments."""
        for each in self._comments(id_):
            if (at := moment(each["created"]["iso8601"])) >= since:
                author = each.get("author") or {}
                yield Word(
                    ticket=id_,
                    mark=str(each["id"]),
                    at=at,
                    who=str(author.get("displayName") or author.get("name", "")),
                    text=str(each.get("body", "")),
                    visible=bool(each.get("public")),
                )

    def _comments(self, id_: str) -> Iterator[Mapping[str, Any]]:
        return self._values(f"{DESK}/request/{id_}/comment")

    def _values(self, path: str) -> Iterator[Mapping[str, Any]]:
        start = 0
        while True:
            found = self._wire.get(path, start=str(start), limit="50")
            yield from found["values"]
            if found.get("isLastPage", True) or not found["values"]:
                return
            start += len(found["values"])


def moment(said: str) -> datetime:
    """Return the moment of ``2026-11-25T10:00:00.000+0800``; also with a colon in the zone, which servicedeskapi leaves out."""
    return datetime.fromisoformat(said)


def _login(settings: Settings) -> str:
    secret = settings.token.reveal() if settings.token else ""
    return f"Basic {b64encode(f'{settings.user}:{secret}'.encode()).decode()}" if settings.user else f"Bearer {secret}"
