"""``credentials.yaml``: how to log in, by the names of profiles; the secrets themselves live elsewhere.

    core-v3:
      snmp: v3                       # signed and encrypted
      user: healthd
      auth: env:ACME_SNMP_AUTH       # or file:/run/credentials/…, or keyring:service/name
      priv: file:/etc/healthd/acme-priv
      auth_protocol: sha256          # sha256 unless said otherwise
      priv_protocol: aes128
    old-switches:
      snmp: v2c                      # clear text: must be said in so many words
      community: env:ACME_COMMUNITY
    core-ssh:
      ssh: password                  # or key
      username: healthd
      password: keyring:healthd/acme
      enable: env:ACME_ENABLE

The file stands beside the customers' folders or in one of them; the nearer one wins.
"""

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from healthd.errors import ConfigError
from healthd.inventory.document import Document
from healthd.model.credential import Credential, SnmpCommunity, SnmpUser, SshLogin
from healthd.model.secret import Secret

AUTH = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")
PRIV = ("des", "aes128", "aes192", "aes256")
SCHEMES = ("env", "file", "keyring")
_SECRETS = ("auth", "priv", "community", "password", "enable")
_KEYS = {
    "v3": ("snmp", "user", "auth", "priv", "auth_protocol", "priv_protocol", "context"),
    "v2c": ("snmp", "community"),
    "password": ("ssh", "username", "password", "enable"),
    "key": ("ssh", "username", "key_file", "enable"),
}
_NEEDED = {"v3": ("user", "auth", "priv"), "v2c": ("community",), "password": ("username", "password"), "key": ("username", "key_file")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A way to log in, with references instead of secrets. *kind* is v2c, v3, password or key; *source* is the file, *lines* where its entries stand."""

    name: str
    kind: str
    entries: tuple[tuple[str, str], ...]
    source: str
    lines: tuple[int, ...]

    @property
    def wire(self) -> str:
        """The wire it is for: snmp or ssh."""
        return "snmp" if self.kind in ("v2c", "v3") else "ssh"

    def mistakes(self) -> Iterator[str]:
        """Yield what keeps the secrets from being fetched, one sentence each."""
        for (key, value), line in zip(self.entries, self.lines, strict=True):
            if key in _SECRETS:
                try:
                    fetch(value, self._where(key, line))
                except ConfigError as error:
                    yield str(error)

    def _where(self, key: str, line: int) -> str:
        return f"{self.source}:{line}: profile {self.name!r}: {key}"

    def resolve(self) -> Credential:
        """Fetch the secrets and return the credential.

        Raises:
            ConfigError: a reference leads nowhere; the message names the reference, never a secret.
        """
        plain = {k: v for k, v in self.entries if k not in (*_SECRETS, "snmp", "ssh")}
        told = zip(self.entries, self.lines, strict=True)
        secret = {k: fetch(v, self._where(k, line)) for (k, v), line in told if k in _SECRETS}
        made: dict[str, Any] = {**plain, **secret}
        match self.kind:
            case "v2c":
                return SnmpCommunity(**made)
            case "v3":
                return SnmpUser(**made)
            case _:
                return SshLogin(**made)


def profiles(document: Document) -> dict[str, Profile]:
    """Return the profiles of a ``credentials.yaml``."""
    found: dict[str, Profile] = {}
    for name, entry in document.data.items():
        if not isinstance(entry, dict) or not ("snmp" in entry) ^ ("ssh" in entry):
            document.wrong(
                (name,),
                f"profile {name!r}: found neither snmp nor ssh, or both; allowed: one of 'snmp: v3', 'snmp: v2c', 'ssh: password', 'ssh: key'; add one",
            )
            continue
        wire = "snmp" if "snmp" in entry else "ssh"
        kind = str(entry[wire])
        if document.one_of((name, wire), kind, ("v3", "v2c") if wire == "snmp" else ("password", "key"), f"profile {name!r}: {wire}"):
            _check(document, name, kind, entry)
            entries = tuple((k, str(v)) for k, v in entry.items())
            lines = tuple(document.line((name, key)) for key in entry)
            source = document.mistakes.called(document.file)
            found[name] = Profile(name=name, kind=kind, entries=entries, source=source, lines=lines)
    return found


def _check(document: Document, name: str, kind: str, entry: Mapping[str, Any]) -> None:
    document.known_keys((name,), dict(entry), _KEYS[kind], f"profile {name!r}")
    for key in _NEEDED[kind]:
        if not entry.get(key):
            document.wrong((name,), f"profile {name!r}: found no {key}; allowed: {kind} needs {', '.join(_NEEDED[kind])}; add '{key}: …'")
    for key in _SECRETS:
        # The text is not shown: it may be the secret itself.
        if entry.get(key) and str(entry[key]).split(":", 1)[0] not in SCHEMES:
            document.wrong(
                (name, key),
                f"profile {name!r}: {key}: found a text that is no reference; allowed: env:NAME, file:PATH, keyring:SERVICE/NAME; move the secret out of this file",
            )
    for key, allowed in (("auth_protocol", AUTH), ("priv_protocol", PRIV)):
        if key in entry:
            document.one_of((name, key), entry[key], allowed, f"profile {name!r}: {key}")


def fetch(reference: str, what: str) -> Secret:
    """Return the secret that *reference* (``env:``, ``file:``, ``keyring:``) leads to."""
    scheme, _, rest = reference.partition(":")
    match scheme:
        case "env":
            if (found := os.environ.get(rest)) is None:
                raise ConfigError(f"{what}: the environment has no {rest}; set it, or refer to a file")
            return Secret(found)
        case "file":
            return Secret(_file(Path(rest).expanduser(), what))
        case "keyring":
            return Secret(_keyring(rest, what))
    raise ConfigError(f"{what}: not a reference; allowed: env:NAME, file:PATH, keyring:SERVICE/NAME")


def _file(path: Path, what: str) -> str:
    try:
        mode = path.stat().st_mode
        if mode & (stat.S_IRWXO | stat.S_IWGRP):
            raise ConfigError(f"{what}: {path} can be read or changed by others (mode {stat.S_IMODE(mode):04o}); run: chmod 0600 {path}")
        return path.read_text("utf-8").rstrip("\r\n")
    except OSError as error:
        raise ConfigError(f"{what}: cannot read {path}: {error.strerror}") from error


def _keyring(place: str, what: str) -> str:
    import keyring
    from keyring.errors import KeyringError

    service, _, name = place.rpartition("/")
    try:
        found = keyring.get_password(service, name)
    except KeyringError as error:
        raise ConfigError(f"{what}: the keyring does not open: {type(error).__name__}; on a server use env: or file:") from error
    if found is None:
        raise ConfigError(f"{what}: the keyring has no {name!r} of {service!r}; add it with: keyring set {service} {name}")
    return found
