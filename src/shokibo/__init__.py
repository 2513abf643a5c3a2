"""shokibo (小規模): small, dispersed children's homes, from the register to the ministry's forms."""
