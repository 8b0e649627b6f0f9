"""Table ``[cisco]``: how this partner reaches Cisco's TAC. Without it cases get a draft that a person opens by hand."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from healthd.model.secret import Secret
from healthd.model.setting import bound, check, chosen, formed

_LOCAL = re.compile(r"http://(?:127\.0\.0\.1|\[::1\]|localhost)(?::\d+)?(?:/.*)?")
_URL = "an https:// address"


def _is_url(said: str) -> bool:
    return said.startswith("https://") or bool(_LOCAL.fullmatch(said))


def _cut(said: str) -> bool:
    return len(said) <= 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How Cisco is reached; secrets are filled in from their references.

    *way* is ``draft`` (a person opens the request in Support Case Manager or
    by telephone) or ``push`` (Smart Bonding; nothing is pushed without it).
    *contract* and *element* are the names that Cisco gave the connection.
    *technologies* gives the id of a row of Cisco's code list for a kind of
    part (``psu = "4711"``), ``default`` for all others. *places* gives what
    the inventory does not know of a site (city, province, zip, country…),
    ``default`` for all. *window_s* is how long a request whose answer was
    lost is not repeated. The *api_* keys are those of the Support APIs, which
    only read; *mirror_s* is how often they are asked.
    """

    way: str = chosen("draft", "draft", "push")
    token_url: str = formed("https://id.cisco.com/oauth2/default/v1/token", _URL, _is_url)
    url: str = formed("https://sb.xylem.cisco.com/sb-partner-oauth-proxy-api", _URL, _is_url)
    client_ref: str = ""
    secret_ref: str = ""
    contract: str = ""
    element: str = ""
    cco: str = formed("", "a CCO id of at most 60 characters", _cut)
    first_name: str = ""
    last_name: str = ""
    phone: str = ""
    email: str = ""
    technologies: dict[str, str] = field(default_factory=dict)
    places: dict[str, dict[str, str]] = field(default_factory=dict)
    pull_s: float = bound(30.0, least=5, most=3600)
    window_s: float = bound(1800.0, least=60)
    timeout: float = bound(30.0, above=0, most=300)
    cxd_url: str = formed("https://cxd.cisco.com/home/", _URL, _is_url)
    numbers: dict[str, str] = field(default_factory=dict)
    api_url: str = formed("https://apix.cisco.com", _URL, _is_url)
    api_client_ref: str = ""
    api_secret_ref: str = ""
    mirror_s: float = bound(3600.0, least=300)
    client: Secret | None = field(default=None, repr=False)
    secret: Secret | None = field(default=None, repr=False)
    api_client: Secret | None = field(default=None, repr=False)
    api_secret: Secret | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        check(self)
        if self.way == "push":
            needed = ("client_ref", "secret_ref", "contract", "element", "cco", "last_name", "email")
            if missing := [name for name in needed if not getattr(self, name)]:
                raise ValueError(f'way = "push" needs {", ".join(missing)} too')

    @property
    def pushes(self) -> bool:
        """May requests be pushed?"""
        return self.way == "push"

    @property
    def mirrors(self) -> bool:
        """Can the Support APIs be asked?"""
        return bool(self.api_client_ref and self.api_secret_ref)

    def place(self, site: str) -> Mapping[str, str]:
        """Return what is known of *site* besides its entry in the inventory."""
        return {**self.places.get("default", {}), **self.places.get(site, {})}
