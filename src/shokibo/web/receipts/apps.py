"""Django's entry for receipts."""

from django.apps import AppConfig


class Receipts(AppConfig):
    """See the package."""

    name = "shokibo.web.receipts"
    label = "receipts"
    verbose_name = "報告の受理と照会"
