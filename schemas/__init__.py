"""What each documented response of the MFA API looks like, and whether one at hand conforms.

One file for each response, ``<response id>.schema.json``, in JSON Schema 2020-12; this package
reads them and compares. It neither sends requests nor knows pytest, and it loads the JSON Schema
library at the first comparison only, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from ._check import check
from ._findings import Finding
from ._registry import (
    ResponseSchema,
    UnknownResponseError,
    baseline_schema,
    describe,
    doctor_schema,
    report_schema,
    response_ids,
)

__all__ = [
    "Finding",
    "ResponseSchema",
    "UnknownResponseError",
    "baseline_schema",
    "check",
    "describe",
    "doctor_schema",
    "report_schema",
    "response_ids",
]
