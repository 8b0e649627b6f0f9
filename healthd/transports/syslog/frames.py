"""Messages in a TCP stream (RFC 6587): octet counting (``123 <189>…``) or one a line, told apart frame by frame.

A frame that claims more than *limit* octets, or a line that grows beyond it,
breaks the stream: nobody can tell where the next one begins.
"""

from dataclasses import dataclass, field

LIMIT = 64 * 1024
_DIGITS = b"0123456789"


class BrokenStreamError(Exception):
    """The stream does not follow RFC 6587; the connection is to be closed."""


@dataclass(slots=True)
class Frames:
    """Collects what arrives in pieces and gives whole messages."""

    limit: int = LIMIT
    _rest: bytearray = field(default_factory=bytearray)

    def feed(self, piece: bytes) -> list[bytes]:
        """Return the messages that *piece* completes.

        Raises:
            BrokenStreamError: a count without sense, or a frame above the limit.
        """
        self._rest += piece
        done: list[bytes] = []
        while self._rest:
            taken = self._counted() if self._rest[0] in _DIGITS[1:] else self._line()
            if taken is None:
                break
            done.append(taken)
        return [each for each in done if each]

    def close(self) -> bytes:
        """Return what is left when the sender has closed: a last line without its end, never half a counted frame."""
        rest, self._rest = bytes(self._rest), bytearray()
        return b"" if rest[:1] in (bytes([d]) for d in _DIGITS[1:]) and b" " in rest[:8] else rest.strip(b"\r\n\0")

    def _counted(self) -> bytes | None:
        space = self._rest.find(b" ", 0, 8)
        head = bytes(self._rest[: space if space >= 0 else 8])
        if not head.isdigit():
            # A line that begins with a digit is a line, not a count.
            return self._line()
        if space < 0:
            if len(self._rest) >= 8:
                raise BrokenStreamError(f"a frame claims more than {self.limit} octets: {head[:8]!r}…")
            return None
        size = int(head)
        if size > self.limit:
            raise BrokenStreamError(f"a frame claims {size} octets; allowed: {self.limit}")
        if len(self._rest) < space + 1 + size:
            return None
        taken = bytes(self._rest[space + 1 : space + 1 + size])
        del self._rest[: space + 1 + size]
        return taken.rstrip(b"\r\n\0") or b" "

    def _line(self) -> bytes | None:
        end = self._rest.find(b"\n")
        if end < 0:
            if len(self._rest) > self.limit:
                raise BrokenStreamError(f"a line is longer than {self.limit} octets")
            return None
        taken = bytes(self._rest[:end])
        del self._rest[: end + 1]
        return taken.strip(b"\r\0")
