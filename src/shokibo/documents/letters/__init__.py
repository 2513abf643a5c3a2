"""Letters of decisions."""
