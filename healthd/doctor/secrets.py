"""Who else could read what is secret."""

import stat
from collections.abc import Iterator

from healthd.doctor._patient import Found, Patient, bad, good

ORDER = 70


def check(patient: Patient) -> Iterator[Found]:
    """Look at the rights of the data folder; files of secrets are checked whenever they are read."""
    mode = stat.S_IMODE(patient.data.stat().st_mode) if patient.data.exists() else 0o700
    if mode & 0o077:
        yield bad(f"the data folder {patient.data} is open to others ({mode:04o})", f"chmod 0700 {patient.data}")
    else:
        yield good("the data folder is its owner's alone")
