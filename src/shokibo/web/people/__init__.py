"""The pages about people: one's own account, invitations, roles."""
