"""The real Request Tracker 5 of Debian, standing alone on loopback with a database of its own; nothing of the machine's is touched."""

import base64
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import requests

from healthd.caseclient.backend import Means
from healthd.caseclient.backends import request_tracker
from healthd.model.secret import Secret
from tests.caseclient.seen import Seen

HOME = Path("/usr/share/request-tracker5")
NEEDED = ("plackup", "rt-setup-database-5", "perl")
SITE = """
Set($rtname, 'tac.example.com');
Set($Organization, 'tac.example.com');
Set($WebDomain, '127.0.0.1');
Set($WebPort, {port});
Set($DatabaseType, 'SQLite');
Set($DatabaseName, '{folder}/rt5.sqlite');
Set($LogToSyslog, undef);
Set($LogToSTDERR, 'error');
Set($MailCommand, 'testfile');
Set($BcryptCost, 5);
Set($MasonDataDir, '{folder}/mason');
1;
"""
# A queue, its custom fields, healthd's own user and an engineer, each with a token; what a site's administrator does once.
SEED = """
use strict; use warnings;
use lib '/usr/local/share/request-tracker5/lib', '/usr/share/request-tracker5/lib';
use RT -init;
sub good { my ($what, $id, @said) = @_; die "$what: @said\\n" unless $id; return $id }
my $queue = RT::Queue->new(RT->SystemUser);
good('queue', $queue->Create(Name => 'Cisco TAC'));
my @fields;
for my $name ('HealthdKey', 'Serial', 'Cisco SR') {
    my $field = RT::CustomField->new(RT->SystemUser);
    good('field', $field->Create(Name => $name, Type => 'FreeformSingle', LookupType => RT::Ticket->CustomFieldLookupType));
    good('applied', $field->AddToObject($queue));
    push @fields, $field;
}
for my $name ('healthd', 'zhang') {
    my $user = RT::User->new(RT->SystemUser);
    good('user', $user->Create(Name => $name, EmailAddress => "$name\\@example.com", Privileged => 1));
    my $who = $user->PrincipalObj;
    good('right', $who->GrantRight(Object => $queue, Right => $_))
        for qw(SeeQueue CreateTicket ShowTicket ShowTicketComments ModifyTicket CommentOnTicket ReplyToTicket), $name eq 'zhang' ? 'DeleteTicket' : ();
    for my $field (@fields) {
        good('right', $who->GrantRight(Object => $field, Right => $_)) for qw(SeeCustomField ModifyCustomField SetInitialCustomField);
    }
    my $token = RT::AuthToken->new($user);
    good('right', $who->GrantRight(Object => RT->System, Right => 'ManageAuthTokens'));
    my ($id, $said, $plain) = $token->Create(Owner => $user->Id, Description => 'tests');
    good('token', $id, $said);
    print "$name $plain\\n";
}
"""


@dataclass
class RealTracker:
    """A running Request Tracker; *tokens* are those of healthd and of the engineer zhang."""

    url: str
    tokens: dict[str, str]

    def desk(self, means: Means, **more: Any) -> request_tracker.Desk:
        said = {"url": self.url, "queue": "Cisco TAC", "token": Secret(self.tokens["healthd"]), **more}
        return request_tracker.Desk(request_tracker.Settings(**said), means)

    def ask(self, method: str, path: str, **more: Any) -> Any:
        """Ask as the engineer zhang."""
        answer = requests.request(
            method, f"{self.url}/REST/2.0/{path}", headers={"Authorization": f"token {self.tokens['zhang']}"}, timeout=20, **more
        )
        answer.raise_for_status()
        return answer.json()

    def one(self, id_: str) -> Seen:
        ticket = self.ask("GET", f"ticket/{id_}")
        history = self.ask("GET", f"ticket/{id_}/history", params={"fields": "Type", "per_page": 100})["items"]
        kinds = {each["id"]: each["Type"] for each in history}
        wanted = {"fields": "TransactionId,Filename,ContentType,Content", "per_page": 100}
        parts = self.ask("GET", f"ticket/{id_}/attachments", params=wanted)["items"]
        texts = [
            (kinds[each["TransactionId"]], each["Content"])
            for each in parts
            if each["ContentType"] == "text/plain" and not each["Filename"]
        ]
        files = {each["Filename"]: self._content(each["id"]) for each in parts if each["Filename"]}
        notes = [(kind, text) for kind, text in texts if kind in ("Comment", "Correspond")]
        first = next(text for kind, text in texts if kind == "Create")
        is_open = ticket["Status"] in ("new", "open", "stalled")
        return Seen(id_, ticket["Subject"], first, is_open, [text for _, text in notes], [kind == "Correspond" for kind, _ in notes], files)

    def _content(self, id_: str) -> bytes:
        return base64.b64decode(self.ask("GET", f"attachment/{id_}")["Content"])

    def says(self, id_: str, text: str, _now: datetime) -> None:
        self.ask("POST", f"ticket/{id_}/comment", json={"Content": text, "ContentType": "text/plain"})

    def closes(self, id_: str, _now: datetime) -> None:
        self.ask("PUT", f"ticket/{id_}", json={"Status": "resolved"})

    def deletes(self, id_: str) -> None:
        self.ask("PUT", f"ticket/{id_}", json={"Status": "deleted"})


def missing() -> str:
    """Return which program is missing, nothing when all are there."""
    there = HOME / "libexec" / "rt-server"
    return next((name for name in NEEDED if not shutil.which(name)), "" if there.exists() else str(there))


@contextmanager
def running(folder: Path) -> Iterator[RealTracker]:
    """Set up a database in *folder*, start the server, yield it, end it."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port = sock.getsockname()[1]
    (folder / "more").mkdir()
    (folder / "mason").mkdir()
    (folder / "site.pm").write_text(SITE.format(port=port, folder=folder))
    (folder / "seed.pl").write_text(SEED)
    env = {**os.environ, "RT_SITE_CONFIG": str(folder / "site.pm"), "RT_SITE_CONFIG_DIR": str(folder / "more"), "LC_ALL": "C.UTF-8"}
    with (folder / "log").open("w") as log:
        subprocess.run(
            ["rt-setup-database-5", "--action", "init", "--skip-create"], env=env, cwd=folder, stdout=log, stderr=log, check=True
        )
        done = subprocess.run(["perl", "seed.pl"], env=env, cwd=folder, stdout=subprocess.PIPE, stderr=log, text=True, check=True)
        tokens = dict(line.split() for line in done.stdout.splitlines())
        command = [
            "plackup",
            "-E",
            "deployment",
            "-s",
            "HTTP::Server::PSGI",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            HOME / "libexec" / "rt-server",
        ]
        server = subprocess.Popen(command, env=env, cwd=folder, stdout=log, stderr=log)
    try:
        _ready(f"http://127.0.0.1:{port}/REST/2.0/rt", server, folder / "log")
        yield RealTracker(f"http://127.0.0.1:{port}", tokens)
    finally:
        server.terminate()
        server.wait(10)


def _ready(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and server.poll() is None:
        with suppress(requests.RequestException):
            requests.get(url, timeout=10)
            return
        time.sleep(0.1)
    raise AssertionError(f"Request Tracker does not answer:\n{log.read_text()}")
