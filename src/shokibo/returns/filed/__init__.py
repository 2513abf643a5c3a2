"""Forms as filed by any sender, however typed: read, checked, compared, added up."""
