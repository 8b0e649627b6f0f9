"""What to call a row: names for people, one for each row and no two alike, because history follows the name."""

from collections import Counter
from collections.abc import Mapping

from healthd.catalogue.mibs.entity import PHYSICAL
from healthd.catalogue.mibs.interfaces import EXTENDED, INTERFACES
from healthd.model.answer import Answers, text


def unique(names: Mapping[str, str]) -> dict[str, str]:
    """Return *names* by index; of those that several rows share, each gets its index behind it."""
    times = Counter(names.values())
    return {index: f"{name} ({index})" if times[name] > 1 else name for index, name in names.items()}


def interfaces(answers: Answers) -> dict[str, str]:
    """Return what each interface's readings are called, by ifIndex: no two alike."""
    return unique(ports(answers))


def ports(answers: Answers) -> dict[str, str]:
    """Return interface names by ifIndex as the device has them: ifName, else ifDescr, else the index itself. Needs INTERFACES and EXTENDED."""
    old, new = answers.rows(INTERFACES), answers.rows(EXTENDED)
    return {i: text(new.get(i, {}).get("ifName")) or text(old.get(i, {}).get("ifDescr")) or i for i in {**old, **new}}


def parts(answers: Answers) -> dict[str, str]:
    """Return names of parts by entPhysicalIndex: entPhysicalName, else entPhysicalDescr; parts without either are left out. Needs PHYSICAL."""
    rows = answers.rows(PHYSICAL)
    named = {i: text(row.get("entPhysicalName")) or text(row.get("entPhysicalDescr")) for i, row in rows.items()}
    return unique({i: name for i, name in named.items() if name})
