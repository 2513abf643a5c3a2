"""The environment of a practice: its own folder, a fixed day, no second factor."""

PASSWORD = "shokibo-practice"  # noqa: S105

PRACTICE = {
    "SHOKIBO_VAR": "var/demo",
    "SHOKIBO_TODAY": "2023-04-05",
    "SHOKIBO_SECOND_FACTOR_OFF": "1",
}
"""The day is in April, after the example's last row: a year to report, a year to apply for."""
