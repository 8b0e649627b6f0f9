"""Three pages for machines: ``/healthz`` (the process lives), ``/readyz`` (it does its work), ``/metrics`` (Prometheus).

They hold no secret and no customer's data, and answer GET alone. They are
served by a thread, so that they answer also while the event loop is late.
"""

import json
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from healthd.errors import ConfigError

Page = Callable[[], tuple[int, str, str]]
"""Gives status, media type and body."""


class Server:
    """Serves *pages* by path at *host*:*port*."""

    def __init__(self, host: str, port: int, pages: Mapping[str, Page]) -> None:
        """Listen; ConfigError when the place is taken."""
        try:
            self._server = ThreadingHTTPServer((host, port), _handler(pages))
        except OSError as error:
            raise ConfigError(f"[daemon] http: cannot listen at {host}:{port}: {error.strerror or error}; choose another port") from error
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, name="http", daemon=True).start()

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()


def _handler(pages: Mapping[str, Page]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 5.0
        server_version, sys_version = "healthd", ""

        def do_GET(self) -> None:
            page = pages.get(self.path.partition("?")[0])
            status, media, body = page() if page else (404, "text/plain", f"there are: {', '.join(sorted(pages))}\n")
            octets = body.encode()
            self.send_response(status)
            for name, value in (("Content-Type", media), ("Content-Length", str(len(octets))), ("Cache-Control", "no-store")):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(octets)

        def log_message(self, *_: object) -> None:
            """Say nothing: these pages are asked every few seconds."""

    return Handler


def as_json(status: int, said: object) -> tuple[int, str, str]:
    """Return a page of JSON."""
    return status, "application/json", json.dumps(said, default=str) + "\n"
