"""Devices come in from tables, Nornir, Ansible and NetBox, and coming in twice changes nothing."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import openpyxl
import pytest
import yaml
from typer.testing import CliRunner

from healthd.cli.inventory import app
from healthd.errors import ConfigError, InventoryError
from healthd.inventory.sources import ansible, csv, netbox, nornir, xlsx

TABLE = "设备名称,管理IP,角色,平台,序列号,上联设备\nhz-core-01,10.0.0.1,核心,cisco_xe,FOC1111A1AA,\nhz-acc-01,10.0.0.2,接入,ios,FOC2222B2BB,hz-core-01\n"


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_chinese_table_is_understood(tmp_path: Path) -> None:
    file = tmp_path / "设备.csv"
    file.write_bytes(TABLE.encode("gb18030"))
    core, access = csv.read(str(file), {})
    assert (core.name, core.address, core.role, core.platform, core.serial) == ("hz-core-01", "10.0.0.1", "core", "iosxe", "FOC1111A1AA")
    assert (access.role, access.parents) == ("access", ("hz-core-01",))


def test_a_workbook_reads_like_the_table(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for line in TABLE.splitlines():
        book.active.append(line.split(","))
    book.save(tmp_path / "devices.xlsx")
    assert [(r.name, r.role) for r in xlsx.read(str(tmp_path / "devices.xlsx"), {})] == [("hz-core-01", "core"), ("hz-acc-01", "access")]


def test_sites_come_in_before_anybody_has_described_them(tmp_path: Path) -> None:
    file = tmp_path / "d.csv"
    file.write_text("name,address,site\nsw1,10.0.0.1,hz\n")
    run("import", str(file), "--customer", "new", "--inventory", str(tmp_path / "inventories"))
    assert "site: hz" in (tmp_path / "inventories" / "new" / "hosts.yaml").read_text()


def test_an_unknown_column_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("name,adress\nsw1,10.0.0.1\n")
    with pytest.raises(InventoryError) as caught:
        list(csv.read(str(tmp_path / "d.csv"), {}))
    assert caught.value.mistakes[0].startswith("d.csv:1: found column 'adress'; allowed: name, address,")
    assert caught.value.mistakes[1] == (
        "d.csv:1: found no column 'address'; allowed titles: address, mgmt_ip, ip, ip address, management ip, primary_ip, 管理ip, 管理地址, ip地址, ip 地址; add it"
    )


def test_importing_twice_changes_nothing_and_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "devices.csv").write_text(TABLE)
    call = ("import", str(tmp_path / "devices.csv"), "--customer", "acme", "--inventory", str(tmp_path / "inv"))
    said = run(*call, "--dry-run")
    assert said.splitlines()[0] == "+ acme/hz-core-01  hostname: 10.0.0.1, platform: iosxe, role: core, serial: FOC1111A1AA"
    assert not (tmp_path / "inv").exists()
    run(*call)
    first = (tmp_path / "inv/acme/hosts.yaml").read_text()
    assert not run(*call)
    assert (tmp_path / "inv/acme/hosts.yaml").read_text() == first


def test_a_device_is_known_by_its_serial_and_nothing_is_lost_without_prune(tmp_path: Path) -> None:
    home = tmp_path / "inv/acme"
    home.mkdir(parents=True)
    (home / "hosts.yaml").write_text(
        "# kept by hand\nold-name:  # renamed soon\n  hostname: 10.9.9.9\n  data: {serial: FOC1111A1AA, tags: [x]}\n\n# the lobby\nlobby:\n  hostname: 10.0.0.99  # never touched\n"
    )
    (tmp_path / "devices.csv").write_text(TABLE)
    call = ("import", str(tmp_path / "devices.csv"), "--customer", "acme", "--inventory", str(tmp_path / "inv"))
    changes = [json.loads(line) for line in run(*call, "--json").splitlines()]
    assert [(c["change"], c["device"]) for c in changes] == [("change", "old-name"), ("add", "hz-acc-01")]
    assert ["name", "old-name", "hz-core-01"] in changes[0]["values"]
    text = (home / "hosts.yaml").read_text()
    assert text.startswith("# kept by hand\n")
    assert "hostname: 10.0.0.99  # never touched" in text
    assert yaml.safe_load(text)["hz-core-01"]["data"]["tags"] == ["x"]
    assert run(*call, "--prune").splitlines() == ["- acme/lobby"]
    assert "lobby" not in yaml.safe_load((home / "hosts.yaml").read_text())


def test_an_import_that_would_not_read_back_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "devices.csv").write_text("name,address,parents\nsw1,10.0.0.1,nobody\n")
    with pytest.raises(InventoryError, match="parents: found 'nobody'"):
        run("import", str(tmp_path / "devices.csv"), "--customer", "acme", "--inventory", str(tmp_path / "inv"))
    assert not (tmp_path / "inv/acme/hosts.yaml").exists()


def test_nornir_values_come_with_their_inheritance(tmp_path: Path) -> None:
    (tmp_path / "hosts.yaml").write_text("sw1: {hostname: 10.0.0.1, groups: [core]}\n")
    (tmp_path / "groups.yaml").write_text("core: {platform: cisco_nxos, data: {role: core, tags: [dc1, dc2]}}\n")
    (one,) = nornir.read(str(tmp_path), {})
    assert (one.platform, one.role, one.tags) == ("nxos", "core", ("dc1", "dc2"))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "inv.ini",
            "[core]\nsw[01:02] ansible_host=10.0.0.1 role=core\n[cisco:children]\ncore\n[cisco:vars]\nansible_network_os=cisco.ios.ios\nansible_password=hunter2\n",
        ),
        (
            "inv.yml",
            (
                "all:\n  children:\n    cisco:\n      vars: {ansible_network_os: cisco.ios.ios, ansible_password: hunter2}\n"
                "      children:\n        core:\n          hosts: {'sw[01:02]': {ansible_host: 10.0.0.1, role: core}}\n"
            ),
        ),
    ],
)
def test_ansible_groups_give_their_variables_and_passwords_stay_behind(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    assert ansible.accepts(str(tmp_path / name))
    found = list(ansible.read(str(tmp_path / name), {}))
    assert [(r.name, r.platform, r.role, r.address) for r in found] == [
        ("sw01", "ios", "core", "10.0.0.1"),
        ("sw02", "ios", "core", "10.0.0.1"),
    ]
    assert "hunter2" not in repr(found)


@pytest.fixture
def netbox_server() -> Iterator[tuple[str, list[str]]]:
    """A server that answers as NetBox documents it, in two pages, and keeps the tokens it saw."""
    tokens: list[str] = []

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            tokens.append(self.headers.get("Authorization", ""))
            here = f"http://127.0.0.1:{self.server.server_address[1]}"
            if self.path.startswith("/away"):
                self.send_response(302)
                self.send_header("Location", "http://127.0.0.1:9/")
                self.end_headers()
                return
            device = {
                "id": 1,
                "name": "sw1",
                "primary_ip": {"address": "10.0.0.1/24"},
                "tenant": {"slug": "acme"},
                "site": {"slug": "hz"},
                "role": {"slug": "core"},
                "platform": {"slug": "cisco-ios-xe"},
                "serial": "FOC1",
                "tags": [{"slug": "dc"}],
            }
            second = "page=2" in self.path
            page = {
                "next": None if second else f"{here}/api/dcim/devices/?page=2",
                "results": [{**device, "id": 2, "name": "sw2"} if second else device, {"id": 3, "name": "no-ip"}],
            }
            body = json.dumps(page).encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}", tokens
    server.shutdown()
    thread.join()
    server.server_close()


def test_netbox_is_read_page_by_page(netbox_server: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETBOX_TOKEN", "t0ken")
    url, tokens = netbox_server
    found = list(netbox.read(url, {}))
    assert [(r.name, r.customer, r.platform, r.role, r.tags) for r in found] == [
        ("sw1", "acme", "iosxe", "core", ("dc",)),
        ("sw2", "acme", "iosxe", "core", ("dc",)),
    ]
    assert tokens == ["Token t0ken", "Token t0ken"]


def test_netbox_redirects_are_not_followed_with_the_token(netbox_server: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETBOX_TOKEN", "t0ken")
    with pytest.raises(ConfigError, match="answers 302") as caught:
        list(netbox.read(f"{netbox_server[0]}/away", {}))
    assert "t0ken" not in str(caught.value)
