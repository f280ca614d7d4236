"""Configuration of this repository's own tests; the bundled suites need nothing of it."""
