"""Canaries for secrets: whatever healthd writes, wherever it fails, none of them gets out."""

import asyncio
import io
import logging
import traceback
from datetime import UTC, datetime
from pathlib import Path

import pytest

from healthd.cli import _context
from healthd.lab.faults import Fault
from healthd.model.request import Show
from healthd.rounds import Rounds
from healthd.store import database
from healthd.transports import known_hosts
from tests.cli.site import RIGHT, WRONG, Ran, Site, site

CANARY = b"canary"


NAMES = (b"canarylogin", b"canaryuser")
"""Whose login fails is no secret to the operator; the words that prove it are."""


def leaks(data: bytes, *, names: bool = True) -> bytes:
    """Return what stands around a canary in *data*, nothing where there is none; *names* allows those of the users."""
    for name in NAMES if names else ():
        data = data.replace(name, b"")
    at = data.find(CANARY)
    return b"" if at < 0 else data[max(at - 60, 0) : at + 60]


def clean(ran: Ran) -> Ran:
    assert not leaks(ran.out.encode())
    assert not leaks(ran.err.encode())
    return ran


def clean_files(folder: Path, *, names: bool = True) -> int:
    """Search every byte of every file below *folder*, and their names; return how many there are."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    for path in files:
        assert CANARY not in str(path.relative_to(folder)).encode()
        assert not leaks(path.read_bytes(), names=names), path
    return len(files)


async def trusted(there: Site) -> None:
    for name in there.network.specs:
        assert (await there.run("device", "trust", name, "--yes")).status == 0


def kept(there: Site) -> None:
    """Poll, sweep and keep it, as rounds do; in a thread of its own, with a loop of its own."""
    surroundings = _context.context(there.folder / "healthd.toml", there.folder / "inventories", there.data)
    surroundings.open_store()
    try:
        (customer,) = surroundings.customers()
        wires = surroundings.wires()
        rounds = Rounds(customer=customer, devices=surroundings.devices(), wire=wires)
        rounds.remember()

        async def ask() -> None:
            await rounds.poll(datetime.now(UTC))
            await rounds.sweep(datetime.now(UTC))

        asyncio.run(ask())
        rounds.keep()
        wires.close()
    finally:
        database.close_database()


@pytest.mark.slow
async def test_secrets_stay_out_of_everything_that_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with site(tmp_path, monkeypatch, ["ldn-acc-01", "sz-acc-01"], login=True) as there:
        await trusted(there)
        polled = clean(await there.run("--debug", "poll", "--json"))
        assert (polled.status, polled.out.count('"up": true')) == (0, 2)
        clean(await there.run("poll"))
        for name, value in there.environment().items():
            monkeypatch.setenv(name, value)
        await asyncio.to_thread(kept, there)
        recorded = clean(await there.run("--debug", "record", "ldn-acc-01", "--to", tmp_path / "recording"))
        assert recorded.status == 0, recorded.err
        assert clean(await there.run("report", "daily", "--date", "today", "--json")).status == 0
        drawn = clean(await there.run("--debug", "report", "daily", "--date", "today", "--to", tmp_path / "reports"))
        assert drawn.status == 0, drawn.err
        assert clean(await there.run("backup", "--to", tmp_path / "copy")).status == 0
        csv = tmp_path / "values.csv"
        assert clean(await there.run("export", csv, "--customer", "acme")).status == 0
        for words in (("inventory", "list", "--json"), ("inventory", "check")):
            assert clean(await there.run(*words)).status == 0
    assert clean_files(there.data)
    assert clean_files(tmp_path / "reports")
    assert clean_files(tmp_path / "recording", names=False)
    assert not leaks((tmp_path / "copy").read_bytes())
    assert not leaks(csv.read_bytes())
    assert any(path.suffix == ".pdf" for path in (tmp_path / "reports").rglob("*"))
    pdf_text(next((tmp_path / "reports").rglob("*.pdf")))


def pdf_text(path: Path) -> None:
    pypdf = pytest.importorskip("pypdf")
    text = "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    assert "ldn-acc-01" in text
    assert "canary" not in text


FAILURES = {
    "wrong-community": {"LAB_COMMUNITY": WRONG["LAB_COMMUNITY"]},
    "wrong-keys": {"LAB_AUTH": WRONG["LAB_AUTH"]},
    "wrong-privacy": {"LAB_PRIV": WRONG["LAB_PRIV"]},
    "wrong-password": {"LAB_PASSWORD": WRONG["LAB_PASSWORD"]},
    "wrong-enable": {"LAB_ENABLE": WRONG["LAB_ENABLE"]},
    "strange-secrets": {name: f"{secret}-\u6c49\n'\"%s{{}}\\" for name, secret in RIGHT.items()},
    "a-key-too-short": {"LAB_AUTH": "canary", "LAB_PRIV": "canary"},
}


@pytest.mark.slow
async def test_secrets_stay_out_of_what_is_said_when_they_are_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with site(tmp_path, monkeypatch, ["ldn-acc-01", "sz-acc-01"], login=True) as there:
        untrusted = clean(await there.run("poll", "--json"))
        assert "healthd device trust" in untrusted.out
        await trusted(there)
        for name, wrong in FAILURES.items():
            polled = clean(await there.run("--debug", "poll", "--json", **wrong))
            assert polled.status in (0, 6), f"{name}: {polled.err}"
            assert '"up": false' in polled.out or '"errors": ["' in polled.out, name
            clean(await there.run("--debug", "record", "ldn-acc-01", "--to", tmp_path / "recording", **wrong))
            clean(await there.run("inventory", "check", **wrong))
        missing = clean(await there.run("--debug", "poll", HEALTHD_INVENTORY=str(tmp_path / "nowhere")))
        assert missing.status == 2
    clean_files(there.data)
    if (tmp_path / "recording").exists():
        clean_files(tmp_path / "recording", names=False)


async def test_secrets_stay_out_of_the_libraries_logs_and_of_exceptions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With every library's log wide open: logins that work, a secret that is refused, a password that is refused."""
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    loggers = [logging.getLogger(name) for name in ("", "netmiko", "paramiko", "asyncio")]
    before = [logger.level for logger in loggers]
    logging.root.addHandler(handler)
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    async with site(tmp_path, monkeypatch, ["ldn-acc-01"], login=True) as there:
        for wrong in ({}, {"LAB_ENABLE": WRONG["LAB_ENABLE"]}, {"LAB_PASSWORD": WRONG["LAB_PASSWORD"]}, {"LAB_AUTH": WRONG["LAB_AUTH"]}):
            for name, value in there.environment(**wrong).items():
                monkeypatch.setenv(name, value)
            surroundings = _context.context(there.folder / "healthd.toml", there.folder / "inventories", there.data)
            (device,), wires = surroundings.devices(), surroundings.wires()
            key = await asyncio.to_thread(known_hosts.offered, device.address, device.ssh_port)
            known_hosts.accept(there.data / "known_hosts", device.address, device.ssh_port, key)
            for wire in (wires.ssh, wires.snmp):
                try:
                    await wire.ask(device, {Show("show version")})
                    await wires.sweep(device, ["1.3.6.1.2.1.1.5.0"])
                except Exception as error:  # noqa: BLE001 - whatever it is, its text must be clean
                    chain = traceback.TracebackException.from_exception(error)
                    assert not leaks("".join(chain.format()).encode())
            wires.close()
    logging.root.removeHandler(handler)
    for logger, level in zip(loggers, before, strict=True):
        logger.setLevel(level)
    assert "ssh" in said.getvalue().lower(), "the libraries did log"
    assert not leaks(said.getvalue().encode())


async def test_secrets_stand_in_no_processs_arguments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: set[bytes] = set()

    def look() -> None:
        for line in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                seen.add(line.read_bytes())
            except OSError:
                continue

    async with site(tmp_path, monkeypatch, ["ldn-acc-01"], login=True) as there:
        await trusted(there)
        there.network.inject(Fault(device="ldn-acc-01", kind="unreachable", start=there.now - 5))
        task = asyncio.create_task(there.run("poll"))
        while not task.done():
            look()
            await asyncio.sleep(0.05)
        assert (await task).status == 6
    ours = [words for words in seen if b"healthd" in words and b"poll" in words]
    assert ours, "the process was seen"
    assert not any(CANARY in words for words in ours)


def test_no_secret_can_be_printed_formatted_or_pickled() -> None:
    import pickle

    from healthd.model.credential import SnmpUser, SshLogin
    from healthd.model.secret import Secret

    secret = Secret("canary-1")
    holders = (secret, [secret], SnmpUser(user="u", auth=secret, priv=secret), SshLogin(username="u", password=secret))
    for holder in holders:
        assert "canary" not in f"{holder} {holder!r} {holder!s}"
        with pytest.raises(TypeError):
            pickle.dumps(holder)
