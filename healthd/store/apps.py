"""The store as a Django application."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Label ``store``; its tables are named ``store_…``."""

    name = "healthd.store"
    label = "store"
    verbose_name = "healthd"
