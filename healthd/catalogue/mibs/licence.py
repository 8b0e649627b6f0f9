"""CISCO-LICENSE-MGMT-MIB (1.3.6.1.4.1.9.9.543): licences of devices that keep them themselves."""

from healthd.model.request import Walk

INFO = Walk(
    mib="CISCO-LICENSE-MGMT-MIB",
    table="clmgmtLicenseInfoTable",
    entry="1.3.6.1.4.1.9.9.543.1.2.3.1",
    columns=(("clmgmtLicenseFeatureName", 3), ("clmgmtLicenseValidityPeriodRemaining", 8), ("clmgmtLicenseStatus", 14)),
)
"""Row index: entPhysicalIndex.store.licence; the remaining time in seconds."""

STATE = {1: "inactive", 2: "notInUse", 3: "inUse", 4: "expiredInUse", 5: "expiredNotInUse", 6: "usageCountConsumed"}
