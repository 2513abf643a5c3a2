"""The pages of imports and downloads."""
