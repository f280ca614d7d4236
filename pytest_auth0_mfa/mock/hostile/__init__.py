"""A bad day on the internet, in front of a tenant that behaves: hostile by seed.

What it is made of is in `ingredients`, what becomes of a request in `front`, what becomes of a
message in `outbox`. Nothing here changes what the tenant does; the control plane and the MailSlurp
account are spared, so that only the tenant's own answers and its messages suffer.

Deterministic means: the seed decides the fate of the n-th request to each endpoint and of the n-th
message by each channel, whoever sends it. A run without parallel workers that sends the same
requests in the same order meets the same fates; several workers meet the same number of them, in
the order in which their requests arrive.
"""
