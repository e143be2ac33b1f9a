"""What of a program the next version of a package breaks."""
