"""The page of responses: every schema, with what it describes."""

from __future__ import annotations

from typing import Final

from pytest_auth0_mfa import schemas
from tests.docs.markdown import escaped, table, told

NAME: Final = "reference/responses.md"
HEAD: Final = """\
# Responses and their schemas

Every documented response has a [JSON Schema](https://json-schema.org/draft/2020-12/schema) in
`schemas/`, and can be checked from your own tests:

```python
from pytest_auth0_mfa import schemas

body = {"authenticator_type": "otp", "secret": "JBSWY3DPEHPK3PXP"}
for finding in schemas.check("associate.otp", body, status=200):
    print(finding)
```

"""


def page() -> str:
    """The page as Markdown."""
    rows = [_row(schemas.describe(name)) for name in schemas.response_ids()]
    return f"{HEAD}{table(('id', 'response', 'request', 'status'), rows)}\n{_functions()}"


def _row(response: schemas.ResponseSchema) -> tuple[str, ...]:
    told = f"{escaped(response.title)}. {escaped(response.description)}"
    statuses = ", ".join(map(str, response.status))
    return f"`{response.id}`", told, f"`{response.request}`", statuses


def _functions() -> str:
    return (
        "".join(
            f"## `schemas.{each.__name__}`\n\n{told(each)}\n\n"
            for each in (schemas.check, schemas.response_ids, schemas.describe)
        ).rstrip()
        + "\n"
    )
