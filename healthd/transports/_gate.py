"""A gate between gufo-snmp and the network, so that gufo reads only datagrams that were looked at.

gufo reads on when an answer has another request-id than its question. Behind
such an answer, then, it would take one that nobody has checked, and an agent
that sends fast enough would keep it reading for ever. So gufo's descriptor is
one end of a local pair of sockets: what it sends comes out here, and it gets
one datagram at a time.
"""

import os
import socket
from typing import Protocol

LONGEST = 65_535


class Numbered(Protocol):
    """A socket of gufo's."""

    def get_fd(self) -> int:
        """Return its descriptor."""


class Gate:
    """One pair for all sessions of one event loop: each step is done before the next begins."""

    def __init__(self) -> None:
        self._ours, self._gufos = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._ours.setblocking(False)
        self._gufos.setblocking(False)

    def take(self, sock: Numbered) -> socket.socket:
        """Put the gate before *sock*; return the socket to the network that it had."""
        network = socket.socket(fileno=os.dup(sock.get_fd()))
        os.dup2(self._gufos.fileno(), sock.get_fd(), inheritable=False)
        return network

    def sent(self) -> bytes:
        """Return what gufo has just sent."""
        return self._ours.recv(LONGEST)

    def hand(self, datagram: bytes) -> None:
        """Let gufo read *datagram* next."""
        self._ours.send(datagram)

    def close(self) -> None:
        """Close both ends; the sessions' sockets are their own."""
        self._ours.close()
        self._gufos.close()


def tlv(data: bytes, at: int) -> tuple[int, int, int]:
    """Return tag, start and end of the BER value at *at*; IndexError when it does not fit."""
    tag, length = data[at], data[at + 1]
    at += 2
    if length & 0x80:
        count = length & 0x7F
        length = int.from_bytes(data[at : at + count], "big")
        at += count
    if at + length > len(data):
        raise IndexError
    return tag, at, at + length


def number(datagram: bytes) -> bytes:
    """Return the number that an answer has in common with its question: v2c's request-id, v3's msgID (RFC 3416 §4.1, RFC 3412 §6.2).

    IndexError when *datagram* is no SNMP.
    """
    tag, at, _ = tlv(datagram, 0)
    _, start, end = tlv(datagram, at)
    if tag != 0x30 or end - start != 1:
        raise IndexError
    if datagram[start] != 3:
        _, _, end = tlv(datagram, end)  # the community
    _, at, _ = tlv(datagram, end)  # the PDU, or v3's global data
    _, start, end = tlv(datagram, at)
    return datagram[start:end]
