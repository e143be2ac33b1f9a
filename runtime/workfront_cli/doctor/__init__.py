"""What is wrong with a setup, check by check."""
