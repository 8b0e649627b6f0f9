"""The way to people: does the mail server take us, and does anybody want reports by mail."""

import smtplib
from collections.abc import Iterator

from healthd.doctor._patient import Found, Patient, bad, good, note
from healthd.errors import NotSent
from healthd.notify.channels import mail

ORDER = 80


def check(patient: Patient) -> Iterator[Found]:
    """Connect to the mail server as for sending, and send nothing; look for customers whose reports nobody gets."""
    for customer in patient.customers:
        if not any(contact.email and contact.reports != "none" for contact in customer.contacts):
            yield note(f"{customer.code}: nobody gets its reports by mail", "add contacts with an email to its customer.yaml")
    settings = patient.tables["notify.mail"]
    if not settings.host:
        left = patient.tables["notify.folder"].path
        yield note(f"no mail server is set: mail is left as files in {patient.data / left}", "set [notify.mail] host")
        return
    try:
        mail.tried(settings)
    except (NotSent, smtplib.SMTPException, OSError) as error:
        yield bad(f"the mail server {settings.host}:{settings.port}: {error}", "check [notify.mail]")
    else:
        yield good(f"the mail server {settings.host}:{settings.port} takes us")
