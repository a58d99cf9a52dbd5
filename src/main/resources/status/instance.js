// The instance, asked through its MBeans: the same that the commands, JMX and the console use.

const MBEANS = new URL("/observe/jolokia", location.origin);
const LOOK_MS = 15_000;
const ACT_MS = 600_000; // a cancel of a million rows takes a while

/** It did not answer, or not as it does. */
export class Silent extends Error {}

/** It answered that it won't. */
export class Refused extends Error {}

/** How it stands now. */
export async function status() {
  const request = { type: "read", mbean: "onefile:type=Delivery", attribute: "Status" };
  return JSON.parse(await call(request, LOOK_MS));
}

/** Looks something up; returns what was asked for. */
export async function look(mbean, operation, ...values) {
  return JSON.parse(await call(execution(mbean, operation, values), LOOK_MS));
}

/** Does something; returns the sentence that says what was done. */
export function act(mbean, operation, ...values) {
  return call(execution(mbean, operation, values), ACT_MS, { "X-Onefile-Client": "page" });
}

function execution(mbean, operation, values) {
  const types = values.map(() => "java.lang.String").join(",");
  return {
    type: "exec",
    mbean: `onefile:type=${mbean}`,
    operation: `${operation}(${types})`,
    arguments: values,
  };
}

async function call(request, patienceMs, headers = {}) {
  let answer;
  try {
    answer = await fetch(MBEANS, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers },
      body: JSON.stringify(request),
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(patienceMs),
    });
  } catch {
    throw new Silent("The instance does not answer.");
  }
  if (answer.status === 401) {
    throw new Silent("The login is not accepted any more. Reload this page to log in again.");
  }
  if (!answer.ok) {
    throw new Silent(`The instance answers ${answer.status}.`);
  }
  let said;
  try {
    said = await answer.json();
  } catch {
    throw new Silent("The instance's answer broke off.");
  }
  if (said.status !== 200) {
    throw new Refused(reason(said.error));
  }
  return said.value;
}

/** What Jolokia puts before the sentence is for programmers. */
const reason = (error) => String(error ?? "It was refused.").replace(/^(?:[\w.$]+(?:Exception|Error) : )+/, "");
