"""``workfront events``: subscriptions, a receiver for this machine, and what consumers could not handle."""
