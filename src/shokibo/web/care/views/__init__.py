"""The pages of children's records."""
