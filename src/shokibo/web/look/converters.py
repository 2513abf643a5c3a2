"""Parts of addresses."""


class AuthorityCode:
    """A 団体コード of six digits."""

    regex = "[0-9]{6}"

    def to_python(self, value: str) -> str:
        """Give the code."""
        return value

    def to_url(self, value: str) -> str:
        """Give the part of the address."""
        return value
