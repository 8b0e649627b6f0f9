"""Django, ready for use: importing ``models`` from here never depends on who came first.

The database itself is named later, by ``database.open_database``; until then
a query fails with Django's own word that no database is configured.
"""

import os
from typing import Any

import django
from django.apps import apps
from django.conf import settings

APP = "healthd.store"


def base() -> dict[str, Any]:
    """Return the Django settings the store needs; whoever configures Django for more starts from these."""
    return {
        "INSTALLED_APPS": [APP],
        "DATABASES": {"default": {"ENGINE": "django.db.backends.dummy"}},
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "USE_TZ": True,
        "TIME_ZONE": "UTC",
        "SECRET_KEY": os.urandom(32).hex(),
        "LOGGING_CONFIG": None,
    }


if not settings.configured:
    settings.configure(**base())
if not apps.ready:
    django.setup()

from django.db import connection, connections  # noqa: E402 - only after setup

from healthd.store import models  # noqa: E402 - only after setup

__all__ = ["base", "connection", "connections", "models"]
