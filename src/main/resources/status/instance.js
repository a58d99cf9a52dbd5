// The instance, asked by the same verbs that the commands use.

const MBEANS = new URL("/observe/jolokia", location.origin);
const ME = new URL("/status/me", location.origin);
const ASK_MS = 15_000;
const ACT_MS = 600_000; // a cancel of a million rows takes a while

/** It did not answer, or not as it does. */
export class Silent extends Error {}

/** It answered that it won't. */
export class Refused extends Error {}

/** Who is logged in, and which verbs that login may use; asked for once. */
let me = null;

export async function whoAmI() {
  me ??= await answered(() => fetch(ME, { cache: "no-store", redirect: "error", signal: AbortSignal.timeout(ASK_MS) }));
  return me;
}

/** Whether the login may use a verb. */
export function may(verb) {
  return me?.verbs.includes(verb) ?? false;
}

let chosen = "";

/** The accounts that it serves, by name; none where it has no accounts. */
export async function accounts() {
  const found = await said({ type: "search", mbean: "onefile:type=Operations,account=*" }, ASK_MS);
  return found.map((name) => /,account=([a-z0-9-]+)/.exec(name)[1]).sort();
}

/** From now on this account is meant; an empty name where there are none. */
export function choose(account) {
  chosen = account;
}

/** The account that is meant; empty where there are none. */
export const account = () => chosen;

/** How it stands now. */
export function status() {
  return call("status", [], ASK_MS);
}

/** Asks for something; returns what was asked for. */
export function ask(verb, ...values) {
  return call(verb, values, ASK_MS);
}

/** Does something; returns the sentence that says what was done. */
export async function act(verb, ...values) {
  const done = await call(verb, values, ACT_MS, { "X-Onefile-Client": "page" });
  return done.message;
}

async function call(verb, values, timeoutMs, headers = {}) {
  const answer = JSON.parse(
    await said(
      {
        type: "exec",
        mbean: `onefile:type=Operations${chosen && `,account=${chosen}`}`,
        operation: "call(java.lang.String,java.lang.String)",
        arguments: [verb, JSON.stringify(values)],
      },
      timeoutMs,
      headers,
    ),
  );
  if (answer.refusal) {
    throw new Refused([answer.refusal.message, answer.refusal.remedy].filter(Boolean).join(" "));
  }
  return answer.answer;
}

/** What an MBean answers. */
async function said(request, timeoutMs, headers = {}) {
  const found = await answered(() =>
    fetch(MBEANS, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers },
      body: JSON.stringify(request),
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    }),
  );
  if (found.status === 403) {
    me = null; // its roles may be others by now
    throw new Refused(String(found.error).replace(/^[\w.$]+ : /, ""));
  }
  if (found.status !== 200) {
    throw new Silent("The instance is not of the version of this page. Reload it.");
  }
  return found.value;
}

/** The JSON that a request is answered with. */
async function answered(send) {
  let answer;
  try {
    answer = await send();
  } catch {
    throw new Silent("The instance does not answer.");
  }
  if (answer.status === 401) {
    throw new Silent("The login is not accepted any more. Reload this page to log in again.");
  }
  if (!answer.ok) {
    throw new Silent(`The instance answers ${answer.status}.`);
  }
  try {
    return await answer.json();
  } catch {
    throw new Silent("The instance's answer broke off.");
  }
}
