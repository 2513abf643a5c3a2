"""Pages about people: the start, one's own account, invitations, roles."""

from functools import partial
from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Exists, Model, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from shokibo.web.accounts import actions
from shokibo.web.accounts.access import Access, access_of
from shokibo.web.accounts.models import Invitation, Membership, Person
from shokibo.web.accounts.page import instance_page, signed_in
from shokibo.web.accounts.permissions import Permission
from shokibo.web.accounts.second_factor import has_second_factor, is_set_up
from shokibo.web.accounts.sessions import stay
from shokibo.web.api.models import ApiToken
from shokibo.web.base.forms import ReasonForm
from shokibo.web.base.language import language
from shokibo.web.base.parameters import AddressField, Query, asks
from shokibo.web.base.words import as_text, bracketed
from shokibo.web.pages.listing import (
    Column,
    Listing,
    SearchQuery,
    acts,
    lines,
    link,
    links,
    list_page,
    whole,
)
from shokibo.web.pages.menu import menu_of
from shokibo.web.pages.saving import Saving, save_page
from shokibo.web.people.forms import AcceptForm, InvitationForm
from shokibo.web.running.models import Drill


@signed_in
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Go to the one place a person has, or list their places."""
    access = access_of(cast("Person", request.user))
    if len(access.authorities) == 1:
        office = access.office(access.authorities[0].code)
        menu = menu_of(access, office, "")
        if menu:
            return redirect(menu[0].url)
    elif not access.authorities and (menu := menu_of(access, None, "")):
        return redirect(menu[0].url)
    return render(request, "people/start.html", {"access": access})


@signed_in
@require_GET
def profile(request: HttpRequest) -> HttpResponse:
    """Show one's own roles and how the account is protected."""
    person = cast("Person", request.user)
    access = access_of(person)
    context = {
        "memberships": access.memberships,
        "has_factor": is_set_up(person),
        "needs_factor": any(m.kind.needs_second_factor() for m in access.memberships),
    }
    return render(request, "people/profile.html", context)


class BackQuery(Query):
    """Where to go once the second factor was shown."""

    next = AddressField(label=gettext_lazy("行き先"), required=False)


@signed_in
@require_GET
@asks(BackQuery)
def second_factor(request: HttpRequest, *, asked: BackQuery) -> HttpResponse:
    """Explain why a decision asks for a second factor, and lead to where it is shown."""
    back = asked.given["next"] or "/"
    if has_second_factor(request):
        return redirect(back)
    context = {"back": back, "has_factor": is_set_up(cast("Person", request.user))}
    return render(request, "people/second_factor.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Let the invited person in: name and password, or for one who is known only the role."""
    found = actions.open_invitation(token)
    if found is None:
        return render(request, "people/invitation_closed.html", status=404)
    known = Person.objects.filter(email=found.email).first()
    if known is not None:
        if request.user != known:
            return redirect(f"{reverse('account_login')}?next={request.path}")
        if request.method == "POST":
            stay(request, actions.accept(invitation=found, name=known.name, password=None))
            return redirect("start")
        return render(request, "people/invitation.html", {"form": None, "invitation": found})
    form = AcceptForm(request.POST or None, email=found.email)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            person = actions.accept(
                invitation=found,
                name=form.cleaned_data["name"],
                password=form.cleaned_data["password"],
            )
            return cast("HttpResponse", perform_login(request, person, redirect_url="/"))
    return render(request, "people/invitation.html", {"form": form, "invitation": found})


def _role(held: Membership | Invitation) -> str:
    return bracketed(as_text(held.kind.name), held.scope_label)


def _held(person: Person) -> list[Membership]:
    return [one for one in person.memberships.all() if not one.ended_at]


def _link(page: str, row: Model, label: object) -> SafeString:
    return link(reverse(f"people:{page}", args=[row.pk]), label)


def _pages(person: Any) -> SafeString | str:
    pages = {
        "reset_second_factor": (person.authenticator_set.all(), _("二段階認証を解除")),
        "revoke_tokens": (person.live_tokens, _("トークンを失効")),
    }
    found = [_link(page, person, label) for page, (wanted, label) in pages.items() if wanted]
    return lines(*found) if found else "—"


PEOPLE = Listing(
    "利用者",
    [
        Column("name", gettext_lazy("氏名"), names_row=True),
        Column("email", gettext_lazy("メールアドレス")),
        Column(
            "roles",
            gettext_lazy("役割"),
            lambda person: "、".join(map(_role, _held(person))),
            lambda person: lines(
                *(
                    format_html("{} {}", _role(one), _link("end_membership", one, _("終了する")))
                    for one in _held(person)
                )
            ),
            computed=True,
        ),
        acts(_pages),
    ],
    caption=gettext_lazy("利用者の一覧"),
    empty=gettext_lazy("利用者はいません"),
    search=("name", "email"),
)
INVITATIONS = Listing(
    "招待",
    [
        Column("email", gettext_lazy("メールアドレス"), names_row=True),
        Column("role", gettext_lazy("役割"), _role),
        Column("expires_at", gettext_lazy("有効期限"), look="day"),
        acts(
            lambda one: links(
                (
                    _link("renew_invitation", one, _("送り直す")),
                    _link("cancel_invitation", one, _("取り消す")),
                )
            ),
        ),
    ],
    caption=gettext_lazy("返事待ちの招待"),
    empty=gettext_lazy("返事待ちの招待はありません"),
)


@instance_page(Permission.PEOPLE_MANAGE, ("GET", "HEAD"))
@asks(SearchQuery)
def people(request: HttpRequest, access: Access, *, asked: SearchQuery) -> HttpResponse:
    """List people with their roles, and open invitations."""
    last_drill, last_good_drill = Drill.latest()
    found = Person.objects.prefetch_related(
        "memberships__authority", "memberships__home", "authenticator_set"
    ).annotate(live_tokens=Exists(ApiToken.objects.live().filter(person=OuterRef("pk"))))
    invitations = Invitation.objects.filter(accepted_at__isnull=True, cancelled_at__isnull=True)
    return list_page(
        request,
        asked,
        PEOPLE,
        found.order_by("email"),
        "people/people.html",
        invitations=whole(
            INVITATIONS, invitations.select_related("authority", "home").order_by("-invited_at")
        ),
        last_drill=last_drill,
        last_good_drill=last_good_drill,
    )


@instance_page(Permission.PEOPLE_MANAGE)
def invite(request: HttpRequest, access: Access) -> HttpResponse:
    """Invite somebody; the link goes by e-mail, and is shown."""

    @transaction.atomic
    def send(**given: Any) -> HttpResponse:
        return _invited(request, *actions.invite(access=access, **given))

    saving = Saving(_("利用者を招待する"), _("招待する"), reverse("people:people"))
    return save_page(request, saving, send, InvitationForm(request.POST or None))


def _invited(request: HttpRequest, made: Invitation, token: str) -> HttpResponse:
    """Mail the link to the invited person, and show it to who invites."""
    link = request.build_absolute_uri(reverse("people_own:invitation", args=[token]))
    body = _("shokibo に招待されました。役割:%(role)s\n\n%(link)s\n\n期限:%(until)s\n") % {
        "role": bracketed(made.kind.name.say(language()), made.scope_label),
        "link": link,
        "until": f"{made.expires_at:%Y-%m-%d}",
    }
    send_mail(_("shokiboへの招待"), body, None, [made.email])
    answer = render(request, "people/invited.html", {"invitation": made, "link": link})
    answer["Content-Location"] = reverse("people:people")
    return answer


@instance_page(Permission.PEOPLE_MANAGE)
def renew_invitation(request: HttpRequest, access: Access, pk: int) -> HttpResponse:
    """Mail and show a new link of an invitation; the one before is void."""
    found = get_object_or_404(Invitation, pk=pk, accepted_at__isnull=True, cancelled_at=None)
    saving = Saving(
        title=_("招待のメールを送り直しますか"),
        lead=_(
            "%(invitation)s 新しいアドレスを送り、画面にも表示します。前のものは使えなくなります。"
        )
        % {"invitation": found},
        button=_("送り直す"),
        back=reverse("people:people"),
        narrow=True,
    )

    @transaction.atomic
    def renew() -> HttpResponse:
        return _invited(request, found, actions.renew(access=access, invitation=found))

    return save_page(request, saving, renew)


@instance_page(Permission.PEOPLE_MANAGE)
def cancel_invitation(request: HttpRequest, access: Access, pk: int) -> HttpResponse:
    """Take an invitation back."""
    found = get_object_or_404(Invitation, pk=pk, accepted_at__isnull=True)
    saving = Saving(
        title=_("招待を取り消しますか"),
        lead=str(found),
        button=_("取り消す"),
        back=reverse("people:people"),
        done=_("招待を取り消しました。"),
        grave=True,
        narrow=True,
    )
    return save_page(request, saving, partial(actions.cancel, access=access, invitation=found))


@instance_page(Permission.PEOPLE_MANAGE)
def end_membership(request: HttpRequest, access: Access, pk: int) -> HttpResponse:
    """End a role."""
    found = get_object_or_404(Membership, pk=pk, ended_at__isnull=True)
    saving = Saving(
        title=_("役割を終えますか"),
        lead=f"{found.person} {found}",
        button=_("終了する"),
        back=reverse("people:people"),
        done=_("役割を終えました。"),
        grave=True,
        narrow=True,
    )

    def end(reason: str) -> None:
        actions.end_membership(access=access, membership=found, reason=reason)
        stay(request, found.person)

    return save_page(request, saving, end, ReasonForm(request.POST or None))


@instance_page(Permission.PEOPLE_MANAGE)
def reset_second_factor(request: HttpRequest, access: Access, pk: int) -> HttpResponse:
    """Take away a second factor that was lost."""
    person = get_object_or_404(Person, pk=pk)
    if not is_set_up(person):
        raise Http404
    saving = Saving(
        title=_("二段階認証を解除しますか"),
        lead=_("%(name)s が端末をなくしたときなどに解除します。") % {"name": person.name},
        button=_("解除する"),
        back=reverse("people:people"),
        done=_("二段階認証を解除しました。本人が設定し直します。"),
        grave=True,
        narrow=True,
    )

    @transaction.atomic
    def reset(reason: str) -> None:
        actions.reset_second_factor(access=access, person=person, reason=reason)
        prefix = "accounts/email/factor_reset"
        get_adapter(request).send_mail(prefix, person.email, {"person": person})

    return save_page(request, saving, reset, ReasonForm(request.POST or None))
