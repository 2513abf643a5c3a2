"""Versions of the plan: proposed, published by another person, compared with each other."""
