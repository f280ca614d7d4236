"""The doctor: looks at a tenant and its configuration, says what would break and how to mend it.

Owns the checks, what came of each, and how that is told. It reads; all that it ever changes is one
user of its own, whom it deletes. Must not know pytest, nor the mock.
"""
