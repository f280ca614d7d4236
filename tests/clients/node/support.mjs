// What the scripts share: the mock's description, users with an authenticator app, delivered codes.
// The mock is described by the variable MOCK; what a script saw is printed as one line of JSON.

import { randomUUID } from "node:crypto";
import { TOTP } from "otpauth";

export const mock = JSON.parse(process.env.MOCK);
export const domain = new URL(mock.url).host;
export const mfaAudience = `${mock.url}/mfa/`;

async function control(path, body) {
  const answer = await fetch(mock.control + path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

// A user whose time a script may move on, so that no code has to be waited for.
export class User {
  static async create() {
    const user = new User();
    user.email = `${randomUUID()}@example.test`;
    user.password = "correct horse";
    const body = { email: user.email, password: user.password, email_verified: false };
    user.id = (await control("/users", body)).user_id;
    user.ahead = 0;
    return user;
  }

  async wait(seconds) {
    await control("/clock", { advance_s: seconds, user_id: this.id });
    this.ahead += seconds;
  }

  // A code that an app shows now, in the user's time.
  otp(secret) {
    const timestamp = Date.now() + this.ahead * 1000;
    return new TOTP({ secret }).generate({ timestamp });
  }

  // Let the tenant tell what a user may enroll, and the kind of each authenticator.
  customizeMfa() {
    return control("/features/customize-mfa", { enabled: true, user_id: this.id });
  }
}

// The latest code that was sent to an address.
export async function delivered(address) {
  const messages = new URL(`${mock.control}/messages`);
  messages.searchParams.set("to", address);
  return (await (await fetch(messages)).json()).at(-1).code;
}

export const phone = () => `+1202555${String(Math.floor(Math.random() * 10000)).padStart(4, "0")}`;

// Run a script's parts, each by its name, and print what each of them saw.
export async function report(parts) {
  const seen = {};
  for (const [name, part] of Object.entries(parts)) seen[name] = await part();
  console.log(JSON.stringify(seen));
}
