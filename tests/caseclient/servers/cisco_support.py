"""A stand-in for the Support Case and RMA APIs, with the errors that their gateway and they themselves give; and for CX Drive."""

import base64
import json
import urllib.parse
from dataclasses import dataclass, field
from typing import Any

Answer = tuple[int, dict[str, str], bytes] | None


@dataclass
class Support:
    """*cases* by number in the form of details; *rmas* by number in the form of the API; *faults* are answers that come first."""

    cases: dict[str, dict[str, Any]] = field(default_factory=dict)
    rmas: dict[str, dict[str, Any]] = field(default_factory=dict)
    faults: list[Answer] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    page: int = 100
    files: dict[str, bytes] = field(default_factory=dict)
    uploads: dict[str, str] = field(default_factory=dict)

    def answer(self, method: str, path: str, headers: Any, body: bytes) -> Answer:
        """Answer one request."""
        where = urllib.parse.urlsplit(path)
        if where.path == "/token":
            return _json(200, {"token_type": "Bearer", "expires_in": 3600, "access_token": "t"})
        if method == "PUT":
            return self._put(where.path, headers, body)
        self.asked.append(path)
        if self.faults:
            return self.faults.pop(0)
        if headers.get("Authorization") != "Bearer t":
            return mashery("ERR_403_NOT_AUTHORIZED", "Not Authorized")
        return self._found(where.path, dict(urllib.parse.parse_qsl(where.query)))

    def _found(self, path: str, query: dict[str, str]) -> Answer:
        last = urllib.parse.unquote(path.rpartition("/")[2])
        if "/cases/case_ids/" in path:
            rows = [summary(self.cases[n]) for n in last.split(",") if n in self.cases]
            return _json(200, {"cases": rows, "count": len(rows)})
        if "/cases/details/" in path:
            return _json(200, {"caseDetail": self.cases[last]}) if last in self.cases else api_error(403, "CASE_NOTFOUND")
        if "/cases/contracts/" in path:
            return self._pages(last, query)
        if "/returns/rma_numbers/" in path:
            return _json(200, {"returns": {"RmaRecord": [self.rmas[last]]}}) if last in self.rmas else api_error(200, "SVO_NO_RECORDS")
        return (596, {"Content-Type": "text/html"}, b"<h1>596 Service Not Found</h1>")

    def _pages(self, contract: str, query: dict[str, str]) -> Answer:
        rows = [summary(each) for each in self.cases.values() if each["contract_id"] == contract and each["status"] != "Closed"]
        number, last = int(query.get("page_index", 1)), -(-len(rows) // self.page)
        record = {"last_index": last, "page_index": number, "total_records": len(rows), "self_link": "https://api.cisco.com/elsewhere"}
        return _json(200, {"pagination_response_record": record, "cases": rows[(number - 1) * self.page : number * self.page]})

    def _put(self, path: str, headers: Any, body: bytes) -> Answer:
        user, _, password = base64.b64decode(headers.get("Authorization", "").removeprefix("Basic ")).decode().partition(":")
        if self.uploads.get(user) != password:
            return (401, {}, b"")
        self.files[path.rpartition("/")[2]] = body
        return (201, {}, b"")


def summary(detail: dict[str, Any]) -> dict[str, Any]:
    """Return the row of a list for a request: without notes and tracking number, with its flag."""
    kept = ("case_id", "title", "severity", "status", "updated_date", "serial_number", "contract_id", "rmas", "bugs")
    return {**{name: detail[name] for name in kept if name in detail}, "status_flag": "C" if detail["status"] == "Closed" else "O"}


def request(number: str, **more: Any) -> dict[str, Any]:
    """Return a request as the API tells it in detail."""
    said = {"case_id": number, "title": "a fault", "severity": "3", "status": "Cisco Pending", "updated_date": "2026-11-25T09:00:00.000Z"}
    return {**said, "serial_number": " ", "contract_id": "90000002", "rmas": [], "bugs": [], "notes": [], **more}


def mashery(code: str, words: str) -> Answer:
    """Return the gateway's refusal."""
    return (403, {"X-Mashery-Error-Code": code, "Content-Type": "text/html"}, f"<h1>{words}</h1>".encode())


def api_error(status: int, code: str) -> Answer:
    """Return an error of the API itself."""
    return _json(status, {"APIError": {"Error": [{"errorCode": code, "errorDescription": "No order found for the given request."}]}})


def _json(status: int, said: Any) -> Answer:
    return (status, {"Content-Type": "application/json"}, json.dumps(said).encode())
