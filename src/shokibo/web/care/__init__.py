"""The child guidance center's app: children by code, their records, clocks, and who looked."""
