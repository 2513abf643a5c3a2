"""People, their relation to an authority, and how they are invited."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from shokibo.web.accounts.roles import ROLES, Role
from shokibo.web.base import clock
from shokibo.web.base.language import labels, language
from shokibo.web.base.words import bracketed

LONGEST_PAGE, LONGEST_FORM = 2000, 22


class People(BaseUserManager["Person"]):
    """Creates people."""

    def create_user(self, email: str, name: str, password: str | None = None) -> "Person":
        """Create a person who logs in with an e-mail address."""
        person = self.model(email=self.normalize_email(email).casefold(), name=name)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who logs in."""

    email = models.EmailField("メールアドレス", unique=True)
    name = models.CharField("氏名", max_length=100)
    is_active = models.BooleanField("利用できる", default=True)
    credentials_version = models.PositiveIntegerField("認証の版", default=1)
    joined_at = clock.Moment("登録日時", auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = People()

    def __str__(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Return what a session must hold: a new value after each change of password or version."""
        fits = f"{self.password}:{self.credentials_version}"
        return salted_hmac("shokibo.session", fits, secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        """Return the name, for allauth."""
        return self.name


def _scope_fits() -> Q:
    """Require a home or operator for a role over homes, and neither for one over an authority."""
    no_home = Q(home__isnull=True, operator="")
    fits = Q(pk__in=[])
    for role in ROLES.values():
        named = Q(role=role.code)
        if role.scope == "home":
            one = Q(home__isnull=False, operator="") | (Q(home__isnull=True) & ~Q(operator=""))
            fits |= named & Q(authority__isnull=False) & one
        elif role.scope == "authority":
            fits |= named & Q(authority__isnull=False) & no_home
        else:
            fits |= named & Q(authority__isnull=True) & no_home
    return fits


class Scoped(models.Model):
    """A role, and what it is held over."""

    role = models.CharField(
        "役割",
        max_length=20,
        choices=list(labels({code: role.name.ja for code, role in ROLES.items()}).items()),
    )
    authority = models.ForeignKey(
        "register.Authority", models.PROTECT, null=True, blank=True, verbose_name="自治体"
    )
    operator = models.CharField("法人名", max_length=200, blank=True)
    home = models.ForeignKey(
        "register.Home", models.PROTECT, null=True, blank=True, verbose_name="施設"
    )
    center_code = models.CharField("児童相談所コード", max_length=100, null=True, blank=True)
    """The center of who works at one; blank: at all of the authority."""

    class Meta:
        abstract = True

    @property
    def kind(self) -> type[Role]:
        """The role's class."""
        return ROLES[self.role]

    @property
    def scope_label(self) -> str:
        """Name what the role is held over."""
        part = self.home or self.operator or self.center_code
        named = [str(one) for one in (self.authority, part) if one]
        return " ".join(named) or {"nation": _("全国"), "instance": _("システム")}[self.kind.scope]


class Membership(Scoped):
    """A person's role; it ends and is never deleted."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    given_at = clock.Moment(auto_now_add=True)
    given_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=_scope_fits(), name="membership_scope_fits"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="membership_end_paired",
            ),
        ]

    def __str__(self) -> str:
        return bracketed(self.kind.name.say(language()), self.scope_label)


class Invitation(Scoped):
    """An invitation by e-mail. Only a digest of its token is stored."""

    email = models.EmailField("メールアドレス")
    digest = models.CharField(max_length=64, unique=True)
    invited_at = clock.Moment(auto_now_add=True)
    invited_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField("有効期限")
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=_scope_fits(), name="invitation_scope_fits"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_acceptance_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} {self.kind.name.say(language())}"


class Draft(models.Model):
    """What a person typed into the form of a page, by its address, and has not saved.

    Nobody else can read it, and it is not one of the office's rows: it is neither in the log nor in
    backups. It never contains passwords, codes or files.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="drafts")
    page = models.CharField("画面", max_length=LONGEST_PAGE)
    form = models.CharField("記入した画面の番号", max_length=LONGEST_FORM, default="")
    typed = models.TextField("記入した内容")
    has_files = models.BooleanField("ファイルがあった", default=False)
    resumes = models.BooleanField("次に開いたときに表示する", default=False)
    at = clock.Moment("日時", auto_now=True, db_index=True)

    class Meta:
        verbose_name = "下書き"
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["person", "page"], name="draft_one_a_page"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.at:%Y-%m-%d %H:%M}"
