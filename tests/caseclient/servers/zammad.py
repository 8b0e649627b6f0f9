"""A stand-in for Zammad's REST API: attributes by name, a search that goes through an index."""

import base64
import re
from collections.abc import Callable
from typing import Any

from healthd.caseclient.backend import Means
from healthd.caseclient.backends import zammad
from healthd.model.secret import Secret
from tests.caseclient.servers.hostile import Answer, Note, Request, Row, System

KNOWN = ("title", "group", "customer", "state", "priority", "healthd_key", "serial", "article")


class Zammad(System):
    login = "Token token=right"
    over = "closed"

    def open_states(self) -> tuple[str, ...]:
        return ("new", "open", "pending reminder", "pending close")

    def desk(self, means: Means, **more: Any) -> zammad.Desk:
        said = {"url": self.url, "group": "TAC", "who": "noc@example.com", "token": Secret("right"), **more}
        return zammad.Desk(zammad.Settings(**said), means)

    def routes(self) -> list[tuple[str, str, Callable[..., Answer]]]:
        return [
            ("GET", "/api/v1/tickets/search", self.search),
            ("POST", "/api/v1/tickets", self.create),
            ("POST", "/api/v1/ticket_articles", self.note),
            ("GET", r"/api/v1/ticket_articles/by_ticket/(\d+)", lambda _, id_: (200, self.articles(self.rows[id_]))),
            ("GET", r"/api/v1/tickets/(\d+)", lambda _, id_: (200, self.whole(self.rows[id_]))),
            ("PUT", r"/api/v1/tickets/(\d+)", lambda request, id_: self.change(self.rows[id_], request.json)),
        ]

    def search(self, request: Request) -> Answer:
        """Search the index; it also gives what is only like it."""
        key, title = re.search(r'healthd_key:"([^"]*)"', request.query["query"]), re.search(r'title:"([^"]*)"', request.query["query"])
        rows = [row for row in self.indexed() if (key and row.fields.get("healthd_key") == key[1]) or (title and title[1] in row.title)]
        others = [row for row in self.indexed() if row not in rows]
        return 200, [self.whole(row) for row in [*others[:1], *rows]]

    @staticmethod
    def whole(row: Row) -> dict[str, Any]:
        stamp = row.changed.strftime("%Y-%m-%dT%H:%M:%S.123Z")
        return {"id": int(row.id), "number": f"31{row.id}", "title": row.title, "state": row.status, "updated_at": stamp, **row.fields}

    def create(self, request: Request) -> Answer:
        asked = request.json
        if self.denied:
            return 403, {"error": "Not authorized"}
        if asked.get("group") != "TAC":
            return 422, {"error": "No lookup value found for 'group'", "error_human": "No lookup value found for 'group'"}
        if wrong := (asked.keys() - set(KNOWN)) | (self.refuses & asked.keys()):
            return 422, {"error": f"unknown attribute '{min(wrong)}'"}
        id_, article = str(self.number()), asked["article"]
        fields = {
            name: asked[name] for name in ("priority", "serial", "healthd_key") if name in asked and (self.kept or name != "healthd_key")
        }
        files = [(each["filename"], base64.b64decode(each["data"])) for each in article.get("attachments", ())]
        self.rows[id_] = Row(id_, asked["title"], article["body"], asked["state"], self.clock.now, fields, files=files)
        self.rows[id_].changed = self.clock.now
        return 201, self.whole(self.rows[id_])

    def articles(self, row: Row) -> list[dict[str, Any]]:
        return [
            {
                "id": note.id, "body": note.text, "internal": not note.visible, "content_type": note.subject or "text/plain",
                "created_by": note.who, "created_at": note.at.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
            }
            for note in (Note(0, row.text, row.made_by, row.at), *row.notes)
        ]  # fmt: skip

    def note(self, request: Request) -> Answer:
        asked = request.json
        row = self.rows.get(str(asked["ticket_id"]))
        if row is None:
            return 404, {"error": "Couldn't find Ticket"}
        if "body" in self.refuses and len(asked["body"]) > 2500:
            return 422, {"error": "too long"}
        files = tuple((each["filename"], base64.b64decode(each["data"])) for each in asked.get("attachments", ()))
        row.notes.append(Note(self.number(), asked["body"], "healthd", self.clock.now, not asked["internal"], files=files))
        return 201, {"id": row.notes[-1].id}

    def change(self, row: Row, asked: dict[str, Any]) -> Answer:
        if self.denied:
            return 403, {"error": "Not authorized"}
        row.status, row.title = asked.get("state", row.status), asked.get("title", row.title)
        row.fields |= {name: asked[name] for name in ("priority",) if name in asked}
        row.changed = self.clock.now
        return 200, self.whole(row)
