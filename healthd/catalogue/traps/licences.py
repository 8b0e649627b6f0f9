"""Licences: expiry, use, registration.

Sources: CISCO-LICENSE-MGMT-MIB, CISCO-LICENSE-MGR-MIB, CISCO-SMART-LIC-MIB, CISCO-IMAGE-LICENSE-MGMT-MIB.
"""

from healthd.catalogue.trap import CISCO, Object, Trap, counted, plain

TRAPS = (
    Trap(name="clmgmtLicenseExpired", oid=f"{CISCO}.543.0.1", severity=3, kind="licence.expired"),
    Trap(name="clmgmtLicenseExpiryWarning", oid=f"{CISCO}.543.0.2", severity=4, kind="licence.expiring"),
    Trap(name="clmgmtLicenseUsageCountExceeded", oid=f"{CISCO}.543.0.3", severity=4, kind="licence.exceeded"),
    Trap(name="clmgmtLicenseUsageCountAboutToExceed", oid=f"{CISCO}.543.0.4", severity=4, kind="licence.nearly-exceeded"),
    Trap(name="clmgmtLicenseInstalled", oid=f"{CISCO}.543.0.5", severity=5, kind="licence.installed"),
    Trap(name="clmgmtLicenseCleared", oid=f"{CISCO}.543.0.6", severity=5, kind="licence.cleared"),
    Trap(name="clmgmtLicenseRevoked", oid=f"{CISCO}.543.0.7", severity=4, kind="licence.revoked"),
    Trap(name="clmgmtLicenseEULAAccepted", oid=f"{CISCO}.543.0.8", severity=5, kind="licence.accepted"),
    Trap(name="clmgmtLicenseNotEnforced", oid=f"{CISCO}.543.0.9", severity=4, kind="licence.not-enforced"),
    Trap(name="clmgmtLicenseSubscriptionExpiryWarning", oid=f"{CISCO}.543.0.10", severity=4, kind="licence.expiring"),
    Trap(name="clmgmtLicenseSubscriptionExtExpiryWarning", oid=f"{CISCO}.543.0.11", severity=4, kind="licence.expiring"),
    Trap(name="clmgmtLicenseSubscriptionExpired", oid=f"{CISCO}.543.0.12", severity=3, kind="licence.expired"),
    Trap(name="clmgmtLicenseEvalRTUTransitionWarning", oid=f"{CISCO}.543.0.13", severity=4, kind="licence.evaluation-ending"),
    Trap(name="clmgmtLicenseEvalRTUTransition", oid=f"{CISCO}.543.0.14", severity=5, kind="licence.evaluation-ended"),
    Trap(name="clmLicenseExpiryNotify", oid=f"{CISCO}.369.3.0.1", severity=3, kind="licence.expired"),
    Trap(name="clmNoLicenseForFeatureNotify", oid=f"{CISCO}.369.3.0.2", severity=4, kind="licence.missing"),
    Trap(name="clmLicenseFileMissingNotify", oid=f"{CISCO}.369.3.0.3", severity=3, kind="licence.missing"),
    Trap(name="clmLicenseExpiryWarningNotify", oid=f"{CISCO}.369.3.0.4", severity=4, kind="licence.expiring"),
    Trap(name="cilmBootImageLevelChanged", oid=f"{CISCO}.640.0.1", severity=5, kind="licence.level-changed"),
    Trap(name="ciscoSlaSmartAgentNotifyEnforcementMode", oid=f"{CISCO}.831.1.1", severity=4, kind="licence.out-of-compliance"),
    Trap(name="ciscoSlaSmartAgentNotifyReady", oid=f"{CISCO}.831.1.2", severity=5, kind="licence.changed"),
    Trap(name="ciscoSlaSmartAgentNotifyEnabled", oid=f"{CISCO}.831.1.3", severity=5, kind="licence.changed"),
    Trap(name="ciscoSlaSmartAgentNotifyDisabled", oid=f"{CISCO}.831.1.4", severity=5, kind="licence.changed"),
    Trap(name="ciscoSlaSmartAgentNotifyRegisterFailed", oid=f"{CISCO}.831.1.5", severity=4, kind="licence.registration-failed"),
    Trap(name="ciscoSlaSmartAgentNotifyRegisterSuccess", oid=f"{CISCO}.831.1.6", severity=5, kind="licence.registered"),
    Trap(name="ciscoSlaSmartAgentNotifyIdCertExpired", oid=f"{CISCO}.831.1.7", severity=4, kind="licence.expired"),
    Trap(name="ciscoSlaSmartAgentNotifyIdCertRenewSuccess", oid=f"{CISCO}.831.1.8", severity=5, kind="licence.changed"),
    Trap(name="ciscoSlaSmartAgentNotifyIdCertRenewFail", oid=f"{CISCO}.831.1.9", severity=4, kind="licence.failed"),
    Trap(name="ciscoSlaSmartAgentNotifyAuthRenewSuccess", oid=f"{CISCO}.831.1.10", severity=5, kind="licence.changed"),
    Trap(name="ciscoSlaSmartAgentNotifyAuthRenewFail", oid=f"{CISCO}.831.1.11", severity=4, kind="licence.failed"),
    Trap(name="ciscoSlaSmartAgentNotifyCommunicationFailure", oid=f"{CISCO}.831.1.12", severity=4, kind="licence.communication-lost"),
    Trap(name="ciscoSlaSmartAgentNotifyCommunicationRestored", oid=f"{CISCO}.831.1.13", severity=5, kind="licence.communication-restored"),
    Trap(name="ciscoSlaSmartAgentNotifyIdCertRenewNotStarted", oid=f"{CISCO}.831.1.14", severity=4, kind="licence.failed"),
    Trap(name="ciscoSlaSmartAgentNotifyEntitlementEnforceMode", oid=f"{CISCO}.831.1.15", severity=4, kind="licence.out-of-compliance"),
    Trap(name="ciscoSlaSmartAgentNotifyIdCertOutOfRange", oid=f"{CISCO}.831.1.16", severity=4, kind="licence.failed"),
    Trap(name="ciscoSlaSmartAgentNotifySystemClockChanged", oid=f"{CISCO}.831.1.17", severity=5, kind="licence.changed"),
    Trap(name="ciscoSlaSmartAgentNotifyEvalExpiryWarning", oid=f"{CISCO}.831.1.18", severity=4, kind="licence.expiring"),
    Trap(name="ciscoSlaSmartAgentNotifyEvalExpired", oid=f"{CISCO}.831.1.19", severity=4, kind="licence.expired"),
    Trap(name="ciscoSlaSmartAgentNotifyIdCertExpiryWarning", oid=f"{CISCO}.831.1.20", severity=4, kind="licence.expiring"),
    Trap(name="ciscoSlaSmartAgentNotifyDeRegisterSuccess", oid=f"{CISCO}.831.1.21", severity=5, kind="licence.deregistered"),
    Trap(name="ciscoSlaSmartAgentNotifyDeRegisterFailed", oid=f"{CISCO}.831.1.22", severity=4, kind="licence.registration-failed"),
    Trap(name="ciscoSlaSmartAgentNotifyThirdpartyModeEnabled", oid=f"{CISCO}.831.1.23", severity=5, kind="licence.changed"),
    Trap(name="ciscoSlaSmartAgentNotifyThirdpartyModeDisabled", oid=f"{CISCO}.831.1.24", severity=5, kind="licence.changed"),
    Trap(name="ciscoSlaSmartAgentNotifyUtilityCertExpired", oid=f"{CISCO}.831.1.25", severity=4, kind="licence.expired"),
    Trap(name="ciscoSlaSmartAgentNotifyUtilityCertRenewFailed", oid=f"{CISCO}.831.1.26", severity=4, kind="licence.failed"),
    Trap(name="ciscoSlaSmartAgentNotifyUtilityCertRenewSuccess", oid=f"{CISCO}.831.1.27", severity=5, kind="licence.changed"),
    Trap(name="ciscoSlaSmartAgentNotifyUtilityDataReportingStarted", oid=f"{CISCO}.831.1.28", severity=5, kind="licence.changed"),
    Trap(name="ciscoSlaSmartAgentNotifyUtilityDataReportingStopped", oid=f"{CISCO}.831.1.29", severity=5, kind="licence.changed"),
    Trap(name="ciscoSlaSmartAgentNotifyUtilitySendRUMFailed", oid=f"{CISCO}.831.1.30", severity=4, kind="licence.failed"),
    Trap(name="ciscoSlaSmartAgentNotifyUtilityCertFQDNMismatch", oid=f"{CISCO}.831.1.31", severity=4, kind="licence.failed"),
    Trap(name="ciscoSlaSmartAgentNotifySmartTransportNotConfigured", oid=f"{CISCO}.831.1.32", severity=4, kind="licence.failed"),
    Trap(name="ciscoSlaSmartAgentNotifyHostnameMatchedWithUDI", oid=f"{CISCO}.831.1.33", severity=5, kind="licence.changed"),
    Trap(name="ciscoSlaSmartAgentNotifyExportRequestFailure", oid=f"{CISCO}.831.1.34", severity=4, kind="licence.failed"),
    Trap(name="ciscoSlaSmartAgentNotifyExportHAMismatch", oid=f"{CISCO}.831.1.35", severity=4, kind="licence.failed"),
    Trap(name="ciscoSlaSmartAgentNotifyExportAuthKeyNotSupported", oid=f"{CISCO}.831.1.36", severity=4, kind="licence.failed"),
    Trap(name="ciscoSlaSmartAgentNotifyExportControlledTag", oid=f"{CISCO}.831.1.37", severity=5, kind="licence.changed"),
    Trap(name="ciscoSlaSmartAgentNotifyEndPointReset", oid=f"{CISCO}.831.1.38", severity=5, kind="licence.changed"),
    Trap(name="ciscoSlaSmartAgentNotifyExportRequestSuccess", oid=f"{CISCO}.831.1.39", severity=5, kind="licence.changed"),
    Trap(name="ciscoSlaSmartAgentNotifyAuthorizationInstall", oid=f"{CISCO}.831.1.40", severity=5, kind="licence.changed"),
    Trap(name="ciscoSlaSmartAgentNotifyAuthorizationRemove", oid=f"{CISCO}.831.1.41", severity=5, kind="licence.changed"),
    Trap(name="ciscoSlaSmartAgentNotifyPolicyInstalled", oid=f"{CISCO}.831.1.42", severity=5, kind="licence.changed"),
    Trap(name="ciscoSlaSmartAgentNotifyPolicyRemoved", oid=f"{CISCO}.831.1.43", severity=5, kind="licence.changed"),
    Trap(name="ciscoSlaSmartAgentNotifyRUMACKNotReceived", oid=f"{CISCO}.831.1.44", severity=4, kind="licence.failed"),
    Trap(name="ciscoSlaSmartAgentNotifyRUMACKReceived", oid=f"{CISCO}.831.1.45", severity=5, kind="licence.changed"),
    Trap(name="ciscoSlaSmartAgentNotifyAuthorizationInstallFailed", oid=f"{CISCO}.831.1.46", severity=4, kind="licence.failed"),
    Trap(name="ciscoSlaSmartAgentNotifyReportingRequired", oid=f"{CISCO}.831.1.47", severity=5, kind="licence.changed"),
    Trap(name="ciscoSlaSmartAgentNotifyPolicyInstallFailed", oid=f"{CISCO}.831.1.48", severity=4, kind="licence.failed"),
    Trap(name="ciscoSlaSmartAgentNotifyPolicyInstallSuccess", oid=f"{CISCO}.831.1.49", severity=5, kind="licence.changed"),
    Trap(name="ciscoSlaSmartAgentNotifyReportingNotSupported", oid=f"{CISCO}.831.1.50", severity=4, kind="licence.failed"),
    Trap(name="ciscoSlaSmartAgentNotifyTrustInstallSuccess", oid=f"{CISCO}.831.1.51", severity=5, kind="licence.changed"),
    Trap(name="ciscoSlaSmartAgentNotifyTrustInstallFailed", oid=f"{CISCO}.831.1.52", severity=4, kind="licence.failed"),
    Trap(name="ciscoSlaSmartAgentNotifyPolicyInitialACKState", oid=f"{CISCO}.831.1.53", severity=5, kind="licence.changed"),
)  # fmt: skip

OBJECTS = (
    Object(name="clmgmtLicenseType", oid=f"{CISCO}.543.1.2.3.1.5", words=counted(
        "demo extension gracePeriod permanent paidSubscription evaluationSubscription extensionSubscription evalRightToUse "
        "rightToUse permanentRightToUse"
    )),
    Object(name="ciscoSlaEntitlementEnforceMode", oid=f"{CISCO}.831.0.5.1.1.5", words=counted(
        "initialized waiting authorized outOfCompliance overage evaluationPeriod evaluationExpired authorizationExpired "
        "gracePeriodExpired disabled reservedAuthorized invalidTag notAuthorized notApplicable inUse notInUse"
    )),
    Object(name="ciscoSlaFailureReason", oid=f"{CISCO}.831.0.9.1", words=counted(
        "invalid alreadyRegistered dailyJobTimerReset deRegisterFailure", 0,
    )),
    Object(name="ciscoSlaEntitlementExportAllowed", oid=f"{CISCO}.831.0.5.1.1.8", words={0: "false", 1: "true"}),
    *plain(f"{CISCO}.543.1.2.4.1",
        "clmgmtFeatureName 2, clmgmtFeatureVersion 3, clmgmtFeatureValidityPeriodRemaining 4, clmgmtFeatureWhatIsCounted 5, "
        "clmgmtFeatureEndDate 7"
    ),
    *plain(f"{CISCO}.543.1.2.3.1",
        "clmgmtLicenseFeatureVersion 4, clmgmtLicenseMaxUsageCount 10, clmgmtLicenseComments 13, "
        "clmgmtLicenseUsageCountRemaining 11"
    ),
    *plain(f"{CISCO}.369.1.3.4.1", "clmLicenseExpiryDate 6, clmLicenseGracePeriodLeft 9, clmNoOfMissingUsageLicenses 4"),
    *plain(f"{CISCO}.640.1.1.1", "cilmCurrentImageLevel 2, cilmConfiguredBootImageLevel 3"),
    *plain(f"{CISCO}.831.0", "ciscoSlaSUDIInfo 2"),
    *plain(f"{CISCO}.831.0.5.1.1",
        "ciscoSlaEntitlementRequestCount 2, ciscoSlaEntitlementTag 3, ciscoSlaEntitlementVersion 4, "
        "ciscoSlaEntitlementFeatureName 7"
    ),
    *plain(f"{CISCO}.831.0.9", "ciscoSlaDeRegisterFailureMsg 2"),
    *plain(f"{CISCO}.831.0.10", "ciscoSlaThirdPartyAndUtilityFailureMsg 1"),
    *plain(f"{CISCO}.831.0.11", "ciscoSlaExportFailureMessage 2, ciscoSlaExportFailureReason 1"),
    *plain(f"{CISCO}.831.0.12", "ciscoSlaDaysRUMAckNotReceived 1, ciscoSlaDaysReportingRequired 2"),
    *plain(f"{CISCO}.831.0.13", "ciscoSlaPolicyModeFailureMessage 1, ciscoSlaPolicyModeInitialACKState 2"),
)  # fmt: skip
