"""Forms as they were filed, by whomever and however typed: read, checked, compared, added up."""
