"""The daemon deletes proofs and files that nobody can need any more, and searches for them once a day."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from healthd.daemon import settings
from healthd.daemon.keeping import FILES, SEARCHED, Keeping
from healthd.daemon.watch import Watch
from healthd.daemon.writer import Writer
from healthd.model.finding import Finding, Level
from healthd.model.message import Attachment
from healthd.model.phrase import say
from healthd.model.verdict import Looked, Proven
from healthd.store import devices, files, findings, proofs
from healthd.store.database import Settings

NOW, CODE = datetime(2026, 5, 4, 6, 0, tzinfo=UTC), "ACME"
STANDS = Finding(rule="psu", device="d", item="1", level=Level.CRITICAL, summary=say("x"), advice=say("x"))


def test_evidence_goes_when_nothing_refers_to_it(store: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    devices.put(CODE, [])
    findings.see(CODE, [STANDS], NOW)
    for key in (STANDS.key, "1:psu:d:2"):
        file = Attachment(name=key, media="text/plain", data=b"x")
        proofs.keep(CODE, key, Proven(files=(file,)), NOW)
    known = proofs.known(CODE, [STANDS.key, "1:psu:d:2"])
    searched: list[datetime] = []
    search = files.unreferred
    monkeypatch.setattr(files, "unreferred", lambda before: (searched.append(before), search(before))[1])

    async def live() -> None:
        writer, clock = Writer(), [NOW]
        keeping = Keeping(
            customers=[CODE], settings=settings.Settings(), writer=writer, watch=Watch(now=lambda: clock[0]), now=lambda: clock[0]
        )
        for gone in (timedelta(hours=1), timedelta(hours=2), SEARCHED + timedelta(hours=1), FILES + SEARCHED):
            clock[0] = NOW + gone
            await keeping.turn()
        writer.close()

    asyncio.run(live())
    assert len(searched) == 3, "once a day"
    assert set(proofs.known(CODE, list(known))) == {STANDS.key}
    assert len(files.told(ids(known[STANDS.key]))) == 1
    assert files.told(ids(known["1:psu:d:2"])) == ()


def ids(looked: Looked) -> tuple[str, ...]:
    return looked.files
