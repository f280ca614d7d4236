"""The endpoints other than the control plane, one module each; they take a call, give an answer."""
