"""Looks for what nobody wrote down: a model of the tenant, and sequences of calls held against it.

Knows neither pytest nor the mock. Only `machine` needs Hypothesis (extra `explore`).
"""
