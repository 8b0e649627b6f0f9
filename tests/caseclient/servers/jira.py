"""A stand-in for Jira Service Management: requests, transitions by id, a text search by whole words through an index."""

import json
import re
from collections.abc import Callable
from typing import Any

from healthd.caseclient.backend import Means
from healthd.caseclient.backends import jira
from healthd.model.secret import Secret
from tests.caseclient.servers.hostile import Answer, Note, Request, Row, System

DESK = "/rest/servicedeskapi"
KNOWN = ("summary", "description", "priority", "customfield_10100")
STATES = {"Open": "new", "In Progress": "indeterminate", "Done": "done"}


class Jira(System):
    login = "Bearer right"
    over = "Done"

    def open_states(self) -> tuple[str, ...]:
        return ("Open", "In Progress")

    def desk(self, means: Means, **more: Any) -> jira.Desk:
        said = {"url": self.url, "service_desk": "1", "request_type": "10", "project": "TAC", "token": Secret("right"), **more}
        return jira.Desk(jira.Settings(**said), means)

    def routes(self) -> list[tuple[str, str, Callable[..., Answer]]]:
        request, issue = f"{DESK}/request/([A-Z]+-\\d+)", r"/rest/api/2/issue/([A-Z]+-\d+)"
        return [
            ("GET", "/rest/api/2/search", self.search),
            ("POST", f"{DESK}/request", self.create),
            ("POST", f"{DESK}/servicedesk/1/attachTemporaryFile", self.upload),
            ("GET", issue, lambda _, id_: (200, self.whole(self.rows[id_]))),
            ("PUT", issue, lambda request, id_: self.change(self.rows[id_], request.json["fields"])),
            ("GET", f"{request}/comment", lambda request, id_: (200, self.page([*map(self.comment, self.rows[id_].notes)], request))),
            ("POST", f"{request}/comment", lambda request, id_: self.note(self.rows[id_], request.json)),
            ("POST", f"{request}/attachment", lambda request, id_: self.attach(self.rows[id_], request.json)),
            ("GET", f"{request}/transition", lambda request, id_: (200, self.page(self.ways(self.rows[id_]), request))),
            ("POST", f"{request}/transition", lambda request, id_: self.go(self.rows[id_], request.json["id"])),
        ]

    def search(self, request: Request) -> Answer:
        found = re.search(r'text ~ "([^"]*)"', request.query["jql"])
        words = set(re.findall(r"\w+", found[1])) if found else set()
        rows = [row for row in self.indexed() if words <= set(re.findall(r"\w+", f"{row.title} {row.text}"))]
        return 200, {"issues": [self.whole(row) for row in rows], "total": len(rows)}

    @staticmethod
    def whole(row: Row) -> dict[str, Any]:
        status = {"name": row.status, "statusCategory": {"key": STATES[row.status]}}
        stamp = row.changed.strftime("%Y-%m-%dT%H:%M:%S.000+0000")
        return {
            "id": row.id[4:],
            "key": row.id,
            "fields": {"summary": row.title, "description": row.text, "status": status, "updated": stamp, **row.fields},
        }

    def create(self, request: Request) -> Answer:
        asked = request.json["requestFieldValues"]
        if self.denied or request.json["serviceDeskId"] != "1":
            return 403, {"errorMessage": "The service desk does not exist, or you may not see it", "i18nErrorMessage": {}}
        if wrong := (asked.keys() - set(KNOWN)) | (self.refuses & asked.keys()):
            return 400, {"errorMessage": f"The field(s) '{min(wrong)}' are not valid for this request type"}
        id_ = f"TAC-{self.number()}"
        text = asked["description"] if self.kept else "(cut by a form)"
        self.rows[id_] = Row(id_, asked["summary"], text, "Open", self.clock.now, {n: asked[n] for n in KNOWN[2:] if n in asked})
        self.rows[id_].changed = self.clock.now
        return 201, {"issueId": id_[4:], "issueKey": id_, "requestTypeId": "10", "serviceDeskId": "1", "_links": {}}

    def change(self, row: Row, fields: dict[str, Any]) -> Answer:
        if self.denied:
            return 403, {"errorMessages": ["You do not have permission to edit issues in this project."], "errors": {}}
        row.title = fields.get("summary", row.title)
        row.fields |= {name: value for name, value in fields.items() if name in KNOWN[2:]}
        row.changed = self.clock.now
        return 204, None

    def comment(self, note: Note) -> dict[str, Any]:
        created = {"iso8601": note.at.strftime("%Y-%m-%dT%H:%M:%S+0000"), "epochMillis": int(note.at.timestamp() * 1000)}
        return {"id": str(note.id), "body": note.text, "public": note.visible, "author": {"displayName": note.who}, "created": created}

    @staticmethod
    def page(values: list[Any], request: Request) -> dict[str, Any]:
        start, limit = int(request.query.get("start", 0)), min(int(request.query.get("limit", 50)), 50)
        shown = values[start : start + limit]
        return {"size": len(shown), "start": start, "limit": limit, "isLastPage": start + limit >= len(values), "values": shown}

    def note(self, row: Row, asked: dict[str, Any]) -> Answer:
        if "body" in self.refuses and len(asked["body"]) > 2500:
            return 400, {"errorMessage": "The entered text is too long."}
        row.notes.append(Note(self.number(), asked["body"], "healthd", self.clock.now, asked["public"]))
        return 201, self.comment(row.notes[-1])

    def upload(self, request: Request) -> Answer:
        if request.headers.get("X-Atlassian-Token") != "no-check":
            return 403, {"errorMessage": "XSRF check failed"}
        files = [(name, body) for _, name, body in request.parts()]
        return 201, {
            "temporaryAttachments": [{"temporaryAttachmentId": json.dumps([n, b.decode("latin-1")]), "fileName": n} for n, b in files]
        }

    @staticmethod
    def attach(row: Row, asked: dict[str, Any]) -> Answer:
        for each in asked["temporaryAttachmentIds"]:
            name, body = json.loads(each)
            row.files.append((name, body.encode("latin-1")))
        return 201, {}

    def ways(self, row: Row) -> list[dict[str, str]]:
        return [] if self.denied else [{"id": "5", "name": "Reopen"}] if row.status == "Done" else [{"id": "3", "name": "Mark as done"}]

    def go(self, row: Row, id_: str) -> Answer:
        row.status, row.changed = {"3": "Done", "5": "In Progress"}[id_], self.clock.now
        return 204, None
