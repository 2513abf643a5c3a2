"""Tokens of the API. Only a digest of the secret is kept."""

from typing import Any, ClassVar

from django.db import models

from shokibo.web.api.scopes import SCOPES
from shokibo.web.base import clock
from shokibo.web.base.language import language
from shokibo.web.register.columns import paired


class Tokens(models.QuerySet["ApiToken"]):
    """Finds tokens."""

    def live(self) -> "Tokens":
        """Return those that can still be used."""
        return self.filter(
            revoked_at__isnull=True,
            expires_at__gt=clock.now(),
            membership__ended_at__isnull=True,
            person__is_active=True,
        )


class ApiToken(models.Model):
    """A person's token at one authority, or over the nation where `authority` is blank.

    It carries the one role under which it was made, `membership`, and no other of the person. It
    ends by its day, by being revoked, and with that role; it is never deleted. One that was not
    made with a second factor opens no row of a child.
    """

    person = models.ForeignKey(
        "accounts.Person", models.PROTECT, related_name="tokens", verbose_name="利用者"
    )
    authority = models.ForeignKey(
        "register.Authority",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="自治体",
    )
    membership = models.ForeignKey(
        "accounts.Membership", models.PROTECT, related_name="tokens", verbose_name="役割"
    )
    name = models.CharField("トークンの名前", max_length=100)
    prefix = models.CharField("トークンの始め", max_length=20)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.CharField("範囲", max_length=60)
    has_factor = models.BooleanField("二段階認証を確かめて発行")
    made_at = clock.Moment("発行日時", auto_now_add=True)
    expires_at = models.DateTimeField("有効期限")
    last_used_at = models.DateTimeField("最終使用", null=True, blank=True)
    revoked_at = models.DateTimeField("失効日時", null=True, blank=True)
    revoked_by = models.ForeignKey(
        "accounts.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="失効させた人",
    )

    objects = Tokens.as_manager()

    class Meta:
        verbose_name = "APIトークン"
        ordering: ClassVar[list[str]] = ["-made_at", "-pk"]
        constraints: ClassVar[list[Any]] = [
            paired("revoked_at", "revoked_by", "token_revocation_paired")
        ]

    def __str__(self) -> str:
        return f"{self.name}({self.prefix}…)"

    @property
    def scope_codes(self) -> tuple[str, ...]:
        """The codes of its scopes."""
        return tuple(self.scopes.split())

    @property
    def scope_names(self) -> list[str]:
        """Its scopes in words."""
        return [SCOPES[code].name.say(language()) for code in self.scope_codes]

    @property
    def role_name(self) -> str:
        """The role and what it is held over."""
        return str(self.membership)

    @property
    def state(self) -> str:
        """`live`, `revoked`, `ended` with its role, or `expired`."""
        if self.revoked_at is not None:
            return "revoked"
        if self.membership.ended_at is not None:
            return "ended"
        return "live" if self.expires_at > clock.now() else "expired"
