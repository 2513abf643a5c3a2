"""The plan's tables as rows of a database."""
