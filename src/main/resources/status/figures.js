// How delivery stands, alarms, feeds and the session.

import { byId, element, facts, keyed, show, text } from "./dom.js";
import { ago, count, number, sentence, time, wholeSentence } from "./words.js";
import { pause, resume, retryBlocked } from "./actions.js";
import { may } from "./instance.js";

const STATES = {
  open: "open",
  paused: "paused",
  closed: "closed",
  rate_zero: "rate 0",
  stopping: "stopping",
};

const SOURCES = { plan: " by the plan", by_hand: ", set by hand" };

/** For badge, title and announcements. */
export const stateWords = (pace) => (pace ? STATES[pace.state] ?? pace.state : "not running");

const MAX_WAITING = 10;

let current = null;

export function figures(status) {
  current = status;
  delivery(status);
  alarms(status.alarms);
  troubles(status);
  feeds(status);
}

function delivery({ pace, backlog }) {
  text(byId("state"), stateWords(pace));
  byId("state").dataset.state = pace?.state ?? "none";
  text(byId("speed"), pace ? callsWords(pace) : "");
  const opens = pace?.opensAt ? ` Opens ${time(pace.opensAt)}.` : "";
  text(byId("reason"), pace && pace.state !== "open" ? pace.reason + opens : "");
  show(byId("reason"), byId("reason").textContent !== "");
  keyed(byId("delivery-actions"), actions(pace, backlog), ([label]) => label, button, () => {});
  facts(byId("backlog"), [
    ["Left to send", left(backlog)],
    ["Sent by about", backlog.open === 0 ? null : backlog.expectedFinishAt ? time(backlog.expectedFinishAt) : "no end in sight"],
    ["The oldest was accepted", backlog.oldestAcceptedAt ? `${time(backlog.oldestAcceptedAt)} (${ago(backlog.oldestAcceptedAt)})` : null],
    ["Wait for a person", backlog.blocked > 0 ? count(backlog.blocked, "blocked assignment") : "none"],
    ["Next change", pace?.nextEdgeAt ? `${time(pace.nextEdgeAt)}: ${pace.nextEdge}` : "none"],
  ]);
}

function callsWords(pace) {
  const rate = pace.callsPerMinute === "unlimited" ? "Unlimited calls" : `${number(Number(pace.callsPerMinute))} calls a minute`;
  return rate + (SOURCES[pace.source] ?? "");
}

function left(backlog) {
  if (backlog.open === 0) {
    return "nothing";
  }
  const waiting = backlog.waiting > 0 ? `, ${number(backlog.waiting)} to be tried again` : "";
  return `${count(backlog.open, "request")}, ${number(backlog.inFlight)} on their way${waiting}`;
}

function actions(pace, backlog) {
  const reasons = (pace?.pauses ?? []).map((one) => one.reason);
  return [
    ["Pause\u2026", pause, may("pause") && pace && !reasons.includes("operator")],
    ["Resume\u2026", () => resume(current), may("resume") && reasons.some((reason) => reason !== "server")],
    ["Retry blocked assignments\u2026", () => retryBlocked(current), may("retry") && backlog.blocked > 0],
  ].filter(([, , makesSense]) => makesSense);
}

function button([label, action]) {
  const made = element("button", { type: "button" }, label);
  made.addEventListener("click", action);
  return made;
}

function alarms(list) {
  text(byId("alarms-heading"), list.length ? `Alarms (${list.length})` : "Alarms");
  byId("alarms").closest("section").classList.toggle("standing", list.length > 0);
  text(byId("alarms-link"), count(list.length, "alarm"));
  show(byId("alarms-link"), list.length > 0);
  show(byId("no-alarms"), list.length === 0);
  show(byId("alarms"), list.length > 0);
  keyed(
    byId("alarms"),
    list,
    alarmKey,
    (alarm) =>
      element("li", { class: "alarm" }, element("h3", {}, alarmName(alarm)), element("p", { class: "quiet" }), element("p")),
    (item, alarm) => {
      text(item.children[1], `Since ${time(alarm.since)} (${ago(alarm.since)})`);
      text(item.children[2], wholeSentence(alarm.message));
    },
  );
}

/** What fails and is tried again: an alarm once it lasts, and not ready before that. */
function troubles({ troubles: list, alarms: standing }) {
  show(byId("troubles"), list.length > 0);
  show(byId("no-alarms"), list.length + standing.length === 0);
  keyed(
    byId("troubles"),
    list,
    (one) => `${one.stage} ${one.about ?? ""}`,
    (one) =>
      element("li", { class: "alarm" }, element("h3", {}, troubleName(one)), element("p", { class: "quiet" }), element("p")),
    (item, one) => {
      text(item.children[1], `Since ${time(one.since)} (${ago(one.since)}), last tried ${ago(one.lastFailedAt)}`);
      text(item.children[2], wholeSentence(one.reason));
    },
  );
}

const troubleName = (one) => `Failing: ${one.what}${one.about ? ` (${one.about})` : ""}`;

export const alarmKey = (alarm) => `${alarm.code} ${alarm.about ?? ""}`;

export const alarmName = (alarm) => (alarm.about ? `${alarm.code}: ${alarm.about}` : alarm.code);

function feeds(status) {
  keyed(
    byId("feeds"),
    status.feeds,
    (feed) => feed.name,
    (feed) =>
      element("li", {}, element("h3", {}, `Feed ${feed.name}`), element("p", { class: "place" }), element("p"), element("p", { class: "failure" }), element("p", { class: "failure" })),
    (item, feed) => {
      text(item.children[1], feed.place);
      text(item.children[2], feed.lastListedAt ? `Last listed ${time(feed.lastListedAt)} (${ago(feed.lastListedAt)})` : "Not listed yet");
      text(item.children[3], failing(feed));
      show(item.children[3], Boolean(feed.failure));
      text(item.children[4], waiting(feed));
      show(item.children[4], feed.allWaiting > 0);
    },
  );
  facts(byId("session"), [
    ["Session with Onefile", status.tokenSince ? `logged in ${ago(status.tokenSince)}, ${time(status.tokenSince)}` : "none; the next call logs in"],
    ...status.directories.map((one) => [`Directory of organisation ${one.organisation}`, directory(one)]),
  ]);
}

function failing(feed) {
  const at = feed.lastFailedAt ? ` ${time(feed.lastFailedAt)}` : "";
  return feed.failure ? `Failed${at}: ${feed.failure}` : "";
}

function waiting(feed) {
  const named = feed.waiting.slice(0, MAX_WAITING).map((file) => `${file.name} waits since ${time(file.since)} and is not taken: ${sentence(file.reason)}`);
  const more = feed.allWaiting - named.length;
  return named.concat(more > 0 ? [`${more} more files wait.`] : []).join(" ");
}

function directory(one) {
  const read = one.readAt ? `read ${time(one.readAt)}` : "not read yet";
  const wanted = one.isWanted ? ", being read again" : "";
  return sentence(read + wanted + (one.failure ? `. It fails: ${one.failure}` : ""));
}
