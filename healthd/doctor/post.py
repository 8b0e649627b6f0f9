"""The way to people: does the mail server take us."""

import smtplib
from collections.abc import Iterator

from healthd.doctor._patient import Found, Patient, bad, good, note
from healthd.errors import NotSent
from healthd.notify.channels import mail

ORDER = 80


def check(patient: Patient) -> Iterator[Found]:
    """Connect to the mail server as for sending, and send nothing."""
    settings = patient.tables["notify.mail"]
    if not settings.host:
        yield note("no mail server is set: mail is left in the folder of [notify.folder]", "set [notify.mail] host")
        return
    try:
        mail.tried(settings)
    except (NotSent, smtplib.SMTPException, OSError) as error:
        yield bad(f"the mail server {settings.host}:{settings.port}: {error}", "check [notify.mail]")
    else:
        yield good(f"the mail server {settings.host}:{settings.port} takes us")
