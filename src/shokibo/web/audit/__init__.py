"""What was done, and who looked."""
