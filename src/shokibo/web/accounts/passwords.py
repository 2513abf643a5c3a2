"""Passwords that somebody who knows the office would guess first."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

CONTEXT_WORDS = (
    "shokibo",
    "jidouyougo",
    "jidoyogo",
    "jidousoudan",
    "jidosodan",
    "kodomo",
    "password",
    "tantou",
    "kessai",
    "小規模",
    "児童養護",
    "児童相談",
    "こども家庭",
    "パスワード",
)
"""Names of the program, of its field and of its offices (docs/security.md)."""
LEAST_OWN_LETTERS = 8


class ContextWordsValidator:
    """Refuses a password that is little more than one of these words, like `shokibo-2026`."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError if fewer than eight characters are left without the words."""
        plain = rest = unicodedata.normalize("NFKC", password).casefold()
        for word in CONTEXT_WORDS:
            rest = rest.replace(word, "")
        if rest != plain and sum(map(str.isalpha, rest)) < LEAST_OWN_LETTERS:
            raise ValidationError(
                _(
                    "このソフトウェアや業務の名から推測されやすいパスワードです。"
                    "関係のない言葉をつなげたものにしてください。"
                ),
                code="password_context_word",
            )

    def get_help_text(self) -> str:
        """Describe what is refused."""
        return _("ソフトウェアや業務の名に数字を足しただけのものは使えません。")
