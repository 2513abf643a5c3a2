"""What waits for a person today: work, deadlines, findings, pictures."""
