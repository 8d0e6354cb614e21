// Runs the error browser's own script without a browser, on a document of plain objects, and does
// the steps that are given (field=date, more=, hash=kind=missed); prints what is seen after each.
"use strict";
const fs = require("fs"), vm = require("vm");
const html = fs.readFileSync(process.argv[2], "utf8");
const data = html.split('id="data">')[1].split("</script>")[0];
const script = html.split("</script>\n<script>")[1].split("</script>")[0];

class Node {
  constructor(name) {
    Object.assign(this, {name, children: [], attributes: {}, listeners: {}, parentElement: {}});
    const classes = new Set();
    this.classList = {toggle: one => classes.has(one) ? !classes.delete(one) : !!classes.add(one)};
  }
  setAttribute(key, value) { this.attributes[key] = String(value); }
  getAttribute(key) { return this.attributes[key]; }
  append(...more) { this.children.push(...more); }
  replaceChildren(...more) { this.children = more; }
  addEventListener(event, call) { this.listeners[event] = call; }
  scrollIntoView() { this.seen = true; }
  nodes() { return this.children.filter(one => one instanceof Node); }
  all(name) { return this.nodes().flatMap(one => [...(one.name === name ? [one] : []), ...one.all(name)]); }
  get words() { return (this.textContent ?? "") + this.children.map(one => one.words ?? one).join(""); }
}
const byId = {}, outside = {};
const location = {
  text: "",
  get hash() { return this.text; },
  set hash(text) { this.text = text && "#" + text.replace(/^#/, ""); outside.hashchange?.(); },
};
const page = {
  getElementById: id => byId[id] ??= Object.assign(new Node(id), {textContent: id === "data" ? data : ""}),
  createElement: name => new Node(name),
  createElementNS: (space, name) => new Node(name),
};
vm.runInNewContext(script, {
  document: page, location, URLSearchParams, addEventListener: (event, call) => { outside[event] = call; },
});
const cells = (node, name) => node.all("td").filter(one => one.attributes.class.split(" ")[0] === name);
const state = () => ({
  count: byId.count.textContent,
  options: Object.fromEntries(["field", "kind", "cluster"].map(id =>
    [id, Object.fromEntries(byId[id].children.map(one => [one.attributes.value, one.textContent]))])),
  chosen: Object.fromEntries(["field", "kind", "cluster"].map(id => [id, byId[id].value])),
  cards: byId.documents.children.length,
  more: !byId.more.hidden,
  hash: location.hash,
  fields: [...new Set(cells(byId.documents, "name").map(one => one.words))],
  kinds: [...new Set(cells(byId.documents, "kind").map(one => one.words))],
  values: cells(byId.documents, "value").slice(0, 40).map(one => one.words),
  marked: byId.documents.all("b").slice(0, 40).map(one => one.words),
  words: byId.documents.all("svg").flatMap(one => one.children).filter(one => one.name === "text").length,
  views: byId.documents.all("svg").map(one => one.attributes.viewBox),
  boxes: byId.documents.all("svg").map(one => one.all("g").map(it => it.attributes.class)),
  notes: byId.documents.all("p").map(one => one.words),
  scrolled: !!byId.errors?.seen,
});
const states = [state()];
for (const step of process.argv.slice(3)) {
  const [, id, value] = step.match(/^(\w+)=(.*)$/s);
  if (id === "hash") location.hash = value;
  else if (id === "more") byId.more.listeners.click();
  else { byId[id].value = value; byId[id].listeners.change(); }
  states.push(state());
}
console.log(JSON.stringify(states));
