"""Who one is: signing in, profiles, connections."""
