"""Where codes arrive that a tenant delivers: text messages, calls, e-mail."""
