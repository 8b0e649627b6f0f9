"""A stand-in for Smart Bonding: asynchronous, forgetful, and pessimistic: a second New opens a second request.

Behaves as the contract that is written down of it: a push is answered 200
without a body and everything else comes through the queue, one message a
pull, gone when given out. Faults are drawn from a seeded random.
"""

import itertools
import json
import random
import urllib.parse
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any

MANDATORY = (
    "Calls.CustCallID", "Calls.ShortDescription", "Calls.Description", "Calls.CustomerReasonCategory1", "Calls.CustomerReasonCategory2",
    "Calls.CustomerReasonCategory3", "Calls.Caller.LastName", "Calls.Caller.FirstName", "Calls.Caller.EMail", "Calls.CHD.LastName",
    "Calls.CHD.FirstName", "Calls.CHD.EMail", "Calls.CHD.PIN", "Calls.SubComp.LocationName", "Calls.SubComp.LocationStreet",
    "Calls.SubComp.LocationCity", "Calls.SubComp.LocationProvince", "Calls.SubComp.LocationZip", "Contracts.ShortName",
    "ContractElements.ShortName", "CallStates.ShortName", "Priorities.ShortName", "Severities.ShortName", "ExtTableValues.Field11",
    "ExtTableValues.Field14", "ExtTableValues.Field21", "ExtTableValues.Field25", "ExtTableValues.Field26", "ExtTableValues.Field31",
    "ExtTableValues.Field104",
)  # fmt: skip
TSP = [
    {"id": n, "techName": f"Tech {n % 7}", "subTechName": f"Sub {n % 31}", "problemCodeName": "Hardware Failure", "changeFlag": "A"}
    for n in range(1, 12_001)
]
Answer = tuple[int, dict[str, str], bytes] | None


@dataclass
class Faults:
    """Shares, from 0 to 1, of what goes wrong."""

    lost: float = 0.0  # the push is taken, its answer never comes
    broken: float = 0.0  # 500, and the push is not taken
    broken_taken: float = 0.0  # 500, although it is taken
    refused: float = 0.0  # an error array through the queue
    twice: float = 0.0  # a message is given out twice
    shuffled: float = 0.0  # a message overtakes the one before it
    late: int = 0  # up to so many pulls before an answer is in the queue
    expires: float = 0.0  # the token is not good any more
    inside: float = 0.5  # states and fields stand inside Calls
    queue_down: float = 0.0  # the queue answers 503 with a page


@dataclass
class Bonding:
    """The server's state: *requests* are the SRs that exist, each with the CustCallID it was opened for."""

    faults: Faults = field(default_factory=Faults)
    seed: int = 0
    requests: dict[str, str] = field(default_factory=dict)
    pushed: list[dict[str, Any]] = field(default_factory=list)
    queue: deque[str] = field(default_factory=deque)
    counts: Counter[str] = field(default_factory=Counter)
    tokens: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self._later: list[tuple[int, str]] = []
        self._numbers = itertools.count(690_000_001)
        self._pulls = 0

    def answer(self, method: str, path: str, headers: Any, body: bytes) -> Answer:
        """Answer one request."""
        where = urllib.parse.urlsplit(path)
        if where.path == "/token":
            return self._token(method, body)
        bearer = headers.get("Authorization", "").removeprefix("Bearer ")
        if self._hit(self.faults.expires):
            self.tokens.discard(bearer)
        if bearer not in self.tokens:
            self.counts["401"] += 1
            return _json(401, {"message": "Unauthorized", "status": "401"})
        if where.path == "/rest/v1/push/call" and method == "POST":
            return self._push(body)
        if where.path == "/rest/v1/pull/call" and method == "POST":
            return self._pull()
        if where.path == "/tsp/api/v1/xylem/tspcodes" and method == "GET":
            return self._codes(dict(urllib.parse.parse_qsl(where.query)))
        return _json(404, {"message": "Not Found", "status": "404"})

    def say(self, call: str, number: str, *, text: str = "", state: str = "Update", extra: dict[str, str] | None = None) -> None:
        """Let Cisco say something about a request."""
        self._enqueue({"CustCallID": call, "SPCallID": number, "SDCallID": "1", "Remarks": text}, state, extra or {})

    def _token(self, method: str, body: bytes) -> Answer:
        if method != "POST":
            return _json(405, {})
        form = dict(urllib.parse.parse_qsl(body.decode()))
        if (form.get("client_id"), form.get("client_secret")) != ("partner", "s3cret-of-bonding"):
            return _json(401, {"errorCode": "invalid_client", "errorSummary": "Invalid value for 'client_id' parameter."})
        token = f"token-{self.random.getrandbits(64):x}"
        self.tokens.add(token)
        self.counts["tokens"] += 1
        return _json(200, {"token_type": "Bearer", "expires_in": 3600, "access_token": token, "scope": "customscope"})

    def _push(self, body: bytes) -> Answer:
        try:
            message = json.loads(body)
        except ValueError:
            return _json(400, {"message": "Bad JSON", "status": "400"})
        if self._hit(self.faults.broken):
            self.counts["500"] += 1
            return _json(500, {"message": "Internal", "status": "500"})
        self.pushed.append(message)
        self._taken(message)
        if self._hit(self.faults.lost):
            self.counts["lost"] += 1
            return None
        if self._hit(self.faults.broken_taken):
            self.counts["500 taken"] += 1
            return (500, {"Content-Type": "text/html"}, b"<h1>Internal Server Error</h1>")
        return (200, {}, b"")

    def _taken(self, message: dict[str, Any]) -> None:
        call, state = message["Calls"].get("CustCallID"), message.get("CallStates", {}).get("ShortName")
        if state != "New":
            if call not in self.requests.values():
                self._refuse(call, "no such ticket", "SB-404")
            return
        missing = [name for name in MANDATORY if not _at(message, name)]
        if missing:
            self._refuse(call, f"mandatory: {', '.join(missing)}", "SB-400")
            return
        if self._hit(self.faults.refused):
            self.counts["refused"] += 1
            self._refuse(call, "CCO id is not entitled", "SB-ENT")
            return
        number = str(next(self._numbers))
        self.requests[number] = call
        self._enqueue({"CustCallID": call, "SDCallID": f"13{number}", "SPCallID": ""}, "acknowledge", {})
        upload = {"Field80": "cxd.cisco.com", "Field81": f"UPLOAD-{number}", "Field82": "4102444800", "Field83": "/", "Field84": "21"}
        said = {"CustCallID": call, "SDCallID": f"13{number}", "SPCallID": number}
        self._enqueue({**said, "Remarks": f"CaseCreate successful!\nCSOne Case ID: {number}"}, "", upload)

    def _refuse(self, call: str, text: str, code: str) -> None:
        self._enqueue({"CustCallID": call, "Remarks": [{"errorMessage": text, "errorCode": code}]}, "", {})

    def _enqueue(self, calls: dict[str, Any], state: str, extra: dict[str, str]) -> None:
        beside: dict[str, Any] = {"ExtTableValues": extra}
        if state:
            beside["CallStates"] = {"ShortName": state, "Name": f"Incident {state}"}
        inside = self._hit(self.faults.inside)
        said = json.dumps({"Calls": {**calls, **beside}} if inside else {"Calls": calls, **beside}, ensure_ascii=False)
        self._later.append((self._pulls + self.random.randint(0, self.faults.late), said))

    def _pull(self) -> Answer:
        self._pulls += 1
        if self._hit(self.faults.queue_down):
            return (503, {"Content-Type": "text/html"}, b"<h1>Maintenance</h1>")
        ripe = [said for due, said in self._later if due <= self._pulls]
        self._later = [(due, said) for due, said in self._later if due > self._pulls]
        self.queue.extend(ripe)
        if not self.queue:
            return (
                _json(200, {"message": "no messages available to send", "status": "200"}) if self.random.random() < 0.5 else (204, {}, b"")
            )
        if len(self.queue) > 1 and self._hit(self.faults.shuffled):
            self.queue.rotate(-1)
        said = self.queue.popleft()
        if self._hit(self.faults.twice):
            self.counts["twice"] += 1
            self.queue.append(said)
        return (200, {"Content-Type": "application/json"}, said.encode())

    def _codes(self, query: dict[str, str]) -> Answer:
        since, limit = int(query.get("since_id", 0)), min(int(query.get("limit", 500)), 10_000)
        return _json(200, {"tspCodes": [row for row in TSP if row["id"] > since][:limit]})

    def _hit(self, share: float) -> bool:
        return self.random.random() < share


def _at(message: dict[str, Any], path: str) -> Any:
    found: Any = message
    for name in path.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _json(status: int, said: Any) -> Answer:
    return (status, {"Content-Type": "application/json"}, json.dumps(said).encode())
