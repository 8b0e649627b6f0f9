"""``python -m healthd`` and the ``healthd`` command."""

from healthd.cli._app import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
