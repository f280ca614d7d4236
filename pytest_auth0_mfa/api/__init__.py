"""The client side of the MFA API: requests in, answers and recorded exchanges out; never judges."""
