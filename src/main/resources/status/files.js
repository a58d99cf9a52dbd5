// The files, one block each, changed in place.

import { byId, element, keyed, show, text } from "./dom.js";
import { ago, count, number, time } from "./words.js";
import { cancel, release, releaseAdds, retry, showRows, undo } from "./actions.js";
import { may } from "./instance.js";

const shown = new Map();

export function files(status) {
  shown.clear();
  status.files.forEach((file) => shown.set(String(file.no), file));
  const places = status.feeds.map((feed) => feed.place);
  text(byId("no-files"), places.length ? `No files yet: drop one into ${places.join(", or ")}.` : "No files yet.");
  show(byId("no-files"), status.files.length === 0);
  show(byId("files-note"), status.files.length > 0);
  keyed(byId("files"), status.files, (file) => file.no, make, update);
}

function make(file) {
  const heading = `file-${file.no}`;
  return element(
    "li",
    { class: "file" },
    element(
      "div",
      { class: "file-head" },
      element("h3", { id: heading, tabindex: "-1" }, element("bdi", {}, file.name)),
      element("span", { class: "badge", "data-part": "state" }),
    ),
    element("p", { class: "quiet", "data-part": "about" }),
    element(
      "div",
      { class: "progress", "data-part": "progress" },
      element("progress", { max: "100", "aria-labelledby": heading }),
      element("span", {}),
    ),
    element("p", { class: "message", "data-part": "message" }),
    element("ul", { class: "tally", "data-part": "tally", "aria-label": `Assignments of file ${file.no} by state` }),
    element("div", { class: "actions", "data-part": "actions" }),
  );
}

function update(item, file) {
  const part = (name) => item.querySelector(`[data-part="${name}"]`);
  text(part("state"), file.state);
  part("state").dataset.state = file.state;
  text(part("about"), about(file));

  const unread = file.total === 0 && file.state === "receiving";
  const final = file.total - file.open;
  const percent = unread ? 0 : file.total === 0 ? 100 : Math.floor((100 * final) / file.total);
  const bar = part("progress");
  show(bar, file.state !== "refused");
  bar.firstElementChild.value = percent;
  const words = unread ? "being read" : `${percent} %, ${number(final)} of ${count(file.total, "assignment")} final`;
  text(bar.lastElementChild, words);
  if (bar.firstElementChild.getAttribute("aria-valuetext") !== words) {
    bar.firstElementChild.setAttribute("aria-valuetext", words);
  }

  const message = [file.code, file.message].filter(Boolean).join(": ");
  text(part("message"), message);
  show(part("message"), message !== "");

  keyed(
    part("tally"),
    Object.entries(file.rows).filter(([, amount]) => amount > 0),
    ([state]) => state,
    ([state]) => element("li", { "data-state": state }),
    (one, [state, amount]) => text(one, `${number(amount)} ${state}`),
  );
  show(part("tally"), part("tally").childElementCount > 0);
  keyed(part("actions"), actions(file), ([label]) => label, (action) => button(file, action), () => {});
  show(part("actions"), part("actions").childElementCount > 0);
}

function about(file) {
  const done = file.doneAt ? `, done ${time(file.doneAt)}` : "";
  return `File ${file.no}, feed ${file.feed}, accepted ${time(file.acceptedAt)} (${ago(file.acceptedAt)})${done}`;
}

const reached = (file, state) => (file.rows[state] ?? 0) > 0;

function actions(file) {
  const needPerson = (file.rows.blocked ?? 0) + (file.rows.rejected ?? 0) > 0;
  const isFinal = file.open === 0 && (reached(file, "sent") || reached(file, "blocked") || reached(file, "rejected"));
  return [
    ["Release\u2026", release, may("release") && file.state === "held"],
    ["Release adds\u2026", releaseAdds, may("release") && file.state === "held"],
    ["Cancel\u2026", cancel, may("cancel") && ["held", "delivering", "receiving"].includes(file.state)],
    ["Undo\u2026", undo, may("undo") && isFinal && ["delivering", "done", "cancelled"].includes(file.state)],
    ["Retry\u2026", retry, may("retry") && needPerson && ["delivering", "done"].includes(file.state)],
    ["Show assignments", showRows, needPerson],
  ].filter(([, , makesSense]) => makesSense);
}

function button(file, [label, action]) {
  const made = element(
    "button",
    { type: "button", "data-file": file.no },
    label,
    element("span", { class: "unseen" }, ` file ${file.no}, ${file.name}`),
  );
  // by number: what is asked about is how the file stands when the button is used
  made.addEventListener("click", () => action(shown.get(String(file.no)) ?? file));
  return made;
}
