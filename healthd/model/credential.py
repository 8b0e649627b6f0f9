"""How to prove to a device who we are. Profiles have names; devices refer to the names only."""

from dataclasses import dataclass

from healthd.model.secret import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class SnmpCommunity:
    """SNMPv2c; used only where the inventory says so in words."""

    community: Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class SnmpUser:
    """An SNMPv3 user (RFC 3414, 3826, 7860).

    *auth_protocol* is md5, sha1, sha224, sha256, sha384 or sha512;
    *priv_protocol* is des, aes128, aes192 or aes256. Without *priv* packets
    are signed only, without *auth* nothing is protected.
    """

    user: str
    auth: Secret | None = None
    priv: Secret | None = None
    auth_protocol: str = "sha256"
    priv_protocol: str = "aes128"
    context: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SshLogin:
    """A login for SSH; *enable* is the secret of privileged mode where one is needed."""

    username: str
    password: Secret | None = None
    key_file: str = ""
    enable: Secret | None = None


Credential = SnmpCommunity | SnmpUser | SshLogin
