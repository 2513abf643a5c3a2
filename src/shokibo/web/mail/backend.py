"""Where every mail of the program goes (EMAIL_BACKEND): a row of the database, for the worker."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from shokibo.web.mail.models import Outgoing
from shokibo.web.mail.tasks import deliver


class QueuedBackend(BaseEmailBackend):
    """Writes mail down. Within a transaction it is sent only if that is committed."""

    @transaction.atomic
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Leave mails to the worker; return how many."""
        for message in email_messages:
            made = Outgoing.objects.create(
                sender=message.from_email,
                recipients=message.to,
                subject=str(message.subject),
                body=str(message.body),
            )
            deliver.enqueue(made.pk, made.tries)
        return len(email_messages)
