"""How each factor proves possession: what it shows, and which grant redeems it."""
