"""Which facts of the protocol hold on a server."""
