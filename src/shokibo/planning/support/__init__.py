"""The support that the authority and the homes give, in figures of a fiscal year."""
