"""How IOS XR prints it."""
