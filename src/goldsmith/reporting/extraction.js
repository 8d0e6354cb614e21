"use strict";
const documents = JSON.parse(document.getElementById("data").textContent);
const STEP = 20, SCALE = 1000, MOST_CELLS = 1e6, SVG = "http://www.w3.org/2000/svg";
const FILTERS = ["field", "kind", "cluster"];
const chosen = {}, selects = {};
let shown = STEP;

function make(name, text, attributes, space) {
  const found = space ? document.createElementNS(space, name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) found.setAttribute(key, value);
  if (text !== undefined && text !== null) found.textContent = text;
  return found;
}

const byNumber = (one, other) => one.localeCompare(other, "en", {numeric: true});
const plural = (count, word) => `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;

// What is wrong, each with its document.
const errors = documents.flatMap(one => one.outcomes.filter(it => it.kind !== "right").map(it => ({one, it})));
const facets = ({one, it}) => ({field: it.field, kind: it.kind, cluster: one.cluster});

function matching(but) {
  return errors.filter(error => {
    const has = facets(error);
    return FILTERS.every(name => name === but || !chosen[name] || has[name] === chosen[name]);
  });
}

function prepare(name) {
  const select = selects[name] = document.getElementById(name);
  const values = [...new Set(errors.map(error => facets(error)[name]))].filter(Boolean).sort(byNumber);
  for (const value of ["", ...values]) select.append(make("option", null, {value}));
  select.parentElement.hidden = !values.length;
  select.addEventListener("change", () => {
    chosen[name] = select.value;
    location.hash = String(new URLSearchParams(FILTERS.filter(it => chosen[it]).map(it => [it, chosen[it]])));
    shown = STEP;
    draw();
  });
}

// Of each option, how many errors there are under the other filters.
function count(name) {
  const counts = {}, found = matching(name);
  for (const error of found) counts[facets(error)[name]] = (counts[facets(error)[name]] || 0) + 1;
  for (const option of selects[name].children) {
    const value = option.getAttribute("value");
    option.textContent = `${value || "all"} (${(value ? counts[value] || 0 : found.length).toLocaleString("en")})`;
  }
  selects[name].value = chosen[name];
}

// Which characters of a text are in no longest common subsequence with the other one.
function strange(text, other) {
  const ours = [...text], theirs = [...other], wide = theirs.length + 1;
  if (ours.length * theirs.length > MOST_CELLS) return [ours, ours.map(() => text !== other)];
  const common = new Uint16Array((ours.length + 1) * wide);
  for (let i = ours.length - 1; i >= 0; i--) for (let j = theirs.length - 1; j >= 0; j--) {
    const at = i * wide + j;
    common[at] = ours[i] === theirs[j] ? common[at + wide + 1] + 1 : Math.max(common[at + wide], common[at + 1]);
  }
  const marked = ours.map(() => true);
  for (let i = 0, j = 0; i < ours.length && j < theirs.length;) {
    if (ours[i] === theirs[j]) { marked[i++] = false; j++; }
    else if (common[(i + 1) * wide + j] >= common[i * wide + j + 1]) i++;
    else j++;
  }
  return [ours, marked];
}

function valueCell(text, other) {
  const cell = make("td", null, {class: "value"});
  if (text === null || other === null) return cell.append(text ?? "–"), cell;
  const [characters, marked] = strange(text, other);
  for (let start = 0, end = 1; start < characters.length; start = end++) {
    while (end < characters.length && marked[end] === marked[start]) end++;
    const part = characters.slice(start, end).join("");
    cell.append(marked[start] ? make("b", part) : part);
  }
  return cell;
}

function table(outcomes) {
  const found = make("table"), head = make("tr");
  for (const name of ["field", "gold", "found", ""]) head.append(make("th", name));
  found.append(head);
  for (const one of outcomes) {
    const row = make("tr"), kind = one.taken_as ? "taken for " + one.taken_as : one.kind;
    row.append(make("td", one.field, {class: "name"}));
    row.append(valueCell(one.gold, one.found), valueCell(one.found, one.gold));
    row.append(make("td", kind, {class: "kind " + one.kind.replaceAll(" ", "-")}));
    found.append(row);
  }
  return found;
}

function boxed(box, side, one, size, edge) {
  const [left, top, right, bottom] = box, group = make("g", null, {class: side + " " + (one.kind === "right" ? "fine" : "wrong")}, SVG);
  const at = {x: left, y: top, width: right - left, height: bottom - top};
  const drawn = make("rect", null, at, SVG);
  drawn.append(make("title", `${side} ${one.field}: ${one[side]}`, null, SVG));
  group.append(drawn);
  if (one.kind === "right") return group;
  group.append(make("text", one.field, {...beside(box, side, 0.65 * size * one.field.length, size / 4, edge), "font-size": size}, SVG));
  return group;
}

// Where a box's label hides least: gold ones stand left of it or above, found ones right of it or below.
function beside([left, top, right, bottom], side, long, gap, edge) {
  const middle = {y: (top + bottom) / 2, "dominant-baseline": "central"};
  if (side === "gold" && left > long + gap) return {...middle, x: left - gap, "text-anchor": "end"};
  if (side === "gold") return {x: left, y: top - gap};
  if (right + gap + long < edge) return {...middle, x: right + gap};
  return {x: right, y: bottom + gap, "text-anchor": "end", "dominant-baseline": "hanging"};
}

function word(text, [left, top, right, bottom]) {
  const size = {x: left, y: bottom - (bottom - top) * 0.2, "font-size": (bottom - top) * 0.8};
  return make("text", text, {...size, textLength: Math.max(right - left, 1), lengthAdjust: "spacingAndGlyphs"}, SVG);
}

function picture(page, outcomes) {
  const all = page.boxes.concat(outcomes.flatMap(one => ["gold", "found"].filter(side => one[side + "_page"] === page.page)
    .map(side => one[side + "_box"])).filter(box => box.length));
  const wide = page.width || all.reduce((most, box) => Math.max(most, box[2]), 0) || 1;
  const tall = page.height || all.reduce((most, box) => Math.max(most, box[3]), 0) || 1;
  // Shares of a page do not say how high it is by its width: as paper is.
  const across = SCALE / wide, down = wide === 1 && tall === 1 ? SCALE * Math.SQRT2 : across;
  const placed = ([left, top, right, bottom]) => [left * across, top * down, right * across, bottom * down];
  const size = Math.max(SCALE, tall * down) / 42, edge = Math.max(SCALE, SCALE / 2 + 0.4 * tall * down);
  const label = `words of page ${page.page} with gold and found boxes`;
  const view = `${-size} ${-size * 1.5} ${SCALE + 2 * size} ${tall * down + 3 * size}`;
  const svg = make("svg", null, {viewBox: view, role: "img", "aria-label": label}, SVG);
  page.words.forEach((text, place) => svg.append(word(text, placed(page.boxes[place]))));
  for (const wrong of [false, true]) for (const one of outcomes.filter(it => (it.kind !== "right") === wrong))
    for (const side of ["gold", "found"])
      if (one[side + "_page"] === page.page && one[side + "_box"].length)
        svg.append(boxed(placed(one[side + "_box"]), side, one, size, edge));
  return svg;
}

function pictures(one, outcomes) {
  const found = make("div");
  for (const page of one.pages) found.append(picture(page, outcomes));
  if (one.pages.some(page => !page.words.length)) found.append(make("p", "a page has no words", {class: "muted"}));
  const without = one.left_out ? "its pages are not drawn, to keep this file small" : "no page of it was given";
  if (!one.pages.length) found.append(make("p", without, {class: "muted"}));
  return found;
}

function card(one, wrong) {
  const found = make("div", null, {class: "document"}), left = make("div");
  left.append(make("h3", one.id + (one.cluster ? " – " + one.cluster : "")), table(wrong));
  const right = one.outcomes.filter(it => it.kind === "right" && (!chosen.field || it.field === chosen.field));
  if (one.pages.length) {
    const button = make("button", "Larger", {type: "button"});
    button.addEventListener("click", () => { button.textContent = found.classList.toggle("large") ? "Smaller" : "Larger"; });
    left.append(button);
  }
  found.append(left, pictures(one, [...wrong, ...right]));
  return found;
}

function draw() {
  const byDocument = new Map();
  for (const {one, it} of matching()) byDocument.set(one, [...(byDocument.get(one) || []), it]);
  FILTERS.forEach(count);
  const total = [...byDocument.values()].reduce((sum, several) => sum + several.length, 0);
  document.getElementById("count").textContent = `${plural(total, "error")} in ${plural(byDocument.size, "document")}`;
  const drawnFirst = [...byDocument].sort(([one], [other]) => Math.sign(one.left_out) - Math.sign(other.left_out));
  document.getElementById("documents").replaceChildren(...drawnFirst.slice(0, shown).map(pair => card(...pair)));
  document.getElementById("more").hidden = byDocument.size <= shown;
}

// Filters stand in the address, so that a link to them can be kept and the tables can point here.
function read() {
  const given = new URLSearchParams(location.hash.slice(1));
  const wanted = name => errors.some(error => facets(error)[name] === given.get(name)) ? given.get(name) : "";
  return FILTERS.filter(name => chosen[name] !== (chosen[name] = wanted(name))).length > 0;
}

FILTERS.forEach(prepare);
document.getElementById("more").addEventListener("click", () => { shown += STEP; draw(); });
addEventListener("hashchange", () => {
  if (!read()) return;
  shown = STEP;
  draw();
  document.getElementById("errors").scrollIntoView();
});
read();
draw();
