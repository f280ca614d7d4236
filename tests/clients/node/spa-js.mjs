// @auth0/auth0-spa-js: a public client, under Node with the few globals of a browser that it needs.

import { User, delivered, domain, mock, phone, report } from "./support.mjs";

const stored = new Map();
const storage = {
  getItem: (key) => stored.get(key) ?? null,
  setItem: (key, value) => stored.set(key, value),
  removeItem: (key) => stored.delete(key),
};
Object.assign(globalThis, {
  window: globalThis,
  document: { cookie: "" },
  location: { protocol: "https:", origin: "https://app.example.test" },
  sessionStorage: storage,
  localStorage: storage,
});
globalThis.addEventListener ??= () => {};
globalThis.removeEventListener ??= () => {};

const { Auth0Client } = await import("@auth0/auth0-spa-js");

const SCOPE = "openid profile email offline_access";

// A new browser tab: no session is shared between the parts.
const open = () =>
  new Auth0Client({
    domain,
    clientId: mock.public_client_id,
    useRefreshTokens: true,
    authorizationParams: { audience: mock.audience, scope: SCOPE },
  });

// The SDK itself sends users to the login page; whoever asks for the password by another way hands
// it what the refusal said.
async function login(client, user) {
  const answer = await fetch(`${mock.url}/oauth/token`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      grant_type: "password",
      username: user.email,
      password: user.password,
      client_id: mock.public_client_id,
      audience: mock.audience,
      scope: SCOPE,
    }),
  });
  const refused = await answer.json();
  if (refused.error !== "mfa_required") throw new Error(JSON.stringify(refused));
  client.mfa.setMFAAuthDetails(
    refused.mfa_token,
    SCOPE,
    mock.audience,
    refused.mfa_requirements,
  );
  return refused.mfa_token;
}

async function session(client) {
  const { sub, iss, aud } = await client.getIdTokenClaims();
  return { subject: sub, issuer: iss, audience: aud };
}

async function otp() {
  const user = await User.create();
  await user.customizeMfa();
  const client = open();
  let mfaToken = await login(client, user);
  const factors = await client.mfa.getEnrollmentFactors(mfaToken);
  const enrolled = await client.mfa.enroll({ mfaToken, factorType: "otp" });
  await client.mfa.verify({ mfaToken, otp: user.otp(enrolled.secret) });
  const confirmed = await session(client);
  await user.wait(30);
  const again = open();
  mfaToken = await login(again, user);
  const listed = await again.mfa.getAuthenticators(mfaToken);
  const authenticatorId = listed.find((each) => each.type === "otp").id;
  const challenge = await again.mfa.challenge({ mfaToken, challengeType: "otp", authenticatorId });
  await again.mfa.verify({ mfaToken, otp: user.otp(enrolled.secret) });
  const verified = await session(again);
  const refreshed = await again.getTokenSilently({ cacheMode: "off" });
  const last = open();
  mfaToken = await login(last, user);
  const recovered = await last.mfa.verify({ mfaToken, recoveryCode: enrolled.recoveryCodes[0] });
  return {
    user: user.id,
    factors: factors.map((each) => each.type).sort(),
    confirmed,
    kinds: listed.map((each) => each.type).sort(),
    challenge: challenge.challengeType,
    verified,
    refreshed: refreshed.split(".").length,
    replaced: Boolean(recovered.recovery_code),
  };
}

async function channel(name) {
  const user = await User.create();
  const address = name === "email" ? user.email : phone();
  const client = open();
  let mfaToken = await login(client, user);
  const enrolled = await client.mfa.enroll({
    mfaToken,
    factorType: name,
    ...(name === "email" ? { email: address } : { phoneNumber: address }),
  });
  const verify = async (oobCode) =>
    client.mfa.verify({ mfaToken, oobCode, bindingCode: await delivered(address) });
  await verify(enrolled.oobCode);
  mfaToken = await login(client, user);
  const challenge = await client.mfa.challenge({ mfaToken, challengeType: "oob" });
  await verify(challenge.oobCode);
  return { user: user.id, channel: enrolled.oobChannel, verified: await session(client) };
}

async function push() {
  const client = open();
  const mfaToken = await login(client, await User.create());
  const enrolled = await client.mfa.enroll({ mfaToken, factorType: "push" });
  try {
    await client.mfa.verify({ mfaToken, oobCode: enrolled.oobCode });
  } catch (error) {
    return { channel: enrolled.oobChannel, pending: { name: error.name, error: error.error } };
  }
  throw new Error("was not refused");
}

await report({
  otp,
  sms: () => channel("sms"),
  voice: () => channel("voice"),
  email: () => channel("email"),
  push,
});
