"""The nation's forms as documents."""
