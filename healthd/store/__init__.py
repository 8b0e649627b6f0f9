"""The only place that knows the database; what comes out are values of ``model``."""
