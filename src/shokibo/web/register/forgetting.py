"""What hears that the records of a child are gone for good, and forgets its code too."""

from django.dispatch import Signal

forgotten = Signal()
"""Sent with `authority` and `code`, within the transaction that deletes the child."""
