"""The daemon's log: lines for people on a terminal, JSON objects for the journal."""

import json
import logging
from datetime import UTC, datetime
from typing import TextIO


class _Json(logging.Formatter):
    """One object a line: time, level, part, text."""

    def format(self, record: logging.LogRecord) -> str:
        said = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "part": record.name,
            "text": record.getMessage(),
        }
        if record.exc_info:
            said["traceback"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)


def set_up(stream: TextIO, level: int = logging.INFO) -> None:
    """Write what healthd logs to *stream*; what libraries log only from warnings on."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)-7s %(name)s: %(message)s") if stream.isatty() else _Json())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("healthd").setLevel(level)
