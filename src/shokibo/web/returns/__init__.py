"""The forms to the ministry, as they were sent."""
