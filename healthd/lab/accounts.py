"""How to log in to the lab: made-up words that open nothing but simulated devices on loopback addresses.

The example inventories refer to them by the names of environment variables,
as a real inventory does with real secrets; ``environment`` is what to set.
"""

from dataclasses import dataclass

from healthd.model.secret import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """What one customer's devices accept."""

    community: Secret
    user: str
    auth: Secret
    priv: Secret
    login: str
    password: Secret
    enable: Secret
    auth_protocol: str = "sha256"


def accounts(customer: str) -> Accounts:
    """Return the accounts of the devices of *customer*."""
    code = customer.lower()
    return Accounts(
        community=Secret(f"lab-{code}-ro"), user="healthd", auth=Secret(f"lab-{code}-auth-phrase"), priv=Secret(f"lab-{code}-priv-phrase"),
        login="healthd", password=Secret(f"lab-{code}-login"), enable=Secret(f"lab-{code}-enable"),
    )  # fmt: skip


def environment(customers: tuple[str, ...] = ("ACME", "HDZZ")) -> dict[str, Secret]:
    """Return the environment variables that the example inventories refer to."""
    found: dict[str, Secret] = {}
    for customer in customers:
        theirs, head = accounts(customer), f"HEALTHD_LAB_{customer}_"
        for name in ("community", "auth", "priv", "password", "enable"):
            found[head + name.upper()] = getattr(theirs, name)
    return found
