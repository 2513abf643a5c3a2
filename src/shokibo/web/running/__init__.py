"""Start, keep and restore an installation."""
