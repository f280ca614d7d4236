"""What developers use today in place of a tenant, started as they start it."""
