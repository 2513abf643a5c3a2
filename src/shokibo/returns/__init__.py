"""What is reported to the ministry: form 1 and form 2."""
