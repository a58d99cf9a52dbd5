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
  const request = {
    type: "exec",
    mbean: "onefile:type=Operations",
    operation: "call(java.lang.String,java.lang.String)",
    arguments: [verb, JSON.stringify(values)],
  };
  let said = await answered(() =>
    fetch(MBEANS, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers },
      body: JSON.stringify(request),
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    }),
  );
  if (said.status === 403) {
    me = null; // its roles may be others by now
    throw new Refused(String(said.error).replace(/^[\w.$]+ : /, ""));
  }
  try {
    said = said.status === 200 ? JSON.parse(said.value) : null;
  } catch {
    said = null;
  }
  if (!said) {
    throw new Silent("The instance is not of the version of this page. Reload it.");
  }
  if (said.refusal) {
    throw new Refused([said.refusal.message, said.refusal.remedy].filter(Boolean).join(" "));
  }
  return said.answer;
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
