"""The process that draws forms or ledgers and ends; limited as that of reports is. Standard input is a pickled ``sheets.Job`` from our own parent."""

import json
import pickle
import sys

from healthd.reports._child import _listen, confine
from healthd.reports.leaf import leaf
from healthd.reports.sheets import Job


def main() -> None:
    """Do the job on standard input, and say on standard output what was made."""
    complaints = _listen()
    job: Job = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own parent wrote it
    confine(job)
    told = []
    for each in job.sheets:
        content, pages = leaf(each.value, each.code)
        each.path.write_bytes(content)
        told.append({"pages": pages, "complaints": list(complaints)})
        complaints.clear()
    print(json.dumps(told))


if __name__ == "__main__":
    main()
