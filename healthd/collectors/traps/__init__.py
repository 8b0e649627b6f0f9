"""Reading notifications: from object identifiers and values to an ``Event``. Pure."""
