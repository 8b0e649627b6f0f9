"""Smart Bonding over HTTP: push, pull, the list of codes. No answer of a push says whether a request was opened.

``POST …/rest/v1/push/call`` takes a message and answers 200 without a useful
body. ``POST …/rest/v1/pull/call`` gives out one message and forgets it; 204,
or 200 with "no messages available", means that there is none.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from healthd.caseclient.cisco import codes
from healthd.caseclient.cisco.settings import Settings
from healthd.caseclient.cisco.web import Answer, Token, ask, asked
from healthd.errors import ConfigError, DeskError
from healthd.model.secret import Secret

PAGE = 5000
MOST_PAGES = 40
_NOT_DONE = frozenset({400, 401, 403, 404, 405, 411, 413, 415, 422})


@dataclass(kw_only=True)
class Bonding:
    """One connection; blocks, and is used by one thread at a time."""

    settings: Settings
    token: Token = field(init=False)

    def __post_init__(self) -> None:
        said = self.settings
        if not (said.pushes and said.client and said.secret):
            raise ConfigError('[cisco] has no way = "push" with client_ref and secret_ref; nothing is pushed and nothing pulled')
        self.token = Token(url=said.token_url, client=said.client, secret=said.secret, timeout=said.timeout)

    def push(self, message: Mapping[str, Any]) -> None:
        """Hand *message* over.

        Raises:
            DeskError: it was not taken; ``unsure`` when it may have been.
        """
        answer = self._asked("POST", "/rest/v1/push/call", json=message)
        if answer.status in (200, 201, 202, 204) and not answer.is_html:
            return
        refused = answer.status in _NOT_DONE
        raise DeskError(f"Smart Bonding answers {answer.status}: {answer.said or 'nothing'}", again=not refused, unsure=not refused)

    def pull(self) -> str | None:
        """Take one message out of the queue and return it as it is; None when there is none. It is in no other place any more.

        Raises:
            DeskError: the queue gave no answer.
        """
        answer = self._asked("POST", "/rest/v1/pull/call")
        if answer.status == 204 or (answer.status == 200 and not answer.body.strip() and answer.whole):
            return None
        if answer.status != 200 or answer.is_html:
            raise DeskError(f"Smart Bonding's queue answers {answer.status}: {answer.said}")
        if "Calls" not in answer.text and "no messages available" in answer.text.lower():
            return None
        return answer.text

    def codes(self, known: tuple[codes.Code, ...] = ()) -> tuple[codes.Code, ...]:
        """Return Cisco's whole list of codes, taken into *known*.

        Raises:
            DeskError: it could not be read to its end; *known* is still right then.
        """
        rows: list[Mapping[str, Any]] = []
        since = 0
        for _ in range(MOST_PAGES):
            answer = self._asked("GET", "/tsp/api/v1/xylem/tspcodes", params={"since_id": since, "limit": PAGE})
            if answer.status != 200:
                raise DeskError(f"the list of codes answers {answer.status}: {answer.said}")
            page = codes.read(answer.json())
            rows += page
            last = max((int(row["id"]) for row in page if str(row["id"]).isdecimal()), default=since)
            if last <= since:
                return codes.merged(known, rows)
            since = last
        raise DeskError(f"the list of codes has no end after {MOST_PAGES} pages")

    def _asked(self, method: str, path: str, **more: Any) -> Answer:
        return asked(self.token, method, self.settings.url.rstrip("/") + path, self.settings.timeout, **more)


def upload(settings: Settings, number: str, secret: Secret, name: str, data: bytes) -> None:
    """Put a file beside the service request *number* (CX Drive: HTTPS PUT, the number as user, the token as password).

    Raises:
        DeskError: it was not taken; 401 means that the token is not, or no longer, right.
    """
    if not data:
        raise DeskError(f"{name} is empty: CX Drive throws such files away", again=False)
    answer = ask("PUT", settings.cxd_url.rstrip("/") + f"/{name}", settings.timeout, data=data, auth=(number, secret.reveal()))
    if answer.status == 401:
        raise DeskError(f"CX Drive does not take the token for {number}; generate a new one in Support Case Manager", again=False)
    if answer.status not in (200, 201, 204) or answer.is_html:
        raise DeskError(f"CX Drive answers {answer.status}: {answer.said}")
