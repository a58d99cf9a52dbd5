// Hatching, so that nothing is told by colour alone.

import { drawn, element, keyed } from "./dom.js";

export const closedPattern = "url(#hatch-closed)";
export const pausePattern = "url(#hatch-pause)";
export const failedPattern = "url(#hatch-failed)";
export const againPattern = "url(#hatch-again)";

const FILLS = { closed: closedPattern, pause: pausePattern, failed: failedPattern, again: againPattern };

export function patterns() {
  return drawn(
    "defs",
    {},
    tile("hatch-closed", 8, "M-2 2 l4 -4 M0 8 l8 -8 M6 10 l4 -4", "ink-closed"),
    tile("hatch-pause", 8, "M0 8 l8 -8 M0 0 l8 8", "ink-pause"),
    tile("hatch-failed", 5, "M0 0 l5 5", "ink-failed"),
    tile("hatch-again", 5, "M0 2.5 h5", "ink-again"),
  );
}

const tile = (id, size, path, ink) =>
  drawn("pattern", { id, width: size, height: size, patternUnits: "userSpaceOnUse" }, drawn("path", { d: path, class: ink }));

/** Pairs of a kind and what it means. */
export function legend(list, kinds) {
  keyed(
    list,
    kinds,
    ([name]) => name,
    ([name, meaning]) =>
      element("li", {}, swatch(name), element("span", {}, meaning)),
    () => {},
  );
}

function swatch(name) {
  const shape = { x: 0.5, y: 0.5, width: 23, height: 15 };
  return drawn(
    "svg",
    { width: 24, height: 16, "aria-hidden": "true" },
    drawn("rect", { ...shape, class: name }),
    ...(FILLS[name] ? [drawn("rect", { ...shape, fill: FILLS[name] })] : []),
  );
}
