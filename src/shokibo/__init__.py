"""shokibo (小規模): small, dispersed children's homes, from register to returns."""
