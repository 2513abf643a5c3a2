"""What the API takes and gives, as schemas."""
