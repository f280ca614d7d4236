"""`python -m pytest_auth0_mfa.cli`."""

from __future__ import annotations

import sys

from pytest_auth0_mfa.cli import main

sys.exit(main())
