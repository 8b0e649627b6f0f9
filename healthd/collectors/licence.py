"""Licences by CISCO-LICENSE-MGMT-MIB: their state, and how long they last."""

from collections.abc import Iterator

from healthd.catalogue.mibs import licence as mib
from healthd.collectors._states import StateColumn, number, words_of
from healthd.model.answer import Answers, Row, text
from healthd.model.observation import Reading

STATE = StateColumn(metric="licence.state", walk=mib.INFO, column="clmgmtLicenseStatus", words=mib.STATE)

ASKS = (mib.INFO,)
WORDS = words_of(STATE)


def read(answers: Answers) -> Iterator[Reading]:
    """Yield the state of each licence and, where it ends, the seconds left."""
    yield from STATE.readings(answers, _name)
    for index, row in answers.rows(mib.INFO).items():
        left = number(row, "clmgmtLicenseValidityPeriodRemaining")
        # A licence without an end says 0 or the largest number there is.
        if left is not None and 0 < left < 2**32 - 1:
            source = f"{mib.INFO.mib}::clmgmtLicenseValidityPeriodRemaining"
            yield Reading(metric="licence.remaining", item=_name(index, row), index=index, value=left, unit="s", source=source)


def _name(index: str, row: Row) -> str:
    return text(row.get("clmgmtLicenseFeatureName")) or f"Licence {index}"
