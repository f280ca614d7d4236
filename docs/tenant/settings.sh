#!/usr/bin/env bash
# Sets a test tenant up for pytest-auth0-mfa, with the Auth0 CLI (https://auth0.github.io/auth0-cli)
# and Python. For a tenant that is made for tests. Run `auth0 login` before, with the scopes below:
#
#   auth0 login --scopes "create:clients,read:clients,create:client_grants,create:resource_servers,\
#   read:connections,update:connections,update:tenant_settings,update:guardian_factors,update:mfa_policies"
#
# Prints what a run needs, in the form of a .env file.
set -euo pipefail

DOMAIN=${1:?usage: settings.sh acme-dev.us.auth0.com}
CONNECTION=${CONNECTION:-Username-Password-Authentication}
AUDIENCE=${AUDIENCE:-https://mfa-conformance.example}
GRANT=http://auth0.com/oauth/grant-type

field() { python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }
first_id() { python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["id"])'; }

# 1. An application that may log in with a password and a second factor.
application=$(auth0 api post clients --data "{
  \"name\": \"MFA conformance\", \"app_type\": \"regular_web\", \"oidc_conformant\": true,
  \"token_endpoint_auth_method\": \"client_secret_post\",
  \"grant_types\": [\"password\", \"$GRANT/password-realm\", \"refresh_token\",
    \"$GRANT/mfa-otp\", \"$GRANT/mfa-oob\", \"$GRANT/mfa-recovery-code\"]}")
client_id=$(field client_id <<<"$application")

# 2. An API whose access tokens and refresh tokens it may have.
auth0 api post resource-servers --data "{\"name\": \"MFA conformance\",
  \"identifier\": \"$AUDIENCE\", \"allow_offline_access\": true, \"signing_alg\": \"RS256\"}" >/dev/null

# 3. A database of users that the application may use, and that a password grant uses by default.
connection_id=$(auth0 api get connections -q name="$CONNECTION" | first_id)
auth0 api patch "connections/$connection_id/clients" \
  --data "[{\"client_id\": \"$client_id\", \"status\": true}]" >/dev/null
auth0 api patch tenants/settings --data "{\"default_directory\": \"$CONNECTION\"}" >/dev/null

# 4. The factors, and a policy that asks for one at every login.
for factor in otp sms email push-notification recovery-code; do
  auth0 api put "guardian/factors/$factor" --data '{"enabled": true}' >/dev/null
done
auth0 api put guardian/factors/phone/message-types --data '{"message_types": ["sms", "voice"]}' >/dev/null
auth0 api put guardian/policies --data '["all-applications"]' >/dev/null

# 5. A machine-to-machine application that creates and deletes the users of a run.
management=$(auth0 api post clients --data '{
  "name": "MFA conformance: users", "app_type": "non_interactive",
  "token_endpoint_auth_method": "client_secret_post", "grant_types": ["client_credentials"]}')
management_id=$(field client_id <<<"$management")
auth0 api post client-grants --data "{
  \"client_id\": \"$management_id\", \"audience\": \"https://$DOMAIN/api/v2/\",
  \"scope\": [\"create:users\", \"read:users\", \"update:users\", \"delete:users\",
    \"create:authentication_methods\", \"read:authentication_methods\",
    \"delete:authentication_methods\"]}" >/dev/null

cat <<END
AUTH0_DOMAIN=$DOMAIN
AUTH0_CLIENT_ID=$client_id
AUTH0_CLIENT_SECRET=$(field client_secret <<<"$application")
AUTH0_AUDIENCE=$AUDIENCE
AUTH0_CONNECTION=$CONNECTION
AUTH0_MANAGEMENT_CLIENT_ID=$management_id
AUTH0_MANAGEMENT_CLIENT_SECRET=$(field client_secret <<<"$management")
END
