// Elements, made and changed without ever reading text as HTML: names of files come from outside.

const SVG = "http://www.w3.org/2000/svg";

export const byId = (id) => document.getElementById(id);

/** An element with attributes and children; a string among the children becomes text. */
export function element(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** The same for SVG. */
export function drawn(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? "" : value);
    }
  }
  node.append(...children);
  return node;
}

/** Changes a text only where it differs, so that nothing is announced or unmarked without need. */
export function text(node, value) {
  if (node.textContent !== value) {
    node.textContent = value;
  }
}

export function show(node, isShown) {
  if (node.hidden === isShown) {
    node.hidden = !isShown;
  }
}

/**
 * Makes the children those of the list, each kept by its key: who reads or has the focus in one that
 * stays is not disturbed.
 */
export function keyed(parent, list, keyOf, make, update) {
  const old = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  let before = null;
  for (const one of list) {
    const key = String(keyOf(one));
    let child = old.get(key);
    old.delete(key);
    if (!child) {
      child = make(one);
      child.dataset.key = key;
    }
    update(child, one);
    const place = before ? before.nextElementSibling : parent.firstElementChild;
    if (place !== child) {
      parent.insertBefore(child, place);
    }
    before = child;
  }
  old.forEach((child) => child.remove());
}

/** Pairs of a term and what it is, with the same care; a pair without a value is left out. */
export function facts(list, pairs) {
  keyed(
    list,
    pairs.filter(([, value]) => value !== null && value !== undefined),
    ([term]) => term,
    ([term]) => element("div", {}, element("dt", {}, term), element("dd")),
    (pair, [, value]) => text(pair.lastElementChild, value),
  );
}
