// The day as a band: how fast calls may leave, when none may, and where in it we are.

import { byId, drawn, element, keyed, text } from "./dom.js";
import { closedPattern, legend, patterns, pausePattern } from "./patterns.js";
import { dayName, minute, speed } from "./words.js";

const HOUR = 3_600_000;
const TOP = 22;
const HEIGHT = 56;
const BOTTOM = 22;

/** A pause covers the upper part only: what it covers continues when it is over. */
const PAUSE = 20;

/** What is left out where there is none of it. */
const KINDS = [
  ["rate", "calls leave, higher is faster"],
  ["closed", "closed, no call leaves"],
  ["pause", "paused"],
];

export function day(status) {
  const today = status.day;
  if (!today) {
    return;
  }
  const parts = today.parts.map((part) => ({ ...part, kind: kind(part) }));
  const pauses = pausesOf(status, today);
  text(byId("day-heading"), `Today, ${dayName(status.at)}`);
  text(byId("day-words"), words(status, parts));
  draw(today, parts, pauses, status.at);
  const kinds = new Set([...parts.map((part) => part.kind), ...pauses.map(() => "pause")]);
  legend(byId("band-legend"), KINDS.filter(([name]) => kinds.has(name)));
  keyed(
    byId("day-list"),
    [...parts.map(listed), ...pauses.map((pause) => `${minute(pause.from)} to ${pause.ends}: ${pause.message}`)],
    (line) => line,
    (line) => element("li", {}, line),
    () => {},
  );
}

const kind = (part) => (part.closed ? "closed" : "rate");

function pausesOf(status, today) {
  const end = new Date(today.until);
  return status.pace.pauses.map((pause) => ({
    message: pause.message,
    from: status.at,
    until: pause.until && new Date(pause.until) < end ? pause.until : today.until,
    ends: pause.until && new Date(pause.until) < end ? minute(pause.until) : "24:00 and on",
  }));
}

const ends = (moment) => (minute(moment) === "00:00" ? "24:00" : minute(moment));

const range = (part) => `${minute(part.from)} to ${ends(part.until)}`;

function listed(part) {
  if (part.closed) {
    return `${range(part)}: closed, ${part.closed}`;
  }
  const source = part.plan ? `, plan ${part.plan}` : part.source === "by_hand" ? ", set by hand" : "";
  return `${range(part)}: ${speed(part.callsPerMinute)}${source}`;
}

function words(status, parts) {
  const closed = parts.filter((part) => part.closed).map(range);
  const windows = closed.length ? `Closed ${closed.join(" and ")}.` : "No closed window today.";
  return `It is ${minute(status.at)}. ${windows}`;
}

function draw(today, parts, pauses, at) {
  const place = byId("band");
  const width = Math.max(200, place.clientWidth);
  const from = new Date(today.from).getTime();
  const until = new Date(today.until).getTime();
  const x = (moment) => ((new Date(moment).getTime() - from) / (until - from)) * width;
  const fastest = Math.max(1, ...parts.filter((part) => !part.closed && part.callsPerMinute !== "unlimited").map((part) => Number(part.callsPerMinute)));

  const picture = drawn("svg", {
    width,
    height: TOP + HEIGHT + BOTTOM,
    role: "img",
    "aria-label": `The day from 00:00 to 24:00. ${byId("day-words").textContent} The list below says the same.`,
  }, patterns());
  picture.append(drawn("rect", { x: 0, y: TOP, width, height: HEIGHT, class: "ground" }));
  for (const part of parts) {
    const left = x(part.from);
    const wide = Math.max(0, x(part.until) - left);
    const share = part.callsPerMinute === "unlimited" ? 1 : Number(part.callsPerMinute) / fastest;
    const tall = part.closed ? HEIGHT : HEIGHT * share;
    const shape = { x: left, y: TOP + HEIGHT - tall, width: wide, height: tall };
    picture.append(
      drawn("g", {},
        drawn("title", {}, listed(part)),
        drawn("rect", { ...shape, class: part.kind }),
        ...(part.closed ? [drawn("rect", { ...shape, fill: closedPattern })] : [])),
    );
    const label = part.closed ? "closed" : speed(part.callsPerMinute);
    // to the right of the mark of now where that would cross it
    const start = x(at) > left && x(at) < left + label.length * 8 ? x(at) : left;
    if (!part.closed && left + wide > start + label.length * 8) {
      picture.append(drawn("text", { x: start + 6, y: TOP + HEIGHT - 8, class: "on-band" }, label));
    }
  }
  for (const pause of pauses) {
    const left = x(pause.from);
    const shape = { x: left, y: TOP, width: Math.max(2, x(pause.until) - left), height: PAUSE };
    picture.append(
      drawn("g", {},
        drawn("title", {}, pause.message),
        drawn("rect", { ...shape, class: "pause" }),
        drawn("rect", { ...shape, fill: pausePattern })),
    );
  }
  hours(picture, from, until, x, width);
  now(picture, x(at), width, at);
  place.replaceChildren(picture);
}

function hours(picture, from, until, x, width) {
  const step = width < 480 ? 6 : 3;
  const seen = new Set();
  for (let moment = from; moment <= until; moment += HOUR) {
    const label = moment === until ? "24:00" : minute(moment);
    if (Number(label.slice(0, 2)) % step || !label.endsWith(":00") || seen.has(label)) {
      continue;
    }
    seen.add(label); // where the clocks go back, an hour comes twice
    const anchor = moment === from ? "start" : moment === until ? "end" : "middle";
    picture.append(
      drawn("line", { x1: x(moment), x2: x(moment), y1: TOP + HEIGHT, y2: TOP + HEIGHT + 5, class: "axis" }),
      drawn("text", { x: x(moment), y: TOP + HEIGHT + 18, "text-anchor": anchor }, label),
    );
  }
}

function now(picture, x, width, at) {
  const anchor = x < 40 ? "start" : x > width - 40 ? "end" : "middle";
  picture.append(
    drawn("line", { x1: x, x2: x, y1: TOP - 4, y2: TOP + HEIGHT + 3, class: "now-line" }),
    drawn("path", { d: `M${x - 5} ${TOP - 5} h10 l-5 7 z`, class: "now-mark" }),
    drawn("text", { x, y: TOP - 9, "text-anchor": anchor, class: "now-text" }, `now ${minute(at)}`),
  );
}
