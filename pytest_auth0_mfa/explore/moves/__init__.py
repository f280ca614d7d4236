"""The moves of an exploration: what is done with which of the things that are there.

Each move takes numbers that somebody draws, and chooses by them: 0 is the latest of its kind. A
move for which nothing is there does nothing. Must not know who draws.
"""
