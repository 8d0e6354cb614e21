// Runs the error browser's own script on a page without a browser: a document of plain objects.
"use strict";
const fs = require("fs"), vm = require("vm");
const html = fs.readFileSync(process.argv[2], "utf8");
const data = html.split('id="data">')[1].split("</script>")[0];
const script = html.split("</script>\n<script>")[1].split("</script>")[0];

class Node {
  constructor(name) { Object.assign(this, {name, children: [], attributes: {}, listeners: {}}); }
  setAttribute(key, value) { this.attributes[key] = value; }
  append(...more) { this.children.push(...more); }
  replaceChildren(...more) { this.children = more; }
  addEventListener(event, call) { this.listeners[event] = call; }
  all(name) { return this.children.flatMap(one => [...(one.name === name ? [one] : []), ...one.all(name)]); }
}
const byId = {};
const page = {
  getElementById: id => byId[id] ??= Object.assign(new Node(id), {textContent: id === "data" ? data : ""}),
  createElement: name => new Node(name),
  createElementNS: (space, name) => new Node(name),
};
vm.runInNewContext(script, {document: page, JSON, Math, Set, Object});
const count = () => page.getElementById("count").textContent;
const found = {all: count(), drawn: byId.documents.children.length};
found.words = byId.documents.all("text").length;
found.boxes = byId.documents.all("rect").length;
byId.field.value = "date";
byId.field.listeners.change();
found.date = count();
console.log(JSON.stringify(found));
