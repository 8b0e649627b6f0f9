"""The Support APIs, which only read: one request in flight, at most five a second, errors told apart by what they hold.

403 means four things (not allowed, application inactive, too fast, too much)
or an error of the API itself; 200 may be a page of HTML or an error; pages
are counted, never waited for. Source: Cisco Support APIs, Mashery's headers.
"""

import random
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from healthd.caseclient.cisco.settings import Settings
from healthd.caseclient.cisco.web import Answer, Token, asked
from healthd.errors import ConfigError, DeskError

PACE_S = 0.2
MOST_PAGES = 50
TRIES = 3
_NOTHING = ("SVO_NO_RECORDS", "CASE_NOTFOUND", "NO_RECORDS_FOUND")


class NotThere(DeskError):
    """Cisco knows no such thing, or does not show it to us."""

    def __init__(self, what: str) -> None:
        super().__init__(f"Cisco shows no {what}", again=False)


@dataclass(kw_only=True)
class Api:
    """Cisco's Support APIs with one application's rights; blocks, and is used by one thread at a time."""

    settings: Settings
    token: Token = field(init=False)
    pause: float = PACE_S
    _last: float = 0.0

    def __post_init__(self) -> None:
        said = self.settings
        if not (said.api_client and said.api_secret):
            raise ConfigError("[cisco] has no api_client_ref and api_secret_ref; Cisco's Support APIs cannot be asked")
        self.token = Token(url=said.token_url, client=said.api_client, secret=said.api_secret, timeout=said.timeout)

    def get(self, path: str, **query: str | int) -> Mapping[str, Any]:
        """Return the object at *path*.

        Raises:
            NotThere: there is none.
            DeskError: no answer that can be used; ``wait_s`` where Cisco wants us to stop for today.
        """
        for left in reversed(range(TRIES)):
            time.sleep(max(0.0, self._last + self.pause - time.monotonic()))
            answer = asked(self.token, "GET", self.settings.api_url.rstrip("/") + path, self.settings.timeout, params=query)
            self._last = time.monotonic()
            if "OVER_QPS" not in answer.headers.get("X-Mashery-Error-Code", "") or not left:
                return _value(answer, path)
            time.sleep(self.pause * (5 + 5 * random.random()))  # noqa: S311 - so that two of us do not ask at once again
        raise AssertionError("the last try returns or raises")

    def pages(self, path: str, **query: str | int) -> Iterator[Mapping[str, Any]]:
        """Yield the pages of a list; not more than it said at first, and none twice."""
        last, number = 1, 1
        while number <= min(last, MOST_PAGES):
            page = self.get(path, page_index=number, **query)
            record = page.get("pagination_response_record")
            # With no results Cisco says last_index 0 and page_index 1.
            last = _whole(record.get("last_index")) if isinstance(record, dict) else 1
            yield page
            number += 1


def part(text: str) -> str:
    """Return *text* as one segment of a path: a slash in a product id or a blank would be read as something else."""
    return quote(text.strip(), safe="")


def _whole(value: Any) -> int:
    return int(value) if str(value).strip().isdecimal() else 1


def _value(answer: Answer, path: str) -> Mapping[str, Any]:
    code = answer.headers.get("X-Mashery-Error-Code", "")
    if answer.status == 403 and code:
        _gateway(code, answer)
    if answer.is_html:
        raise DeskError(f"Cisco answers {answer.status} with a page: {answer.said}", again=answer.status != 596)
    found = answer.json() if answer.body.strip() else {}
    _errors(found, path)
    if answer.status != 200 or not isinstance(found, dict):
        raise DeskError(f"Cisco answers {answer.status}: {answer.said}", again=answer.status >= 500)
    return found


def _gateway(code: str, answer: Answer) -> None:
    if code.endswith("OVER_RATE"):
        raise DeskError("Cisco's daily number of requests is used up", wait_s=6 * 3600.0)
    if code.endswith("OVER_QPS"):
        raise DeskError("Cisco was asked too fast", wait_s=60.0)
    raise DeskError(
        f"Cisco does not let this application in ({code.lower()}): {answer.said}; ask for the grant at apiconsole.cisco.com", again=False
    )


def _errors(found: Any, path: str) -> None:
    """Raise for an error inside an answer, whatever its status."""
    for code, text in _told(found):
        if code in _NOTHING:
            raise NotThere(path.rpartition("/")[2])
        raise DeskError(f"Cisco answers {code}: {text}"[:400], again=code.startswith("API_ERROR"))


def _told(found: Any) -> Iterator[tuple[str, str]]:
    """Yield code and words of each error: they stand under several names, in several depths, spelt in two ways."""
    if not isinstance(found, dict):
        return
    for name in ("OrderList", "ErrorResponse"):
        yield from _told(found.get(name))
    inside = found.get("APIError")
    rows = inside.get("Error", inside) if isinstance(inside, dict) else inside
    for row in rows if isinstance(rows, list) else [rows] if isinstance(rows, dict) else []:
        if isinstance(row, dict):
            yield (
                str(row.get("errorCode") or row.get("ErrorCode") or ""),
                str(row.get("errorDescription") or row.get("ErrorDescription") or ""),
            )
    if "errorCode" in found:
        yield str(found["errorCode"]), str(found.get("errorSummary") or found.get("errorDescription") or "")
