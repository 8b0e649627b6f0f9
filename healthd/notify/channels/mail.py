"""Mail over SMTP (RFC 5321), with STARTTLS or TLS from the start; a server that offers neither gets no mail unless told so."""

import smtplib
import ssl
from dataclasses import dataclass, field

from healthd.errors import NotSent
from healthd.model.message import Message
from healthd.model.secret import Secret
from healthd.model.setting import bound, check, chosen
from healthd.notify.mail import built


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Table ``[notify.mail]``. Without a *host* mail is left in the folder of ``[notify.folder]``. *security* is starttls, tls, or none; *password* is filled in from its reference."""

    host: str = ""
    port: int = bound(587, least=1, most=65_535)
    security: str = chosen("starttls", "starttls", "tls", "none")
    sender: str = "healthd@localhost"
    user: str = ""
    password_ref: str = ""
    ca_file: str = ""
    timeout: float = bound(30.0, above=0)
    password: Secret | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        check(self)


def send(settings: Settings, message: Message) -> str:
    """Hand *message* over and return to which server.

    Raises:
        NotSent: the server did not take it; ``permanent`` when it refused this
            recipient or message for good (a reply of 5xx).
    """
    try:
        with _connected(settings) as server:
            server.send_message(built(message, settings.sender))
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        raise NotSent(f"{settings.host} refuses {message.recipient}: {code} {_words(said)}", permanent=code >= 500) from None
    except smtplib.SMTPResponseException as error:
        login = isinstance(error, smtplib.SMTPAuthenticationError)
        raise NotSent(
            f"{settings.host} answers {error.smtp_code} {_words(error.smtp_error)}", permanent=error.smtp_code >= 500 and not login
        ) from None
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise NotSent(f"{settings.host}:{settings.port}: {error}") from None
    return f"{settings.host}:{settings.port}"


def tried(settings: Settings) -> None:
    """Connect and log in as for sending, and send nothing; OSError or SMTPException when that fails."""
    with _connected(settings) as server:
        server.noop()


def _connected(settings: Settings) -> smtplib.SMTP:
    context = ssl.create_default_context(cafile=settings.ca_file or None)
    if settings.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(settings.host, settings.port, timeout=settings.timeout, context=context)
    else:
        server = smtplib.SMTP(settings.host, settings.port, timeout=settings.timeout)
    try:
        if settings.security == "starttls":
            # Fails when the server (or somebody in between) does not offer it: no falling back to clear text.
            server.starttls(context=context)
        if settings.user and settings.password:
            server.login(settings.user, settings.password.reveal())
    except BaseException:
        server.close()
        raise
    return server


def _words(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return "".join(c if c.isprintable() else " " for c in text)[:200]
