"""Forms as they were filed."""
