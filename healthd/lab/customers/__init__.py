"""One file per example customer: ``specs()`` returns the devices as bought, cabled and configured."""
