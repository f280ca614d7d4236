"""A certificate for the mock's address, from a CA made for this run.

Owns the files that hold them. Must not be used to serve anything but loopback tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Certificates:
    """Where the PEM files are: the CA to trust, and the server's chain with its key."""

    ca_file: Path
    chain_file: Path


def issue(hosts: Iterable[str], folder: str) -> Certificates:
    """Issue a certificate for `hosts` and the names of loopback, with its files in `folder`."""
    import trustme  # noqa: PLC0415  Slow to import, and needed for TLS only.

    names = dict.fromkeys((*hosts, "localhost", "127.0.0.1", "::1"))
    authority = trustme.CA()
    files = Certificates(Path(folder, "ca.pem"), Path(folder, "server.pem"))
    authority.cert_pem.write_to_path(files.ca_file)
    authority.issue_cert(*names).private_key_and_cert_chain_pem.write_to_path(files.chain_file)
    return files
