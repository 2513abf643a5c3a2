"""shokibo (小規模): small, dispersed children's homes, from register to returns."""

import os

# The frames of an authority are small: Polars' streaming engine needs twice the time for them.
os.environ.setdefault("POLARS_ENGINE_AFFINITY", "in-memory")
