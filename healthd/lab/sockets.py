"""The TCP sockets of the lab's SSH servers: open like a device's, or dead like one without power.

A closed socket would not do for an outage: the kernel refuses at once what
nobody listens for, and a refusal is a sign of life. A filter on the listening
socket drops every packet unread (Linux, socket(7), SO_ATTACH_FILTER), so that
a client waits as long as before a real device that is off.
"""

import ctypes
import errno
import socket
import struct

from healthd.errors import ConfigError

_ATTACH, _DETACH = 26, 27
"""SO_ATTACH_FILTER and SO_DETACH_FILTER, which Python's socket module does not name."""
_DROP = ctypes.create_string_buffer(struct.pack("HBBI", 0x06, 0, 0, 0))
"""A classic BPF program of one instruction, "return 0": keep nothing of any packet."""


def busy(error: OSError, address: str, port: int) -> ConfigError:
    """Return what a refused *address* and *port* means to a person."""
    if error.errno == errno.EADDRINUSE:
        return ConfigError(
            f"the lab cannot start: port {port} of {address} is in use; most likely another lab or demo runs, end that one first"
        )
    return ConfigError(f"the lab cannot start: {address} port {port}: {error.strerror or error}")


def listening(address: str, port: int) -> socket.socket:
    """Return a socket that is bound to *address* and *port*; ConfigError when that cannot be."""
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.setblocking(False)
    try:
        made.bind((address, port))
    except OSError as error:
        made.close()
        raise busy(error, address, port) from error
    return made


def dead(sock: socket.socket, *, yes: bool) -> None:
    """Let *sock* hear nothing any more, or listen again."""
    if yes:
        sock.setsockopt(socket.SOL_SOCKET, _ATTACH, struct.pack("HL", 1, ctypes.addressof(_DROP)))
    else:
        sock.setsockopt(socket.SOL_SOCKET, _DETACH, 0)
