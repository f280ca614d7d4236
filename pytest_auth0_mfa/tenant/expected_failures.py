r"""What a tenant, or a vendor's product, is known to get wrong: entries of the profile.

    [[expected-failure]]
    requirement = "MFA-VERIFY-REPLAY"
    factors = ["otp", "sms"]               # or factor = "otp"; without either: every factor
    reason = "known, ticket 42"
    owner = "identity team"                # who sees to it that it is mended
    expires = 2026-12-31                   # the last day on which it is expected

They ratchet: what is listed and fails is `known`, what no longer fails is `stale` and fails the
run, and so does whatever fails after its last day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.errors import SettingsError
from pytest_auth0_mfa.spelling import hint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

WARNED_DAYS: Final = 14
"""So many days before its last one an entry is spoken of."""

_TEXTS: Final = ("requirement", "reason", "owner")
_KEYS: Final = ("requirement", "factor", "factors", "reason", "owner", "expires")
_REQUIRED: Final = {"requirement", "reason"}


@dataclass(frozen=True, slots=True)
class ExpectedFailure:
    """A requirement that is known to be broken; `factors` None stands for every factor.

    `expires` is the last day on which that is expected, None where it is without end.
    """

    requirement: str
    factors: tuple[str, ...] | None
    reason: str
    owner: str | None = None
    expires: date | None = None

    def covers(self, requirement: str, factor: str) -> bool:
        """Whether this is about a requirement and factor."""
        return self.requirement == requirement and factor in (self.factors or (factor,))

    def has_expired(self, today: date) -> bool:
        """Whether its last day is over."""
        return self.expires is not None and self.expires < today

    def soon_expires(self, today: date) -> bool:
        """Whether its last day is near, or over."""
        return self.expires is not None and (self.expires - today).days <= WARNED_DAYS

    @property
    def name(self) -> str:
        """`MFA-VERIFY-REPLAY [otp, sms]`."""
        factors = f" [{', '.join(self.factors)}]" if self.factors else ""
        return f"{self.requirement}{factors}"

    def __str__(self) -> str:
        """The reason, and who sees to it until when."""
        known = (
            self.owner and f"owner {self.owner}",
            self.expires and f"until {self.expires.isoformat()}",
        )
        told = ", ".join(each for each in known if each)
        return f"{self.reason} ({told})" if told else self.reason


def due(entries: Iterable[ExpectedFailure], today: date) -> Iterator[str]:
    """What is to be said of entries that expire soon, or have."""
    for entry in entries:
        if entry.has_expired(today):
            yield f"expected failure {entry.name} has expired: {entry}; mend it, or move its date"
        elif entry.soon_expires(today) and entry.expires:
            days = (entry.expires - today).days
            yield f"expected failure {entry.name} expires in {days} days: {entry}"


def read_expected_failures(
    tables: Iterable[Mapping[str, object]], where: str, factors: Sequence[str]
) -> tuple[ExpectedFailure, ...]:
    """The entries of a profile; `factors` are all that there are.

    `where` names the profile in what `SettingsError` says is wrong.
    """
    name, known = f"{where}: [[expected-failure]]", (*factors, "any")
    entries = [_Reader(table, name, known).entry() for table in tables]
    _check_once(entries, where)
    return tuple(entries)


class _Reader:
    """Reads one entry, which it names in every complaint once it knows its requirement."""

    def __init__(self, table: Mapping[str, object], where: str, factors: tuple[str, ...]) -> None:
        self._table = table
        self._known = factors
        name = table.get("requirement")
        self._where = f"{where} of {name}" if isinstance(name, str) and name else where

    def entry(self) -> ExpectedFailure:
        for key in self._table:
            if key not in _KEYS:
                raise self._wrong(
                    f"unknown key {key!r}; {hint(key, _KEYS, 'known: ' + ', '.join(_KEYS))}"
                )
        requirement, reason, owner = (self._text(key) for key in _TEXTS)
        return ExpectedFailure(requirement or "", self._factors(), reason or "", owner, self._day())

    def _text(self, key: str) -> str | None:
        value = self._table.get(key)
        if value is None and key not in _REQUIRED:
            return None
        if not isinstance(value, str) or not value.strip():
            found = "nothing" if value is None or value == "" else type(value).__name__
            raise self._wrong(f"{key}: expected a text, got {found}")
        return value

    def _factors(self) -> tuple[str, ...] | None:
        if "factor" in self._table and "factors" in self._table:
            raise self._wrong("factor and factors: write one of them")
        if "factor" in self._table:
            return (self._factor(self._table["factor"], "factor"),)
        if "factors" not in self._table:
            return None
        value = self._table["factors"]
        if not isinstance(value, list) or not value:
            raise self._wrong(f"factors: expected a list of {', '.join(self._known)}")
        return tuple(self._factor(each, "factors") for each in value)

    def _factor(self, value: object, key: str) -> str:
        if isinstance(value, str) and value in self._known:
            return value
        known = f"known: {', '.join(self._known)}"
        raise self._wrong(
            f"{key}: unknown factor {value!r}; {hint(str(value), self._known, known)}"
        )

    def _day(self) -> date | None:
        value = self._table.get("expires")
        if isinstance(value, str):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        elif value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        raise self._wrong(f"expires: expected a date such as 2026-12-31, got {str(value)!r}")

    def _wrong(self, message: str) -> SettingsError:
        return SettingsError(f"{self._where}: {message}")


def _check_once(entries: Sequence[ExpectedFailure], where: str) -> None:
    """Refuse a second entry for the same: which of two reasons holds nobody could tell."""
    for number, entry in enumerate(entries):
        for earlier in entries[:number]:
            if earlier.requirement == entry.requirement and _overlap(earlier, entry):
                raise SettingsError(
                    f"{where}: [[expected-failure]]: two entries cover {entry.name}; keep one"
                )


def _overlap(one: ExpectedFailure, other: ExpectedFailure) -> bool:
    if one.factors is None or other.factors is None:
        return one.factors is other.factors
    return bool(set(one.factors) & set(other.factors))
