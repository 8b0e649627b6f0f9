"""One device as a foreign source tells it, in our words."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from healthd.inventory.hosts import SYNONYMS

HEADERS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "hostname", "host", "device", "device name", "设备名称", "设备名", "名称", "主机名"),
    "address": ("address", "mgmt_ip", "ip", "ip address", "management ip", "primary_ip", "管理ip", "管理地址", "ip地址", "ip 地址"),
    "customer": ("customer", "tenant", "client", "客户", "客户代码", "用户单位"),
    "site": ("site", "location", "站点", "地点", "机房", "位置"),
    "role": ("role", "device_role", "layer", "角色", "层级", "设备角色"),
    "platform": ("platform", "os", "device_type", "network_os", "平台", "系统", "操作系统"),
    "serial": ("serial", "serial number", "s/n", "sn", "序列号", "设备序列号"),
    "contract": ("contract", "contract number", "合同", "合同号", "合同编号"),
    "snmp": ("snmp", "snmp_profile", "snmp profile", "snmp配置", "snmp 配置"),
    "ssh": ("ssh", "ssh_profile", "ssh profile", "ssh配置", "ssh 配置"),
    "parents": ("parents", "uplinks", "parent", "uplink", "上联设备", "上联", "父设备"),
    "service_point": ("service_point", "service point", "服务点", "业务点"),
    "tags": ("tags", "tag", "标签"),
}
"""Column titles that are understood, English and Chinese; case and surrounding spaces do not matter."""

ROLES = {
    "核心": "core", "汇聚": "distribution", "接入": "access", "出口": "edge", "边缘": "edge", "广域网": "wan", "分支": "branch", "防火墙": "firewall",
    "数据中心": "datacenter", "无线": "wireless", "管理": "management", "其他": "other", "router": "edge", "spine": "datacenter", "leaf": "datacenter",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Empty text or an empty tuple means that the source does not say; it never erases what is known."""

    where: str
    name: str
    address: str = ""
    customer: str = ""
    site: str = ""
    role: str = ""
    platform: str = ""
    serial: str = ""
    contract: str = ""
    snmp: str = ""
    ssh: str = ""
    service_point: str = ""
    parents: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


def record(where: str, said: Mapping[str, str]) -> Record:
    """Return the record of *said*, words in our spelling; lists are separated by comma, semicolon or 、."""
    lists = {f.name for f in fields(Record) if f.name in ("parents", "tags")}
    made: dict[str, object] = {}
    for key, value in said.items():
        text = value.strip()
        made[key] = (
            tuple(each.strip() for each in text.replace("、", ",").replace(";", ",").split(",") if each.strip()) if key in lists else text
        )
    made["platform"] = SYNONYMS.get(str(made.get("platform", "")).lower(), str(made.get("platform", "")).lower())
    made["role"] = ROLES.get(str(made.get("role", "")).lower(), str(made.get("role", "")).lower())
    return Record(where=where, **made)  # type: ignore[arg-type]


def column(title: str) -> str | None:
    """Return our name of the column *title*, None when it is not understood."""
    word = title.strip().lstrip("\ufeff").lower()
    return next((name for name, titles in HEADERS.items() if word in titles), None)
