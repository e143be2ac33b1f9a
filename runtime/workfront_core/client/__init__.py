"""The two places that touch the network."""
