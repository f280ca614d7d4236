"""The embedded mock tenant: an Auth0 tenant that lives in this process or in one of its own.

Everything but `server` is a pure engine: requests in, answers out, with the clock and the
randomness handed in. It must not open sockets, read the wall clock, or import anything from the
client side of the package; the two sides meet over HTTP alone.
"""
