/**
 * @typedef {{x: number, y: number, r: number, count: number, deaths: number, places: number[], kinds: Float64Array, apart: boolean, hollow: boolean, copy: number}} Mark
 */

/**
 * Gather the places in view into symbols that do not cover each other: a place joins a larger one near by.
 * @param {Store} store @param {ReturnType<typeof byPlace>} sums @param {any} view
 * @returns {Mark[]} the smallest last, so that they are drawn on top
 */
function gather(store, sums, view) {
  const { scene } = store.data,
    K = store.kinds.length,
    apart = apartKind(store),
    seeds = /** @type {Mark[]} */ ([]);
  const quiet = /** @type {Mark[]} */ ([]),
    margin = 40;
  const right = view.width + margin,
    bottom = view.height + margin;
  for (let p = 0; p < store.np; p++) {
    const count = sums.count[p],
      off = sums.apart[p];
    if (!count && !off) continue;
    const y = (store.py[p] - view.top) * view.scale;
    if (y < -margin || y > bottom) continue;
    const home = store.px[p] - view.left,
      first = Math.ceil(-home - margin / view.scale);
    for (let copy = first; (home + copy) * view.scale <= right; copy++) {
      const x = (home + copy) * view.scale,
        kinds = sums.kinds.slice(p * K, p * K + K);
      if (off)
        quiet.push({
          x,
          y,
          r: off > 1 ? 8 : 5,
          count: off,
          deaths: 0,
          places: [p],
          kinds,
          apart: true,
          hollow: false,
          copy,
        });
      if (!count) continue;
      if (apart >= 0) kinds[apart] = 0;
      const r = radiusFor(scene, sums.deaths[p], count > 1);
      seeds.push({
        x,
        y,
        r,
        count,
        deaths: sums.deaths[p],
        places: [p],
        kinds,
        apart: false,
        hollow: store.places.vague[p] === 1,
        copy,
      });
    }
  }
  const near = view.zoom < 4.5 ? 0.92 : 0.72;
  const largest = (/** @type {Mark[]} */ list) =>
    list.sort((a, b) => b.r - a.r || b.count - a.count || a.places[0] - b.places[0]);
  let marks = merged(scene, near, largest(seeds)),
    before = Infinity;
  for (let pass = 0; pass < 4 && marks.length < before; pass++) {
    before = marks.length; // a mark that has taken in others has grown, and may now cover the next
    marks = merged(scene, near, largest(marks));
  }
  return [...standAside(merged(scene, near, quiet), marks), ...marks.sort((a, b) => b.r - a.r)];
}

/** Join each mark to an earlier one that it would cover. @param {any} scene @param {number} near the share of the two radii within which they join @param {Mark[]} seeds */
function merged(scene, near, seeds) {
  const grid = new Map(),
    size = 96,
    kept = /** @type {Mark[]} */ ([]);
  for (const seed of seeds) {
    const gx = Math.floor(seed.x / size),
      gy = Math.floor(seed.y / size);
    let host = null,
      least = Infinity;
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        for (const other of grid.get((gx + dx) * 65536 + gy + dy) || []) {
          const distance = Math.hypot(other.x - seed.x, other.y - seed.y);
          if (distance < near * (other.r + seed.r) && distance < least) {
            host = other;
            least = distance;
          }
        }
      }
    }
    if (host) absorb(scene, host, seed);
    else {
      kept.push(seed);
      const key = gx * 65536 + gy;
      if (!grid.has(key)) grid.set(key, []);
      grid.get(key).push(seed);
    }
  }
  return kept;
}

/** @param {any} scene @param {Mark} host @param {Mark} guest */
function absorb(scene, host, guest) {
  host.count += guest.count;
  host.deaths += guest.deaths;
  for (const p of guest.places) host.places.push(p);
  for (let k = 0; k < guest.kinds.length; k++) host.kinds[k] += guest.kinds[k];
  host.hollow = host.hollow && guest.hollow;
  host.r = host.apart ? 8 : radiusFor(scene, host.deaths, true);
}

/** Move the quiet marks to the shoulder of a conflict mark that would cover them. @param {Mark[]} quiet @param {Mark[]} marks */
function standAside(quiet, marks) {
  for (const mark of quiet) {
    const host = marks.find((m) => Math.hypot(m.x - mark.x, m.y - mark.y) < m.r + mark.r);
    if (host) {
      mark.x = host.x + (host.r + mark.r - 1) * Math.SQRT1_2;
      mark.y = host.y - (host.r + mark.r - 1) * Math.SQRT1_2;
    }
  }
  return quiet;
}

/**
 * The places that the texts name, each with its first mention and how often it is named.
 * @param {any} store
 * @returns {Map<number, {doc: number, toponym: any[], count: number}>}
 */
function namedPlaces(store) {
  if (store.named) return store.named;
  const named = new Map();
  store.docs.toponyms.forEach((/** @type {any[]} */ rows, /** @type {number} */ doc) => {
    for (const toponym of rows) {
      if (toponym[4] === null) continue;
      const known = named.get(toponym[4]);
      if (known) known.count++;
      else named.set(toponym[4], { doc, toponym, count: 1 });
    }
  });
  return (store.named = named);
}

/**
 * Dot the places that the texts name and no symbol stands on.
 * @param {CanvasRenderingContext2D} g @param {any} app @param {any} view @param {Mark[]} marks @param {any} ink
 */
function drawNamed(g, app, view, marks, ink) {
  const { store } = app,
    dots = /** @type {any[]} */ ([]);
  for (const [p, { doc, toponym }] of namedPlaces(store)) {
    const y = (store.py[p] - view.top) * view.scale;
    for (
      let copy = Math.ceil(view.left - store.px[p]);
      (store.px[p] + copy - view.left) * view.scale < view.width;
      copy++
    ) {
      const x = (store.px[p] + copy - view.left) * view.scale;
      if (y < 0 || y > view.height || marks.some((m) => Math.hypot(m.x - x, m.y - y) < m.r + 3)) continue;
      g.beginPath();
      g.arc(x, y, 3.6, 0, 2 * Math.PI);
      g.fillStyle = ink.paper;
      g.fill();
      g.lineWidth = 1.6;
      g.strokeStyle = ink.muted;
      g.stroke();
      dots.push({ x, y, p, doc, toponym });
    }
  }
  return dots;
}

/** @param {CanvasRenderingContext2D} g @param {Store} store @param {Mark} mark @param {any} ink @param {boolean} lit */
function drawMark(g, store, mark, ink, lit) {
  const { kinds } = store.data.scene;
  if (lit) {
    g.beginPath();
    g.arc(mark.x, mark.y, mark.r + 5, 0, 2 * Math.PI);
    g.strokeStyle = ink.lit;
    g.lineWidth = 2.5;
    g.stroke();
  }
  if (mark.apart)
    drawQuiet(
      g,
      mark,
      kinds.find((/** @type {any} */ k) => k.apart),
      ink,
    );
  else if (mark.count > 1) drawRing(g, mark, kinds, ink);
  else {
    const kind = kinds[mark.kinds.findIndex((n) => n > 0)];
    trace(g, kind.shape, mark.x, mark.y, mark.r);
    g.lineJoin = "round";
    g.lineWidth = 3.5;
    g.strokeStyle = ink.halo;
    g.stroke();
    g.fillStyle = mark.hollow ? ink.paper : kind.colour;
    g.fill();
    g.lineWidth = mark.hollow ? 2.2 : 1;
    g.strokeStyle = mark.hollow ? kind.colour : ink.edge;
    g.stroke();
  }
}

/** @param {CanvasRenderingContext2D} g @param {Mark} mark @param {any} kind @param {any} ink */
function drawQuiet(g, mark, kind, ink) {
  g.beginPath();
  g.arc(mark.x, mark.y, mark.r, 0, 2 * Math.PI);
  g.fillStyle = ink.paper;
  g.fill();
  g.lineWidth = 1.8;
  g.strokeStyle = kind.colour;
  g.stroke();
  if (mark.count > 1) figure(g, mark.count, mark.x, mark.y, 10, ink.text);
}

/** @param {CanvasRenderingContext2D} g @param {Mark} mark @param {any[]} kinds @param {any} ink */
function drawRing(g, mark, kinds, ink) {
  const { x, y, r } = mark,
    inner = Math.max(r * 0.56, r - 11);
  g.beginPath();
  g.arc(x, y, r + 1.2, 0, 2 * Math.PI);
  g.fillStyle = ink.halo;
  g.fill();
  let angle = -Math.PI / 2;
  const split = mark.kinds.filter((n) => n > 0).length > 1;
  mark.kinds.forEach((n, k) => {
    if (!n) return;
    const next = angle + (n / mark.count) * 2 * Math.PI;
    g.beginPath();
    g.arc(x, y, r, angle, next);
    g.arc(x, y, inner, next, angle, true);
    g.closePath();
    g.fillStyle = kinds[k].colour;
    g.fill();
    g.lineWidth = 1;
    g.strokeStyle = ink.paper;
    if (split) g.stroke();
    angle = next;
  });
  g.beginPath();
  g.arc(x, y, inner, 0, 2 * Math.PI);
  g.fillStyle = ink.paper;
  g.fill();
  g.beginPath();
  g.arc(x, y, r, 0, 2 * Math.PI);
  g.lineWidth = 1;
  g.strokeStyle = ink.edge;
  g.stroke();
  figure(g, mark.count, x, y, clamp(inner * 1.05, 9.5, 15), ink.text);
}

/** @param {CanvasRenderingContext2D} g @param {number} count @param {number} x @param {number} y @param {number} size @param {string} colour */
function figure(g, count, x, y, size, colour) {
  const short = (/** @type {number} */ n) => (n < 10 ? n.toFixed(1).replace(/\.0$/, "") : String(Math.round(n)));
  const text = count < 1000 ? String(count) : count < 1e6 ? `${short(count / 1000)}k` : `${short(count / 1e6)}M`;
  g.font = `700 ${text.length > 2 ? size * (text.length > 3 ? 0.62 : 0.78) : size}px ${SANS}`;
  g.textAlign = "center";
  g.textBaseline = "middle";
  g.fillStyle = colour;
  g.fillText(text, x, y + 0.5);
}
