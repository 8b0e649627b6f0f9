"""Desks to try: stand-ins on loopback, the real Request Tracker, and our own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.caseclient.servers import rt5
from tests.caseclient.servers.hostile import System, serving
from tests.caseclient.servers.jira import Jira
from tests.caseclient.servers.request_tracker import RequestTracker
from tests.caseclient.servers.servicenow import ServiceNow
from tests.caseclient.servers.zammad import Zammad

SYSTEMS: dict[str, type[System]] = {"request_tracker": RequestTracker, "servicenow": ServiceNow, "zammad": Zammad, "jira": Jira}


@pytest.fixture(params=SYSTEMS)
def system(request: pytest.FixtureRequest) -> Iterator[System]:
    """Serve a stand-in of each ticket system."""
    with serving(SYSTEMS[request.param]()) as made:
        yield made


@pytest.fixture(scope="session")
def real_tracker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[rt5.RealTracker]:
    """Start Request Tracker 5, once for all tests of a run."""
    if lacking := rt5.missing():
        pytest.skip(f"Request Tracker 5 is not installed: {lacking} (apt-get install request-tracker5 rt5-db-sqlite)")
    with rt5.running(Path(tmp_path_factory.mktemp("rt5"))) as made:
        yield made


@pytest.fixture(params=[*SYSTEMS, pytest.param("real", marks=pytest.mark.slow)])
def place(request: pytest.FixtureRequest) -> Iterator[Any]:
    """A stand-in of each ticket system, and the real Request Tracker."""
    if request.param == "real":
        yield request.getfixturevalue("real_tracker")
        return
    with serving(SYSTEMS[request.param]()) as made:
        yield made
