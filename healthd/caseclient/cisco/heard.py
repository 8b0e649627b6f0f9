"""Reading what Cisco's queue gave out; every reader finds something to say about any text.

The documents disagree: what belongs to a call (state, priority, severity,
``ExtTableValues``) stands inside ``Calls`` in one and beside it in another,
and keys differ between the two directions (``EMail``/``Email``,
``SerNrProv``/``SerNr``). ``Remarks`` is a text or a list of errors.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

from healthd.model.cisco import Heard
from healthd.model.secret import Secret

REMOVED = "<removed>"
_TOKEN = re.compile(r'("Field81"\s*:\s*")((?:[^"\\]|\\.)*)', re.IGNORECASE)
_WORDS = re.compile(r"(?i)\b(password|passphrase|token|upload key)(\s*[:=]\s*)((?!<removed>)[^\s\"\\,;]+)")
_RMA = re.compile(r"(?i)\b(?:RMA|SVO|service order)(?:\s*(?:number|no\.?|#|id))?\s*[:#]?\s*(\d{6,12})\b")
_DONE = re.compile(r"(?i)\bCase ?Create successful")
_LONGEST = 32_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """Where the files of a service request may be put, and the secret for it; valid until *until* (epoch seconds) where that is said."""

    sr: str
    host: str
    token: Secret
    until: float | None = None


def masked(text: str) -> str:
    """Return *text* without upload credentials, wherever they stand: also in a message that is no JSON any more."""
    return _WORDS.sub(rf"\1\2{REMOVED}", _TOKEN.sub(rf"\1{REMOVED}", text))


def mark(raw: str) -> str:
    """Return what tells a message from others; a message that was given out twice has the same."""
    found = _call(raw)
    said = json.dumps(found, sort_keys=True) if found else raw
    return blake2b(said.encode("utf-8", "replace"), digest_size=12).hexdigest()


def read(raw: str, at: datetime) -> Heard | None:
    """Return what the message *raw*, pulled *at*, says; None when it is about no call of ours that it names."""
    calls = _call(raw)
    number = _text(calls.get("CustCallID"))
    if not number:
        return None
    state, severity, priority = (_group(calls, name) for name in ("CallStates", "Severities", "Priorities"))
    note, errors = _remarks(calls.get("Remarks"))
    extra, engineer = _group(calls, "ExtTableValues"), _group(calls, "CCP")
    return Heard(
        at=at,
        mark=mark(raw),
        call=number,
        sr=_text(calls.get("SPCallID")),
        sd=_text(calls.get("SDCallID")),
        state=_text(state.get("ShortName")),
        status=_text(state.get("Name")),
        text=masked(note)[:_LONGEST],
        errors=errors,
        rma=_rma(_text(extra.get("Field107")), note),
        who=_person(engineer),
        severity=_text(severity.get("ShortName")),
        priority=_text(priority.get("ShortName")),
        solution=masked(_text(calls.get("Solution")) or _text(engineer.get("LocationStreet")))[:_LONGEST],
    )


def confirms(heard: Heard) -> bool:
    """Does it say in so many words that the request was opened?"""
    return bool(heard.sr and _DONE.search(heard.text))


def upload(raw: str) -> Upload | None:
    """Return the upload credentials that *raw* brings (fields 80 to 82), None when it brings none."""
    calls = _call(raw)
    extra = _group(calls, "ExtTableValues")
    token, number = _text(extra.get("Field81")), _text(calls.get("SPCallID"))
    if not (token and number) or token == REMOVED:
        return None
    until = _text(extra.get("Field82"))
    seconds = float(until) if re.fullmatch(r"\d{9,13}", until) else None
    if seconds is not None and seconds > 1e11:
        seconds /= 1000
    return Upload(sr=number, host=_text(extra.get("Field80")) or "cxd.cisco.com", token=Secret(token), until=seconds)


def moment(said: str) -> datetime | None:
    """Return the moment *said* in one of the three ways of Smart Bonding; without a zone it is taken for UTC."""
    for form in ("%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%d %H:%M:%S", "%m/%d/%Y %H:%M"):
        try:
            found = datetime.strptime(said.strip(), form)  # noqa: DTZ007 - the zone is set below
        except ValueError:
            continue
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    return None


def _call(raw: str) -> Mapping[str, Any]:
    """Return the call with everything that stands beside it moved inside."""
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    if isinstance(found, list) and len(found) == 1:
        found = found[0]
    if not isinstance(found, dict):
        return {}
    calls = found.get("Calls")
    inside = calls if isinstance(calls, dict) else {}
    beside = {name: value for name, value in found.items() if name != "Calls"}
    return {**beside, **{name: value for name, value in inside.items() if value not in (None, "", {}, [])}}


def _group(calls: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = calls.get(name)
    return found if isinstance(found, dict) else {}


def _text(value: Any) -> str:
    """Return *value* as text; nothing, a blank and a group of keys are empty."""
    return "" if value is None or isinstance(value, dict | list | bool) else str(value).strip()


def _remarks(value: Any) -> tuple[str, tuple[str, ...]]:
    if isinstance(value, dict):
        value = [value]
    if isinstance(value, list):
        return "", tuple(filter(None, _errors(value))) or ("an error without words",)
    return _text(value), ()


def _errors(values: list[Any]) -> Iterator[str]:
    for each in values[:20]:
        if isinstance(each, dict):
            said, code = _text(each.get("errorMessage")), _text(each.get("errorCode"))
            yield masked(f"{said} ({code})" if code else said)[:500]
        elif each:
            yield masked(_text(each))[:500]


def _rma(field: str, note: str) -> str:
    """Return a return's number; a field may hold ``RMA123456`` or the bare number."""
    found = re.fullmatch(r"(?i)(?:RMA|SVO)?\s*[:#-]?\s*(\d{6,12})", field) or _RMA.search(note)
    return found[1] if found else ""


def _person(who: Mapping[str, Any]) -> str:
    name = " ".join(filter(None, (_text(who.get("FirstName")), _text(who.get("LastName")))))
    mail = _text(who.get("Email")) or _text(who.get("EMail"))
    return f"{name} <{mail}>" if name and mail else name or mail
