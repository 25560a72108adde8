/**
 * Unpack a block of the page: JSON as it is, or deflated and in base64.
 * @param {Element} node
 * @returns {Promise<any>}
 */
async function unpackBlock(node) {
  const text = node.textContent || "";
  if (node.getAttribute("data-packed") !== "deflate") return JSON.parse(text);
  return JSON.parse(new TextDecoder().decode(await inflate(bytesOf(text))));
}

/** @param {string} base64 */
function bytesOf(base64) {
  const raw = atob(base64.trim());
  const bytes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
  return bytes;
}

/** @param {Uint8Array} bytes */
async function inflate(bytes) {
  const stream = new Blob([/** @type {any} */ (bytes)]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** @param {number} longitude @returns {number} 0 to 1, west to east */
function mercatorX(longitude) {
  return longitude / 360 + 0.5;
}

/** @param {number} latitude @returns {number} 0 to 1, north to south */
function mercatorY(latitude) {
  const sine = Math.sin((clamp(latitude, -85, 85) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

/**
 * The events as columns. `place`, `first` and the like hold -1 or NO_DAY where nothing is known.
 * @param {any} data the page's JSON
 */
function openStore(data) {
  const e = data.events,
    n = e.id.length;
  const days = (/** @type {(number|null)[]} */ list) => Int32Array.from(list, (d) => d ?? NO_DAY);
  const store = {
    data,
    n,
    kinds: data.kinds,
    subs: data.subs,
    statuses: data.statuses,
    kind: Uint8Array.from(e.kind),
    sub: Uint16Array.from(e.sub),
    status: Uint8Array.from(e.status),
    doc: Int32Array.from(e.doc, (d) => d ?? -1),
    place: Int32Array.from(e.place, (p) => p ?? -1),
    first: days(e.first),
    last: days(e.last),
    weight: e.weight ? Uint32Array.from(e.weight) : new Uint32Array(n).fill(1),
    deaths: new Float64Array(n),
    confidence: Float64Array.from(e.confidence),
    tolls: /** @type {any} */ ({}),
    places: data.places,
    np: data.places.name.length,
    px: new Float64Array(data.places.name.length),
    py: new Float64Array(data.places.name.length),
    docs: data.documents,
    words: /** @type {string[]|null} */ (null),
    also: /** @type {Map<number, any[]>} */ (new Map()),
    gone: new Uint8Array(n),
    orders: /** @type {any} */ ({}),
    named: /** @type {any} */ (null),
  };
  for (let i = 0; i < n; i++) if (store.last[i] === NO_DAY) store.last[i] = store.first[i];
  for (const [name, rows] of Object.entries(data.tolls)) {
    const byEvent = (store.tolls[name] = new Map());
    for (const [i, start, end, words, low, high, best] of /** @type {any[]} */ (rows)) {
      byEvent.set(i, { start, end, words: data.strings[words], low, high, best });
      if (name === "killed") store.deaths[i] = best ?? low;
    }
  }
  for (const row of data.also) {
    if (!store.also.has(row[0])) store.also.set(row[0], []);
    /** @type {any[]} */ (store.also.get(row[0])).push(row);
  }
  locate(store);
  data.scene.symbol.growth = growthFor(store);
  return store;
}

/** @typedef {ReturnType<typeof openStore>} Store */

/** How fast symbols grow with deaths: as the scene says, or slower where the largest would outgrow the map. @param {any} store */
function growthFor(store) {
  const { growth, most, ring } = store.data.scene.symbol,
    byPlace = new Float64Array(store.np);
  let total = 0;
  for (let i = 0; i < store.n; i++) {
    if (store.place[i] >= 0) byPlace[store.place[i]] += store.deaths[i];
    total += store.deaths[i];
  }
  const largest = byPlace.reduce((a, b) => Math.max(a, b), total * 0.04);
  return Math.min(growth, Math.sqrt((most * most - ring * ring) / Math.max(1, largest)));
}

/** Work out where each place lies on the projected world. @param {Store} store */
function locate(store) {
  store.np = store.places.name.length;
  store.places.label = store.places.name.map((/** @type {string} */ name, /** @type {number} */ p) =>
    printed(store, name, store.places.country[p]),
  );
  store.px = Float64Array.from(store.places.longitude, (v) => mercatorX(v));
  store.py = Float64Array.from(store.places.latitude, (v) => mercatorY(v));
}

/**
 * A piece of a document's text. Offsets count characters, which are two of JavaScript's beyond U+FFFF.
 * @param {Store} store @param {number} doc @param {number} start @param {number} end
 * @returns {string}
 */
function quote(store, doc, start, end) {
  for (const [at, text] of store.docs.text[doc] || []) {
    const units = /[\ud800-\udfff]/.test(text) ? Array.from(text) : text;
    if (start >= at && end <= at + units.length) {
      const piece = units.slice(start - at, end - at);
      return typeof piece === "string" ? piece : piece.join("");
    }
  }
  return "";
}

/**
 * What is known of one event, put together for reading.
 * @param {Store} store @param {number} i
 */
function eventOf(store, i) {
  const e = store.data.events;
  const span = (/** @type {string} */ name) => e[name][i];
  const tolls = Object.fromEntries(Object.entries(store.tolls).map(([name, all]) => [name, all.get(i)]));
  const actors = (e.actors[i] || []).map((/** @type {any[]} */ a) => ({
    name: store.data.strings[a[0]],
    role: a[1],
    kind: store.data.strings[a[2]],
    span: [a[3], a[4]],
  }));
  return {
    i,
    id: e.id[i],
    kind: store.kinds[store.kind[i]],
    sub: store.subs[store.sub[i]],
    status: store.statuses[store.status[i]],
    doc: store.doc[i],
    evidence: span("evidence"),
    trigger: span("trigger"),
    whenSpan: span("when_span"),
    whereSpan: span("where_span"),
    first: store.first[i],
    last: store.last[i],
    dayPrecision: e.day_precision[i],
    place: store.place[i],
    precision: e.geo_precision[i],
    radius: e.radius_km[i],
    whereConfidence: e.where_confidence[i],
    confidence: e.confidence[i],
    weight: store.weight[i],
    tolls,
    actors,
  };
}

/** A name as a newspaper prints it: without the dots and strokes that scholars write Arabic names with. @param {Store} store @param {string} name @param {string|null} land */
function printed(store, name, land) {
  return land && store.data.scene.plain.includes(land)
    ? name.normalize("NFD").replace(/\p{M}/gu, "").normalize("NFC")
    : name;
}

/** A place's name with where it lies, in parts and as one. @param {Store} store @param {number} p @returns {{name: string, around: string, parts: string[]}} */
function placeOf(store, p) {
  const at = store.places;
  const around = [printed(store, at.admin1_name[p] || "", at.country[p]), country(at.country[p])].filter(
    (word) => word && word !== at.label[p],
  );
  return { name: at.label[p], around: around.join(say("comma")), parts: [at.label[p], ...around] };
}

/**
 * Everything about an event that a search looks through, in lower case and without marks.
 * @param {Store} store @param {number} i
 */
function haystack(store, i) {
  const e = store.data.events,
    doc = store.doc[i],
    parts = [store.kinds[store.kind[i]], store.subs[store.sub[i]], term(store.kinds[store.kind[i]])];
  if (store.place[i] >= 0) {
    const { name, around } = placeOf(store, store.place[i]);
    parts.push(name, around, store.places.name[store.place[i]]);
  }
  for (const actor of e.actors[i] || []) parts.push(store.data.strings[actor[0]]);
  if (doc >= 0) {
    parts.push(
      quote(store, doc, e.evidence[i][0], e.evidence[i][1]),
      store.docs.title[doc] || "",
      store.docs.source[doc] || "",
    );
  }
  return folded(parts.join("\n"));
}

/** What a document is called: its title, or the last part of where it came from. @param {Store} store @param {number} d */
function titleOf(store, d) {
  const { title, source, id } = store.docs;
  const own = source[d] && source.indexOf(source[d]) === source.lastIndexOf(source[d]);
  return title[d] || (own && sourceOf(source[d])) || id[d];
}

/** A source as a reader knows it: of a path the file's name, of an address the address. @param {string|null} source */
function sourceOf(source) {
  return source && !/:\/\//.test(source) ? source.split(/[\\/]/).pop() || source : source || "";
}

/** Words side by side, each keeping its own direction. @param {string[]} words @returns {any[]} */
function apiece(words) {
  return words.flatMap((word, k) => (k ? [say("comma"), el("bdi", { text: word })] : [el("bdi", { text: word })]));
}

/** @param {string} text */
function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
