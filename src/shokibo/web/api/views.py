"""The account's pages about tokens, and an administrator's page that revokes them."""

from functools import partial
from typing import Any, cast

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
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
from shokibo.web.base.words import wareki
from shokibo.web.pages.listing import Column, Listing, acts, lines, link, whole
from shokibo.web.pages.saving import Saving, save_page


def _name(token: ApiToken) -> SafeString:
    return lines(token.name, format_html("<code>{}…</code>", token.prefix))


def _end(token: ApiToken) -> str:
    """Describe when and why a token ended."""
    if token.revoked_at:
        return f"{wareki(token.revoked_at)} {_('失効')}"
    if token.state == "ended":
        return f"{wareki(token.membership.ended_at)} {_('役割の終了')}"
    return f"{wareki(token.expires_at)} {_('期限切れ')}"


_NAME = Column("name", gettext_lazy("名前"), cell=_name, names_row=True)
_ROLE = Column("role_name", gettext_lazy("役割"))
LIVE = Listing(
    "トークン",
    [
        _NAME,
        _ROLE,
        Column("scopes", gettext_lazy("できること"), cell=lambda token: lines(*token.scope_names)),
        Column("expires_at", gettext_lazy("有効期限"), look="day"),
        Column("last_used_at", gettext_lazy("最終使用")),
        acts(
            lambda token: link(
                reverse("tokens:revoke", args=[token.pk]), _("失効させる"), f"({token.name})"
            ),
        ),
    ],
    caption=gettext_lazy("使えるトークン"),
    empty=gettext_lazy("使えるトークンはありません"),
)
ENDED = Listing(
    "トークン",
    [_NAME, _ROLE, Column("end", gettext_lazy("理由"), _end)],
    caption=gettext_lazy("使えなくなったトークン"),
    empty="",
)


@signed_in
@require_GET
def tokens(request: HttpRequest) -> HttpResponse:
    """List one's own tokens, those that live first."""
    access = access_of(cast("Person", request.user))
    named = "authority", "membership__authority", "membership__home"
    own = list(ApiToken.objects.filter(person=access.person).select_related(*named))
    context = {
        "live": whole(LIVE, [token for token in own if token.state == "live"]),
        "ended": whole(ENDED, [token for token in own if token.state != "live"]),
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
    saving = Saving(
        title=_("トークンを発行する"),
        lead=_(
            "トークンは、発行した後の画面で一度だけ表示します。"
            "プログラム一つに、トークン一つを発行してください。"
        ),
        button=_("発行する"),
        back=reverse("tokens:tokens"),
        narrow=True,
    )

    @transaction.atomic  # no token whose secret nobody has seen
    def show(role: str, **given: Any) -> HttpResponse:
        made, secret = actions.make(
            access=access, membership=form.membership, has_factor=True, **given
        )
        answer = render(request, "api/made.html", {"token": made, "secret": secret})
        answer["Content-Location"] = reverse("tokens:tokens")
        return answer

    return save_page(request, saving, show, form)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke a token of one's own."""
    access = access_of(cast("Person", request.user))
    token = get_object_or_404(ApiToken, pk=pk, person=access.person, revoked_at__isnull=True)
    saving = Saving(
        title=_("トークンを失効させますか"),
        lead=_("%(token)s を使うプログラムは、すぐに使えなくなります。元には戻せません。")
        % {"token": token},
        button=_("失効させる"),
        back=reverse("tokens:tokens"),
        done=_("トークンを失効させました。"),
        grave=True,
        narrow=True,
    )
    return save_page(request, saving, partial(actions.revoke, access=access, token=token))


@instance_page(Permission.PEOPLE_MANAGE)
def revoke_all(request: HttpRequest, access: Access, pk: int) -> HttpResponse:
    """Revoke all tokens of a person."""
    person = get_object_or_404(Person, pk=pk)
    live = actions.live_tokens(person)
    if not live:
        raise Http404
    saving = Saving(
        title=_("トークンを失効させますか"),
        button=_("失効させる"),
        back=reverse("people:people"),
        done=_("トークンを失効させました。"),
        grave=True,
        narrow=True,
        template="api/revoke_all.html",
    )
    save = partial(actions.revoke_all, access=access, person=person)
    form = ReasonForm(request.POST or None)
    return save_page(request, saving, save, form, person=person, tokens=live)
