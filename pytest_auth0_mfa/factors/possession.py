"""What a user has in hand to prove a factor: an app, a phone or mailbox, a recovery code.

Each kind is a module beside this one; a flow speaks to all of them in these words, so that it is
written once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.api.exchange import Answer
    from pytest_auth0_mfa.api.login import Login
    from pytest_auth0_mfa.api.secret import Secret


class Possession(Protocol):
    """Proves one factor of one user.

    `challenge_type` is what a challenge asks for. `must_be_challenged` says that a code exists
    only after a challenge, which then has to name the authenticator.
    """

    challenge_type: str
    must_be_challenged: bool

    def association(self) -> Mapping[str, object]:
        """The body of `POST /mfa/associate` that enrolls it."""
        ...

    def expect(self) -> None:
        """Get ready for what the next association or challenge sends."""
        ...

    def take(self, login: Login, answer: Answer) -> None:
        """Keep what an association, or a challenge where it must be challenged, gave."""
        ...

    def is_challenged(self, login: Login) -> bool:
        """Whether a code for this login can be had."""
        ...

    def code(self) -> Secret | None:
        """A code that proves possession now; None where the device has proved it by itself.

        Raises `Prerequisite` where the association or challenge gave too little for one.
        """
        ...

    def wrong_code(self) -> Secret:
        """A well-formed code that proves nothing."""
        ...

    def malformed_code(self) -> Secret:
        """Something that is no code of this kind at all."""
        ...

    def redeem(self, login: Login, code: object, **changes: object) -> Answer:
        """Send a code for a login; `changes` override single parameters."""
        ...
