"""Zammad, over its REST API (``/api/v1``).

Its traps: a search goes through an index that lags by seconds, and without
that index (Elasticsearch) it takes no attributes and finds by words: what
comes back is checked; ids of states differ by installation, so names are
used (``expand=true``); an attribute that is not there is refused or ignored,
so the ticket is read back.
"""

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
from healthd.model.secret import Secret
from healthd.model.setting import formed

NAME = "zammad"
NEEDED = ("url", "group", "who", "token_ref")
"""Settings without which cases cannot go here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(Http):
    """Table ``[case.zammad]``; *url* is that of the site.

    *token_ref* is an access token with the right ``ticket.agent``.
    *key_field* is the ticket attribute (an object of the kind text) for
    healthd's token, *cisco_field* the one for Cisco's number. *who* is the
    customer that tickets are made for, by mail address. *fields* gives other
    attributes. *priorities* are Zammad's names for P1 to P4.
    """

    group: str = ""
    who: str = ""
    key_field: str = "healthd_key"
    cisco_field: str = ""
    token_ref: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    priorities: tuple[str, ...] = formed(
        ("3 high", "3 high", "2 normal", "1 low"), "four names, for P1 to P4", lambda found: len(found) == 4
    )
    closed: tuple[str, ...] = ("closed", "merged", "removed")
    resolve_to: str = "closed"
    reopen_to: str = "open"
    token: Secret | None = field(default=None, repr=False)


class Desk(External):
    """Zammad as a desk."""

    def __init__(self, settings: Settings, means: Means) -> None:
        super().__init__(Tickets(settings), means)


class Tickets:
    """The tickets of one group."""

    name = NAME

    def __init__(self, settings: Settings) -> None:
        self.settings, self.key = settings, settings.key_field
        self._wire = Wire(settings, {"Authorization": f"Token token={settings.token.reveal() if settings.token else ''}"})

    def search(self, token: str) -> list[Ticket]:
        """Return the tickets of *token* that the index knows by now."""
        query = f'{self.key}:"{token}" OR title:"{token}"'
        found = self._wire.get("api/v1/tickets/search", query=query, limit="50", expand="true")
        rows = found if isinstance(found, list) else list(found.get("assets", {}).get("Ticket", {}).values())
        made = [self._ticket(each, token) for each in rows]
        return sorted((each for each in made if each.token == token), key=lambda each: int(each.id))

    def get(self, id_: str, token: str = "") -> tuple[Ticket, datetime]:
        """Return ticket *id_*, which is not asked of the index."""
        row = _object(self._wire.get(f"api/v1/tickets/{id_}", expand="true"))
        return self._ticket(row, token), datetime.fromisoformat(row["updated_at"])

    def _ticket(self, row: Mapping[str, Any], token: str) -> Ticket:
        state = str(row.get("state") or row.get("state_id", ""))
        held = token if f"[{token}]" in str(row.get("title", "")) else ""
        return Ticket(
            backend=NAME,
            id=str(row["id"]),
            token=str(row.get(self.key) or "") or held,
            status=state,
            over=state in self.settings.closed,
            cisco=str(row.get(self.settings.cisco_field) or "") if self.settings.cisco_field else "",
            url=f"{self.settings.url.rstrip('/')}/#ticket/zoom/{row['id']}",
        )

    def create(self, draft: Draft) -> tuple[str, tuple[str, ...]]:
        """Create a ticket with a first article that only agents see."""
        said = self.settings
        asked: dict[str, Any] = {"title": draft.title, "group": said.group, "customer": said.who, "state": "new", self.key: draft.token}
        asked["article"] = {"subject": draft.title, **_article(draft.text, visible=False, files=draft.files)}
        if draft.minimal:
            # Without the attribute in the group's screens the whole ticket is refused: the title carries the token.
            del asked[self.key]
            asked["title"] = draft.found_by
        else:
            asked |= {"priority": said.priorities[int(draft.opening.priority) - 1], **wording.filled(said.fields, draft.opening)}
        return str(_object(self._wire.ask("POST", "api/v1/tickets", json=asked))["id"]), ()

    def retitle(self, id_: str, draft: Draft) -> None:
        """Set the title."""
        self._change(id_, title=draft.found_by)

    def marks(self, id_: str) -> frozenset[str]:
        """Return the marks in the articles."""
        return frozenset(mark for each in self._articles(id_) for mark in wording.marks(str(each.get("body", ""))))

    def add(self, id_: str, remark: Remark) -> tuple[str, ...]:
        """Add an article of the type note: one that is no mail, whether agents alone see it or not."""
        asked = {"ticket_id": int(id_), **_article(remark.text, visible=remark.visible, files=remark.files)}
        _object(self._wire.ask("POST", "api/v1/ticket_articles", json=asked))
        return ()

    def rank(self, id_: str, priority: Priority) -> None:
        """Set the priority by name."""
        self._change(id_, priority=self.settings.priorities[int(priority) - 1])

    def move(self, id_: str, *, over: bool) -> None:
        """Set the state by name and see whether it was set."""
        ticket, _ = self.get(id_)
        if ticket.over == over:
            return
        self._change(id_, state=self.settings.resolve_to if over else self.settings.reopen_to)
        ticket, _ = self.get(id_)
        if ticket.over != over:
            raise DeskError(f"ticket {id_} stays {ticket.status}", again=False)

    def _change(self, id_: str, **fields: str) -> None:
        _object(self._wire.ask("PUT", f"api/v1/tickets/{id_}", json=fields))

    def said(self, id_: str, since: datetime) -> Iterator[Word]:
        """Yield the articles."""
        for each in self._articles(id_):
            if (at := datetime.fromisoformat(each["created_at"])) >= since:
                who, text = str(each.get("created_by") or each.get("from") or ""), str(each.get("body", ""))
                yield Word(
                    ticket=id_, mark=str(each["id"]), at=at, who=who, text=wording.plain(text, each.get("content_type")), visible=not each.get("internal")
                )  # fmt: skip

    def _articles(self, id_: str) -> list[Mapping[str, Any]]:
        found = self._wire.get(f"api/v1/ticket_articles/by_ticket/{id_}", expand="true")
        if not isinstance(found, list):
            raise DeskError("Zammad answered with something else than a list")
        # The first article is the case's own text.
        return sorted(found, key=lambda each: int(each["id"]))[1:]


def _article(text: str, *, visible: bool, files: Any) -> dict[str, Any]:
    attached = [{"filename": each.name, "data": b64encode(each.data).decode(), "mime-type": each.media} for each in files]
    made: dict[str, Any] = {"body": text, "content_type": "text/plain", "type": "note", "internal": not visible}
    return made | ({"attachments": attached} if attached else {})


def _object(answer: Any) -> Mapping[str, Any]:
    if not isinstance(answer, dict) or "id" not in answer:
        raise DeskError("Zammad answered without an id", unsure=True)
    return answer
