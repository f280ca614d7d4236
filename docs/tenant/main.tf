# The same settings as settings.sh, for Terraform's Auth0 provider. For a tenant made for tests.
# `terraform output -raw env >> .env` writes what a run needs; the secrets in it are empty unless
# Terraform's own application has the scope read:client_keys.
terraform {
  required_providers {
    auth0 = { source = "auth0/auth0", version = "~> 1.1" }
  }
}

variable "domain" {
  description = "The tenant's own domain, such as acme-dev.us.auth0.com; not a custom one"
  type        = string
}

provider "auth0" {
  domain = var.domain # client_id and client_secret come from AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET
}

locals {
  audience = "https://mfa-conformance.example"
  grant    = "http://auth0.com/oauth/grant-type"
}

# 1. The factors, and a policy that asks for one at every login.
resource "auth0_guardian" "conformance" {
  policy        = "all-applications"
  otp           = true
  email         = true
  recovery_code = true
  phone {
    enabled       = true
    provider      = "auth0" # 100 messages for the life of the tenant; twilio or a hook have more
    message_types = ["sms", "voice"]
  }
  push {
    enabled  = true
    provider = "guardian"
  }
}

# 2. A database of users that a password grant uses by default.
resource "auth0_connection" "users" {
  name     = "mfa-conformance-users"
  strategy = "auth0"
}

resource "auth0_tenant" "conformance" {
  default_directory                 = auth0_connection.users.name
  customize_mfa_in_postlogin_action = false
}

# 3. An API whose access tokens and refresh tokens the application of a run may have.
resource "auth0_resource_server" "conformance" {
  name                 = "MFA conformance"
  identifier           = local.audience
  allow_offline_access = true
  signing_alg          = "RS256"
}

# 4. That application, which may log in with a password and a second factor.
resource "auth0_client" "conformance" {
  name            = "MFA conformance"
  app_type        = "regular_web"
  oidc_conformant = true
  grant_types = [
    "password",
    "${local.grant}/password-realm",
    "refresh_token",
    "${local.grant}/mfa-otp",
    "${local.grant}/mfa-oob",
    "${local.grant}/mfa-recovery-code",
  ]
}

resource "auth0_client_credentials" "conformance" {
  client_id             = auth0_client.conformance.id
  authentication_method = "client_secret_post"
}

resource "auth0_connection_clients" "users" {
  connection_id   = auth0_connection.users.id
  enabled_clients = [auth0_client.conformance.id]
}

# 5. A machine-to-machine application that creates and deletes the users of a run.
resource "auth0_client" "users" {
  name        = "MFA conformance: users"
  app_type    = "non_interactive"
  grant_types = ["client_credentials"]
}

resource "auth0_client_credentials" "users" {
  client_id             = auth0_client.users.id
  authentication_method = "client_secret_post"
}

resource "auth0_client_grant" "users" {
  client_id = auth0_client.users.id
  audience  = "https://${var.domain}/api/v2/"
  scopes = [
    "create:users", "read:users", "delete:users",
    "read:authentication_methods", "delete:authentication_methods",
  ]
}

output "env" {
  sensitive = true
  value     = <<-END
    AUTH0_DOMAIN=${var.domain}
    AUTH0_CLIENT_ID=${auth0_client.conformance.id}
    AUTH0_CLIENT_SECRET=${auth0_client_credentials.conformance.client_secret}
    AUTH0_AUDIENCE=${local.audience}
    AUTH0_CONNECTION=${auth0_connection.users.name}
    AUTH0_MANAGEMENT_CLIENT_ID=${auth0_client.users.id}
    AUTH0_MANAGEMENT_CLIENT_SECRET=${auth0_client_credentials.users.client_secret}
  END
}
