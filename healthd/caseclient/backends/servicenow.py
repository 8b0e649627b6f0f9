"""ServiceNow, over the Table API and, where it is set up, an import set that coalesces on ``correlation_id``.

Its traps: a part of a query that it does not understand is left out and the
rest is run, so that a misspelt field gives every row: what comes back is
checked; ``correlation_id`` is not unique; a field that the rights hide is
dropped without a word, so everything is read back; all values are texts, and
times are UTC without saying so.
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
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

NAME = "servicenow"
NEEDED = ("url",)
"""Settings without which cases cannot go here."""
STATES = {"1": "New", "2": "In Progress", "3": "On Hold", "6": "Resolved", "7": "Closed", "8": "Canceled"}
"""Those of the incident table as it is delivered."""
FIELDS = "sys_id,number,state,correlation_id,short_description,sys_updated_on"


def _four_pairs(found: tuple[str, ...]) -> bool:
    return len(found) == 4 and all(pair.count("/") == 1 for pair in found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(Http):
    """Table ``[case.servicenow]``; *url* is that of the instance.

    *token_ref* is an OAuth access token; without one *user* and
    *password_ref* are used. *import_table* is the staging table of an import
    set whose transform map coalesces on ``correlation_id`` (then a repeated
    opening cannot make a second incident). *fields* gives other columns, also
    those that data policies ask for (``assignment_group = "…"``). *levels*
    are impact/urgency for P1 to P4, *closed* the states that end an incident;
    *resolve* and *reopen* are the columns that resolve it and take it up again.
    """

    table: str = "incident"
    import_table: str = ""
    token_ref: str = ""
    user: str = ""
    password_ref: str = ""
    cisco_field: str = ""
    fields: dict[str, str] = field(default_factory=lambda: {"category": "network"})
    levels: tuple[str, ...] = formed(("1/1", "1/2", "2/2", "2/3"), 'four pairs "impact/urgency"', _four_pairs)
    closed: tuple[str, ...] = ("6", "7", "8")
    resolve: dict[str, str] = field(default_factory=lambda: {"state": "6", "close_code": "Solved (Permanently)"})
    reopen: dict[str, str] = field(default_factory=lambda: {"state": "2"})
    token: Secret | None = field(default=None, repr=False)
    password: Secret | None = field(default=None, repr=False)


class Desk(External):
    """ServiceNow as a desk."""

    def __init__(self, settings: Settings, means: Means) -> None:
        super().__init__(Tickets(settings), means)


class Tickets:
    """The rows of one table of tasks."""

    name, key = NAME, "correlation_id"

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._wire = Wire(settings, {"Authorization": _login(settings)})
        self._fields = ",".join(filter(None, (FIELDS, settings.cisco_field)))

    def search(self, token: str) -> list[Ticket]:
        """Return the rows of *token*, whatever the query gave."""
        clean = token.replace("^", "")
        query = f"correlation_id={clean}^ORshort_descriptionLIKE[{clean}]^ORDERBYsys_created_on"
        rows = self._rows(self.settings.table, sysparm_query=query, sysparm_fields=self._fields, sysparm_limit="50")
        found = (self._ticket(row, token) for row in rows)
        return [each for each in found if each.token == token]

    def get(self, id_: str, token: str = "") -> tuple[Ticket, datetime]:
        """Return the row *id_*."""
        row = _result(self._wire.get(f"{self._path}/{id_}", sysparm_fields=self._fields), dict)
        return self._ticket(row, token), moment(row["sys_updated_on"])

    def _ticket(self, row: Mapping[str, Any], token: str) -> Ticket:
        state = str(row.get("state", ""))
        held = token if f"[{token}]" in str(row.get("short_description", "")) else ""
        return Ticket(
            backend=NAME,
            id=str(row["sys_id"]),
            token=str(row.get("correlation_id") or "") or held,
            status=STATES.get(state, state),
            over=state in self.settings.closed,
            cisco=str(row.get(self.settings.cisco_field) or "") if self.settings.cisco_field else "",
            url=f"{self.settings.url.rstrip('/')}/nav_to.do?uri={self.settings.table}.do%3Fsys_id%3D{row['sys_id']}",
        )

    def create(self, draft: Draft) -> tuple[str, tuple[str, ...]]:
        """Insert a row; through the import set where there is one, which inserts at most one."""
        asked = {
            "short_description": draft.title,
            "description": draft.text,
            "correlation_id": draft.token,
            "correlation_display": "healthd",
        }
        if not draft.minimal:
            impact, urgency = self._level(draft.opening.priority)
            asked |= {"impact": impact, "urgency": urgency, **wording.filled(self.settings.fields, draft.opening)}
        id_ = self._imported(asked) if self.settings.import_table else self._inserted(asked)
        return id_, self._attach(id_, draft.files)

    def _inserted(self, asked: Mapping[str, str]) -> str:
        made = _result(self._wire.ask("POST", self._path, json=asked), dict)
        return str(made["sys_id"])

    def _imported(self, asked: Mapping[str, str]) -> str:
        rows = _result(self._wire.ask("POST", f"api/now/import/{self.settings.import_table}", json=asked), list)
        row = next((each for each in rows if each.get("table") == self.settings.table), rows[0] if rows else {})
        if row.get("status") not in ("inserted", "updated", "ignored") or not row.get("sys_id"):
            raise DeskError(
                f"the import set says {row.get('status')}: {row.get('error_message') or row.get('status_message')}", again=False, status=400
            )
        return str(row["sys_id"])

    def _level(self, priority: Priority) -> tuple[str, str]:
        impact, _, urgency = self.settings.levels[int(priority) - 1].partition("/")
        return impact, urgency

    def _attach(self, id_: str, files: Sequence[Attachment]) -> tuple[str, ...]:
        """Attach *files*; return the names of those that are refused (a forbidden kind, too large) or whose answer is lost."""
        refused = []
        for each in files:
            params = {"table_name": self.settings.table, "table_sys_id": id_, "file_name": each.name}
            try:
                self._wire.ask("POST", "api/now/attachment/file", params=params, data=each.data, headers={"Content-Type": each.media})
            except DeskError:
                refused.append(each.name)
        return tuple(refused)

    def retitle(self, id_: str, draft: Draft) -> None:
        """Set the short description."""
        self._change(id_, {"short_description": draft.found_by})

    def marks(self, id_: str) -> frozenset[str]:
        """Return the marks in work notes and comments."""
        return frozenset(mark for row in self._journal(id_) for mark in wording.marks(str(row.get("value", ""))))

    def add(self, id_: str, remark: Remark) -> tuple[str, ...]:
        """Add a work note, or a comment that the caller sees."""
        self._change(id_, {"comments" if remark.visible else "work_notes": remark.text})
        return self._attach(id_, remark.files)

    def rank(self, id_: str, priority: Priority) -> None:
        """Set impact and urgency, of which the instance makes the priority."""
        impact, urgency = self._level(priority)
        self._change(id_, {"impact": impact, "urgency": urgency})

    def move(self, id_: str, *, over: bool) -> None:
        """Set the state and see whether it was set: rights and data policies drop fields without a word."""
        ticket, _ = self.get(id_)
        if ticket.over == over:
            return
        columns = self.settings.resolve | {"close_notes": "healthd"} if over else self.settings.reopen
        self._change(id_, columns)
        ticket, _ = self.get(id_)
        if ticket.over != over:
            raise DeskError(f"incident {id_} stays {ticket.status}", again=False)

    def _change(self, id_: str, columns: Mapping[str, str]) -> None:
        _result(self._wire.ask("PATCH", f"{self._path}/{id_}", json=dict(columns)), dict)

    def said(self, id_: str, since: datetime) -> Iterator[Word]:
        """Yield work notes and comments."""
        for row in self._journal(id_):
            if (at := moment(row["sys_created_on"])) >= since:
                yield Word(
                    ticket=id_,
                    mark=str(row["sys_id"]),
                    at=at,
                    who=str(row.get("sys_created_by", "")),
                    text=str(row.get("value", "")),
                    visible=row.get("element") == "comments",
                )

    def _journal(self, id_: str) -> list[Mapping[str, Any]]:
        query = f"element_id={id_}^ORDERBYsys_created_on"
        wanted = "sys_id,element_id,element,value,sys_created_on,sys_created_by"
        rows = self._rows("sys_journal_field", sysparm_query=query, sysparm_fields=wanted, sysparm_limit="1000")
        return [row for row in rows if row.get("element_id") == id_]

    def _rows(self, table: str, **params: str) -> list[Mapping[str, Any]]:
        try:
            found = self._wire.get(f"api/now/table/{table}", sysparm_exclude_reference_link="true", **params)
        except DeskError as error:
            if error.status == 404:  # version 1 says so for "no rows"
                return []
            raise
        return list(_result(found, list))

    @property
    def _path(self) -> str:
        return f"api/now/table/{self.settings.table}"


def moment(said: str) -> datetime:
    """Return the moment of ``YYYY-MM-DD hh:mm:ss``, which is UTC."""
    return datetime.strptime(said, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)


def _login(settings: Settings) -> str:
    if settings.token:
        return f"Bearer {settings.token.reveal()}"
    both = f"{settings.user}:{settings.password.reveal() if settings.password else ''}"
    return f"Basic {b64encode(both.encode()).decode()}"


def _result(answer: Any, kind: type) -> Any:
    found = answer.get("result") if isinstance(answer, dict) else None
    if not isinstance(found, kind):
        raise DeskError("ServiceNow answered without a result", unsure=True)
    return found
