// @auth0/auth0-auth-js: the SDK with all of the MFA API.

import { AuthClient, isMfaRequiredError } from "@auth0/auth0-auth-js";
import { User, delivered, domain, mfaAudience, mock, phone, report } from "./support.mjs";

const client = new AuthClient({
  domain,
  clientId: mock.client_id,
  clientSecret: mock.client_secret,
});

async function login(user, wish = { scope: "openid profile offline_access" }) {
  try {
    await client.getTokenByPassword({
      username: user.email,
      password: user.password,
      realm: mock.connection,
      ...wish,
    });
  } catch (error) {
    if (isMfaRequiredError(error)) return error.cause.mfa_token;
    throw error;
  }
  throw new Error("no second factor was asked for");
}

async function refusal(call) {
  try {
    await call();
  } catch (error) {
    return { name: error.name, error: error.cause?.error };
  }
  throw new Error("was not refused");
}

function tokens(answer) {
  return {
    subject: answer.claims?.sub,
    issuer: answer.claims?.iss,
    audience: answer.claims?.aud,
    refreshable: Boolean(answer.refreshToken),
    recoveryCode: Boolean(answer.recoveryCode),
  };
}

async function otp() {
  const user = await User.create();
  let mfaToken = await login(user);
  const enrolled = await client.mfa.enrollAuthenticator({ authenticatorTypes: ["otp"], mfaToken });
  const code = () => user.otp(enrolled.secret);
  const wrong = await refusal(() =>
    client.mfa.verify({ mfaToken, factorType: "otp", otp: code() === "000000" ? "1" : "000000" }),
  );
  const confirmed = await client.mfa.verify({ mfaToken, factorType: "otp", otp: code() });
  await user.wait(30);
  mfaToken = await login(user);
  const listed = await client.mfa.listAuthenticators({ mfaToken });
  const authenticatorId = listed.find((each) => each.authenticatorType === "otp").id;
  const challenge = await client.mfa.challengeAuthenticator({
    challengeType: "otp",
    authenticatorId,
    mfaToken,
  });
  const verified = await client.mfa.verify({ mfaToken, factorType: "otp", otp: code() });
  const refreshed = await client.getTokenByRefreshToken({ refreshToken: verified.refreshToken });
  const userInfo = await client.getUserInfo({
    accessToken: refreshed.accessToken,
    expectedSubject: user.id,
  });
  mfaToken = await login(user);
  const recovered = await client.mfa.verify({
    mfaToken,
    factorType: "recovery-code",
    recoveryCode: enrolled.recoveryCodes[0],
  });
  return {
    user: user.id,
    wrong,
    confirmed: tokens(confirmed),
    kinds: listed.map((each) => each.authenticatorType).sort(),
    challenge: challenge.challengeType,
    verified: tokens(verified),
    refreshed: Boolean(refreshed.accessToken),
    userInfo: userInfo.sub,
    recovered: tokens(recovered),
  };
}

async function channel(name) {
  const user = await User.create();
  const address = name === "email" ? user.email : phone();
  let mfaToken = await login(user);
  const enrolled = await client.mfa.enrollAuthenticator({
    authenticatorTypes: ["oob"],
    oobChannels: [name],
    mfaToken,
    ...(name === "email" ? { email: address } : { phoneNumber: address }),
  });
  const verify = async (oobCode, token = mfaToken) =>
    client.mfa.verify({
      mfaToken: token,
      factorType: "oob",
      oobCode,
      bindingCode: await delivered(address),
    });
  const confirmed = await verify(enrolled.oobCode);
  mfaToken = await login(user);
  const listed = await client.mfa.listAuthenticators({ mfaToken });
  const authenticatorId = listed.find((each) => each.active && each.id.startsWith(name))?.id;
  const challenge = await client.mfa.challengeAuthenticator({
    challengeType: "oob",
    authenticatorId,
    mfaToken,
  });
  const verified = await verify(challenge.oobCode);
  return {
    user: user.id,
    channel: enrolled.oobChannel,
    binding: challenge.bindingMethod,
    confirmed: tokens(confirmed),
    verified: tokens(verified),
    // E-mail alone does not count as a factor here: no second one would be asked for.
    ...(name !== "email" && { deleted: await deleted(user, authenticatorId, verify) }),
  };
}

// Deletion takes an access token for the MFA audience; the SDK's mfaToken is whatever bearer is
// given, and a token of a login is refused.
async function deleted(user, authenticatorId, verify) {
  const wish = { audience: mfaAudience, scope: "read:authenticators remove:authenticators" };
  const mfaToken = await login(user, wish);
  const byLogin = await refusal(() => client.mfa.deleteAuthenticator({ authenticatorId, mfaToken }));
  const { oobCode } = await client.mfa.challengeAuthenticator({ challengeType: "oob", mfaToken });
  const { accessToken } = await verify(oobCode, mfaToken);
  await client.mfa.deleteAuthenticator({ authenticatorId, mfaToken: accessToken });
  const left = await client.mfa.listAuthenticators({ mfaToken: accessToken });
  return { byLogin, left: left.filter((each) => each.id === authenticatorId).length };
}

// As far as a client without a device goes: the barcode, and the answer while nobody has decided.
async function push() {
  const mfaToken = await login(await User.create());
  const enrolled = await client.mfa.enrollAuthenticator({
    authenticatorTypes: ["oob"],
    oobChannels: ["auth0"],
    mfaToken,
  });
  const pending = await refusal(() =>
    client.mfa.verify({ mfaToken, factorType: "oob", oobCode: enrolled.oobCode }),
  );
  return { channel: enrolled.oobChannel, barcode: enrolled.barcodeUri.split("?")[0], pending };
}

async function machine() {
  const answer = await client.getTokenByClientCredentials({ audience: mock.audience });
  return { token: answer.accessToken.split(".").length };
}

await report({
  otp,
  sms: () => channel("sms"),
  voice: () => channel("voice"),
  email: () => channel("email"),
  push,
  machine,
});
