"""Looks for what nobody wrote down: a model of the tenant, and sequences of calls held against it.

Three layers: the model, which makes a call and says what must come of it (the modules of this
folder); `moves` and `trials`, which choose calls; `machine` and `exploration`, which draw and end.
Knows neither pytest nor the mock. Only `machine` needs Hypothesis (extra `explore`).
"""
