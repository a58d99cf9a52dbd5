// Numbers, moments and ages, in words; moments on the clocks that plan and windows are written for.

let zone;
let now = new Date();
let formats = new Map();

/** From now on: whose clocks, and what moment it is at the instance. */
export function clocks(zoneId, at) {
  if (zone !== zoneId) {
    zone = zoneId;
    formats = new Map();
  }
  now = new Date(at);
}

function format(options) {
  const key = JSON.stringify(options);
  if (!formats.has(key)) {
    let made;
    try {
      made = new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone });
    } catch {
      made = new Intl.DateTimeFormat("en-GB", options); // a zone that this browser does not know
    }
    formats.set(key, made);
  }
  return formats.get(key);
}

const DAY = { day: "2-digit", month: "short", year: "numeric" };
const MINUTE = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const SECOND = { ...MINUTE, second: "2-digit" };

export const number = (value) => value.toLocaleString("en-GB");

export const minute = (moment) => format(MINUTE).format(new Date(moment));

export const asOf = (moment) =>
  format({ ...SECOND, timeZoneName: "short" }).format(new Date(moment));

export const dayName = (moment) =>
  format({ weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(new Date(moment));

/** With the date where it is not today. */
export function time(moment) {
  const date = new Date(moment);
  const isToday = format(DAY).format(date) === format(DAY).format(now);
  return isToday
    ? format(SECOND).format(date)
    : format({ day: "numeric", month: "short", ...MINUTE }).format(date);
}

/** A space where no line ends. */
const FIXED = "\u00a0";

/** How long ago. */
export function ago(moment) {
  const seconds = Math.max(0, Math.round((now - new Date(moment)) / 1000));
  if (seconds < 120) {
    return `${seconds}${FIXED}s${FIXED}ago`;
  }
  if (seconds < 7200) {
    return `${Math.floor(seconds / 60)}${FIXED}min${FIXED}ago`;
  }
  return seconds < 172800 ? `${Math.floor(seconds / 3600)}${FIXED}h${FIXED}ago` : `${Math.floor(seconds / 86400)}${FIXED}days${FIXED}ago`;
}

export const count = (value, one, many = one + "s") => `${number(value)} ${value === 1 ? one : many}`;

export const speed = (rate) => (rate === "unlimited" ? "unlimited" : `${number(Number(rate))} a minute`);

export const sentence = (words) => words.charAt(0).toUpperCase() + words.slice(1);

/** The same with its full stop. */
export const wholeSentence = (words) => sentence(words).replace(/[^.!?]$/, "$&.");
