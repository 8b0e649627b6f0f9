"""A folder with Nornir's ``hosts.yaml`` (and ``groups.yaml``, ``defaults.yaml``): values are taken as inheritance gives them."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from healthd.errors import InventoryError
from healthd.inventory.document import Document, Mistakes, load
from healthd.inventory.hosts import Files
from healthd.inventory.record import Record, record

_DATA = ("site", "role", "serial", "contract", "snmp", "ssh", "service_point", "customer")


def accepts(source: str) -> bool:
    """Say whether *source* is such a folder, or its ``hosts.yaml``."""
    path = Path(source)
    return (path / "hosts.yaml").is_file() or path.name == "hosts.yaml"


def read(source: str, options: Mapping[str, str]) -> Iterator[Record]:  # noqa: ARG001 - the sources share one signature
    """Yield the records of the hosts; secrets in the files are refused as everywhere."""
    folder = Path(source) if Path(source).is_dir() else Path(source).parent
    mistakes = Mistakes(folder)
    files = Files(*(_load(folder / f"{name}.yaml", mistakes) for name in ("hosts", "groups", "defaults")))
    if mistakes.found:
        raise InventoryError(tuple(mistakes.found))
    for name in map(str, files.hosts.data):
        said = {key: str(files.value(name, key, data=True)[0] or "") for key in _DATA}
        for key in ("parents", "tags"):
            found = files.value(name, key, data=True)[0] or ()
            said[key] = ",".join(map(str, found)) if isinstance(found, (list, tuple)) else str(found)
        said |= {
            "name": name,
            "address": str(files.value(name, "hostname")[0] or name),
            "platform": str(files.value(name, "platform")[0] or ""),
        }
        yield record(f"hosts.yaml:{files.hosts.lines[(name,)]}", said)


def _load(file: Path, mistakes: Mistakes) -> Document:
    return load(file, mistakes) if file.exists() else Document(file, {}, {}, mistakes)
