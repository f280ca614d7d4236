"""The grants of `/oauth/token`, one module each; they decide, `tokens` mints."""
