"""What the stand-ins of ticket systems have in common: a server on loopback that can be as bad as real ones are.

Faults are drawn from a seeded random, or said one by one for the next writing
requests. Time is the test's: what is committed late, and an index that lags,
wait for the clock to be moved.
"""

import json
import random
import re
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.caseclient.seen import Seen

START = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


@dataclass
class Clock:
    """The time of a test."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class Fault(StrEnum):
    """What can become of a request."""

    FINE = "fine"
    ERROR = "error"  # 500, not done
    LOST = "lost"  # done, and the connection breaks before the answer
    LATE = "late"  # the connection breaks, and it is done later
    LIMITED = "limited"  # 429 with Retry-After
    LOGIN = "login"  # a redirect to a login page
    PAGE = "page"  # a login page under status 200
    BROKEN = "broken"  # done, and the answer is half of one
    HUGE = "huge"  # ten megabytes
    SLOW = "slow"  # done, and the answer comes after a second


@dataclass
class Faults:
    """Shares of the writing requests from 0 to 1, of reading ones a third; *late_s* is how long late ones take; *next* are the first of writing ones."""

    error: float = 0.0
    lost: float = 0.0
    late: float = 0.0
    limited: float = 0.0
    late_s: tuple[float, float] = (5.0, 40.0)
    retry_after: str = "5"
    next: deque[Fault] = field(default_factory=deque)
    seed: int = 0

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    def drawn(self, writing: bool) -> Fault:
        if self.next and writing:
            return self.next.popleft()
        draw = self.random.random() * (1 if writing else 3)
        for fault, share in ((Fault.ERROR, self.error), (Fault.LOST, self.lost), (Fault.LATE, self.late), (Fault.LIMITED, self.limited)):
            if draw < share:
                return fault
            draw -= share
        return Fault.FINE


@dataclass(frozen=True)
class Request:
    """One request as a system sees it."""

    method: str
    path: str
    query: dict[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body) if self.body else {}

    def parts(self) -> list[tuple[str, str, bytes]]:
        """Return the parts of a form: field, file name (as the octets in UTF-8 say), content."""
        boundary = self.headers["Content-Type"].partition("boundary=")[2].encode()
        found = []
        for part in self.body.split(b"--" + boundary)[1:-1]:
            head, _, content = part.strip(b"\r\n").partition(b"\r\n\r\n")
            disposition = next(line for line in head.split(b"\r\n") if line.lower().startswith(b"content-disposition")).decode()
            said = dict(each.strip().partition("=")[::2] for each in disposition.split(";")[1:])
            name = said.get("filename", "").strip('"') or unquote(said.get("filename*", "").rpartition("'")[2])
            found.append((said["name"].strip('"'), name, content))
        return found


@dataclass
class Note:
    """A note on a ticket."""

    id: int
    text: str
    who: str
    at: datetime
    visible: bool = False
    subject: str = ""
    files: tuple[tuple[str, bytes], ...] = ()


@dataclass
class Row:
    """A ticket, whichever system it is in."""

    id: str
    title: str
    text: str
    status: str
    at: datetime
    fields: dict[str, Any] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    files: list[tuple[str, bytes]] = field(default_factory=list)
    changed: datetime = START
    made_by: str = "healthd"


Answer = tuple[int, Any] | tuple[int, Any, dict[str, str]]


@dataclass
class System:
    """A ticket system: *rows* by id, and how it misbehaves. *kept* False drops the key field without a word; *lag_s* is its index's."""

    clock: Clock = field(default_factory=Clock)
    faults: Faults = field(default_factory=Faults)
    rows: dict[str, Row] = field(default_factory=dict)
    kept: bool = True
    denied: bool = False
    refuses: frozenset[str] = frozenset()
    lag_s: float = 0.0
    counts: Counter[str] = field(default_factory=Counter)
    asked: list[Request] = field(default_factory=list)
    url: str = ""
    numbers: int = 0
    later: list[tuple[datetime, Request]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    login = "Bearer right"
    over = "closed"

    def routes(self) -> list[tuple[str, str, Callable[..., Answer]]]:
        """Return method, pattern of the path, and what does it: with the request and what the pattern caught."""
        raise NotImplementedError

    def answer(self, request: Request) -> Answer:
        """Do *request*, if it is anything that the system knows."""
        for method, pattern, do in self.routes():
            found = re.fullmatch(pattern, request.path)
            if found and method == request.method:
                if found.groups() and found[1] not in self.rows:
                    return 404, {"message": "Not Found", "error": {"message": "No Record found"}}
                return do(request, *found.groups())
        return 404, {"message": "Not Found"}

    def open_states(self) -> tuple[str, ...]:
        raise NotImplementedError

    def number(self) -> int:
        self.numbers += 1
        return self.numbers

    def indexed(self) -> list[Row]:
        """Return the rows that a search knows by now."""
        return [row for row in self.rows.values() if (self.clock.now - row.at).total_seconds() >= self.lag_s]

    def are_open(self) -> list[Row]:
        return [row for row in self.rows.values() if row.status in self.open_states()]

    def one(self, id_: str) -> Seen:
        return next(each for each in self.seen() if each.id == id_)

    def seen(self) -> list[Seen]:
        opened = self.open_states()
        return [
            Seen(
                row.id, row.title, row.text, row.status in opened, [note.text for note in row.notes], [note.visible for note in row.notes],
                dict([*row.files, *(file for note in row.notes for file in note.files)]),
            )
            for row in self.rows.values()
        ]  # fmt: skip

    def seen_notes(self) -> list[str]:
        return [text for each in self.seen() for text in each.notes]

    def says(self, id_: str, text: str, now: datetime) -> None:
        row = self.rows[id_]
        row.notes.append(Note(self.number(), text, "zhang", now))
        row.changed = now

    def closes(self, id_: str, now: datetime) -> None:
        self.rows[id_].status, self.rows[id_].changed = self.over, now

    def deletes(self, id_: str) -> None:
        del self.rows[id_]

    def taken(self, request: Request) -> tuple[Fault, Answer | None]:
        with self.lock:
            for due, late in sorted(self.later, key=lambda each: each[0]):
                if due <= self.clock.now:
                    self.answer(late)
            self.later = [each for each in self.later if each[0] > self.clock.now]
            self.asked.append(request)
            if request.headers.get("Authorization") != self.login:
                return Fault.FINE, (401, {"message": "Unauthorized"})
            writing = request.method != "GET"
            fault = self.faults.drawn(writing)
            self.counts[fault] += 1
            if fault in (Fault.ERROR, Fault.LIMITED, Fault.LOGIN, Fault.PAGE, Fault.HUGE):
                return fault, None
            if fault is Fault.LATE:
                seconds = self.faults.random.uniform(*self.faults.late_s)
                self.later.append((self.clock.now + timedelta(seconds=seconds), request))
                return fault, None
            return fault, self.answer(request)


PAGE = b"<!DOCTYPE html><html><body><h1>Please log in</h1></body></html>"
FIXED: dict[Fault, tuple[int, bytes, dict[str, str]]] = {
    Fault.ERROR: (500, b'{"message":"Internal Server Error"}', {}),
    Fault.LOGIN: (302, PAGE, {"Location": "http://127.0.0.1:9/login", "Content-Type": "text/html"}),
    Fault.PAGE: (200, PAGE, {"Content-Type": "text/html"}),
    Fault.HUGE: (200, b'"' + b"x" * (10 * 1024 * 1024) + b'"', {}),
}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True

    def one(self) -> None:
        where = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        query = dict(parse_qsl(where.query, keep_blank_values=True))
        system: System = self.server.system  # type: ignore[attr-defined]
        request = Request(self.command, unquote(where.path), query, dict(self.headers.items()), body)
        fault, answer = system.taken(request)
        if fault in (Fault.LOST, Fault.LATE):
            self.close_connection = True
            self.connection.shutdown(2)
            return
        if fault is Fault.LIMITED:
            self.say(429, b'{"message":"Too many requests"}', {"Retry-After": system.faults.retry_after})
            return
        if answer is None:
            self.say(*FIXED[fault])
            return
        status, value, more = answer if len(answer) == 3 else (*answer, {})
        said = b"" if value is None else json.dumps(value, ensure_ascii=False).encode()
        if fault is Fault.SLOW:
            time.sleep(1.0)
        self.say(status, said[: len(said) // 2] if fault is Fault.BROKEN else said, more)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = one  # noqa: N815 - names of the library

    def say(self, status: int, said: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json; charset=utf-8", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """Say nothing: an asker that hangs up is what the tests are about."""


@contextmanager
def serving(system: System) -> Iterator[System]:
    """Serve *system* and set its address."""
    server = Quiet(("127.0.0.1", 0), Handler)
    server.system = system  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    system.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield system
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


Make = Callable[[], System]
