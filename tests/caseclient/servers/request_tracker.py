"""A stand-in for Request Tracker 5's REST2: what its sources and its tests say, and what 5.0.3 was seen to do."""

import base64
import json
import re
from collections.abc import Callable
from typing import Any

from healthd.caseclient.backend import Means
from healthd.caseclient.backends import request_tracker
from healthd.model.secret import Secret
from tests.caseclient.servers.hostile import Answer, Note, Request, Row, System

STATES = ("new", "open", "stalled", "resolved", "rejected", "deleted")


class RequestTracker(System):
    login = "token 1-14-right"
    over = "resolved"

    def open_states(self) -> tuple[str, ...]:
        return ("new", "open", "stalled")

    def desk(self, means: Means, **more: Any) -> request_tracker.Desk:
        said = {"url": self.url, "queue": "Cisco TAC", "token": Secret("1-14-right"), **more}
        return request_tracker.Desk(request_tracker.Settings(**said), means)

    def routes(self) -> list[tuple[str, str, Callable[..., Answer]]]:
        ticket = r"/REST/2\.0/ticket/(\d+)"
        return [
            ("GET", r"/REST/2\.0/tickets", self.search),
            ("POST", r"/REST/2\.0/ticket", self.create),
            ("GET", r"/REST/2\.0/transaction/\d+/attachments", self.said),
            ("GET", ticket, self.told),
            ("PUT", ticket, lambda request, id_: (200, self.change(self.rows[id_], request.json))),
            ("POST", f"{ticket}/comment", lambda request, id_: self.note(self.rows[id_], request, visible=False)),
            ("POST", f"{ticket}/correspond", lambda request, id_: self.note(self.rows[id_], request, visible=True)),
            ("GET", f"{ticket}/history", lambda request, id_: (200, self.page([*map(self.transaction, self.rows[id_].notes)], request))),
            ("GET", f"{ticket}/attachments", lambda request, id_: (200, self.page([*map(self.attachment, self.rows[id_].notes)], request))),
        ]

    def said(self, request: Request) -> Answer:
        wanted = int(request.path.split("/")[-2])
        notes = [note for row in self.rows.values() for note in row.notes if note.id == wanted]
        return 200, self.page([*map(self.attachment, notes)], request)

    def told(self, _: Request, id_: str) -> Answer:
        row = self.rows[id_]
        return 200, self.whole(self.rows[row.fields["merged"]] if "merged" in row.fields else row)

    def search(self, request: Request) -> Answer:
        query = request.query["query"]
        key, title = re.search(r"'CF\.\{HealthdKey\}' = '((?:[^'\\]|\\.)*)'", query), re.search(r"Subject LIKE '((?:[^'\\]|\\.)*)'", query)
        rows = [
            row for row in self.indexed()
            if row.status != "deleted" and "merged" not in row.fields
            and ((key and row.fields.get("HealthdKey") == key[1]) or (title and title[1].lower() in row.title.lower()))
        ]  # fmt: skip
        return 200, self.page([self.whole(row) for row in sorted(rows, key=lambda row: int(row.id))], request)

    @staticmethod
    def page(items: list[Any], request: Request) -> dict[str, Any]:
        """Return a page; totals are null for who is no superuser."""
        per, page = min(int(request.query.get("per_page", 20)), 100), int(request.query.get("page", 1))
        shown = items[(page - 1) * per : page * per]
        made: dict[str, Any] = {"count": len(shown), "page": page, "pages": None, "per_page": per, "total": None, "items": shown}
        return made | ({"next_page": "…"} if len(items) > page * per else {})

    def whole(self, row: Row) -> dict[str, Any]:
        fields = [
            {"id": "2", "type": "customfield", "name": n, "values": [v]}
            for n, v in row.fields.items()
            if n in ("HealthdKey", "Serial", "Cisco SR")
        ]
        stamp = row.changed.strftime("%Y-%m-%dT%H:%M:%SZ")
        return {
            "id": row.id, "type": "ticket", "Subject": row.title, "Status": row.status, "Priority": str(row.fields.get("Priority", 0)),
            "CustomFields": fields or "", "LastUpdated": stamp, "Creator": {"id": "healthd", "type": "user"}, "Due": "1970-01-01T00:00:00Z",
        }  # fmt: skip

    def create(self, request: Request) -> Answer:
        asked, files = self.read(request)
        if not asked.get("Queue"):
            return 400, {"message": "Could not create ticket. Queue not set"}
        if asked["Queue"] != "Cisco TAC" or self.denied:
            return 403, {"message": f"No permission to create tickets in the queue '{asked['Queue']}'"}
        if wrong := self.refuses & asked.keys() - {"Content"}:
            return 400, {"message": f"Invalid value for {min(wrong)}"}
        if any(not name.isascii() for name, _ in files) and not request.headers["Content-Type"].startswith("multipart"):
            return 500, {"message": "Internal Server Error"}  # "Wide character at …"
        known = {name: value for name, value in asked.get("CustomFields", {}).items() if name in ("HealthdKey", "Serial")}
        if not self.kept:
            known.pop("HealthdKey", None)
        id_ = str(self.number())
        self.rows[id_] = Row(
            id_, asked["Subject"], asked["Content"], "new", self.clock.now, known | {"Priority": asked.get("Priority", 0)}, files=files
        )
        self.rows[id_].changed = self.clock.now
        return 201, {"id": id_, "type": "ticket", "_url": f"{self.url}/REST/2.0/ticket/{id_}"}, {"Location": f"/ticket/{id_}"}

    @staticmethod
    def read(request: Request) -> tuple[dict[str, Any], list[tuple[str, bytes]]]:
        if request.headers["Content-Type"].startswith("multipart"):
            parts = request.parts()
            return json.loads(next(body for name, _, body in parts if name == "JSON")), [
                (file, body) for name, file, body in parts if name == "Attachments"
            ]
        asked = request.json
        return asked, [(each["FileName"], base64.b64decode(each["FileContent"])) for each in asked.get("Attachments", ())]

    def change(self, row: Row, asked: dict[str, Any]) -> list[str]:
        """Change *row*; the status is 200 whatever became of it."""
        if self.denied:
            return [f"Ticket {row.id}: Permission Denied"]
        said = []
        for name, value in asked.items():
            if name == "Status" and value not in STATES:
                said.append(f"Ticket {row.id}: Status '{value}' isn't a valid status for this ticket.")
                continue
            said.append(f"Ticket {row.id}: {name} changed to '{value}'")
            match name:
                case "Status":
                    row.status = value
                case "Subject":
                    row.title = value
                case _:
                    row.fields[name] = value
        row.changed = self.clock.now
        return said

    def note(self, row: Row, request: Request, *, visible: bool) -> Answer:
        asked, files = self.read(request)
        if asked.get("Content") and not asked.get("ContentType"):
            return 400, {"message": "ContentType is a required field for application/json"}
        if "Content" in self.refuses and len(asked["Content"]) > 2500:
            return 400, {"message": "too long"}
        note = Note(self.number(), asked.get("Content", ""), "healthd", self.clock.now, visible, asked.get("Subject", ""), tuple(files))
        row.notes.append(note)
        if visible and row.status == "new":
            row.status = "open"
        return 201, ["Correspondence added" if visible else "Comments added"]

    @staticmethod
    def transaction(note: Note) -> dict[str, Any]:
        return {
            "id": str(note.id), "type": "transaction", "Type": "Correspond" if note.visible else "Comment",
            "Creator": {"id": note.who, "type": "user"}, "Created": note.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }  # fmt: skip

    @staticmethod
    def attachment(note: Note) -> dict[str, Any]:
        return {
            "id": str(note.id),
            "type": "attachment",
            "Subject": note.subject,
            "ContentType": "text/plain",
            "Content": note.text,
            "Filename": "",
        }
