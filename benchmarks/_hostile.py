"""Agents that mean no good, each address in its own way: what they send back is made of the question itself."""

import itertools
import os
import select
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

GET, NEXT, BULK, RESPONSE = 0xA0, 0xA1, 0xA5, 0xA2
FLOOD = 100


def _echo(question: bytes) -> bytes:
    """Return the question as if it were its own answer: a walk that stands still, values that are null."""
    places = [question.find(bytes([kind])) for kind in (GET, NEXT, BULK)]
    at = min((place for place in places if place > 0), default=0)
    return question[:at] + bytes([RESPONSE]) + question[at + 1 :]


def _garbage(question: bytes) -> list[bytes]:
    return [os.urandom(len(question))]


def _cut(question: bytes) -> list[bytes]:
    return [_echo(question)[: len(question) // 2]]


def _still(question: bytes) -> list[bytes]:
    return [_echo(question)]


def _flood(question: bytes) -> list[bytes]:
    return [_echo(question)[:-1], *(os.urandom(60) for _ in range(FLOOD))]


def _long(question: bytes) -> list[bytes]:
    return [_echo(question) + bytes(60_000 - len(question))]


WAYS: tuple[Callable[[bytes], list[bytes]], ...] = (_garbage, _cut, _still, _flood, _long)


@contextmanager
def hostile(addresses: list[str], port: int) -> Iterator[None]:
    """Answer at *port* of *addresses*, in one thread."""
    ended, sockets = threading.Event(), [_bound(address, port) for address in addresses]
    answering = threading.Thread(target=_answer, args=(sockets, ended), daemon=True)
    answering.start()
    try:
        yield
    finally:
        ended.set()
        answering.join()
        for each in sockets:
            each.close()


def _bound(address: str, port: int) -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.bind((address, port))
    made.setblocking(False)
    return made


def _answer(sockets: list[socket.socket], ended: threading.Event) -> None:
    ways = dict(zip(sockets, itertools.cycle(WAYS)))
    while not ended.is_set():
        for ready in select.select(sockets, [], [], 0.2)[0]:
            try:
                question, asker = ready.recvfrom(65_535)
                for datagram in ways[ready](question):
                    ready.sendto(datagram, asker)
            except OSError:  # the asker has closed, or its buffer is full
                continue
