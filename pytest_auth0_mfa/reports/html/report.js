"use strict";
// Everything that a report holds is put in as text, never as markup.
const data = JSON.parse(document.getElementById("data").textContent);
const items = [...document.querySelectorAll(".requirements > li")];
const form = document.querySelector(".filters");
const search = form.elements.q;
const help = document.getElementById("help");
const FILTERS = ["q", "v", "f", "g"];
const MESSAGES = ["sms", "voice", "email"];
const PUSHED = ["auth0", "push"];
const EXPECTED = ["mfa_required", "authorization_pending"];
const UNSENT = ["accept", "accept-encoding", "connection", "content-length", "user-agent"];

const byTest = new Map();
for (const exchange of data.exchanges) {
  const known = byTest.get(exchange.test);
  if (known) known.push(exchange); else byTest.set(exchange.test, [exchange]);
}
const words = data.requirements.map((entry) =>
  [entry.id, entry.title, entry.statement, entry.group, entry.factor, entry.verdict, entry.level,
    entry.expected, entry.actual, entry.reason].filter(Boolean).join(" ").toLowerCase());
const keys = data.requirements.map((entry) => `${entry.id}.${entry.factor}`);

function make(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.filter((each) => each !== null && each !== undefined));
  return made;
}

function draw(name, attributes = {}, text = null) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== null) made.textContent = text;
  return made;
}

// The address holds the filters, and what is open, so that a view can be sent to somebody.
function asked() {
  const params = new URLSearchParams(location.hash.slice(1));
  return Object.fromEntries([...FILTERS, "open"].map((name) => [name, params.get(name) || ""]));
}

function ask(changes) {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...asked(), ...changes })) if (value) params.set(name, value);
  const hash = params.toString();
  if (hash === location.hash.slice(1)) return;
  history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  show();
}

function show() {
  const wanted = asked();
  const terms = wanted.q.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  items.forEach((item, place) => {
    const entry = data.requirements[place];
    const fits = (!wanted.v || entry.verdict === wanted.v) && (!wanted.f || entry.factor === wanted.f)
      && (!wanted.g || (entry.group || "requirements") === wanted.g)
      && terms.every((term) => words[place].includes(term));
    item.hidden = !(fits || keys[place] === wanted.open);
    shown += !item.hidden;
  });
  document.getElementById("shown").textContent = shown === items.length ? `${shown}` : `${shown} of ${items.length}`;
  for (const name of FILTERS) if (form.elements[name].value !== wanted[name]) form.elements[name].value = wanted[name];
  for (const cell of cells()) {
    const here = new URLSearchParams(cell.hash.slice(1));
    if (wanted.g && here.get("g") === wanted.g && here.get("f") === wanted.f) cell.setAttribute("aria-current", "true");
    else cell.removeAttribute("aria-current");
  }
}

function openAsked() {
  const place = keys.indexOf(asked().open);
  if (place < 0) return;
  const details = items[place].querySelector("details");
  details.open = true;
  fill(items[place]);
  details.scrollIntoView({ block: "start" });
  details.querySelector("summary").focus({ preventScroll: true });
}

// What a requirement opens to: made when it is first opened, for there may be thousands.
function fill(item) {
  const details = item.querySelector("details");
  if (details.dataset.filled) return;
  details.dataset.filled = "yes";
  const entry = data.requirements[item.dataset.place];
  if (entry.expected || entry.actual) {
    details.append(make("dl", { class: "against" },
      make("div", {}, make("dt", {}, "Expected"), make("dd", {}, entry.expected || "")),
      make("div", {}, make("dt", {}, "Actual"), make("dd", {}, entry.actual || ""))));
  }
  if (entry.reason) details.append(make("p", {}, make("b", {}, "Reason "), entry.reason));
  details.append(sources(entry));
  for (const test of entry.tests) details.append(timeline(entry, test));
}

function sources(entry) {
  const told = make("p", { class: "sources" }, `${entry.level}, ${entry.basis}: `);
  [...entry.source.matchAll(/([^;<>]*?)\s*<(https?:\/\/[^<>\s]+)>/g)].forEach((found, place) => {
    told.append(place ? " · " : "", make("a", { href: found[2], rel: "noreferrer" }, found[1].trim()));
  });
  return told;
}

function timeline(entry, test) {
  const exchanges = byTest.get(test) || [];
  const part = make("section", { class: "tests" }, make("h4", {}, test));
  if (!exchanges.length) return part;
  part.append(make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `Exchanges of ${test}` },
    diagram(exchanges, entry.exchange)));
  for (const exchange of exchanges) part.append(unfolded(exchange, exchange.id === entry.exchange));
  return part;
}

// A device speaks for itself; whatever else is sent is sent by the client.
function isDevice(exchange) {
  return /^\/(appliance-mfa\/)?api\//.test(exchange.path);
}

// Who says what to whom. Messages are told by the answers that announce them and the requests
// that present what was in them.
function steps(exchanges) {
  const made = [];
  for (const exchange of exchanges) {
    const sender = isDevice(exchange) ? "device" : "client";
    const sent = exchange.request && exchange.request.body;
    const came = exchange.response && exchange.response.body;
    const code = sent && typeof sent === "object" ? sent.binding_code : null;
    if (code) made.push({ from: "inbox", to: "client", text: "code is read", kind: "message" });
    made.push({ from: sender, to: "tenant", text: called(exchange, sent), kind: "request", exchange });
    const error = came && typeof came === "object" && typeof came.error === "string" ? ` ${came.error}` : "";
    made.push({ from: "tenant", to: sender, text: exchange.status ? `${exchange.status}${error}` : "no answer", kind: "answer", exchange });
    const channel = came && typeof came === "object" ? came.oob_channel : null;
    if (MESSAGES.includes(channel)) made.push({ from: "tenant", to: "inbox", text: `code by ${channel}`, kind: "message" });
    if (PUSHED.includes(channel) && exchange.path === "/mfa/challenge") made.push({ from: "tenant", to: "device", text: "notification", kind: "message" });
  }
  return made;
}

function called(exchange, sent) {
  const grant = sent && typeof sent === "object" && typeof sent.grant_type === "string" ? ` ${sent.grant_type.split("/").pop()}` : "";
  return `${exchange.method} ${exchange.path.split("?")[0]}${grant}`;
}

function isFault(step) {
  return step.kind === "answer" && step.exchange.status >= 400 && !EXPECTED.some((each) => step.text.endsWith(each));
}

function diagram(exchanges, decisive) {
  const told = steps(exchanges);
  const lanes = ["client", "tenant", "inbox", "device"].filter((lane) => told.some((step) => step.from === lane || step.to === lane));
  const gap = 270, left = 70, top = 34, row = 26;
  const width = left * 2 + gap * (lanes.length - 1), height = top + row * told.length + 14;
  const picture = draw("svg", { class: "diagram", viewBox: `0 0 ${width} ${height}`, width, height, role: "img",
    "aria-label": told.map((step) => `${step.from} to ${step.to}: ${step.text}`).join("; ") });
  lanes.forEach((lane, place) => {
    const x = left + gap * place;
    picture.append(draw("text", { class: "lane", x, y: 16, "text-anchor": "middle" }, lane), draw("line", { x1: x, x2: x, y1: 24, y2: height }));
  });
  told.forEach((step, place) => {
    const y = top + row * place + 18, from = left + gap * lanes.indexOf(step.from), to = left + gap * lanes.indexOf(step.to);
    const head = to > from ? -7 : 7, isShown = step.exchange && step.exchange.id === decisive;
    const group = draw("g", isShown ? { class: "shown" } : {});
    group.append(draw("line", { class: step.kind, x1: from, x2: to, y1: y, y2: y }),
      draw("path", { d: `M${to} ${y}l${head} -4v8z` }),
      draw("text", { x: (from + to) / 2, y: y - 5, "text-anchor": "middle", class: isFault(step) ? "fault" : "" }, step.text));
    picture.append(group);
  });
  return picture;
}

function unfolded(exchange, isShown) {
  const summary = make("summary", {}, make("span", {}, `#${exchange.id}`),
    make("code", {}, `${exchange.method} ${exchange.path}`), make("span", {}, exchange.status ? `${exchange.status}` : "no answer"),
    make("span", { class: "word" }, exchange.elapsed_ms ? `${exchange.elapsed_ms.toFixed(1)} ms` : ""));
  const details = make("details", { class: isShown ? "exchange shown" : "exchange" }, summary);
  details.addEventListener("toggle", () => {
    if (!details.open || details.children.length > 1) return;
    const command = curl(exchange);
    details.append(make("div", { class: "halves" }, half("Request", exchange.request), half("Response", exchange.response)));
    if (command) details.append(copyable(command));
  });
  return details;
}

function half(title, told) {
  const part = make("div", {}, make("h5", {}, title));
  if (!told) { part.append(make("p", {}, "None came.")); return part; }
  const headers = Object.entries(told.headers || {}).map(([name, value]) => `${name}: ${value}`).join("\n");
  const body = typeof told.body === "string" ? told.body : told.body === null || told.body === undefined ? "" : JSON.stringify(told.body, null, 2);
  part.append(make("pre", { tabindex: "0" }, make("code", {}, [headers, body].filter(Boolean).join("\n\n"))));
  return part;
}

// The command of the terminal report, for every exchange; a test holds the two to each other.
function quoted(text) {
  return text && !/[^\w@%+=:,./-]/.test(text) ? text : `'${text.replaceAll("'", `'"'"'`)}'`;
}

function curl(exchange) {
  const request = exchange.request;
  if (!request || !request.url) return null;
  const said = ["curl", "--request", exchange.method, "--url", request.url];
  const headers = request.headers || {};
  for (const [name, value] of Object.entries(headers)) if (!UNSENT.includes(name)) said.push("--header", `${name}: ${value}`);
  const body = request.body;
  if (body !== null && body !== undefined) {
    if (typeof body === "object" && !Array.isArray(body) && !(headers["content-type"] || "").includes("json")) {
      for (const [name, value] of Object.entries(body)) said.push("--data-urlencode", `${name}=${value}`);
    } else said.push("--data", typeof body === "string" ? body : JSON.stringify(body));
  }
  return said.map((word) => quoted(`${word}`)).join(" ");
}

function copyable(command) {
  const button = make("button", { type: "button", class: "copy" }, "Copy");
  const block = make("pre", { class: "curl", tabindex: "0" }, make("code", {}, command));
  button.addEventListener("click", async () => {
    try { await navigator.clipboard.writeText(command); button.textContent = "Copied"; }
    catch { getSelection().selectAllChildren(block); button.textContent = "Selected"; }
  });
  return make("div", { class: "copying" }, button, block);
}

function cells() {
  return [...document.querySelectorAll(".cell")];
}

// Arrows move between cells as they lie, past what is empty.
function move(cell, dx, dy) {
  const rows = [...cell.closest("tbody").rows];
  let y = rows.indexOf(cell.closest("tr")), x = cell.closest("td").cellIndex;
  for (;;) {
    y += dy; x += dx;
    const next = rows[y] && rows[y].cells[x];
    if (!next || x < 1) return;
    const found = next.querySelector(".cell");
    if (found) { found.focus(); return; }
  }
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || help.open) return;
  const here = document.activeElement, isTyping = here && /^(INPUT|SELECT|TEXTAREA)$/.test(here.tagName);
  if (event.key === "Escape") {
    const open = here && here.closest("details[open]");
    if (open && !isTyping) { open.open = false; open.querySelector("summary").focus(); }
    else { ask({ q: "", v: "", f: "", g: "", open: "" }); if (isTyping) here.blur(); }
  } else if (isTyping) return;
  else if (event.key === "/") { event.preventDefault(); search.focus(); search.select(); }
  else if (event.key === "?") help.showModal();
  else if (ARROWS[event.key] && here && here.classList.contains("cell")) { event.preventDefault(); move(here, ...ARROWS[event.key]); }
});

document.querySelector(".requirements").addEventListener("toggle", (event) => {
  const item = event.target.parentElement;
  if (!item.matches(".requirements > li")) return;
  if (event.target.open) { fill(item); ask({ open: keys[item.dataset.place] }); }
  else if (asked().open === keys[item.dataset.place]) ask({ open: "" });
}, true);
form.addEventListener("input", () => ask(Object.fromEntries(FILTERS.map((name) => [name, form.elements[name].value]))));
form.addEventListener("reset", () => ask({ q: "", v: "", f: "", g: "", open: "" }));
form.addEventListener("submit", (event) => event.preventDefault());
document.getElementById("keys").addEventListener("click", () => help.showModal());
addEventListener("hashchange", () => {
  show();
  const wanted = asked();
  if (wanted.open) openAsked();
  else if (FILTERS.some((name) => wanted[name])) document.getElementById("list").scrollIntoView({ block: "start" });
});
form.hidden = false;
if (asked().open) history.scrollRestoration = "manual";
for (const block of document.querySelectorAll(".failure pre.curl")) block.replaceWith(copyable(block.textContent));
show();
openAsked();
