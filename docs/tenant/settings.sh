#!/usr/bin/env bash
# Sets a test tenant up for pytest-auth0-mfa, with the Auth0 CLI (https://auth0.github.io/auth0-cli)
# and Python. For a tenant that is made for tests. Log in to it before, with these scopes:
#
#   auth0 login --scopes create:clients,create:client_grants,create:resource_servers,read:connections,update:connections,update:tenant_settings,update:guardian_factors,update:mfa_policies
#
# Prints what a run needs, in the form of a .env file. Run again, it makes two more applications.
set -euo pipefail

DOMAIN=${1:?usage: settings.sh acme-dev.us.auth0.com}
CONNECTION=${CONNECTION:-Username-Password-Authentication}
AUDIENCE=${AUDIENCE:-https://mfa-conformance.example}
GRANT=http://auth0.com/oauth/grant-type

# Asks this tenant, whichever the CLI has chosen. The CLI succeeds whatever is answered, and says
# nothing of some refusals, so that the answer is looked at. What exists already may stay.
api() {
  { auth0 api "$@" --tenant "$DOMAIN" --no-input --no-color </dev/null || echo '{"statusCode": 0}'; } |
    python3 -c '
import json, sys
asked, text = " ".join(sys.argv[1:3]), sys.stdin.read()
answer = json.loads(text) if text.strip() else {}
status = answer.get("statusCode") if isinstance(answer, dict) else None
if status == 409:
    print(f"{asked}: is there already, and stays as it is", file=sys.stderr)
elif status is not None or not (text.strip() or asked.endswith("/clients")):
    sys.exit(f"settings.sh: {asked}: " + answer.get("message", "refused by the tenant"))
print(json.dumps(answer))' "$@"
}
field() { python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }
first_id() {
  python3 -c 'import json, sys; print(*(each["id"] for each in json.load(sys.stdin)[:1]))'
}

# 1. The factors, and a policy that asks for one at every login.
for factor in otp sms email push-notification recovery-code; do
  api put "guardian/factors/$factor" --data '{"enabled": true}' >/dev/null
done
api put guardian/factors/phone/message-types --data '{"message_types": ["sms", "voice"]}' >/dev/null ||
  echo "settings.sh: text messages and calls stay as they are; see Branding > Phone Provider" >&2
api put guardian/policies --data '["all-applications"]' >/dev/null
api patch tenants/settings --data '{"customize_mfa_in_postlogin_action": false}' >/dev/null

# 2. A database of users that a password grant uses by default.
connections=$(api get connections -q name="$CONNECTION")
connection_id=$(first_id <<<"$connections")
: "${connection_id:?"there is no connection $CONNECTION: name yours in CONNECTION"}"
api patch tenants/settings --data "{\"default_directory\": \"$CONNECTION\"}" >/dev/null

# 3. An API whose access tokens and refresh tokens the application of a run may have.
api post resource-servers --data "{\"name\": \"MFA conformance\",
  \"identifier\": \"$AUDIENCE\", \"allow_offline_access\": true, \"signing_alg\": \"RS256\"}" >/dev/null

# 4. That application, which may log in with a password and a second factor.
application=$(api post clients --data "{
  \"name\": \"MFA conformance\", \"app_type\": \"regular_web\", \"oidc_conformant\": true,
  \"token_endpoint_auth_method\": \"client_secret_post\",
  \"grant_types\": [\"password\", \"$GRANT/password-realm\", \"refresh_token\",
    \"$GRANT/mfa-otp\", \"$GRANT/mfa-oob\", \"$GRANT/mfa-recovery-code\"]}")
client_id=$(field client_id <<<"$application")
api patch "connections/$connection_id/clients" \
  --data "[{\"client_id\": \"$client_id\", \"status\": true}]" >/dev/null

# 5. A machine-to-machine application that creates and deletes the users of a run.
management=$(api post clients --data '{
  "name": "MFA conformance: users", "app_type": "non_interactive",
  "token_endpoint_auth_method": "client_secret_post", "grant_types": ["client_credentials"]}')
management_id=$(field client_id <<<"$management")
api post client-grants --data "{
  \"client_id\": \"$management_id\", \"audience\": \"https://$DOMAIN/api/v2/\",
  \"scope\": [\"create:users\", \"read:users\", \"delete:users\",
    \"read:authentication_methods\", \"delete:authentication_methods\"]}" >/dev/null

cat <<END
AUTH0_DOMAIN=$DOMAIN
AUTH0_CLIENT_ID=$client_id
AUTH0_CLIENT_SECRET=$(field client_secret <<<"$application")
AUTH0_AUDIENCE=$AUDIENCE
AUTH0_CONNECTION=$CONNECTION
AUTH0_MANAGEMENT_CLIENT_ID=$management_id
AUTH0_MANAGEMENT_CLIENT_SECRET=$(field client_secret <<<"$management")
END
