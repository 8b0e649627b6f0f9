"""The evidence of a case as one archive for CX Drive: scrubbed, bounded, named by Cisco's number. Pure.

Text goes through the scrubber. Pictures and PDF are taken as they are; what
cannot be looked into (archives, images of memory) is left out, and the list
inside says so: a secret must not travel in it.
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from healthd.model.message import Attachment

MOST = 50 * 1024 * 1024
"""Octets of all files together, before they are packed."""
MOST_FILES = 200
_SHOWN = ("image/png", "image/jpeg", "image/tiff", "application/pdf")
_UNFIT = re.compile(r"[^A-Za-z0-9._-]+")
LIST = "README.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """The archive, and which files are not in it, with the reason."""

    file: Attachment
    left_out: tuple[tuple[str, str], ...] = ()


def archive(number: str, files: Iterable[Attachment], scrub: Callable[[str], str], at: datetime) -> Archive:
    """Return the evidence *files* for the request *number* (Cisco's, or ours while there is none)."""
    room, left, taken = MOST, list[tuple[str, str]](), dict[str, bytes]()
    for file in files:
        data, why = _clean(file, scrub)
        if data is None or len(data) > room or len(taken) >= MOST_FILES:
            left.append((file.name, why or f"more than {MOST:,} octets or {MOST_FILES} files"))
            continue
        room -= len(data)
        taken[_name(file.name, taken)] = data
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as zipped:
        _put(zipped, LIST, _listed(number, taken, left).encode(), at)
        for name, data in taken.items():
            _put(zipped, name, data, at)
    made = Attachment(name=f"{_UNFIT.sub('_', number)}-evidence.zip", media="application/zip", data=packed.getvalue())
    return Archive(file=made, left_out=tuple(left))


def _clean(file: Attachment, scrub: Callable[[str], str]) -> tuple[bytes | None, str]:
    if not file.data:
        return None, "empty"
    if file.media in _SHOWN:
        return file.data, ""
    if b"\0" in file.data:
        return None, "cannot be looked into for secrets"
    return scrub(file.data.decode("utf-8", "replace")).encode("utf-8", "replace"), ""


def _name(name: str, taken: Iterable[str]) -> str:
    """Return *name* so that it fits every file system, leads nowhere and stands once."""
    plain = _UNFIT.sub("_", name.replace("\\", "/").rpartition("/")[2]).lstrip(".")[-100:] or "file"
    there, made, n = {LIST, *taken}, plain, 2
    while made in there:
        made, n = f"{n}-{plain}", n + 1
    return made


def _listed(number: str, taken: dict[str, bytes], left: list[tuple[str, str]]) -> str:
    rows = [f"Evidence for {number}. Secrets are replaced by <removed>.", ""]
    rows += [f"{hashlib.sha256(data).hexdigest()}  {len(data):>9}  {name}" for name, data in taken.items()]
    return "\n".join([*rows, *(f"left out: {_UNFIT.sub('_', name)}: {why}" for name, why in left), ""])


def _put(zipped: zipfile.ZipFile, name: str, data: bytes, at: datetime) -> None:
    info = zipfile.ZipInfo(name, date_time=at.timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    zipped.writestr(info, data)


def command(number: str, name: str, url: str) -> str:
    """Return the command with which a person uploads the file; curl asks for the token, so that it stands in no history."""
    return f"curl --fail --user {number} --upload-file {name} {url.rstrip('/')}/"
