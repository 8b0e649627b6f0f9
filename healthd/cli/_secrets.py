"""The secrets that nothing written down may hold."""

from healthd.cli import _context
from healthd.model.credential import SnmpCommunity, SnmpUser, SshLogin
from healthd.model.secret import Secret


def secrets(surroundings: _context.Context) -> tuple[tuple[Secret, ...], tuple[str, ...]]:
    """Return every secret of the inventory and the names of its users: a device may print another one's."""
    known: list[Secret | None] = []
    names: list[str] = []
    for credential in (*surroundings.credentials("snmp").values(), *surroundings.credentials("ssh").values()):
        match credential:
            case SnmpCommunity():
                known.append(credential.community)
            case SnmpUser():
                known += [credential.auth, credential.priv]
                names.append(credential.user)
            case SshLogin():
                known += [credential.password, credential.enable]
                names.append(credential.username)
    return tuple(each for each in known if each), tuple(dict.fromkeys(names))
