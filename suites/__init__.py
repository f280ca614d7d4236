"""The conformance suites and their catalogue, `requirements.toml`.

Owns what must hold, one requirement a test, in terms of the public package only: how requests
are sent and what the mock tenant knows are none of its business.
"""
