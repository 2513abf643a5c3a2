"""What an authority sets for itself: its own values, and how it reports; by four eyes."""
