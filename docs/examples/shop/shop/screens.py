"""The screens: login, enrollment, challenge, recovery, and the list of authenticators."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)

from shop.mfa import PENDING, TOO_FAST, MfaApi, RefusedError
from shop.visits import Visit, Visits, is_ours

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

blueprint = Blueprint("screens", __name__)
FACTORS = {
    "otp": "an authenticator app",
    "sms": "a text message",
    "voice": "a call",
    "email": "an e-mail",
    "push": "Auth0 Guardian",
}
FORBIDDEN = 403


def mfa() -> MfaApi:
    """The MFA API of the tenant."""
    return cast("MfaApi", current_app.extensions["mfa"])


def visit() -> Visit:
    """What is remembered of whoever asks."""
    return cast("Visits", current_app.extensions["visits"]).of(session)


@blueprint.before_request
def check_form() -> None:
    """Refuse forms that this back end did not make for this visitor."""
    if request.method == "POST" and not is_ours(visit(), request.form.get("csrf", "")):
        abort(FORBIDDEN)


@blueprint.context_processor
def always_there() -> dict[str, str]:
    """What every template needs."""
    return {"csrf": visit().csrf}


@blueprint.errorhandler(RefusedError)
def refused(error: RefusedError) -> Response:
    """Tell the customer, and begin anew where the login has run out."""
    flash(str(error))
    if error.is_over or not visit().mfa_token:
        visit().mfa_token = ""
        return redirect(url_for(".home" if visit().tokens else ".log_in"))
    return redirect(request.referrer or url_for(".challenge"))


@blueprint.get("/")
def home() -> str | Response:
    """The shop, for those who are logged in."""
    if not visit().tokens:
        return redirect(url_for(".log_in"))
    return render_template("home.html", email=visit().email)


@blueprint.get("/login")
def log_in() -> str:
    """Ask for address and password."""
    return render_template("login.html", action=url_for(".check_password"), email=visit().email)


@blueprint.post("/login")
def check_password() -> Response:
    """The first factor; the second where the tenant asks for it."""
    return _logged_in(request.form["email"], request.form["password"])


def _logged_in(email: str, password: str, audience: str | None = None) -> Response:
    """Log in, and lead to the screen that comes next."""
    answer = mfa().log_in(email, password, audience)
    visit().begin(email, answer.get("mfa_token", ""), is_managing=audience is not None)
    if "mfa_token" not in answer:
        visit().complete(answer)
        return redirect(url_for(".authenticators" if audience else ".home"))
    has_any = mfa().authenticators(visit().mfa_token)
    return redirect(url_for(".challenge" if has_any else ".choose"))


@blueprint.get("/enroll")
def choose() -> str:
    """Let a customer without factors choose one."""
    return render_template("choose.html", factors=FACTORS)


@blueprint.post("/enroll/<factor>")
def enroll(factor: str) -> str:
    """Begin an enrollment, and show what is needed to confirm it."""
    if factor not in FACTORS:
        abort(404)
    begun = mfa().enroll(visit().mfa_token, factor, request.form.get("address", ""))
    visit().oob_code, visit().is_push = begun.get("oob_code"), factor == "push"
    return render_template("enroll.html", begun=begun, is_push=visit().is_push)


@blueprint.get("/challenge")
def challenge() -> str:
    """Let a customer choose by which authenticator to go on."""
    return render_template("challenge.html", listed=mfa().authenticators(visit().mfa_token))


@blueprint.post("/challenge")
def ask() -> str:
    """Have a code or a prompt sent; a code of an app needs nothing to be sent."""
    begun = mfa().challenge(visit().mfa_token, request.form["id"])
    visit().oob_code = begun.get("oob_code")
    visit().is_push = visit().oob_code is not None and "binding_method" not in begun
    return render_template("code.html", is_push=visit().is_push)


@blueprint.get("/code")
def code() -> str:
    """Ask for the code once more."""
    return render_template("code.html", is_push=visit().is_push)


@blueprint.post("/code")
def verify() -> str | Response:
    """The second factor: a code, or whether a prompt was allowed."""
    typed = "" if visit().is_push else request.form["code"].strip()
    try:
        tokens = mfa().verify(visit().mfa_token, typed, visit().oob_code)
    except RefusedError as error:
        if error.error in {PENDING, TOO_FAST}:
            return render_template("code.html", is_push=True)
        flash(str(error))
        if error.is_over:
            return redirect(url_for(".log_in"))
        return redirect(url_for(".challenge" if visit().is_push else ".code"))
    return _done(tokens)


@blueprint.post("/recover")
def recover() -> str | Response:
    """A recovery code, for who has lost everything else; shows the one that takes its place."""
    return _done(mfa().recover(visit().mfa_token, request.form["code"].strip()))


def _done(tokens: dict[str, object]) -> str | Response:
    """Complete the login; recovery codes are shown this once."""
    is_managing = visit().is_managing
    visit().complete(tokens)
    shown = [tokens[name] for name in ("recovery_code",) if name in tokens]
    if shown:
        return render_template("recovery.html", codes=shown)
    return redirect(url_for(".authenticators" if is_managing else ".home"))


@blueprint.get("/authenticators")
def authenticators() -> str | Response:
    """What the customer has enrolled; asks for the password, and the second factor, before."""
    if not visit().managing:
        action = url_for(".unlock")
        return render_template("login.html", action=action, email=visit().email, again=True)
    listed = mfa().authenticators(visit().managing["access_token"])
    return render_template("authenticators.html", listed=listed)


@blueprint.post("/authenticators/unlock")
def unlock() -> Response:
    """Log in for managing authenticators, which takes a token of its own."""
    return _logged_in(visit().email, request.form["password"], mfa().audience)


@blueprint.post("/authenticators/delete")
def delete() -> Response:
    """Delete one of them."""
    mfa().delete(visit().managing["access_token"], request.form["id"])
    return redirect(url_for(".authenticators"))
