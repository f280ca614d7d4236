"""A device on which the user allows or rejects a login: the factor `push`.

There is no code to type. The device scans the barcode of the association, or allows the prompt
of a challenge; the login then asks with its `oob_code` until the tenant has noticed.
Source: https://auth0.com/docs/secure/multi-factor-authentication/authenticate-using-ropg-flow-with-mfa/enroll-and-challenge-push-authenticators
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from pytest_auth0_mfa.api.client import OMIT
from pytest_auth0_mfa.api.polling import poll
from pytest_auth0_mfa.errors import Prerequisite, Untestable
from pytest_auth0_mfa.factors.sent import Sent
from pytest_auth0_mfa.factors.totp import Totp
from pytest_auth0_mfa.guardian.approver import HeadlessApprover

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_auth0_mfa.api.exchange import Answer
    from pytest_auth0_mfa.api.login import Login
    from pytest_auth0_mfa.api.secret import Secret
    from pytest_auth0_mfa.factors.totp import Claim
    from pytest_auth0_mfa.guardian.approver import Approver
    from pytest_auth0_mfa.tenant.clock import UserClock


class PushDevice:
    """Proves the factor `push` with a device in somebody's hand."""

    challenge_type = "oob"
    must_be_challenged = True

    def __init__(
        self,
        approver: Approver,
        clock: UserClock,
        learn: Callable[[str, str], Secret],
        claim: Claim,
    ) -> None:
        """Have the prompts answered by `approver`, in the time of `clock`."""
        self.approver = approver
        self._clock = clock
        self._learn = learn
        self._claim = claim
        self._sent = Sent()
        self._barcode: Secret | None = None
        self._is_to_scan = False
        self._is_prompted = False
        self._is_enrolled = False
        self._companion: Totp | None = None

    @property
    def headless(self) -> HeadlessApprover:
        """The approver as a device that tests can command; raises `Untestable` for another."""
        if not isinstance(self.approver, HeadlessApprover):
            raise Untestable(
                "needs a headless device: the phone that answers here signs for itself, and no "
                "test can make it sign something else"
            )
        return self.approver

    @property
    def has_companion(self) -> bool:
        """Whether the one-time passwords of the enrollment are at hand here."""
        if not isinstance(self.approver, HeadlessApprover):
            return False
        totp = self.approver.device.account.totp
        return totp is not None and totp.is_usual

    @property
    def companion(self) -> Totp:
        """The one-time passwords that the enrollment brought along.

        Raises `Prerequisite` where it brought none of the recorded form.
        """
        if self._companion is None:
            totp = self.headless.device.account.totp
            if totp is None or not totp.is_usual:
                raise Prerequisite("the enrollment brought no one-time passwords of the usual form")
            self._companion = Totp(totp.secret, self._clock, self._learn, self._claim)
        return self._companion

    def association(self) -> Mapping[str, object]:
        """Ask for a barcode."""
        return {"authenticator_types": ["oob"], "oob_channels": ["auth0"]}

    def expect(self) -> None:
        """Take prompts that went unanswered so far as out of date."""
        if self._is_enrolled:
            self.approver.expect()

    def take(self, login: Login, answer: Answer) -> None:
        """Keep what an association or a challenge gave."""
        self._sent.keep(login, answer)
        # What the barcode must be is judged of the association: here it is scanned if it can be.
        self._is_to_scan = bool(answer.get("barcode_uri"))
        self._is_prompted = not self._is_to_scan
        if self._is_to_scan:
            self._barcode = answer.secret("barcode_uri")

    def is_challenged(self, login: Login) -> bool:
        """Whether this login awaits the device."""
        return self._sent.has(login)

    def oob_code(self, login: Login) -> Secret:
        """The latest `oob_code` of a login that awaits the device."""
        return self._sent.oob_code(login)

    def code(self) -> None:
        """Scan the barcode of the latest association, or allow the latest prompt, if not done yet.

        None, for there is nothing to type.
        """
        self._sent.check_latest()
        if self._is_to_scan:
            self.approver.scan(self._latest_barcode())
            self._scanned()
        elif self._is_prompted:
            self.allow()

    def introduce(self, barcode_uri: str | None = None, **changes: object) -> Answer:
        """Scan a barcode, the latest if none is given, with a new headless device.

        `changes` are `name` and `key` of the device. Returns the answer of the device API.
        """
        uri = barcode_uri or self._latest_barcode()
        answer = self.headless.introduce(uri, **changes)  # type: ignore[arg-type] # as said above
        if answer.accepted:
            self._scanned()
        return answer

    def ask(self, login: Login) -> Answer:
        """Ask once for the tokens of a login, whether the user has decided or not."""
        return login.verify_oob(self.oob_code(login), OMIT)

    def allow(self) -> None:
        """Allow the latest prompt."""
        self._is_prompted = False
        self.approver.allow()

    def reject(self) -> None:
        """Reject the latest prompt."""
        self._is_prompted = False
        self.approver.reject()

    def wrong_code(self) -> NoReturn:
        """Raise `Prerequisite`: no code belongs to a push."""
        raise Prerequisite("a push is allowed or rejected: there is no code that could be wrong")

    def malformed_code(self) -> NoReturn:
        """Raise `Prerequisite`, as `wrong_code` does."""
        self.wrong_code()

    def redeem(self, login: Login, code: object, **changes: object) -> Answer:
        """Ask with the `oob_code` of a login, or one in `changes`, until something is decided."""
        oob_code = changes.pop("oob_code", None) or self.oob_code(login)
        binding_code = OMIT if code is None else code
        return poll(lambda: login.verify_oob(oob_code, binding_code, **changes), self._clock)

    def _scanned(self) -> None:
        self._is_to_scan, self._is_enrolled = False, True

    def _latest_barcode(self) -> Secret:
        if self._barcode is None:
            raise Prerequisite("there is no barcode to scan: no association gave one")
        return self._barcode
