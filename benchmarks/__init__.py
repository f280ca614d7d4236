"""How fast the product is, beside its peers: scripts that a person runs, never a timed test.

Each module with a `main` is one measurement, started from the top of the repository as
`python -m benchmarks.NAME`. `README.md` keeps the figures.
"""
