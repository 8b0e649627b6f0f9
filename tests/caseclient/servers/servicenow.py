"""A stand-in for ServiceNow: Table API and import sets as their documents say, with the traps that are known."""

import re
from collections.abc import Callable
from typing import Any

from healthd.caseclient.backend import Means
from healthd.caseclient.backends import servicenow
from healthd.model.secret import Secret
from tests.caseclient.servers.hostile import Answer, Note, Request, Row, System

COLUMNS = (
    "short_description",
    "description",
    "correlation_id",
    "correlation_display",
    "impact",
    "urgency",
    "category",
    "assignment_group",
    "u_serial",
)


class ServiceNow(System):
    login = "Basic aGVhbHRoZDpyaWdodA=="
    over = "7"

    def open_states(self) -> tuple[str, ...]:
        return ("1", "2", "3")

    def desk(self, means: Means, **more: Any) -> servicenow.Desk:
        said = {"url": self.url, "user": "healthd", "password": Secret("right"), **more}
        return servicenow.Desk(servicenow.Settings(**said), means)

    def routes(self) -> list[tuple[str, str, Callable[..., Answer]]]:
        table = "/api/now/table/incident"
        return [
            ("GET", table, self.search),
            ("POST", table, lambda request: self.insert(request.json)),
            ("GET", "/api/now/table/sys_journal_field", self.journal),
            ("POST", "/api/now/import/u_healthd", self.coalesce),
            ("POST", "/api/now/attachment/file", self.attach),
            ("GET", f"{table}/(\\w+)", lambda _, id_: (200, {"result": self.whole(self.rows[id_])})),
            ("PATCH", f"{table}/(\\w+)", lambda request, id_: self.change(self.rows[id_], request.json)),
        ]

    def search(self, request: Request) -> Answer:
        """Run a query; a part that is not understood is left out, so that it may give every row."""
        query = request.query["sysparm_query"]
        key, title = re.search(r"correlation_id=([^^]*)", query), re.search(r"short_descriptionLIKE([^^]*)", query)
        rows = [
            row for row in self.indexed()
            if not key or row.fields.get("correlation_id") == key[1] or (title and title[1] in row.title)
        ]  # fmt: skip
        others = [row for row in self.indexed() if row not in rows]
        # What a query means on an instance may differ: rows of others come along, and are for the asker to leave out.
        return 200, {"result": [self.whole(row) for row in (*rows, *others[:2])][: int(request.query.get("sysparm_limit", 10_000))]}

    @staticmethod
    def whole(row: Row) -> dict[str, str]:
        stamp = row.changed.strftime("%Y-%m-%d %H:%M:%S")
        return {
            "sys_id": row.id,
            "number": f"INC{row.id[:7]}",
            "short_description": row.title,
            "state": row.status,
            "sys_updated_on": stamp,
            **row.fields,
        }

    def insert(self, asked: dict[str, str]) -> Answer:
        if self.denied:
            return 403, {"error": {"message": "Operation Failed", "detail": "ACL Exception Insert Failed"}, "status": "failure"}
        if wrong := self.refuses & asked.keys():
            return 400, {"error": {"message": f"Data Policy Exception: {min(wrong)}", "detail": ""}, "status": "failure"}
        id_ = f"{self.number():032x}"
        fields = {name: value for name, value in asked.items() if name in COLUMNS[2:] and (self.kept or name != "correlation_id")}
        self.rows[id_] = Row(id_, asked["short_description"], asked["description"], "1", self.clock.now, fields)
        self.rows[id_].changed = self.clock.now
        return 201, {"result": self.whole(self.rows[id_])}

    def coalesce(self, request: Request) -> Answer:
        asked = request.json
        there = next((row for row in self.rows.values() if row.fields.get("correlation_id") == asked["correlation_id"]), None)
        if there is None:
            status, made = self.insert(asked)[:2]
            if status != 201:
                return 201, {"import_set": "ISET0010001", "result": [{"status": "error", "error_message": made["error"]["message"]}]}
        id_ = there.id if there else made["result"]["sys_id"]
        said = {"table": "incident", "display_name": "number", "status": "updated" if there else "inserted", "sys_id": id_}
        return 201, {"import_set": "ISET0010001", "staging_table": "u_healthd", "result": [said]}

    def change(self, row: Row, asked: dict[str, str]) -> Answer:
        """Change *row*; what the rights hide is dropped without a word."""
        if "work_notes" in self.refuses and len(asked.get("work_notes", "")) > 2500:
            return 400, {"error": {"message": "too long"}, "status": "failure"}
        for name, value in asked.items():
            match name:
                case "work_notes" | "comments":
                    row.notes.append(Note(self.number(), value, "healthd", self.clock.now, name == "comments"))
                case "state":
                    row.status = row.status if self.denied else value
                case "short_description":
                    row.title = value
                case _ if not self.denied:
                    row.fields[name] = value
        row.changed = self.clock.now
        return 200, {"result": self.whole(row)}

    def journal(self, request: Request) -> Answer:
        wanted = re.search(r"element_id=(\w+)", request.query["sysparm_query"])
        notes = [(row, note) for row in self.rows.values() if not wanted or row.id == wanted[1] for note in row.notes]
        return 200, {
            "result": [
                {
                    "sys_id": f"{note.id:032x}", "element_id": row.id, "element": "comments" if note.visible else "work_notes",
                    "value": note.text, "sys_created_by": note.who, "sys_created_on": note.at.strftime("%Y-%m-%d %H:%M:%S"),
                }
                for row, note in notes
            ]
        }  # fmt: skip

    def attach(self, request: Request) -> Answer:
        self.rows[request.query["table_sys_id"]].files.append((request.query["file_name"], request.body))
        return 201, {"result": {"sys_id": "a"}}
