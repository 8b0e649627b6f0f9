"""Who and where a case is about, out of the inventory: customer, site, the customer's engineer."""

from collections.abc import Sequence
from dataclasses import dataclass

from healthd.model.case import Case
from healthd.model.device import Contact, Customer, Device, Site


@dataclass(frozen=True, kw_only=True)
class Directory:
    """The customers and devices that there are."""

    customers: Sequence[Customer]
    devices: Sequence[Device]

    def customer(self, case: Case) -> Customer:
        """Return the case's customer; by its code alone where the inventory has it no more."""
        return next((each for each in self.customers if each.code == case.customer), Customer(code=case.customer, title=case.customer))

    def site(self, case: Case) -> Site | None:
        """Return the site of the case, else that of its device."""
        device = next((each for each in self.devices if (each.customer, each.name) == (case.customer, case.opening.device)), None)
        name = case.opening.site or (device.site if device else "")
        return next((each for each in self.customer(case).sites if each.name == name), None)

    def contact(self, case: Case) -> Contact | None:
        """Return the customer's engineer of the case, else the customer's first contact."""
        contacts = self.customer(case).contacts
        named = (each for each in contacts if case.opening.contact and case.opening.contact in (each.name, each.email))
        return next(named, contacts[0] if contacts else None)
