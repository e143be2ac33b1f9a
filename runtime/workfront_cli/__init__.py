"""The command line ``workfront``: signing in, who one is, what is wrong with a setup, a sandbox. Extra ``cli``."""
