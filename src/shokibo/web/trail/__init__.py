"""The pages of the log: what was done, in words, and who looked at rows of staff."""
