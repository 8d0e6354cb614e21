"use strict";
const documents = JSON.parse(document.getElementById("data").textContent);
const STEP = 20, SVG = "http://www.w3.org/2000/svg";
const chosen = {field: "", kind: "", cluster: ""};
let shown = STEP;

function make(name, text, attributes, space) {
  const found = space ? document.createElementNS(space, name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) found.setAttribute(key, value);
  if (text !== undefined && text !== null) found.textContent = text;
  return found;
}

const byNumber = (one, other) => one.localeCompare(other, "en", {numeric: true});

function options(id, values) {
  const select = document.getElementById(id);
  select.append(make("option", "all", {value: ""}));
  for (const value of [...new Set(values)].filter(Boolean).sort(byNumber))
    select.append(make("option", value, {value}));
  select.addEventListener("change", () => { chosen[id] = select.value; shown = STEP; draw(); });
}

function rectangle(box, name) {
  const [left, top, right, bottom] = box;
  const at = {x: left, y: top, width: Math.max(right - left, 0), height: Math.max(bottom - top, 0)};
  return make("rect", null, {...at, class: name}, SVG);
}

function picture(page, outcomes) {
  const width = page.width || Math.max(1, ...page.boxes.map(box => box[2]));
  const height = page.height || Math.max(1, ...page.boxes.map(box => box[3]));
  const label = "words of page " + page.page + " with gold and found boxes";
  const svg = make("svg", null, {viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label}, SVG);
  page.words.forEach((word, place) => {
    const [left, top, right, bottom] = page.boxes[place];
    const size = {x: left, y: bottom - (bottom - top) * 0.2, "font-size": (bottom - top) * 0.8};
    const fit = {textLength: Math.max(right - left, 1), lengthAdjust: "spacingAndGlyphs"};
    svg.append(make("text", word, {...size, ...fit, style: "fill:var(--ink)"}, SVG));
  });
  for (const one of outcomes.filter(one => one.page === page.page)) {
    if (one.gold_box.length) svg.append(rectangle(one.gold_box, "gold-box"));
    if (one.found_box.length) svg.append(rectangle(one.found_box, "found-box"));
  }
  return svg;
}

function matches(one) {
  return (!chosen.field || one.field === chosen.field) && (!chosen.kind || one.kind === chosen.kind);
}

function table(outcomes) {
  const found = make("table");
  const head = make("tr");
  for (const name of ["field", "gold", "found", ""]) head.append(make("th", name));
  found.append(head);
  for (const one of outcomes) {
    const row = make("tr");
    const kind = one.taken_as ? "taken for " + one.taken_as : one.kind;
    for (const text of [one.field, one.gold ?? "–", one.found ?? "–"]) row.append(make("td", text));
    row.append(make("td", kind, {class: one.kind.replaceAll(" ", "-")}));
    found.append(row);
  }
  return found;
}

function card(one) {
  const found = make("div", null, {class: "document"}), left = make("div"), right = make("div");
  left.append(make("h3", one.id + (one.cluster ? " – " + one.cluster : "")));
  left.append(table(one.outcomes.filter(it => it.kind !== "right" && matches(it))));
  const drawn = one.outcomes.filter(matches);
  for (const page of one.pages) right.append(picture(page, drawn));
  if (!one.pages.length) right.append(make("p", "no page of it was given", {class: "muted"}));
  found.append(left, right);
  return found;
}

function draw() {
  const wanted = documents.filter(one => (!chosen.cluster || one.cluster === chosen.cluster)
    && one.outcomes.some(it => it.kind !== "right" && matches(it)));
  const errors = wanted.flatMap(one => one.outcomes).filter(it => it.kind !== "right" && matches(it));
  document.getElementById("count").textContent = `${errors.length} errors in ${wanted.length} documents`;
  document.getElementById("documents").replaceChildren(...wanted.slice(0, shown).map(card));
  document.getElementById("more").hidden = wanted.length <= shown;
}

const all = documents.flatMap(one => one.outcomes);
options("field", all.map(one => one.field));
options("kind", all.map(one => one.kind).filter(kind => kind !== "right"));
options("cluster", documents.map(one => one.cluster));
document.getElementById("more").addEventListener("click", () => { shown += STEP; draw(); });
draw();
