"""The document that an authority publishes."""
