"""NetBox over its REST API: tenant becomes customer, primary IP the address.

The source is NetBox's URL; ``options["token"]`` is a reference
(``env:NETBOX_TOKEN``) to the API token. Redirects are not followed, and
further pages are taken from the same host only: the token goes nowhere else.
"""

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from typing import Any

from healthd.errors import ConfigError
from healthd.inventory.credentials import fetch
from healthd.inventory.record import Record, record

_SYSTEMS = {
    "ios-xe": "iosxe",
    "cisco-ios-xe": "iosxe",
    "cisco-ios": "ios",
    "cisco-nx-os": "nxos",
    "nx-os": "nxos",
    "cisco-ios-xr": "iosxr",
    "ios-xr": "iosxr",
    "cisco-asa": "asa",
}
_LIMIT = 32 * 1024 * 1024
_PAGES = 1000


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_named: Any) -> None:
        return None


def accepts(source: str) -> bool:
    """Say whether *source* is a web address."""
    return source.startswith(("http://", "https://"))


def read(source: str, options: Mapping[str, str]) -> Iterator[Record]:
    """Yield the active devices that have a primary address.

    Raises:
        ConfigError: NetBox refuses, does not answer, or answers something else.
    """
    token = fetch(options.get("token") or "env:NETBOX_TOKEN", "NetBox token")
    opener = urllib.request.build_opener(_NoRedirect)
    origin = urllib.parse.urlsplit(source)
    page: str | None = f"{source.rstrip('/')}/api/dcim/devices/?limit=200&status=active"
    for _ in range(_PAGES):
        if page is None:
            return
        target = urllib.parse.urlsplit(page)
        if (target.scheme, target.netloc) != (origin.scheme, origin.netloc):
            raise ConfigError(
                f"NetBox at {source} sends us to {target.netloc} for the next page; set its own name there (ALLOWED_HOSTS, proxy)"
            )
        answer = _get(opener, page, token.reveal())
        yield from (_record(each) for each in answer.get("results", []) if _address(each))
        page = answer.get("next")


def _get(opener: urllib.request.OpenerDirector, url: str, token: str) -> dict[str, Any]:
    place = url.split("?", 1)[0]
    request = urllib.request.Request(url, headers={"Authorization": f"Token {token}", "Accept": "application/json"})  # noqa: S310 - accepts() lets http(s) only
    try:
        with opener.open(request, timeout=30) as reply:
            found = json.loads(reply.read(_LIMIT))
    except urllib.error.HTTPError as error:
        raise ConfigError(f"NetBox answers {error.code} {error.reason} to {place}; check the address and the token's rights") from error
    except (OSError, ValueError) as error:
        raise ConfigError(f"NetBox at {place}: {error}; check the address") from error
    if not isinstance(found, dict):
        raise ConfigError(f"NetBox at {place} answers no device list; check the address")
    return found


def _address(device: Mapping[str, Any]) -> str:
    found = device.get("primary_ip4") or device.get("primary_ip") or {}
    return str(found.get("address", "")).split("/")[0]


def _record(device: Mapping[str, Any]) -> Record:
    def slug(*keys: str) -> str:
        found = next((device[key] for key in keys if device.get(key)), {})
        return str(found.get("slug", ""))

    system = slug("platform")
    said = {
        "name": str(device.get("name") or f"netbox-{device.get('id')}"),
        "address": _address(device),
        "customer": slug("tenant"),
        "site": slug("site"),
        "role": slug("role", "device_role"),
        "platform": _SYSTEMS.get(system, system),
        "serial": str(device.get("serial") or ""),
        "tags": ",".join(str(tag.get("slug", "")) for tag in device.get("tags") or ()),
    }
    return record(f"device {device.get('id')}", said)
