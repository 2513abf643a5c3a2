"""The variables of a production that is safe."""

import secrets

from cryptography.fernet import Fernet


def safe_production(**more: str) -> dict[str, str]:
    """Return the variables, with others over them."""
    return {
        "SHOKIBO_PRODUCTION": "1",
        "SHOKIBO_SECRET_KEY": secrets.token_urlsafe(64),
        "SHOKIBO_FACTOR_KEY": Fernet.generate_key().decode(),
        "SHOKIBO_HOSTS": "kodomo.pref.example.jp",
        "SHOKIBO_EMAIL_URL": "smtp+tls://mail.pref.example.jp:587",
        "SHOKIBO_EMAIL_FROM": "kodomo@pref.example.jp",
        "SHOKIBO_SECOND_FACTOR_OFF": "",
        "SHOKIBO_TODAY": "",
        **more,
    }
