// @ts-check
"use strict";

/** @typedef {{id: string, state: string, before: number, read: number, total: number|null, error: string|null,
 *   documents: number, on_map: number, events: number, dated: boolean, notes: string[],
 *   failures: {source: string, error: string}[]}} Job */

/** @param {string} id @returns {any} */
const $ = (id) => document.getElementById(id);

/** @type {File[]} */
let files = [];
/** @type {Job|null} */
let shown = null;
/** @type {string|null} */
let running = null;
/** @type {string|null} */
let corrected = null;
let uploadLimit = 50 * 1024 * 1024;

/** Ask the server; throw what it says was wrong. @param {string} path @param {RequestInit} [options] */
async function ask(path, options = {}) {
  let answer;
  try {
    answer = await fetch(path, { ...options, headers: { "X-Geomap": "1", ...(options.headers || {}) } });
  } catch {
    throw new Error("geomap does not answer. Is it still running?");
  }
  if (answer.status === 401 && path !== "/api/session") showLogin();
  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({}));
    throw new Error(problem.detail || `geomap answered with status ${answer.status}.`);
  }
  return answer.status === 204 ? null : answer.json();
}

/** @param {number} number @param {string} what */
const count = (number, what) => `${number.toLocaleString("en")} ${what}${number === 1 ? "" : "s"}`;

/** @param {unknown} error */
function fail(error) {
  $("error").textContent = error instanceof Error ? error.message : String(error);
}

function showLogin() {
  $("login").hidden = false;
  $("order").hidden = true;
  $("token").focus();
}

async function begin() {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given) {
    history.replaceState(null, "", location.pathname);
    await ask("/api/session", { method: "POST", body: JSON.stringify({ token: given }) }).catch(fail);
  }
  const about = await ask("/api");
  uploadLimit = about.upload;
  $("address-row").hidden = !about.fetch;
  $("format").replaceChildren(...about.formats.map((/** @type {any} */ format) => new Option(`${format.name}: ${format.description}`, format.name)));
  $("login").hidden = true;
  $("order").hidden = false;
}

function tellFiles() {
  $("unchoose").hidden = files.length === 0;
  $("chosen").textContent = files.length
    ? `${count(files.length, "file")}: ${files.slice(0, 3).map((f) => f.name).join(", ")}${files.length > 3 ? " …" : ""}`
    : "Text, PDF, Word, web pages, mail, tables, zip";
}

/** @param {Iterable<File>} more */
function addFiles(more) {
  files = [...files, ...more];
  tellFiles();
}

/** @param {Event} event */
async function order(event) {
  event.preventDefault();
  $("error").textContent = "";
  const form = new FormData();
  if ($("text").value.trim()) form.append("text", $("text").value);
  for (const file of files) form.append("file", file);
  if ($("address").value.trim()) form.append("address", $("address").value.trim());
  if ($("published").value) form.append("published", $("published").value);
  if ($("title").value.trim()) form.append("title", $("title").value.trim());
  if (!form.has("text") && !form.has("file") && !form.has("address")) {
    fail("Paste an article, or choose a file.");
    $("text").focus();
    return;
  }
  const size = files.reduce((sum, file) => sum + file.size, 0) + $("text").value.length;
  if (size > uploadLimit) {
    fail(`More than ${Math.floor(uploadLimit / 1048576)} MB at once. Send fewer files, or use geomap corpus.`);
    return;
  }
  await follow(ask("/api/jobs", { method: "POST", body: form }));
}

/** Show how far a job is until it is over. @param {Promise<any>} submitted */
async function follow(submitted) {
  $("go").disabled = true;
  $("doing").textContent = "Sending …";
  $("work").hidden = false;
  $("bar").removeAttribute("value");
  try {
    /** @type {Job} */
    let job = await submitted;
    running = job.id;
    while (job.state !== "done" && job.state !== "failed") {
      tell(job);
      job = await ask(`/api/jobs/${job.id}?wait=0.5`);
      if (running !== job.id) return;
    }
    if (job.state === "failed") throw new Error(job.error || "geomap failed.");
    show(job);
    remember(job);
  } catch (error) {
    if (running !== "stopped") fail(error);
  } finally {
    running = null;
    $("go").disabled = false;
    $("work").hidden = true;
  }
}

/** @param {Job} job */
function tell(job) {
  const words = {
    waiting: job.before ? `${count(job.before, "order")} come first …` : "Waiting …",
    reading: job.total === null ? "Reading …" : `Reading: ${job.read} of ${count(job.total, "article")} …`,
    drawing: "Drawing the map …",
  };
  const doing = words[/** @type {keyof words} */ (job.state)] || "";
  if ($("doing").textContent !== doing) $("doing").textContent = doing;
  if (job.total) {
    $("bar").max = job.total;
    $("bar").value = job.read;
  }
}

async function stop() {
  const job = running;
  running = "stopped";
  $("work").hidden = true;
  if (job) await ask(`/api/jobs/${job}`, { method: "DELETE" }).catch(() => null);
}

/** @param {Job} job */
const summary = (job) =>
  `${count(job.on_map, "event")} on the map, ${job.events - job.on_map} more listed, from ${count(job.documents, "article")}`;

/** @param {Job} job */
function show(job) {
  shown = job;
  corrected = null;
  $("apply").hidden = true;
  $("summary").textContent = summary(job);
  const notes = job.notes.concat(job.failures.map((f) => (f.error.includes(f.source) ? f.error : `${f.source}: ${f.error}`)));
  if (!job.dated) notes.unshift("No article gives its date, so no event has a day. Fill in “Published” and draw again.");
  $("failures").replaceChildren(
    ...notes.map((note) => Object.assign(document.createElement("li"), { textContent: note })),
  );
  const map = `/api/jobs/${job.id}/map`;
  $("map").src = map;
  $("whole").href = map;
  $("save").href = `${map}?download=1`;
  chooseFormat();
  $("result").hidden = false;
  $("summary").focus();
}

function chooseFormat() {
  if (shown) $("export").href = `/api/jobs/${shown.id}/events/${encodeURIComponent($("format").value)}`;
}

/** @param {Job} job */
function remember(job) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "quiet" });
  button.textContent = `${$("title").value.trim() || new Date().toLocaleTimeString()}: ${summary(job)}`;
  button.addEventListener("click", () => {
    $("error").textContent = "";
    ask(`/api/jobs/${job.id}`).then(show, fail);
  });
  const item = document.createElement("li");
  item.append(button);
  $("list").prepend(item);
  $("earlier").hidden = false;
}

/** @param {string} text */
async function correct(text) {
  $("error").textContent = "";
  if (!shown) return;
  await follow(
    ask(`/api/jobs/${shown.id}/corrections`, {
      method: "POST",
      body: text,
      headers: { "Content-Type": "application/json" },
    }),
  );
}

$("order").addEventListener("submit", order);
$("login").addEventListener("submit", async (/** @type {Event} */ event) => {
  event.preventDefault();
  $("login-error").textContent = "";
  try {
    await ask("/api/session", { method: "POST", body: JSON.stringify({ token: $("token").value.trim() }) });
    $("token").value = "";
    await begin();
    $("text").focus();
  } catch (error) {
    $("login-error").textContent = error instanceof Error ? error.message : String(error);
  }
});
$("text").addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) $("order").requestSubmit();
});
$("files").addEventListener("change", () => {
  addFiles($("files").files);
  $("files").value = "";
});
$("unchoose").addEventListener("click", () => {
  files = [];
  tellFiles();
  $("files").focus();
});
$("stop").addEventListener("click", stop);
$("format").addEventListener("change", chooseFormat);
$("corrections").addEventListener("change", async () => {
  const [file] = $("corrections").files;
  $("corrections").value = "";
  if (file) await correct(await file.text());
});
$("apply").addEventListener("click", () => correct(corrected || ""));

// The map is sandboxed: it cannot ask this server, but it may tell this page what was corrected on it.
addEventListener("message", (event) => {
  if (event.source !== $("map").contentWindow || event.data === null || typeof event.data !== "object") return;
  if (event.data.geomap && typeof event.data.corrections === "string") {
    corrected = event.data.corrections;
    $("apply").hidden = false;
  }
});

let depth = 0;
/** @param {DragEvent} event */
const holdsFiles = (event) => [...(event.dataTransfer?.types || [])].includes("Files");
addEventListener("dragenter", (event) => {
  if (!holdsFiles(event)) return;
  depth += 1;
  $("drop").hidden = false;
});
addEventListener("dragleave", () => {
  depth = Math.max(0, depth - 1);
  $("drop").hidden = depth === 0;
});
addEventListener("dragover", (event) => {
  if (holdsFiles(event)) event.preventDefault();
});
addEventListener("drop", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  depth = 0;
  $("drop").hidden = true;
  addFiles(event.dataTransfer?.files || []);
});

begin().catch((error) => {
  if ($("login").hidden) fail(error);
});
