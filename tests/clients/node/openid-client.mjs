// openid-client: any grant by its name, and every id_token checked against the tenant's keys.

import * as oidc from "openid-client";
import { User, delivered, mfaAudience, mock, phone, report } from "./support.mjs";

const MFA = "http://auth0.com/oauth/grant-type/mfa-";

async function discover(authentication) {
  const config = await oidc.discovery(
    new URL(mock.url),
    mock.client_id,
    undefined,
    authentication(mock.client_secret),
  );
  oidc.enableNonRepudiationChecks(config);
  return config;
}

const config = await discover(oidc.ClientSecretPost);

async function refusal(call) {
  try {
    await call();
  } catch (error) {
    return error;
  }
  throw new Error("was not refused");
}

async function login(user, as = config, wish = { scope: "openid profile offline_access" }) {
  const refused = await refusal(() =>
    oidc.genericGrantRequest(as, "password", {
      username: user.email,
      password: user.password,
      ...wish,
    }),
  );
  if (refused.error !== "mfa_required") throw refused;
  return refused.cause.mfa_token;
}

async function call(token, method, path, body) {
  const answer = await oidc.fetchProtectedResource(
    config,
    token,
    new URL(path, mock.url),
    method,
    body && JSON.stringify(body),
    new Headers({ "content-type": "application/json" }),
  );
  return answer.status === 204 ? 204 : answer.json();
}

async function challenge(mfaToken, body) {
  return call(mfaToken, "POST", "/mfa/challenge", {
    mfa_token: mfaToken,
    client_id: mock.client_id,
    client_secret: mock.client_secret,
    ...body,
  });
}

const tokens = (answer) => ({
  subject: answer.claims().sub,
  issuer: answer.claims().iss,
  audience: answer.claims().aud,
});

async function otp() {
  const user = await User.create();
  const basic = await discover(oidc.ClientSecretBasic);
  let mfa_token = await login(user, basic);
  const enrolled = await call(mfa_token, "POST", "/mfa/associate", {
    authenticator_types: ["otp"],
  });
  const grant = (as) =>
    oidc.genericGrantRequest(as, `${MFA}otp`, { mfa_token, otp: user.otp(enrolled.secret) });
  const confirmed = await grant(basic);
  await user.wait(30);
  mfa_token = await login(user);
  const [{ id }] = (await call(mfa_token, "GET", "/mfa/authenticators")).filter(
    (each) => each.authenticator_type === "otp",
  );
  const asked = await challenge(mfa_token, { challenge_type: "otp", authenticator_id: id });
  const verified = await grant(config);
  const refreshed = await oidc.refreshTokenGrant(config, verified.refresh_token);
  const userInfo = await oidc.fetchUserInfo(config, refreshed.access_token, user.id);
  mfa_token = await login(user);
  const [recovery_code] = enrolled.recovery_codes;
  const recovered = await oidc.genericGrantRequest(config, `${MFA}recovery-code`, {
    mfa_token,
    recovery_code,
  });
  return {
    user: user.id,
    confirmed: tokens(confirmed),
    challenge: asked.challenge_type,
    verified: tokens(verified),
    refreshed: refreshed.token_type,
    userInfo: userInfo.sub,
    recovered: tokens(recovered),
    replaced: recovered.recovery_code !== recovery_code,
  };
}

async function channel(name) {
  const user = await User.create();
  const address = name === "email" ? user.email : phone();
  let mfa_token = await login(user);
  const enrolled = await call(mfa_token, "POST", "/mfa/associate", {
    authenticator_types: ["oob"],
    oob_channels: [name],
    ...(name === "email" ? { email: address } : { phone_number: address }),
  });
  const grant = async (oob_code) =>
    oidc.genericGrantRequest(config, `${MFA}oob`, {
      mfa_token,
      oob_code,
      binding_code: await delivered(address),
    });
  const confirmed = await grant(enrolled.oob_code);
  mfa_token = await login(user);
  const asked = await challenge(mfa_token, { challenge_type: "oob" });
  const verified = await grant(asked.oob_code);
  const remove = async () => {
    const wish = { audience: mfaAudience, scope: "read:authenticators remove:authenticators" };
    mfa_token = await login(user, config, wish);
    const { oob_code } = await challenge(mfa_token, { challenge_type: "oob" });
    const { access_token } = await grant(oob_code);
    const listed = await call(access_token, "GET", "/mfa/authenticators");
    const { id } = listed.find((each) => each.oob_channel === name);
    return call(access_token, "DELETE", `/mfa/authenticators/${encodeURIComponent(id)}`);
  };
  return {
    user: user.id,
    confirmed: tokens(confirmed),
    verified: tokens(verified),
    // E-mail alone does not count as a factor here: no second one would be asked for.
    ...(name !== "email" && { deleted: await remove() }),
  };
}

async function push() {
  const mfa_token = await login(await User.create());
  const enrolled = await call(mfa_token, "POST", "/mfa/associate", {
    authenticator_types: ["oob"],
    oob_channels: ["auth0"],
  });
  const pending = await refusal(() =>
    oidc.genericGrantRequest(config, `${MFA}oob`, { mfa_token, oob_code: enrolled.oob_code }),
  );
  return { pending: { name: pending.name, error: pending.error } };
}

async function machine() {
  const { token_type } = await oidc.clientCredentialsGrant(config, { audience: mock.audience });
  return { type: token_type };
}

await report({
  otp,
  sms: () => channel("sms"),
  voice: () => channel("voice"),
  email: () => channel("email"),
  push,
  machine,
});
