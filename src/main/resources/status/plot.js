// What came of the calls of the last 24 hours, by half hours.

import { byId, drawn, element, keyed, show, text } from "./dom.js";
import { againPattern, failedPattern, legend, patterns } from "./patterns.js";
import { count, minute, number, time } from "./words.js";

const HALF_HOUR = 1_800_000;
const SLICES = 48;
const HEIGHT = 150;
const TOP = 14;
const BOTTOM = 22;
const LEFT = 44;

const KINDS = [
  ["delivered", "delivered"],
  ["failed", "failed: rejected or blocked"],
  ["again", "failed, to be made again"],
];

const FILLS = { failed: failedPattern, again: againPattern };

export function plot({ traffic }) {
  const since = new Date(traffic.since).getTime();
  const slices = new Map(traffic.halfHours.map((one) => [new Date(one.from).getTime(), one]));
  const isEmpty = slices.size === 0;
  const again = traffic.again ? `, ${count(traffic.again, "call")} to be made again` : "";
  text(
    byId("traffic-words"),
    `Since ${time(traffic.since)}: ` +
      (isEmpty ? "no calls." : `${number(traffic.delivered)} delivered, ${number(traffic.failed)} failed${again}.`),
  );
  ["plot", "plot-legend", "plot-details"].forEach((id) => show(byId(id), !isEmpty));
  if (isEmpty) {
    return;
  }
  draw(since, slices);
  legend(byId("plot-legend"), KINDS);
  keyed(
    byId("plot-table"),
    traffic.halfHours,
    (one) => one.from,
    (one) => element("tr", {}, element("th", { scope: "row" }, time(one.from)), element("td"), element("td"), element("td")),
    (line, one) =>
      [one.delivered, one.failed, one.again].forEach((value, i) => text(line.children[i + 1], number(value))),
  );
}

function draw(since, slices) {
  const place = byId("plot");
  const width = Math.max(200, place.clientWidth);
  const step = (width - LEFT) / SLICES;
  const most = Math.max(0, ...[...slices.values()].map((one) => one.delivered + one.failed + one.again));
  const top = ceiling(most);
  const tall = (value) => (value / top) * HEIGHT;
  const base = TOP + HEIGHT;

  const picture = drawn("svg", {
    width,
    height: TOP + HEIGHT + BOTTOM,
    role: "img",
    "aria-label": `Calls by half hours. ${byId("traffic-words").textContent} The table below has the figures.`,
  }, patterns());
  for (const value of most ? [0, top / 2, top] : [0]) {
    const y = base - tall(value);
    picture.append(
      drawn("line", { x1: LEFT, x2: width, y1: y, y2: y, class: value ? "grid" : "axis" }),
      drawn("text", { x: LEFT - 6, y: y + 4, "text-anchor": "end" }, number(value)),
    );
  }
  for (let i = 0; i < SLICES; i++) {
    const moment = since + i * HALF_HOUR;
    const slice = slices.get(moment);
    if (slice) {
      picture.append(bar(slice, LEFT + i * step, step, base, tall));
    }
  }
  hours(picture, since, step, width, base);
  place.replaceChildren(picture);
}

/** A round number that the tallest bar fits under, and that can be halved. */
function ceiling(most) {
  const power = 10 ** Math.floor(Math.log10(Math.max(2, most)));
  const round = [1, 2, 4, 6, 8, 10].map((times) => times * power).find((value) => value >= most && value >= 2);
  return round ?? 10 * power;
}

function bar(slice, left, step, base, tall) {
  const group = drawn("g", {}, drawn("title", {}, `From ${time(slice.from)}: ${number(slice.delivered)} delivered, ${number(slice.failed)} failed, ${number(slice.again)} to be made again`));
  let y = base;
  for (const [name] of KINDS) {
    // what there is one of among thousands is still to be seen
    const height = slice[name] ? Math.max(2, tall(slice[name])) : 0;
    y -= height;
    const shape = { x: left + step * 0.1, y, width: step * 0.8, height };
    if (height) {
      group.append(drawn("rect", { ...shape, class: name }));
      if (FILLS[name]) {
        group.append(drawn("rect", { ...shape, fill: FILLS[name] }));
      }
    }
  }
  return group;
}

function hours(picture, since, step, width, base) {
  const every = width < 480 ? 6 : 3;
  for (let i = 0; i <= SLICES; i++) {
    const label = minute(since + i * HALF_HOUR);
    if (label.endsWith(":00") && Number(label.slice(0, 2)) % every === 0) {
      const x = LEFT + i * step;
      const anchor = x > width - 20 ? "end" : "middle";
      picture.append(
        drawn("line", { x1: x, x2: x, y1: base, y2: base + 5, class: "axis" }),
        drawn("text", { x, y: base + 18, "text-anchor": anchor }, label),
      );
    }
  }
}
