"""shokibo (小規模): small, dispersed children's homes, from register to returns."""

import os

# An authority's frames are small: Polars' streaming engine takes twice as long on them.
os.environ.setdefault("POLARS_ENGINE_AFFINITY", "in-memory")
