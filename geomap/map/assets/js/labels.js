const SANS = 'system-ui, -apple-system, "Segoe UI", "Noto Sans", "Noto Sans Arabic", Roboto, Arial, sans-serif';

/**
 * Write the map's names where they collide with no symbol and no other name.
 * @param {CanvasRenderingContext2D} g @param {any} app @param {any} view @param {Mark[]} marks @param {any} ink
 */
function drawLabels(g, app, view, marks, ink) {
  const taken = new Boxes();
  for (const m of marks) taken.add(m.x - m.r, m.y - m.r, m.x + m.r, m.y + m.r);
  keepFrame(taken, view);
  const towns = townsInView(app, view, marks);
  for (const town of towns.filter((t) => t.events)) writeTown(g, town, taken, ink);
  if (app.store.data.tiled || !app.ground) return;
  for (const name of app.ground.names) writeCountry(g, name, view, taken, ink);
  for (const town of towns.filter((t) => !t.events)) writeTown(g, town, taken, ink);
}

/** Keep names from running over the map's edge, and from under what stands in its corners. @param {Boxes} taken @param {any} view */
function keepFrame(taken, view) {
  const [x, y] = view.inset || [0, 0],
    right = view.width - x,
    bottom = view.height - y;
  for (const edge of [x, right]) taken.add(edge - 1, 0, edge + 1, view.height);
  for (const edge of [y, bottom]) taken.add(0, edge - 1, view.width, edge + 1);
  if (!view.inset) return;
  taken.add(x, y, x + 46, y + 78);
  taken.add(x, bottom - 44, x + 104, bottom);
  taken.add(right - 306, bottom - 19, right, bottom);
}

/** Boxes that are taken, in a grid so that asking is quick. */
class Boxes {
  constructor() {
    /** @type {Map<number, number[][]>} */
    this.grid = new Map();
  }
  /** @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 @returns {IterableIterator<number>} */
  *keys(x0, y0, x1, y1) {
    for (let x = Math.floor(x0 / 64); x <= Math.floor(x1 / 64); x++)
      for (let y = Math.floor(y0 / 64); y <= Math.floor(y1 / 64); y++) yield x * 65536 + y;
  }
  /** @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 */
  add(x0, y0, x1, y1) {
    for (const key of this.keys(x0, y0, x1, y1)) {
      if (!this.grid.has(key)) this.grid.set(key, []);
      /** @type {number[][]} */ (this.grid.get(key)).push([x0, y0, x1, y1]);
    }
  }
  /** @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 */
  free(x0, y0, x1, y1) {
    for (const key of this.keys(x0, y0, x1, y1)) {
      for (const b of this.grid.get(key) || []) if (x0 < b[2] && x1 > b[0] && y0 < b[3] && y1 > b[1]) return false;
    }
    return true;
  }
}

/**
 * The towns to name: those with events first, then by size; the smaller the scale, the fewer.
 * @param {any} app @param {any} view @param {Mark[]} marks
 */
function townsInView(app, view, marks) {
  const towns = /** @type {any[]} */ ([]),
    { store } = app;
  const crowded = (/** @type {number} */ x, /** @type {number} */ y) =>
    towns.some((t) => Math.abs(t.x - x) < t.gap + 22 && Math.abs(t.y - y) < t.gap + 12);
  for (const m of [...marks].sort((a, b) => b.count - a.count)) {
    if (
      m.apart ||
      (view.zoom < 7 && /^A\.PCL/.test(store.places.feature[m.places[0]] || "")) ||
      (m.places.length > 1 && app.sums.count[m.places[0]] < 0.6 * m.count && view.zoom < 7)
    )
      continue;
    towns.push({
      x: m.x,
      y: m.y,
      gap: m.r + 3,
      name: store.places.label[m.places[0]],
      italic: store.places.area[m.places[0]],
      bold: m.count > 4,
      events: true,
    });
  }
  if (!app.ground || app.store.data.tiled) return towns;
  for (const { x, y, p } of app.dots || [])
    if (!crowded(x, y)) towns.push({ x, y, gap: 6, name: store.places.label[p], events: false });
  const { cities } = app.ground,
    least = view.zoom >= 9 ? 0 : 3.2e6 / 2.6 ** (view.zoom - 2);
  let room = Math.ceil((view.width * view.height) / 17000);
  for (let i = 0; i < cities.name.length && room > 0; i++) {
    if (cities.population[i] < least && !(cities.capital[i] && view.zoom > 4)) continue;
    const y = (cities.y[i] - view.top) * view.scale;
    if (y < 0 || y > view.height) continue;
    for (
      let copy = Math.ceil(view.left - cities.x[i]);
      (cities.x[i] + copy - view.left) * view.scale < view.width;
      copy++
    ) {
      const x = (cities.x[i] + copy - view.left) * view.scale;
      const host = marks.find((m) => Math.hypot(m.x - x, m.y - y) < m.r + 1);
      if (crowded(x, y) || (host && !host.apart && host.count > 1 && host.places.length > 1 && !cities.capital[i]))
        continue;
      towns.push({
        x: host ? host.x : x,
        y: host ? host.y : y,
        gap: host ? host.r + 3 : 5,
        name: cities.name[i],
        bold: cities.capital[i] === 1,
        dot: !host,
        events: false,
      });
      room--;
    }
  }
  return towns;
}

/** @param {CanvasRenderingContext2D} g @param {any} town @param {Boxes} taken @param {any} ink */
function writeTown(g, town, taken, ink) {
  const size = town.events ? 12.5 : 11.5;
  g.font = `${town.italic ? "italic " : ""}${town.bold ? 650 : 450} ${size}px ${SANS}`;
  const width = g.measureText(town.name).width,
    h = size * 0.62;
  if (town.dot && !taken.free(town.x - 2, town.y - 2, town.x + 2, town.y + 2)) return;
  const spots = [
    [town.x + town.gap, town.y - h],
    [town.x - town.gap - width, town.y - h],
    [town.x - width / 2, town.y - town.gap - 2 * h],
    [town.x - width / 2, town.y + town.gap],
  ];
  for (const [x, y] of spots) {
    if (!taken.free(x - 2, y, x + width + 2, y + 2 * h)) continue;
    taken.add(x - 2, y, x + width + 2, y + 2 * h);
    if (town.dot) {
      taken.add(town.x - 3, town.y - 3, town.x + 3, town.y + 3);
      dot(g, town, ink);
    }
    g.textAlign = "left";
    g.textBaseline = "middle";
    write(g, town.name, x, y + h, town.events ? ink.text : ink.town, ink.land);
    return;
  }
}

/** @param {CanvasRenderingContext2D} g @param {any} town @param {any} ink */
function dot(g, town, ink) {
  g.beginPath();
  if (town.bold) g.rect(town.x - 2.4, town.y - 2.4, 4.8, 4.8);
  else g.arc(town.x, town.y, 1.9, 0, 2 * Math.PI);
  g.fillStyle = ink.town;
  g.fill();
}

/** @param {CanvasRenderingContext2D} g @param {string} text @param {number} x @param {number} y @param {string} colour @param {string} halo */
function write(g, text, x, y, colour, halo) {
  g.lineJoin = "round";
  g.lineWidth = 3;
  g.strokeStyle = halo;
  g.globalAlpha = 0.85;
  g.strokeText(text, x, y);
  g.globalAlpha = 1;
  g.fillStyle = colour;
  g.fillText(text, x, y);
}

/**
 * Write a country's or a sea's name, spaced, while it fits what it names.
 * @param {CanvasRenderingContext2D} g @param {any} name @param {any} view @param {Boxes} taken @param {any} ink
 */
function writeCountry(g, name, view, taken, ink) {
  if (view.zoom < name.from || view.zoom > name.to) return;
  const spaced = "letterSpacing" in g && !/[\u0590-\u08ff]/.test(name.text);
  g.font = name.sea ? `italic 400 12px ${SERIF}` : `600 ${view.zoom < 4 ? 10.5 : 12}px ${SANS}`;
  if (spaced) /** @type {any} */ (g).letterSpacing = name.sea ? "1px" : "2px";
  const width = g.measureText(name.text).width,
    y = (name.y - view.top) * view.scale;
  g.textAlign = "left";
  g.textBaseline = "middle";
  for (let copy = Math.ceil(view.left - name.x); (name.x + copy - view.left) * view.scale < view.width; copy++) {
    const x = (name.x + copy - view.left) * view.scale - width / 2;
    if (y < 8 || y > view.height - 8) continue;
    const line = [y, y + 24, y - 24].find((at) => taken.free(x - 4, at - 9, x + width + 4, at + 9));
    if (line === undefined) continue;
    taken.add(x - 4, line - 9, x + width + 4, line + 9);
    write(g, name.text, x, line, name.sea ? ink.water : ink.country, name.sea ? ink.sea : ink.land);
  }
  if (spaced) /** @type {any} */ (g).letterSpacing = "0px";
}

const SERIF = 'Georgia, "Noto Serif", "Noto Naskh Arabic", "Times New Roman", serif';
