"""The Management API of a tenant, as far as a run needs it: its token, its pace, its users.

Owns how the API is spoken to. Must not know why: journals, clean-up and sweeps are above it.
Source: https://auth0.com/docs/api/management/v2
"""
