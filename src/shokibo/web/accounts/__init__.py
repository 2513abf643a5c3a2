"""People, their roles, how they come in."""
