"""What the environment says about this installation, read once by the settings."""
