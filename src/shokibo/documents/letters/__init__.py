"""Letters about decisions on applications."""
