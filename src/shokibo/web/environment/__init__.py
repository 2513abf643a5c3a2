"""What the environment says of this installation, read once by the settings."""
