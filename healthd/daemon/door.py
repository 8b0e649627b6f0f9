"""The door for other commands: writes that they hand over, because this process holds the database."""

import asyncio
import contextlib
from dataclasses import dataclass

from healthd.daemon.writer import Writer
from healthd.store import delegated

PATIENCE_S = 10.0


@dataclass(kw_only=True)
class Door:
    """Serves ``delegated`` writes through the socket beside the database; without a file there is no door."""

    writer: Writer
    _server: asyncio.Server | None = None

    async def open(self) -> None:
        """Open the door; only the owner of the data folder can go through it."""
        if (place := delegated.door()) is not None:
            with contextlib.suppress(FileNotFoundError):
                place.unlink()
            self._server = await asyncio.start_unix_server(self._asked, place)
            place.chmod(0o600)

    async def close(self) -> None:
        """Shut the door."""
        if self._server:
            self._server.close()
            await self._server.wait_closed()
        if (place := delegated.door()) is not None:
            with contextlib.suppress(FileNotFoundError):
                place.unlink()

    async def _asked(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, TimeoutError, asyncio.IncompleteReadError):
            size = int.from_bytes(await asyncio.wait_for(reader.readexactly(4), PATIENCE_S), "big")
            if size <= delegated.LARGEST:
                asked = await asyncio.wait_for(reader.readexactly(size), PATIENCE_S)
                writer.write(await self.writer.do(delegated.serve, asked))
                await writer.drain()
        writer.close()
