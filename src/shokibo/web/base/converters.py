"""Parts of addresses."""


class AuthorityCode:
    """A 団体コード of six digits."""

    regex = "[0-9]{6}"

    def to_python(self, value: str) -> str:
        """Return the code."""
        return value

    def to_url(self, value: str) -> str:
        """Return the part of the address."""
        return value


class Number:
    """A row's key, a year or an edition; none is longer than the database's keys."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        """Return the number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Return the part of the address."""
        return str(value)
