"""HTTP to a ticket system: bounded, checked, and honest about what may have been done.

What counts is what the answer holds, not that there is one: a page for people
under status 200, a redirect to a login, an answer that breaks off are all
failures. Redirects are not followed, certificates are checked, every answer
has an end in octets and in time, and no secret gets into a message.
"""

import json
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import requests
from urllib3.exceptions import NewConnectionError

from healthd.errors import DeskError
from healthd.model.setting import bound, check, formed

LARGEST = 8 * 1024 * 1024
LONGEST_WAIT_S = 3600.0
"""What a Retry-After may ask for; more is absurd."""
_OCTETS = 65_536


def _is_url(said: str) -> bool:
    return not said or said.startswith(("https://", "http://127.0.0.1", "http://[::1]", "http://localhost"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What every ticket system over HTTP needs: its *url*, the time an answer may take (seconds), a CA file and a proxy where they differ."""

    url: str = formed("", "an https:// address", _is_url)
    timeout: float = bound(20.0, above=0, most=120)
    ca_file: str = ""
    proxy: str = ""

    def __post_init__(self) -> None:
        check(self)


@dataclass(slots=True)
class Wire:
    """A ticket system at ``settings.url``. *headers* (with the login in them) go with every request."""

    settings: Settings
    headers: Mapping[str, str] = field(repr=False)
    _session: requests.Session = field(default_factory=requests.Session, repr=False)

    def __post_init__(self) -> None:
        # The environment's .netrc would replace our login, and its proxy might see what is not meant for it.
        self._session.trust_env = False
        self._session.verify = self.settings.ca_file or True
        if self.settings.proxy:
            self._session.proxies = {"http": self.settings.proxy, "https": self.settings.proxy}

    def get(self, path: str, **params: str) -> Any:
        """Return the value at *path*."""
        return self.ask("GET", path, params=params)

    def ask(self, method: str, path: str, *, good: Collection[int] = (200, 201, 204), **more: Any) -> Any:
        """Ask, and return the value of the answer (None for an answer without one, as 204).

        Raises:
            DeskError: it was not done; ``unsure`` when a writing request may have been.
        """
        writes = method != "GET"
        try:
            return self._answer(method, path, good, writes, **more)
        except (requests.exceptions.SSLError, requests.exceptions.ProxyError, requests.exceptions.ConnectTimeout) as error:
            raise DeskError(f"{self._host} cannot be reached: {_why(error)}") from None
        except requests.RequestException as error:
            raise DeskError(f"{self._host} gave no answer: {_why(error)}", unsure=writes and not _unsent(error)) from None

    def _answer(self, method: str, path: str, good: Collection[int], writes: bool, **more: Any) -> Any:
        timeout, until = self.settings.timeout, time.monotonic() + 2 * self.settings.timeout
        headers = {"Accept": "application/json", "Accept-Language": "en", **self.headers, **more.pop("headers", {})}
        url = f"{self.settings.url.rstrip('/')}/{path}"
        with self._session.request(
            method, url, headers=headers, timeout=timeout, allow_redirects=False, stream=True, **more
        ) as response:  # fmt: skip
            body = self._read(response, until, writes)
            status, found = response.status_code, response.headers
        if status in good:
            return self._value(status, body, writes)
        said = f"{self._host} answered {status}: {words(body)}"
        if status == 429 or status >= 500:
            raise DeskError(
                said, unsure=writes and status >= 500, wait_s=wait(found.get("Retry-After", ""), datetime.now(UTC)), status=status
            )
        # 401 and redirects (to a login, to a page about maintenance) are put right over there; the request itself is none the worse for it.
        raise DeskError(said, again=status in (401, 408) or 300 <= status < 400, status=status)

    def _read(self, response: requests.Response, until: float, writes: bool) -> bytes:
        parts, size = [], 0
        for part in response.iter_content(_OCTETS):
            parts.append(part)
            size += len(part)
            if size > LARGEST or time.monotonic() > until:
                raise DeskError(f"{self._host} sends more than {LARGEST:,} octets, or takes too long over them", unsure=writes)
        return b"".join(parts)

    def _value(self, status: int, body: bytes, writes: bool) -> Any:
        if status == 204 or not body:
            return None
        try:
            return json.loads(body)
        except ValueError:
            raise DeskError(f"{self._host} answered {status} with something else than JSON: {words(body)}", unsure=writes) from None

    @property
    def _host(self) -> str:
        return self.settings.url.split("/")[2] if self.settings.url.count("/") > 1 else self.settings.url


def wait(said: str, now: datetime) -> float | None:
    """Return the seconds that ``Retry-After`` (RFC 9110 §10.2.3: seconds or a date) asks for, an hour at most; None when it says nothing sensible."""
    try:
        seconds = float(said) if said.strip().isdecimal() else (parsedate_to_datetime(said) - now).total_seconds()
    except (ValueError, TypeError):
        return None
    return min(max(seconds, 0.0), LONGEST_WAIT_S)


def words(body: bytes) -> str:
    """Return the beginning of what an answer says, in one line: the message in it where it has one, else its text."""
    text = body[:4000].decode("utf-8", "replace")
    try:
        text = _message(json.loads(body)) or text
    except ValueError:
        text = "a page for people" if text.lstrip()[:1] == "<" else text
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:300]


def _message(value: Any) -> str:
    """Return what *value* says in the fields that the systems use: message (RT), error (ServiceNow, Zammad), errorMessage(s) and errors (Jira)."""
    if not isinstance(value, dict):
        return ""
    for name in ("message", "error_human", "error", "errorMessage", "errorMessages", "errors"):
        found = value.get(name)
        if isinstance(found, dict):
            return _message(found) or json.dumps(found, ensure_ascii=False)
        if found:
            return str(found)
    return ""


def _unsent(error: requests.RequestException) -> bool:
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(reason, NewConnectionError)


def _why(error: Exception) -> str:
    reason = getattr(error.args[0], "reason", error) if error.args else error
    return f"{type(reason).__name__}"
