"""The ministry's pages: what came, what is missing, the nation over the years, and its sum."""
