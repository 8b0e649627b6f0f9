"""A case's files as one scrubbed archive, and its way to CX Drive."""

from collections.abc import Callable, Iterator
from datetime import datetime

from healthd.caseclient.cisco.archive import Archive, archive
from healthd.caseclient.cisco.bonding import upload
from healthd.caseclient.cisco.settings import Settings
from healthd.errors import ConfigError, UnknownName
from healthd.escalation.keys import Keys
from healthd.model.case import Case
from healthd.model.message import Attachment
from healthd.store import files

Scrub = Callable[[str], str]


def names(case: Case) -> tuple[str, ...]:
    """Return the names of the case's files, each once."""
    return tuple(dict.fromkeys(kept.name for kept in files.told(_ids(case))))


def packed(case: Case, scrub: Scrub, now: datetime) -> Archive | None:
    """Return the archive of the case's files; None when it has none."""
    found = tuple(_each(case))
    return archive(case.cisco or case.number, found, scrub, now) if found else None


def sent(case: Case, settings: Settings, keys: Keys, scrub: Scrub, now: datetime) -> Archive:
    """Upload the case's evidence to Cisco's request and return what was sent.

    Raises:
        ConfigError: the case has no files, no number of Cisco's, or no token for it is here.
        DeskError: CX Drive did not take it.
    """
    made = packed(case, scrub, now)
    token = keys.find(case.cisco, now) if case.cisco else None
    if made is None:
        raise ConfigError(f"case {case.number} has no files to upload")
    if not case.cisco:
        raise ConfigError(f"case {case.number} has no number of Cisco's yet; enter it: healthd cisco number {case.number} NUMBER")
    if token is None:
        raise ConfigError(
            f"no upload token for {case.cisco} is here; it comes with Smart Bonding's confirmation. "
            "Generate one in Support Case Manager and upload the archive by hand: healthd cisco draft --archive"
        )
    upload(settings, case.cisco, token, made.file.name, made.file.data)
    return made


def _ids(case: Case) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*case.opening.files, *(id_ for entry in case.entries for id_ in entry.files))))


def _each(case: Case) -> Iterator[Attachment]:
    for id_ in _ids(case):
        try:
            yield files.get(id_)
        except UnknownName:
            continue  # kept for its time, and gone
