/**
 * A Leaflet layer that is one canvas, a little larger than the map, redrawn when the map comes to rest. While the map
 * is dragged or zoomed the canvas is moved by CSS, so panning costs nothing however many events there are.
 * @param {(g: CanvasRenderingContext2D, view: any) => void} draw @param {string} pane
 */
function canvasLayer(draw, pane) {
  const Layer = L.Layer.extend({
    onAdd(/** @type {any} */ map) {
      this.canvas = L.DomUtil.create("canvas", "gm-canvas leaflet-zoom-animated", map.getPane(pane));
      this.canvas.setAttribute("aria-hidden", "true");
      this.redraw = perFrame(() => this._map && this.reset());
      this.rest = settled(() => this._map && this.reset(), 90);
      this.reset();
    },
    onRemove() {
      this.canvas.remove();
    },
    getEvents() {
      const events = {
        viewreset: this.reset,
        moveend: this.settle,
        zoomend: this.reset,
        resize: this.reset,
        zoom: this.follow,
        move: this.reach,
      };
      return this._map._zoomAnimated ? { ...events, zoomanim: this.animate } : events;
    },
    reset() {
      const map = this._map,
        size = map.getSize(),
        ratio = Math.min(2, window.devicePixelRatio || 1);
      if (map._animatingZoom || !size.x || !size.y) return;
      const corner = map.containerPointToLayerPoint(size.multiplyBy(-PAD)).round();
      const width = Math.round(size.x * (1 + 2 * PAD)),
        height = Math.round(size.y * (1 + 2 * PAD));
      this.centre = map.getCenter();
      this.zoom = map.getZoom();
      this.corner = corner;
      L.DomUtil.setTransform(this.canvas, corner, 1);
      if (this.canvas.width !== width * ratio || this.canvas.height !== height * ratio) {
        Object.assign(this.canvas, { width: width * ratio, height: height * ratio });
        Object.assign(this.canvas.style, { width: width + "px", height: height + "px" });
      }
      const scale = 256 * 2 ** this.zoom,
        origin = map.getPixelOrigin();
      this.view = {
        scale,
        ratio,
        width,
        height,
        zoom: this.zoom,
        left: (origin.x + corner.x) / scale,
        top: (origin.y + corner.y) / scale,
        inset: [size.x * PAD, size.y * PAD],
      };
      const g = this.canvas.getContext("2d");
      g.setTransform(ratio, 0, 0, ratio, 0, 0);
      draw(g, this.view);
    },
    settle() {
      if (this.zoom !== this._map.getZoom()) this.reset();
      else this.rest();
    },
    reach() {
      const size = this._map.getSize(),
        moved = this._map.containerPointToLayerPoint([0, 0]).subtract(this.corner);
      const inset = size.multiplyBy(PAD);
      if (
        this.zoom === this._map.getZoom() &&
        (Math.abs(moved.x - inset.x) > inset.x || Math.abs(moved.y - inset.y) > inset.y)
      )
        this.redraw();
    },
    follow() {
      this.place(this._map.getCenter(), this._map.getZoom());
    },
    animate(/** @type {any} */ event) {
      this.place(event.center, event.zoom);
    },
    place(/** @type {any} */ centre, /** @type {number} */ zoom) {
      const map = this._map,
        scale = map.getZoomScale(zoom, this.zoom),
        half = map.getSize().multiplyBy(0.5 + PAD);
      const offset = half
        .multiplyBy(-scale)
        .add(map.project(this.centre, zoom))
        .subtract(map._getNewPixelOrigin(centre, zoom));
      L.DomUtil.setTransform(this.canvas, offset, scale);
    },
  });
  return new Layer();
}

/** How much larger than the map the canvas is, on each side. */
const PAD = 0.3;

/** The theme's colours, as the style sheet has them. @returns {any} */
function inks() {
  const style = getComputedStyle(document.querySelector(".gm-root") || document.documentElement);
  const names = [
    "sea",
    "land",
    "coast",
    "border",
    "area",
    "paper",
    "edge",
    "halo",
    "text",
    "town",
    "country",
    "water",
    "lit",
    "muted",
    "rule",
  ];
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue("--" + name).trim()]));
}

/**
 * Draw the events: how precisely places are known, symbols, names.
 * @param {CanvasRenderingContext2D} g @param {any} app @param {any} view @param {any} ink
 */
function drawEvents(g, app, view, ink) {
  const marks = gather(app.store, app.sums, view);
  app.dots = app.filter.named ? drawNamed(g, app, view, marks, ink) : [];
  for (const mark of marks) drawHalo(g, app, view, mark, marks, ink);
  for (const mark of marks) drawMark(g, app.store, mark, ink, mark.places.includes(app.place));
  drawLabels(g, app, view, marks, ink);
  return marks;
}

/**
 * A dashed circle in true kilometres: for the place looked at, and where it overlaps nothing.
 * @param {CanvasRenderingContext2D} g @param {any} app @param {any} view @param {Mark} mark @param {Mark[]} marks @param {any} ink
 */
function drawHalo(g, app, view, mark, marks, ink) {
  const p = mark.places.includes(app.place) ? app.place : mark.places[0],
    km = app.store.places.reach[p];
  if (!km || mark.apart) return;
  const latitude = (app.store.places.latitude[p] * Math.PI) / 180,
    r = (km / (40075 * Math.cos(latitude))) * view.scale;
  const x = (app.store.px[p] + mark.copy - view.left) * view.scale,
    y = (app.store.py[p] - view.top) * view.scale;
  const asked = p === app.place;
  if (
    r < mark.r + 5 ||
    (!asked && (r > 130 || marks.some((m) => m !== mark && Math.hypot(m.x - x, m.y - y) < r + m.r)))
  )
    return;
  g.beginPath();
  g.arc(x, y, r, 0, 2 * Math.PI);
  g.fillStyle = ink.text;
  g.globalAlpha = asked ? 0.09 : 0.05;
  g.fill();
  g.globalAlpha = asked ? 0.9 : 0.5;
  g.setLineDash([4, 4]);
  g.lineWidth = 1;
  g.strokeStyle = ink.town;
  g.stroke();
  g.setLineDash([]);
  g.globalAlpha = 1;
}
