"""The forecast as fan charts."""
