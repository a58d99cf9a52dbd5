// What a person can do, each asked about before it is done.

import { byId, element, show, text } from "./dom.js";
import { account, act, ask as lookUp, Refused } from "./instance.js";
import { count, number, time } from "./words.js";

const said = byId("said");
const saidWords = byId("said-words");

let afterwards = () => {};
let asked = null;

/** Tells what is to be called after something was done. */
export function whenDone(listener) {
  afterwards = listener;
}

const ofFile = (file) => `file ${file.no}, ${file.name}`;
const some = (file, state) => file.rows[state] ?? 0;

export function pause() {
  ask({
    heading: "Pause delivery?",
    words: [
      "Nothing more is sent until somebody resumes it, also after a restart. Calls on their way are finished, and files still come in.",
    ],
    yes: "Pause delivery",
    needsWhy: true,
    act: (why) => act("pause", why),
  });
}

export function resume(status) {
  const stays = status.pace.pauses.some((pause) => pause.reason === "server");
  ask({
    heading: "Resume delivery?",
    words: [
      ...status.pace.pauses.filter((pause) => pause.reason !== "server").map((pause) => pause.message),
      `${count(status.backlog.open, "request is", "requests are")} left to send. This ends a pause by hand, and the wait after an outage or a refused login.`,
      ...(stays ? ["A pause that Onefile asked for stays."] : []),
    ],
    yes: "Resume delivery",
    act: () => act("resume"),
  });
}

export function release(file) {
  ask({
    heading: `Release ${ofFile(file)}?`,
    words: [
      ...(file.message ? [`It is held: ${file.message}`] : []),
      `It goes to delivery however it is judged: ${count(file.open, "request")} to Onefile, at the pace.`,
    ],
    yes: `Release file ${file.no}`,
    act: () => act("release", String(file.no), {}),
  });
}

export function releaseAdds(file) {
  ask({
    heading: `Release the adds of ${ofFile(file)}?`,
    words: [
      "What is not known to replace anybody goes to delivery, by a file that is made of it. The rest stays held and can be released later.",
    ],
    yes: `Release the adds of file ${file.no}`,
    act: () => act("release", String(file.no), { only: "adds" }),
  });
}

export function cancel(file) {
  ask({
    heading: `Cancel ${ofFile(file)}?`,
    words: [
      file.state === "receiving"
        ? "It is read to its end, and nothing of it is sent."
        : `Nothing more of it is sent: ${count(file.open, "assignment")} will be cancelled. What is on its way is finished.`,
      "Its sender gets results all the same. It can't be undone; the file can be dropped again.",
    ],
    yes: `Cancel file ${file.no}`,
    isHard: true,
    act: () => act("cancel", String(file.no)),
  });
}

export function undo(file) {
  ask({
    heading: `Undo ${ofFile(file)}?`,
    words: ["Asking what it would do\u2026"],
    wordsLater: () => undone(file),
    yes: `Undo file ${file.no}`,
    isHard: true,
    act: () => act("undo", String(file.no), false),
  });
}

async function undone(file) {
  const would = await lookUp("undo", String(file.no), true);
  const { restored, kept, cannot } = would.slots;
  return [
    `${count(restored, "slot gets back what it held", "slots get back what they held")} before this file. Kept, for a newer file owns the slot: ${number(kept)}. Can't be given back; look at it in Onefile: ${number(cannot)}.`,
    would.plan.held
      ? `The file made for it would be held: ${would.plan.heldWhy}`
      : "The file made for it is planned and sent as any, and can be undone itself.",
  ];
}

export function retry(file) {
  ask({
    heading: `Retry assignments of ${ofFile(file)}?`,
    words: [
      `${count(some(file, "blocked"), "blocked assignment")} and ${count(some(file, "rejected"), "rejected assignment")} are sent again. One that a newer row has overtaken becomes superseded. Further results follow.`,
    ],
    yes: `Retry assignments of file ${file.no}`,
    act: () => act("retry", { file: String(file.no) }),
  });
}

export function retryBlocked(status) {
  ask({
    heading: "Retry all blocked assignments?",
    words: [
      `${count(status.backlog.blocked, "blocked assignment")} of all files are sent again. One that a newer row has overtaken becomes superseded.`,
    ],
    yes: "Retry all blocked assignments",
    act: () => act("retry", {}),
  });
}

function ask(question) {
  const from = document.activeElement;
  asked = { ...question, from, place: from.closest(".file, .delivery") };
  text(byId("ask-heading"), (account() ? `Account ${account()}: ` : "") + question.heading);
  byId("ask-words").replaceChildren(...question.words.map((words) => element("p", {}, words)));
  show(byId("ask-field"), Boolean(question.needsWhy));
  byId("ask-why").value = "";
  byId("ask-why").required = Boolean(question.needsWhy);
  text(byId("ask-failure"), "");
  text(byId("ask-yes"), question.yes);
  byId("ask-yes").classList.toggle("hard", Boolean(question.isHard));
  working(false);
  byId("ask").showModal();
  (question.needsWhy ? byId("ask-why") : byId("ask-no")).focus();
  if (question.wordsLater) {
    explain(asked);
  }
}

/** Who is asked sees first what it would do; where that can't be known, there is no yes. */
async function explain(question) {
  working(true);
  try {
    const words = await question.wordsLater();
    if (asked === question) {
      byId("ask-words").replaceChildren(...words.map((each) => element("p", {}, each)));
      working(false);
    }
  } catch (failure) {
    if (asked === question) {
      byId("ask").setAttribute("aria-busy", "false");
      text(byId("ask-failure"), failure.message);
    }
  }
}

async function confirmed(event) {
  event.preventDefault();
  const question = asked;
  if (!question || byId("ask-yes").disabled) {
    return;
  }
  text(byId("ask-failure"), "");
  working(true);
  try {
    const done = await question.act(byId("ask-why").value);
    byId("ask").close();
    say(done, question.place);
    await afterwards();
    keepFocus(question.from);
  } catch (failure) {
    const isKnown = failure instanceof Refused;
    text(
      byId("ask-failure"),
      failure.message + (isKnown ? "" : " Whether it was done is not known; look before you do it again."),
    );
  } finally {
    working(false);
  }
}

function working(isWorking) {
  byId("ask-yes").disabled = isWorking;
  byId("ask").setAttribute("aria-busy", String(isWorking));
}

/** Where the button that was used is gone with what it did, its surroundings get the focus. */
function keepFocus(from) {
  if (from?.isConnected && !from.closest("[hidden]")) {
    from.focus();
  } else if (!document.activeElement || document.activeElement === document.body) {
    const key = from?.dataset?.file;
    (key ? byId(`file-${key}`) : byId("main"))?.focus();
  }
}

/** Where it was asked: nothing else is covered, and it is in view. */
function say(words, place) {
  place?.append(said);
  text(saidWords, words);
  show(said, true);
  announce(words);
}

/** Said by screen readers, once. */
export function announce(words) {
  text(byId("news"), words);
}

/** Shows the first assignments of a file that need a person. */
export async function showRows(file) {
  text(byId("rows-heading"), `Assignments that need a person, ${ofFile(file)}`);
  text(byId("rows-words"), "Asking\u2026");
  byId("rows-list").replaceChildren();
  byId("rows").showModal();
  byId("rows-heading").focus();
  try {
    const details = await lookUp("details", String(file.no));
    const further = details.furtherRows > 0 ? ` ${number(details.furtherRows)} more follow.` : "";
    text(byId("rows-words"), `${count(details.rows.length, "assignment")} shown.${further}`);
    byId("rows-list").replaceChildren(...details.rows.map(row));
  } catch (failure) {
    text(byId("rows-words"), failure.message);
  }
}

function row(found) {
  const last = found.attempts.at(-1);
  const calls = last
    ? `${count(found.calls, "call")}, the last at ${time(last.at)}: ${last.httpStatus ? `HTTP ${last.httpStatus}` : "no answer"}`
    : "No call was made for it.";
  return element(
    "li",
    {},
    element("h3", {}, `Row ${number(found.row)}, ${found.state}`),
    element("p", {}, [found.code, found.message].filter(Boolean).join(": ")),
    element("p", { class: "quiet" }, `Learner ${found.learner ?? "unknown"}. ${calls}`),
  );
}

byId("ask-form").addEventListener("submit", confirmed);
byId("ask-no").addEventListener("click", () => byId("ask").close());
byId("rows-close").addEventListener("click", () => byId("rows").close());
byId("dismiss").addEventListener("click", () => {
  const place = said.closest(".file")?.querySelector("h3") ?? byId("main");
  show(said, false);
  place.focus();
});
