"""The account's pages about tokens, and an administrator's page that revokes them."""

from typing import cast

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shokibo.web.accounts.access import Access, access_of
from shokibo.web.accounts.models import Person
from shokibo.web.accounts.page import instance_page, signed_in, to_second_factor
from shokibo.web.accounts.permissions import Permission
from shokibo.web.accounts.second_factor import has_second_factor
from shokibo.web.api import actions
from shokibo.web.api.forms import TokenForm
from shokibo.web.api.models import ApiToken
from shokibo.web.base.forms import ReasonForm


@signed_in
@require_GET
def tokens(request: HttpRequest) -> HttpResponse:
    """List one's own tokens, those that live first."""
    access = access_of(cast("Person", request.user))
    named = "authority", "membership__authority", "membership__home"
    own = list(ApiToken.objects.filter(person=access.person).select_related(*named))
    context = {
        "live": [token for token in own if token.state == "live"],
        "ended": [token for token in own if token.state != "live"],
        "may_make": bool(TokenForm(None, access).memberships),
    }
    return render(request, "api/tokens.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """Make a token; its secret is shown once, on the answer.

    It acts for months without a second factor, so that making one asks for it, whatever the role.
    """
    access = access_of(cast("Person", request.user))
    if not has_second_factor(request):
        return to_second_factor(request)
    form = TokenForm(request.POST or None, access)
    if not form.memberships:
        return redirect("tokens:tokens")
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():  # no token whose secret nobody has seen
            made, secret = actions.make(
                access=access,
                membership=form.membership,
                name=form.cleaned_data["name"],
                scopes=form.cleaned_data["scopes"],
                days=form.cleaned_data["days"],
            )
            answer = render(request, "api/made.html", {"token": made, "secret": secret})
        answer["Content-Location"] = reverse("tokens:tokens")
        return answer
    return render(request, "api/make.html", {"form": form, "back": reverse("tokens:tokens")})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke a token of one's own."""
    access = access_of(cast("Person", request.user))
    token = get_object_or_404(ApiToken, pk=pk, person=access.person, revoked_at__isnull=True)
    if request.method == "POST":
        actions.revoke(access=access, token=token)
        messages.success(request, _("トークンを失効させました。"))
        return redirect("tokens:tokens")
    context = {
        "title": _("トークンを失効させますか"),
        "text": _("%(token)s を使うプログラムは、すぐに使えなくなります。元には戻せません。")
        % {"token": token},
        "button": _("失効させる"),
        "grave": True,
        "back": reverse("tokens:tokens"),
    }
    return render(request, "pages/confirm.html", context)


@instance_page(Permission.PEOPLE_MANAGE)
def revoke_all(request: HttpRequest, access: Access, pk: int) -> HttpResponse:
    """Revoke all tokens of a person."""
    person = get_object_or_404(Person, pk=pk)
    live = actions.live_tokens(person)
    if not live:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.revoke_all(access=access, person=person, reason=form.cleaned_data["reason"])
        messages.success(request, _("トークンを失効させました。"))
        return redirect("people:people")
    context = {
        "title": _("トークンを失効させますか"),
        "person": person,
        "tokens": live,
        "form": form,
        "button": _("失効させる"),
        "grave": True,
        "back": reverse("people:people"),
    }
    return render(request, "api/revoke_all.html", context)
