"""Django's entry for certification."""

from django.apps import AppConfig


class Certification(AppConfig):
    """See the package."""

    name = "shokibo.web.certification"
    label = "certification"
    verbose_name = "申請と認定"
