"""The support given by the authority and the homes, as figures of a fiscal year."""
