"""The SSH side behaves as each operating system's does: banner, prompt, enable, paging, and what it says to nonsense."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import asyncssh
import pytest

from healthd.lab import examples
from healthd.lab.accounts import accounts
from healthd.lab.running import SSH, running

NOW = datetime.now(UTC)
PROMPTS = {
    "sz-acc-01": ("sz-acc-01>", "sz-acc-01#"),
    "ldn-acc-01": ("ldn-acc-01>", "ldn-acc-01#"),
    "ldn-dc-01": ("ldn-dc-01# ", "ldn-dc-01# "),
    "hz-pe-01": ("RP/0/RSP0/CPU0:hz-pe-01#", "RP/0/RSP0/CPU0:hz-pe-01#"),
    "ldn-fw-01": ("ldn-fw-01> ", "ldn-fw-01# "),
}
QUIET = {"ldn-fw-01": "terminal pager 0"}
LONG = {"ldn-fw-01": "show interface", "ldn-dc-01": "show interface"}
MORE = " --More-- "


class Talk:
    """One terminal session: say something, and read up to what is waited for."""

    def __init__(self, process: "asyncssh.SSHClientProcess[str]") -> None:
        self.process = process

    async def until(self, text: str) -> str:
        return str(await asyncio.wait_for(self.process.stdout.readuntil(text), 10))

    async def say(self, line: str, then: str) -> str:
        self.process.stdin.write(line + "\n")
        return await self.until(then)


@asynccontextmanager
async def terminal(name: str, password: str = "") -> AsyncIterator[Talk]:
    network = examples.network(NOW, only=[name])
    who = accounts(network.specs[name].customer)
    async with (
        running(network),
        asyncssh.connect(
            network.specs[name].address, SSH, known_hosts=None, username=who.login, password=password or who.password.reveal()
        ) as session,
    ):
        yield Talk(await session.create_process(term_type="vt100"))


@pytest.mark.parametrize("name", PROMPTS)
async def test_banner_prompt_and_enable(name: str) -> None:
    first, second = PROMPTS[name]
    async with terminal(name) as talk:
        assert "simulated" in await talk.until(first)
        if first != second:
            refused = await talk.say("enable", "Password: ") + await talk.say("wrong", first)
            assert "% Bad secrets" in refused or "Invalid password" in refused
            await talk.say("enable", "Password: ")
            secret = accounts("ACME" if name.startswith("ldn") else "HDZZ").enable.reveal()
            assert secret not in await talk.say(secret, second), "a password is not echoed"
        assert "Invalid input" in await talk.say("show nonsense", second)


@pytest.mark.parametrize("name", PROMPTS)
async def test_a_long_text_comes_page_by_page_until_paging_is_off(name: str) -> None:
    prompt, long = PROMPTS[name][0], LONG.get(name, "show interfaces")
    async with terminal(name) as talk:
        await talk.until(prompt)
        page = await talk.say(long, MORE)
        assert 20 <= page.count("\r\n") <= 25
        talk.process.stdin.write(" ")
        assert (await talk.until(MORE)).count("\r\n") <= 25
        talk.process.stdin.write("q")
        await talk.until(prompt)
        await talk.say(QUIET.get(name, "terminal length 0"), prompt)
        whole = await talk.say(long, prompt)
        assert MORE not in whole
        assert whole.count("\r\n") > 50


async def test_commands_may_be_shortened_and_filtered() -> None:
    async with terminal("ldn-acc-01") as talk:
        await talk.until("ldn-acc-01>")
        await talk.say("term len 0", "ldn-acc-01>")
        short, long = await talk.say("sh ver", "ldn-acc-01>"), await talk.say("show version", "ldn-acc-01>")
        assert short.splitlines()[1:8] == long.splitlines()[1:8]
        assert (await talk.say("show version | include uptime", "ldn-acc-01>")).count("\r\n") == 2


async def test_a_wrong_password_is_refused() -> None:
    with pytest.raises(asyncssh.PermissionDenied):
        async with terminal("ldn-acc-01", password="wrong"):
            pass
