"""Notifications through Firebase Cloud Messaging, received as a browser does. Experimental.

`receiver` is what a run sees; the rest is how a registration is made and a connection kept up.
"""
