"""Every number and every yes or no by which the tenant behaves, in one place.

The engine asks these rules wherever it could do one thing or another. The defaults are what
Auth0 documents or was recorded to do; a tenant that is wrong in one way is the same engine with
`dataclasses.replace(RULES, ...)`. Must not hold behaviour of its own.

Sources, by the key used below:

* ROPG: https://auth0.com/docs/secure/multi-factor-authentication/authenticate-using-ropg-flow-with-mfa
* MANAGE: https://auth0.com/docs/secure/multi-factor-authentication/manage-mfa-auth0-apis/manage-authenticator-factors-mfa-api
* REF: https://auth0.com/docs/api/authentication/multi-factor-authentication
* SMS: https://auth0.com/docs/secure/multi-factor-authentication/authenticate-using-ropg-flow-with-mfa/enroll-challenge-sms-voice-authenticators
* EMAIL: https://auth0.com/docs/secure/multi-factor-authentication/authenticate-using-ropg-flow-with-mfa/enroll-and-challenge-email-authenticators
* EXPIRY: https://community.auth0.com/t/email-mfa-otp-expiry-time-and-mfa-token-expiry-time/123043
* SWIFT: https://github.com/auth0/Auth0.swift Auth0Tests/MFA/Auth0MFAClientTests.swift
* NOTES: https://github.com/fiddur/docs OauthMfaErrors.md
* LIMITS: https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy
* RECORDED: https://github.com/auth0/go-auth0 test/data/recordings/authentication
* RUBY: https://github.com/auth0/ruby-auth0 spec/fixtures/vcr_cassettes
* PUSH: https://auth0.com/docs/secure/multi-factor-authentication/authenticate-using-ropg-flow-with-mfa/enroll-and-challenge-push-authenticators
* DEVICE: https://github.com/auth0/Guardian.swift Guardian/Authentication/AuthenticationDevice.swift
* JWT: https://auth0.com/docs/get-started/authentication-and-authorization-flow/authenticate-with-private-key-jwt
* DRAFT: https://github.com/jaredhanson/draft-oauth-mfa
* GUARDIAN: https://auth0.com/docs/secure/multi-factor-authentication/multi-factor-authentication-developer-resources/guardian-error-code-reference
* BRUTE: https://auth0.com/docs/secure/attack-protection/brute-force-protection
* TOTP: https://support.auth0.com/center/s/article/auth0-acceptance-of-otp-mfa-codes-after-30-seconds
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa.mock.messages import Json
    from pytest_auth0_mfa.mock.operations import Operation
    from pytest_auth0_mfa.mock.wording import Wording

Omission: TypeAlias = "tuple[Operation, str]"
"""An operation and one of its parameters."""

ClaimsEdit: TypeAlias = "Callable[[dict[str, Json]], dict[str, Json]]"
"""Makes the claims of a token out of the right ones."""


WordingEdit: TypeAlias = "Callable[[Wording], Wording]"
"""Makes the sentences of messages out of the usual ones."""


def usual(words: Wording) -> Wording:
    """Leave sentences as they are."""
    return words


def unchanged(claims: dict[str, Json]) -> dict[str, Json]:
    """Leave claims as they are."""
    return claims


@dataclass(frozen=True, slots=True)
class Rules:
    """How the tenant behaves. A field says what is so; its default says what is right."""

    # What an administrator chose before anybody came.
    friendly_name: str = "Mock Tenant"
    mfa_customized: bool = False  # ROPG: Early Access, off unless it is switched on.

    # Lifetimes, in seconds.
    mfa_token_lifetime_s: float = 600.0  # ROPG: ten minutes, not configurable.
    mfa_audience_lifetime_s: int = 600  # ROPG: ten minutes, not configurable.
    access_token_lifetime_s: int = 86_400  # RECORDED: every token answer.
    api_token_lifetime_s: int = 86_400  # RECORDED; an administrator may choose for each API.
    id_token_lifetime_s: int = 36_000  # RUBY: exp - iat of a decoded id_token.
    oob_code_lifetime_s: float = 300.0  # EXPIRY: five minutes, whatever the mfa_token has left.
    expiry_ignored_by: frozenset[Operation] = frozenset()
    access_expiry_ignored_by: frozenset[Operation] = frozenset()

    # Logging in.
    password_checked: bool = True
    unknown_user_revealed: bool = False  # RUBY: the same answer as for a wrong password.
    password_realm_known: bool = True
    audience_checked: bool = True
    mfa_token_fresh: bool = True
    mfa_token_padded: bool = False  # ROPG samples put the token into curl --data unencoded.
    mfa_token_cipher_length: int = 1750  # RECORDED: of 1,986 characters in all.
    mfa_token_looks_like_jwt: bool = False  # RECORDED: Fe26.2.
    login_reads_json: bool = True  # RUBY: a JSON body on /oauth/token.
    mfa_audience_free_without_factor: bool = True  # MANAGE: minted at once.
    mfa_audience_free_with_email: bool = True  # MANAGE: e-mail alone does not count.
    mfa_audience_free_with_verified_email: bool = True  # The same, where nobody enrolled it.
    mfa_audience_steps_up: bool = True  # MANAGE: challenged once there is a factor.
    mfa_audience_needs_slash: bool = False  # Tenants are asked without it as well.
    mfa_audience_claim_has_slash: bool = True  # MANAGE: https://{domain}/mfa/.
    refresh_keeps_mfa_audience: bool = True  # MANAGE: renewed with a refresh token.
    other_audiences_accepted_by: frozenset[Operation] = frozenset()

    # Users who may not log in.
    blocked_users_log_in: bool = False
    blocked_users_verify: bool = False  # NOTES: refused at the second factor too.
    login_limit: int = 20  # LIMITS: for one user from one address, right or wrong.
    wrong_password_limit: int = 10  # BRUTE: the default, for one user from one address.
    wrong_passwords_counted_by_user: bool = True
    wrong_passwords_counted_by_address: bool = True

    # Several authenticators of one user.
    further_factors_accepted: bool = True  # ROPG: each of them completes a login.
    confirmation_drops_others: bool = False
    removal_takes_others: bool = False
    name_decides: bool = True  # REF: authenticator_id says which one is challenged.
    type_decides: bool = True  # REF: challenge_type says which kind is.
    default_among_several: bool = True  # REF: without either the tenant chooses.
    pending_challengeable_beside: bool = False  # MANAGE: only active ones, whatever else is there.

    # Several logins of one user.
    completion_ends_other_logins: bool = False
    wrong_code_ends_other_logins: bool = False
    other_logins_codes_accepted: bool = False
    prompts_allow_other_logins: bool = False

    # Factors that are switched off; GUARDIAN has codes for the refusals.
    disabled_enrollable: bool = False
    disabled_challengeable: bool = False
    disabled_code_issued: bool = False
    disabled_code_accepted: bool = False

    # Clients, https://www.rfc-editor.org/rfc/rfc6749#section-2.3.
    public_clients_accepted: bool = True
    basic_ignored_by: frozenset[Operation] = frozenset()
    wrong_secret_ignored_by: frozenset[Operation] = frozenset()  # REF: everywhere if sent.
    missing_secret_ignored_by: frozenset[Operation] = frozenset()
    association_takes_credentials: bool = True  # REF: they may be sent, if seldom needed.
    unknown_client_refused: bool = True
    missing_client_refused: bool = True
    client_grants_checked: bool = True
    client_credentials_signed: bool = True
    refresh_client_checked: bool = True  # RFC 6749, section 6.

    # Clients that sign an assertion: JWT.
    assertions_ignored_by: frozenset[Operation] = frozenset()
    assertion_needed: bool = True
    assertion_names_client: bool = True  # JWT: the sample sends no client_id.
    assertion_type_checked: bool = True
    assertion_signature_checked: bool = True
    assertion_algorithm_checked: bool = True  # JWT: that of the credential.
    unneeded_assertion_claims: frozenset[str] = frozenset()
    assertion_subject_checked: bool = True
    assertion_audience_checked: bool = True
    assertion_expiry_checked: bool = True
    assertion_lifetime_s: float = 300.0  # JWT: five minutes at most.
    assertion_clock_skew_s: float = 10.0  # JWT: for iat and nbf.
    assertion_used_once: bool = True  # JWT: a one-time use token.

    # Parameters, https://www.rfc-editor.org/rfc/rfc6749#section-3.2.
    unnoticed_omissions: frozenset[Omission] = frozenset()
    repetitions_refused: bool = True
    lists_read_as_texts: bool = False
    methods_checked: bool = True

    # Enrollment.
    types_parameter: str = "authenticator_types"  # RECORDED; tables of SMS and EMAIL differ.
    otp_secret_bytes: int = 20  # RECORDED: 32 characters of base32.
    otp_secret_fresh: bool = True
    pending_blocks_association: bool = False  # RECORDED: unconfirmed ones pile up.
    active_blocks_association: bool = True  # MANAGE: an mfa_token enrolls the first one only.
    active_blocks_access_tokens: bool = False  # MANAGE: an access token enrolls more of them.
    enrollment_scope_checked: bool = True
    unknown_types_refused: bool = True
    unknown_channels_refused: bool = True
    phone_number_checked: bool = True  # SMS: E.164.
    email_required: bool = False  # The user's own address otherwise: github.com/auth0/auth0-spa-js
    verified_email_blocks_association: bool = False  # RECORDED: listed, and no obstacle.
    disabled_twin_enrolled: bool = False  # RECORDED: one entry where SMS alone is enabled.
    twin_shares_suffix: bool = True  # SWIFT: two entries, one suffix.
    oob_code_repeated_by: frozenset[Operation] = frozenset()
    oob_code_cipher_length: int = 384  # RECORDED: of 620 characters in all, or 578.
    pending_replaced: bool = False  # Not on record: whether the same phone enrolls twice.
    extra_fields_ignored: bool = True
    confirmation_keeps_id: bool = True
    confirmation_takes_access_tokens: bool = True
    wrong_code_confirms: bool = False
    authenticator_id_length: int = 16  # RECORDED: dev_ and sixteen letters and digits.

    # Delivered codes.
    binding_code_length: int = 6  # SMS, EMAIL: a code of six digits.
    binding_code_fresh: bool = True
    challenge_ends_earlier: bool = False  # Not on record: whether of one login.
    default_language: str = "en"
    edit_wording: WordingEdit = usual  # Administrators write texts of their own.
    emails_as_html: bool = True

    # Recovery codes.
    recovery_code_length: int = 24  # RECORDED; no 0, I or O in any sample.
    recovery_code_issued_once: bool = True  # RECORDED: the second association has none.
    recovery_code_fresh: bool = True
    recovery_code_rotated: bool = True  # ROPG: a used one is replaced.
    rotated_recovery_code_works: bool = True  # ROPG: a new code comes with the tokens.
    used_recovery_code_accepted: bool = False
    last_removal_drops_recovery_code: bool = True  # The next login enrolls from the start.

    # Listing.
    listing_own_only: bool = True
    names_masked: bool = True  # RECORDED: XXXXXXXXX9167.
    verified_email_listed: bool = True  # RECORDED: active, without enrollment.
    unverified_email_listed: bool = False
    listing_takes_access_tokens: bool = True  # MANAGE: with read:authenticators.
    listing_scope_checked: bool = True

    # Challenge.
    challenge_reads_forms: bool = True
    challenge_by_id: bool = True
    challenge_takes_access_tokens: bool = False
    twin_challengeable: bool = True
    verified_email_challengeable: bool = True  # EMAIL: all users with verified addresses.
    challenge_type_required: bool = False  # REF: absent means any.
    pending_challengeable: bool = False  # MANAGE: only active ones can be challenged.
    unsupported_types_refused: bool = True
    type_lists_read: bool = True  # REF: several types between blanks.
    type_case_ignored: bool = True  # DRAFT: in any case.
    foreign_authenticator_refused: bool = True
    foreign_client_ignored_by: frozenset[Operation] = frozenset()

    # Verification.
    challenge_needed: bool = False  # REF: an OTP challenge may be skipped.
    totp_previous_steps: int = 1  # TOTP: the current step and the one before it.
    totp_next_steps: int = 0  # Not on record.
    reused_code_accepted: bool = False  # ROPG: a validated code cannot be used again.
    foreign_codes_accepted: bool = False
    malformed_otp_accepted: bool = False
    malformed_recovery_code_accepted: bool = False
    wrong_code_spends_mfa_token: bool = False
    oob_code_bound: bool = True  # NOTES: good with the mfa_token that it was given under.
    reused_binding_code_accepted: bool = False  # SMS: used once.
    foreign_binding_code_accepted: bool = False
    malformed_binding_code_accepted: bool = False
    wrong_binding_code_confirms: bool = False
    wrong_binding_code_spends_mfa_token: bool = False
    uses_travel_s: float = 0.0  # RFC 6238, 5.2: a used code is used wherever it is sent next.
    bearer_refused: bool = False  # ROPG samples send a needless bearer to /oauth/token.
    verification_reads_json: bool = True

    # Tokens.
    edit_id_token: ClaimsEdit = unchanged
    edit_access_token: ClaimsEdit = unchanged
    edit_api_token: ClaimsEdit = unchanged  # Of those, the ones for an API of one's own.
    refresh_token_cipher_length: int = 0  # As long as it need be; not on record.
    opaque_token_looks_like_jwe: bool = False  # RUBY: opaque where no audience was named.
    id_token_needs_openid: bool = True
    refresh_needs_offline_access: bool = True
    api_tokens_signed: bool = True
    userinfo_bearer_checked: bool = True
    signature_ignored_by: frozenset[Operation] = frozenset()

    # Deletion.
    removed_codes_accepted: bool = False
    recovery_code_removable: bool = False  # MANAGE: the Management API renews it.
    removed_still_listed: bool = False
    pending_removable: bool = True  # RECORDED: an unconfirmed one is deleted.
    removal_allows_enrollment: bool = True
    unknown_removal_refused: bool = True
    foreign_removal_refused: bool = True
    removal_takes_mfa_token: bool = False  # MANAGE: an mfa_token is not enough.
    removal_scope_checked: bool = True
    removal_needs_reading: bool = False  # MANAGE: each scope is for one thing.
    removal_takes_twin: bool = True  # MANAGE: deleting sms deletes voice and the other way round.
    verified_email_removable: bool = False  # MANAGE: only addresses that were enrolled.

    # Limits on wrong codes: LIMITS, ten at once and ten more an hour, for each user.
    wrong_code_burst: int = 10
    wrong_code_refill_s: float = 360.0
    success_resets_count: bool = (
        False  # https://auth0.com/docs/deploy-monitor/logs/log-event-type-codes
    )

    # Limits on messages: LIMITS, for each user, text messages and calls together.
    phone_message_burst: int = 10
    phone_message_refill_s: float = 3600.0
    email_burst: int = 20
    email_refill_s: float = 60.0
    push_burst: int = 5
    push_refill_s: float = 12.0

    # Push: barcodes, prompts, and what devices send.
    ticket_length: int = 32  # RECORDED: letters and digits in the barcode.
    ticket_lifetime_s: float = 300.0  # PUSH: to be scanned within five minutes.
    prompt_lifetime_s: float = 300.0  # As the oob_code that awaits its answer.
    poll_burst: int = 12  # LIMITS: exchanges of one oob_code,
    poll_refill_s: float = 5.0  # and twelve more a minute.
    ticket_fresh: bool = True
    ticket_used_once: bool = True
    companion_shares_suffix: bool = False  # RECORDED: two entries, two suffixes.
    companion_accepted: bool = True  # MANAGE: push brings one-time passwords along.
    prompt_challenge_fresh: bool = True
    prompt_names_tenant: bool = True  # DEVICE: where the login comes from.
    prompt_source_is_host: bool = False  # DEVICE: a URL or a bare host.
    answered_once: bool = True
    rejection_final: bool = True  # PUSH: a rejected login is over.
    removal_takes_companion: bool = True  # MANAGE: deleting push deletes its otp and vice versa.
    device_key_bits: int = 2048  # DEVICE: what SDKs make.
    device_ec_keys_taken: bool = True  # https://github.com/abbaspour/guardian-bash
    device_key_checked: bool = True
    device_unsigned_refused: bool = True  # https://www.rfc-editor.org/rfc/rfc8725#section-3.1
    device_audience_checked: bool = True
    device_issuer_checked: bool = True
    device_challenge_checked: bool = True
    device_times_checked: bool = True
    foreign_devices_refused: bool = True
    device_bearer_checked: bool = True
    device_leaving_removes: bool = True
    challenge_response_lifetime_s: float = 30.0  # DEVICE: exp - iat.
    device_bearer_lifetime_s: float = 7200.0  # DEVICE: exp - iat, for the account of the device.
    device_clock_skew_s: float = 5.0  # Not on record; clocks of devices are set by the network.


RULES = Rules()
"""A tenant that behaves as documented."""
