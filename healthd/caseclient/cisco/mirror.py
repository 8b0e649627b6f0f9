"""What Cisco says of its service requests and returns, through the Support Case API v3 and the RMA API v1; both only read.

Keys without a value are left out, ``""`` and ``" "`` both mean nothing, and
some numbers are texts. Notes hold live upload tokens: they go before anything
else is done with them. A closed request of the field had 74 notes of 231 kB.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from hashlib import blake2b
from typing import Any

from healthd.caseclient.cisco.api import Api, NotThere, part
from healthd.caseclient.cisco.heard import REMOVED, masked
from healthd.model.cisco import CiscoCase, CiscoNote, CiscoRma

AT_ONCE = 30
MOST_NOTES, LONGEST = 500, 20_000
_CREDENTIALS = "cxd upload credentials"


def summaries(api: Api, numbers: Sequence[str]) -> Iterator[CiscoCase]:
    """Yield what Cisco says of the requests *numbers*, 30 at a time; those it does not show are left out."""
    for first in range(0, len(numbers), AT_ONCE):
        try:
            page = api.get(f"/case/v3/cases/case_ids/{','.join(map(part, numbers[first : first + AT_ONCE]))}")
        except NotThere:
            continue
        yield from cases(page.get("cases"))


def of_contract(api: Api, contract: str) -> Iterator[CiscoCase]:
    """Yield the open requests on *contract*, each once, also where one moved to another page meanwhile."""
    seen: set[str] = set()
    try:
        for page in api.pages(f"/case/v3/cases/contracts/contract_ids/{part(contract)}", status_flag="O"):
            for each in cases(page.get("cases")):
                if each.sr not in seen:
                    seen.add(each.sr)
                    yield each
    except NotThere:
        return


def detail(api: Api, number: str) -> CiscoCase:
    """Return the request *number* with its notes, the oldest first.

    Raises:
        NotThere: Cisco does not show it.
    """
    found = api.get(f"/case/v3/cases/details/case_id/{part(number)}").get("caseDetail")
    if not isinstance(found, dict) or not _text(found, "case_id"):
        raise NotThere(number)
    return _case(found)


def rma(api: Api, number: str) -> CiscoRma:
    """Return the return *number*.

    Raises:
        NotThere: Cisco does not show it.
    """
    found = next(iter(rmas(api.get(f"/return/v1.0/returns/rma_numbers/{part(number)}"))), None)
    if found is None:
        raise NotThere(number)
    return found


def cases(rows: Any) -> Iterator[CiscoCase]:
    """Yield the requests in *rows*, a list of the API's summaries."""
    yield from (_case(row) for row in _dicts(rows) if _text(row, "case_id"))


def rmas(page: Mapping[str, Any]) -> Iterator[CiscoRma]:
    """Yield the returns of an answer of the RMA API."""
    yield from (_rma(row) for row in _dicts(_dict(page, "returns").get("RmaRecord")) if _text(row, "rmaNo"))


def _case(row: Mapping[str, Any]) -> CiscoCase:
    status = _text(row, "status")
    flag = _text(row, "status_flag")
    return CiscoCase(
        sr=_text(row, "case_id"),
        title=_text(row, "title"),
        status=status,
        # The words are an open list; the flag, where there is one, is what counts.
        over=flag == "C" if flag else status.lower() == "closed" or bool(_text(row, "close_date")),
        severity=_text(row, "severity"),
        serial=_text(row, "serial_number"),
        contract=_text(row, "contract_id"),
        tracking=_text(row, "tracking_number"),
        owner=_text(row, "owner_name"),
        updated=_moment(_text(row, "updated_date")),
        rmas=_texts(row.get("rmas")),
        bugs=_texts(row.get("bugs")),
        notes=tuple(_notes(row.get("notes"))),
    )


def _notes(rows: Any) -> Iterator[CiscoNote]:
    """Yield the notes, the oldest first; Cisco gives the newest first."""
    for row in reversed(list(_dicts(rows))[:MOST_NOTES]):
        at, title, text = _moment(_text(row, "creation_date")), _text(row, "note"), _text(row, "note_detail")
        if at is None or not (title or text):
            continue
        if title.lower().startswith(_CREDENTIALS) or "cxd.cisco.com" in text.lower():
            text = REMOVED
        mark = blake2b(f"{at.isoformat()}\0{title}\0{text}".encode("utf-8", "replace"), digest_size=12).hexdigest()
        yield CiscoNote(mark=mark, at=at, who=_text(row, "created_by"), title=masked(title)[:500], text=masked(text)[:LONGEST])


def _rma(row: Mapping[str, Any]) -> CiscoRma:
    sent, back = _dict(row, "replacementParts"), _dict(row, "returnLines")
    shipped, parts, returns = _dict(sent, "trackingInfo"), list(_dicts(sent.get("partsLineDetails"))), list(_dicts(back.get("returnParts")))
    part_, return_ = parts[0] if parts else {}, returns[0] if returns else {}
    return CiscoRma(
        number=_text(row, "rmaNo"),
        sr=_text(row, "caseId"),
        status=_text(row, "status"),
        ordered=_day(_text(row, "orderDate")),
        shipped=_day(_text(shipped, "shipDate")) or _day(_text(part_, "partsShipDate")),
        courier=_text(shipped, "courierList"),
        tracking=_text(shipped, "trackingNumber"),
        pid=_text(part_, "shippedPartNo"),
        sent=_text(part_, "shippedSerialID"),
        wanted=_text(return_, "receivedSerialNumber"),
        return_by=_day(_text(return_, "returnToCiscoBy")),
        returned=_day(_text(return_, "returnDateReceived")),
    )


def _dicts(rows: Any) -> Iterable[Mapping[str, Any]]:
    """Yield the objects of a list; one that stands alone is a list of one."""
    found = rows if isinstance(rows, list) else [rows]
    return (row for row in found if isinstance(row, dict))


def _dict(row: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = row.get(name)
    return found if isinstance(found, dict) else {}


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return "" if value is None or isinstance(value, dict | list | bool) else str(value).strip()


def _texts(value: Any) -> tuple[str, ...]:
    found = value if isinstance(value, list) else []
    return tuple(dict.fromkeys(str(each).strip() for each in found if isinstance(each, str | int) and str(each).strip()))


def _moment(said: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said[:10])
    except ValueError:
        return None
