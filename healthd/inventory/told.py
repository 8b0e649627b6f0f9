"""What is no mistake in an inventory and yet may not be meant: devices that nobody can ask, days in UTC, reports for nobody, keys misspelt."""

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from healthd.inventory.document import Document, Mistakes
from healthd.inventory.hosts import DATA_KEYS, Files
from healthd.model.device import Customer, Device

_NAMED = 8
_LIKE = 0.8
"""How much alike a key and one of ours are for a slip of the fingers: of ten letters, two missing or exchanged."""


def unasked(folder: Path, files: Files, devices: Sequence[Device], notes: Mistakes) -> None:
    """Note the *devices* without a credential profile, at the first of them: one sentence a customer."""
    names = [device.name for device in devices if not device.snmp and not device.ssh]
    if names:
        shown = ", ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")
        notes.add(
            folder / "hosts.yaml",
            files.hosts.line((names[0],)),
            f"no credential profile: {shown}; allowed: 'snmp' or 'ssh' below 'data:' of the device, of one of its groups, or of defaults.yaml; "
            f"for all of them write 'data: {{snmp: NAME}}' into {notes.called(folder / 'defaults.yaml')}, NAME of a profile in {notes.called(folder / 'credentials.yaml')}",
        )


def misspelt(files: Files, notes: Mistakes) -> None:
    """Note keys below ``data:`` that are spelt nearly like one of ours: as keys of the customer's own they would do nothing, unnoticed."""
    for document in (files.hosts, files.groups, files.defaults):
        top = {(): document.data} if document is files.defaults else {(name,): entry for name, entry in document.data.items()}
        for place, entry in top.items():
            data = entry.get("data") if isinstance(entry, dict) else None
            for key in data if isinstance(data, dict) else ():
                near = get_close_matches(str(key).lower(), DATA_KEYS, 1, _LIKE)
                if near and key not in DATA_KEYS:
                    said = f"found {key!r} below 'data:', a key of your own that healthd does not read; did you mean {near[0]!r}?"
                    notes.add(document.file, document.line((*place, "data", key)), said)


def remarks(said: Document, who: Customer, notes: Mistakes) -> None:
    """Note what *said*, the ``customer.yaml`` of *who*, leaves unsaid and reports depend on."""
    missing = "" if said.file.exists() else "the file is missing: "
    if "time_zone" not in said.data:
        notes.add(said.file, 1, f"{missing}no time_zone: days begin and end in UTC; write for example 'time_zone: Asia/Shanghai'")
    if not any(each.email and each.reports != "none" for each in who.contacts):
        notes.add(
            said.file,
            1,
            f"{missing}no contact takes reports by mail: they are only written; add contacts with an email and 'reports: daily'",
        )
