// Looks at the instance every two seconds, and shows what it says.

import { announce, whenDone } from "./actions.js";
import { day } from "./band.js";
import { byId, element, show, text } from "./dom.js";
import { files } from "./files.js";
import { alarmKey, alarmName, figures, stateWords } from "./figures.js";
import { account, accounts, choose, status, whoAmI } from "./instance.js";
import { plot } from "./plot.js";
import { asOf, clocks, count, number } from "./words.js";

const EVERY_MS = 2_000;
const LONGEST_MS = 30_000;
const NAME = "Onefile Assignment Routes";

let last = null;
let lostSince = null;
let waitMs = EVERY_MS;
let timer = null;
let looking = null;
let known = false;

/** One request at a time; a caller meanwhile shares its answer. */
function look() {
  clearTimeout(timer);
  looking ??= once().finally(() => {
    looking = null;
    if (!document.hidden) {
      timer = setTimeout(look, waitMs);
    }
  });
  return looking;
}

async function once() {
  let found;
  try {
    const { user } = await whoAmI();
    text(byId("me"), `You are logged in as ${user}.`);
    await findAccounts();
    const asked = account();
    found = await status();
    if (asked !== account()) {
      return; // another one was chosen meanwhile, and is asked next
    }
  } catch (failure) {
    lost(failure);
    return;
  }
  back();
  render(found);
  tell(last, found);
  last = found;
}

/** Which there are does not change while an instance runs; until it says so it is asked again. */
async function findAccounts() {
  if (known) {
    return;
  }
  const names = await accounts();
  if (names.length) {
    const wanted = decodeURIComponent(location.hash.slice(1));
    choose(names.includes(wanted) ? wanted : names[0]);
    byId("account").replaceChildren(...names.map((name) => element("option", { value: name }, name)));
    byId("account").value = account();
    show(byId("account-choice"), true);
  }
  known = true;
}

async function changeAccount() {
  choose(byId("account").value);
  history.replaceState(null, "", `#${account()}`);
  last = null; // what changes with it is no news
  show(byId("said"), false); // it was of the one before
  announce(`Account ${account()}.`);
  await looking; // it was about the one before
  await look();
}

function render(found) {
  clocks(found.day?.zone, found.at);
  text(byId("as-of"), `As of ${asOf(found.at)}`);
  text(byId("zone"), found.day ? `Times are those of ${found.day.zone}.` : "");
  figures(found);
  day(found);
  files(found);
  plot(found);
  document.title = title(found);
}

function title({ pace, backlog, alarms }) {
  const parts = [stateWords(pace), backlog.open ? `${number(backlog.open)} to send` : "nothing to send"];
  if (alarms.length) {
    parts.unshift(count(alarms.length, "alarm"));
  }
  return `${parts.join(", ")} \u2013 ${account() ? `${account()} \u2013 ` : ""}${NAME}`;
}

function lost(failure) {
  waitMs = lostSince ? Math.min(waitMs * 2, LONGEST_MS) : EVERY_MS;
  if (!lostSince) {
    lostSince = new Date();
    clocks(last?.day?.zone, lostSince);
    text(byId("lost-since"), `Connection lost since ${asOf(lostSince)}.`);
    announce("Connection lost. The figures are no longer live.");
  }
  text(
    byId("lost-why"),
    failure.message + (last ? ` What you see is of ${asOf(last.at)}.` : "") + " It is tried again.",
  );
  show(byId("lost"), true);
  document.body.classList.add("stale");
  document.title = `connection lost \u2013 ${NAME}`;
}

function back() {
  waitMs = EVERY_MS;
  if (lostSince) {
    lostSince = null;
    if (byId("lost").contains(document.activeElement)) {
      byId("main").focus({ preventScroll: true }); // the button goes
    }
    show(byId("lost"), false);
    document.body.classList.remove("stale");
    announce("Connected again.");
  }
}

/** Says aloud what somebody who can't see the page must know, when it happens, and nothing else. */
function tell(before, found) {
  if (!before) {
    return;
  }
  const news = [];
  if (stateWords(before.pace) !== stateWords(found.pace)) {
    news.push(`Delivery is now ${stateWords(found.pace)}.`);
  }
  const stood = new Set(before.alarms.map(alarmKey));
  const stands = new Set(found.alarms.map(alarmKey));
  found.alarms.filter((alarm) => !stood.has(alarmKey(alarm))).forEach((alarm) => news.push(`Alarm: ${alarmName(alarm)}.`));
  before.alarms.filter((alarm) => !stands.has(alarmKey(alarm))).forEach((alarm) => news.push(`Alarm over: ${alarmName(alarm)}.`));
  const states = new Map(before.files.map((file) => [file.no, file.state]));
  found.files
    .filter((file) => states.get(file.no) !== file.state && ["held", "refused", "done"].includes(file.state))
    .forEach((file) => news.push(`File ${file.no} is ${file.state}.`));
  if (news.length) {
    announce(news.join(" "));
  }
}

let drawnFor = 0;
window.addEventListener("resize", () => {
  cancelAnimationFrame(drawnFor);
  drawnFor = requestAnimationFrame(() => last && render(last));
});
document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    clearTimeout(timer);
  } else {
    look();
  }
});
byId("try-again").addEventListener("click", look);
byId("account").addEventListener("change", changeAccount);
whenDone(async () => {
  await looking; // one that was asked before the action knows nothing of it
  await look();
});
look();
