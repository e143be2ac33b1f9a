"""What fields hold: dates, amounts, codes, durations, rich text."""
