"""`/actions`: code that runs at a login, and where it is bound.

Nothing is run. What the code of a bound Action says about second factors has the effect that it
has on logins by password: https://auth0.com/docs/secure/multi-factor-authentication/customize-mfa.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from pytest_auth0_mfa.mock import dates, draws
from pytest_auth0_mfa.mock.management import fields, paging, refusals
from pytest_auth0_mfa.mock.management.calls import NO_CONTENT, endpoint
from pytest_auth0_mfa.mock.messages import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.mock.management.calls import Call, Endpoints
    from pytest_auth0_mfa.mock.messages import Json

_ACTIONS: Final = "actions/actions"
_LOGIN: Final = "post-login"
_TRIGGERS: Final = {
    _LOGIN: "v3",
    "credentials-exchange": "v2",
    "pre-user-registration": "v2",
    "post-user-registration": "v2",
    "post-change-password": "v2",
    "send-phone-message": "v2",
    "custom-phone-provider": "v1",
    "custom-email-provider": "v1",
    "password-reset-post-challenge": "v1",
}
_PREFIX: Final = "bindings/"
_TRIGGER: Final = fields.shaped({"id": fields.one_of(*_TRIGGERS), "version": fields.text}, ("id",))
_TAKES: Final = {
    "name": fields.text,
    "supported_triggers": fields.listed(_TRIGGER),
    "code": fields.any_text,
    "runtime": fields.text,
    "dependencies": fields.listed(fields.mapping),
    "secrets": fields.listed(fields.mapping),
}
_BINDING: Final = fields.shaped(
    {
        "ref": fields.shaped(
            {
                "type": fields.one_of("binding_id", "action_id", "action_name"),
                "value": fields.text,
            },
            ("type", "value"),
        ),
        "display_name": fields.text,
        "secrets": fields.listed(fields.mapping),
    },
    ("ref",),
)
_BINDINGS: Final = {"bindings": fields.listed(_BINDING)}
_ASKS_ITSELF: Final = re.compile(r"\b(enrollWith|challengeWith)(Any)?\s*\(")
_TURNS_ON: Final = re.compile(r"\bmultifactor\s*\.\s*enable\s*\(")


def list_triggers(call: Call) -> Answer:
    """List what an Action can be bound to."""
    _ = call
    listed = [
        {"id": name, "version": version, "status": "CURRENT"} for name, version in _TRIGGERS.items()
    ]
    return Answer(200, {"triggers": listed})


def list_all(call: Call) -> Answer:
    """List Actions, of a trigger or a name where the query says so."""
    trigger, name = call.query.text("triggerId"), call.query.text("actionName")
    every: list[Any] = list(_actions(call).values())
    found = [
        each
        for each in every
        if name in {None, each["name"]}
        and trigger in {None, *(one["id"] for one in each["supported_triggers"])}
    ]
    return _enveloped(call, "actions", found)


def show(call: Call) -> Answer:
    """Show an Action."""
    return Answer(200, _action(call))


def create(call: Call) -> Answer:
    """Create an Action."""
    given = fields.members(call.body, _TAKES, ("name", "supported_triggers"))
    identifier = draws.uuid(call.tenant.entropy)
    moment = dates.iso(call.tenant.now())
    told: dict[str, Json] = {"id": identifier, "code": "", "status": "built", **given}
    told |= {"created_at": moment, "updated_at": moment, "all_changes_deployed": False}
    _actions(call)[identifier] = told
    return Answer(201, told)


def change(call: Call) -> Answer:
    """Change an Action."""
    action, given = _action(call), fields.members(call.body, _TAKES)
    action.update({**given, "updated_at": dates.iso(call.tenant.now())})
    _put_into_effect(call)
    return Answer(200, action)


def deploy(call: Call) -> Answer:
    """Deploy an Action; a mock's is in effect as soon as it is bound."""
    action = _action(call)
    action["all_changes_deployed"] = True
    return Answer(202, action)


def delete(call: Call) -> Answer:
    """Delete an Action, and its bindings."""
    _actions(call).pop(call.ids[0], None)
    for name in _TRIGGERS:
        bindings = call.tenant.settings.listed.get(_PREFIX + name, {})
        for key, each in list(bindings.items()):
            if each["action_id"] == call.ids[0]:
                del bindings[key]
    _put_into_effect(call)
    return NO_CONTENT


def list_bindings(call: Call) -> Answer:
    """List what is bound to a trigger, in its order."""
    return _enveloped(call, "bindings", _described(call, _trigger(call)))


def bind(call: Call) -> Answer:
    """Bind these Actions to a trigger, and no others."""
    trigger = _trigger(call)
    given: Mapping[str, Any] = fields.members(call.body, _BINDINGS, ("bindings",))
    bound: dict[str, dict[str, Json]] = {}
    for each in given["bindings"]:
        action_id = _referred(call, trigger, each["ref"])
        identifier = draws.uuid(call.tenant.entropy)
        name = each.get("display_name") or _actions(call)[action_id]["name"]
        bound[identifier] = {"id": identifier, "action_id": action_id, "display_name": name}
    call.tenant.settings.listed[_PREFIX + trigger] = bound
    _put_into_effect(call)
    return Answer(200, {"bindings": _described(call, trigger)})


def _actions(call: Call) -> dict[str, dict[str, Json]]:
    return call.tenant.settings.listed.setdefault(_ACTIONS, {})


def _action(call: Call) -> dict[str, Json]:
    found = _actions(call).get(call.ids[0])
    if found is None:
        raise refusals.unknown_entry("action")
    return found


def _trigger(call: Call) -> str:
    name = call.ids[0]
    if name not in _TRIGGERS:
        raise refusals.invalid_uri(f"No enum match for: {name}", "triggerId")
    return name


def _referred(call: Call, trigger: str, ref: Mapping[str, str]) -> str:
    """Return the id of the Action that a binding refers to."""
    kind, value = ref["type"], ref["value"]
    if kind == "binding_id":
        known = call.tenant.settings.listed.get(_PREFIX + trigger, {})
        value = str(known.get(value, {}).get("action_id"))
    for identifier, each in _actions(call).items():
        if value == (each["name"] if kind == "action_name" else identifier):
            return identifier
    raise refusals.unknown_entry("action")


def _described(call: Call, trigger: str) -> list[Json]:
    bound = call.tenant.settings.listed.get(_PREFIX + trigger, {})
    return [
        {
            "id": each["id"],
            "trigger_id": trigger,
            "display_name": each["display_name"],
            "action": _actions(call)[str(each["action_id"])],
        }
        for each in bound.values()
    ]


def _enveloped(call: Call, key: str, everything: list[Json]) -> Answer:
    page = paging.Page.of(call.query)
    told: dict[str, Json] = {"total": len(everything), "page": page.index, "per_page": page.size}
    return Answer(200, {key: page.cut(everything), **told})


def _put_into_effect(call: Call) -> None:
    """Let the code of what is bound to logins decide who asks for a second factor."""
    bound: list[Any] = _described(call, _LOGIN)
    code = "\n".join(each["action"]["code"] for each in bound)
    sign_in = call.tenant.settings.sign_in
    sign_in.is_mfa_in_action = _ASKS_ITSELF.search(code) is not None
    sign_in.is_mfa_enabled_by_action = _TURNS_ON.search(code) is not None


ENDPOINTS: Final[Endpoints] = {
    _ACTIONS: {
        "GET": endpoint(list_all, "read:actions"),
        "POST": endpoint(create, "create:actions"),
    },
    f"{_ACTIONS}/{{}}": {
        "GET": endpoint(show, "read:actions"),
        "PATCH": endpoint(change, "update:actions"),
        "DELETE": endpoint(delete, "delete:actions"),
    },
    f"{_ACTIONS}/{{}}/deploy": {"POST": endpoint(deploy, "create:actions")},
    "actions/triggers": {"GET": endpoint(list_triggers, "read:actions")},
    "actions/triggers/{}/bindings": {
        "GET": endpoint(list_bindings, "read:actions"),
        "PATCH": endpoint(bind, "update:actions"),
    },
}
