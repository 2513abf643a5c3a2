"""Help in its place: the guide by sections, words, keys, and the first day."""
