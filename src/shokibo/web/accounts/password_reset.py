"""A new password by mail. The page only records the address; the worker finds the person.

So the page does the same for known and unknown addresses.
"""

from typing import Any
from urllib.parse import urljoin, urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest
from django.utils import translation

from shokibo.web.accounts.models import Person
from shokibo.web.accounts.reset_tokens import path_to_new_password
from shokibo.web.mail.tasks import mail_task


class AskForm(ResetPasswordForm):  # type: ignore[misc]
    """The address at which somebody asks for a new password."""

    def clean_email(self) -> str:
        """Take any address."""
        return str(self.cleaned_data["email"])

    def save(self, request: HttpRequest, **_: Any) -> str:
        """Leave the answer to the worker."""
        email = self.clean_email()
        answer.enqueue(email, request.build_absolute_uri("/"), translation.get_language())
        return email


@mail_task
def answer(email: str, site: str, language: str) -> None:
    """Mail a link to the person of an address, if there is one who can log in."""
    person = Person.objects.filter(email=email.casefold(), is_active=True).first()
    if person is None:
        return
    host = urlsplit(site).netloc
    context = {
        "current_site": {"name": host, "domain": host},
        "password_reset_url": urljoin(site, path_to_new_password(person)),
    }
    with translation.override(language):
        prefix = "account/email/password_reset_key"
        get_adapter().render_mail(prefix, person.email, context).send()
