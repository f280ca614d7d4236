"""Baselines: what a tenant was found to do and to be set to, kept to be held against later runs.

Owns what is kept, that two runs on an unchanged tenant keep the same bytes, and what a difference
means. Must not know pytest, and sends nothing by itself.
"""
