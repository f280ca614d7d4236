"""Moves that set their own scene: they prepare what they are about, by calls like any other.

Chance alone would seldom bring about two prompts at once, or a code that is just too old. Each
takes numbers that somebody draws, as the others in `moves` do.
"""
