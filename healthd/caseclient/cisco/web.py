"""One HTTP request to Cisco, bounded: no redirects, a clock around it, an end to what is read.

Cisco's gateways answer with HTML, also under status 200, and with 403 for
four different things; so an answer is told by what it holds.
"""

import json
import re
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
from urllib3.exceptions import NewConnectionError

from healthd.errors import DeskError
from healthd.model.secret import Secret

LARGEST = 16 * 1024 * 1024
_OCTETS = 65_536
_TAGS = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back. *whole* is False when it broke off."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    whole: bool = True

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")

    @property
    def is_html(self) -> bool:
        """Is it a page for people, whatever its header says?"""
        return self.text.lstrip()[:1] == "<"

    def json(self) -> Any:
        """Return the value.

        Raises:
            DeskError: it is none, as from a gateway that answers HTML under status 200.
        """
        try:
            return json.loads(self.body)
        except ValueError:
            raise DeskError(f"answered {self.status} with something else than JSON: {self.said}", unsure=True) from None

    @property
    def said(self) -> str:
        """The beginning of what it says, in one line."""
        return " ".join("".join(c if c.isprintable() else " " for c in _TAGS.sub(" ", self.text[:600])).split())[:200]


def ask(method: str, url: str, timeout: float, **more: Any) -> Answer:
    """Ask and return whatever came back, also errors of HTTP.

    Raises:
        DeskError: nothing came back; ``unsure`` unless the request never left.
    """
    until = time.monotonic() + 2 * timeout
    try:
        with requests.request(method, url, timeout=timeout, allow_redirects=False, stream=True, **more) as response:
            body, whole = _read(response, until)
            answer = Answer(status=response.status_code, headers=response.headers, body=body, whole=whole)
    except (requests.exceptions.SSLError, requests.exceptions.ProxyError, requests.exceptions.ConnectTimeout) as error:
        raise DeskError(f"{_host(url)} cannot be reached: {_why(error)}") from None
    except requests.RequestException as error:
        raise DeskError(f"{_host(url)} gave no answer: {_why(error)}", unsure=not _unsent(error)) from None
    if 300 <= answer.status < 400:
        raise DeskError(f"{_host(url)} answered {answer.status}, a redirect; it is not followed: check the address", again=False)
    return answer


def _read(response: requests.Response, until: float) -> tuple[bytes, bool]:
    parts, size = [], 0
    try:
        for part in response.iter_content(_OCTETS):
            parts.append(part)
            size += len(part)
            if size > LARGEST or time.monotonic() > until:
                return b"".join(parts)[:LARGEST], False
    except requests.RequestException:
        # What has come is kept: a message that was taken from a queue is in no other place.
        if not parts:
            raise
        return b"".join(parts), False
    return b"".join(parts), True


def _unsent(error: requests.RequestException) -> bool:
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(reason, NewConnectionError)


def _why(error: Exception) -> str:
    return re.sub(r"\(?<[^>]*>[,:]?", "", str(error))[:200] or type(error).__name__


def _host(url: str) -> str:
    return url.split("/")[2]


@dataclass(kw_only=True)
class Token:
    """The bearer token of one client (client credentials, RFC 6749 §4.4); fetched when first needed, and again before it ends."""

    url: str
    client: Secret
    secret: Secret
    timeout: float
    _token: Secret | None = field(default=None, repr=False)
    _until: float = 0.0
    _one: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def header(self) -> dict[str, str]:
        """Return the header that a request needs.

        Raises:
            DeskError: no token was given.
        """
        with self._one:
            if self._token is None or time.monotonic() > self._until:
                self._fetch()
            return {"Authorization": f"Bearer {self._token.reveal() if self._token else ''}", "Accept": "application/json"}

    def forget(self) -> None:
        """Forget the token: it was not accepted."""
        self._token = None

    def _fetch(self) -> None:
        form = {"grant_type": "client_credentials", "client_id": self.client.reveal(), "client_secret": self.secret.reveal()}
        try:
            answer = ask("POST", self.url, self.timeout, data=form)
        except DeskError as error:
            # Without a token nothing was asked for yet, so nothing can have been done.
            raise DeskError(str(error), again=error.again) from None
        if answer.status != 200:
            # 4xx is a wrong client or one that was never moved to this server; nothing gets better by asking again.
            raise DeskError(f"{_host(self.url)} gave no token: {answer.status} {_error(answer)}", again=answer.status >= 500)
        given = answer.json()
        if not isinstance(given, dict) or not isinstance(given.get("access_token"), str):
            raise DeskError(f"{_host(self.url)} gave no token: {answer.status} without access_token")
        lasts = given.get("expires_in")
        self._token = Secret(given["access_token"])
        self._until = time.monotonic() + max(30.0, (float(lasts) if isinstance(lasts, int | float) else 3600.0) - 60)


def _error(answer: Answer) -> str:
    try:
        found = answer.json()
    except DeskError:
        return answer.said
    return str(found.get("errorSummary") or found.get("error") or "")[:200] if isinstance(found, dict) else ""


def asked(token: Token, method: str, url: str, timeout: float, **more: Any) -> Answer:
    """Ask with *token*, once more with a new one when it was not accepted: what is refused so was not done."""
    answer = ask(method, url, timeout, headers=token.header(), **more)
    if answer.status == 401:
        token.forget()
        answer = ask(method, url, timeout, headers=token.header(), **more)
    return answer
