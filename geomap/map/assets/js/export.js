/** Hand a file to the reader. @param {string} name @param {string} type @param {BlobPart} content */
function download(name, type, content) {
  const link = el("a", { href: URL.createObjectURL(new Blob([content], { type })), download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 20000);
}

/** A file name from the page's title. @param {any} app @param {string} ending */
function fileName(app, ending) {
  const stem = folded(app.store.data.title)
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  return `${stem || "geomap"}.${ending}`;
}

/** An event as a flat row. @param {any} app @param {number} i */
function flat(app, i) {
  const { store } = app,
    event = eventOf(store, i),
    at = store.places,
    p = event.place;
  const killed = event.tolls.killed,
    day = (/** @type {number} */ d) => (d === NO_DAY ? null : iso(d));
  const of = (/** @type {string} */ field) => (p < 0 ? null : at[field][p]);
  return {
    id: event.id,
    kind: event.kind,
    sub_kind: event.sub,
    status: event.status,
    events: event.weight > 1 ? event.weight : null,
    first_day: day(event.first),
    last_day: day(event.last),
    day_precision: event.dayPrecision,
    place: of("name"),
    admin1: of("admin1_name"),
    country: of("country"),
    latitude: of("latitude"),
    longitude: of("longitude"),
    geo_precision: event.precision,
    radius_km: event.radius,
    killed: killed ? (killed.best ?? killed.low) : null,
    killed_low: killed?.low ?? null,
    killed_high: killed?.high ?? null,
    wounded: event.tolls.wounded ? (event.tolls.wounded.best ?? event.tolls.wounded.low) : null,
    actors: event.actors.map((/** @type {any} */ a) => `${a.name} (${a.role})`).join("; ") || null,
    evidence: event.doc < 0 ? null : quote(store, event.doc, event.evidence[0], event.evidence[1]),
    title: event.doc < 0 ? null : store.docs.title[event.doc],
    source: event.doc < 0 ? null : store.docs.source[event.doc],
    published: event.doc < 0 ? null : store.docs.published[event.doc],
    confidence: event.confidence,
  };
}

/** The events seen, as CSV. A cell that a spreadsheet would run as a formula gets an apostrophe. @param {any} app */
function csvText(app) {
  const rows = app.list.order().map((/** @type {number} */ i) => flat(app, i)),
    names = Object.keys(rows[0] || { id: "" });
  const cell = (/** @type {any} */ value) => {
    if (value === null || value === undefined) return "";
    let text = String(value);
    if (typeof value === "string" && /^[=+\-@\t\r]/.test(text)) text = "'" + text;
    return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  };
  return (
    "\ufeff" +
    [names, ...rows.map((/** @type {any} */ row) => names.map((name) => row[name]))]
      .map((row) => row.map(cell).join(","))
      .join("\r\n") +
    "\r\n"
  );
}

/** The events seen, as GeoJSON; those without a place have no geometry. @param {any} app */
function geojsonText(app) {
  const features = app.list.order().map((/** @type {number} */ i) => {
    const { latitude, longitude, id, ...properties } = flat(app, i);
    return {
      type: "Feature",
      id,
      geometry: latitude === null ? null : { type: "Point", coordinates: [longitude, latitude] },
      properties,
    };
  });
  return JSON.stringify(
    { type: "FeatureCollection", title: app.store.data.title, attribution: say("credits"), features },
    null,
    1,
  );
}

/** The map as it is seen, with title, legend and credits, at twice the size. @param {any} app @returns {Promise<Blob>} */
function picture(app) {
  const size = app.map.getSize(),
    ratio = 2,
    width = Math.max(size.x, 520),
    top = 62,
    legend = legendRows(app, width),
    bottom = 26 + legend.height;
  const page = el("canvas", { width: width * ratio, height: (size.y + top + bottom) * ratio }),
    g = page.getContext("2d"),
    ink = app.ink;
  const origin = app.map.getPixelBounds().min,
    scale = 256 * 2 ** app.map.getZoom();
  const view = {
    scale,
    ratio,
    width: size.x,
    height: size.y,
    zoom: app.map.getZoom(),
    left: origin.x / scale,
    top: origin.y / scale,
  };
  g.scale(ratio, ratio);
  g.fillStyle = ink.paper;
  g.fillRect(0, 0, width, size.y + top + bottom);
  for (const draw of [
    (/** @type {any} */ c) => app.ground && app.base && drawGround(c, app.ground, view, ink),
    (/** @type {any} */ c) => drawEvents(c, app, view, ink),
  ]) {
    const part = el("canvas", { width: size.x * ratio, height: size.y * ratio }),
      c = part.getContext("2d");
    c.scale(ratio, ratio);
    draw(c);
    g.drawImage(part, (width - size.x) / 2, top, size.x, size.y);
  }
  const right = document.documentElement.dir === "rtl",
    edge = right ? width - 16 : 16;
  g.textAlign = right ? "right" : "left";
  g.direction = right ? "rtl" : "ltr";
  g.textBaseline = "alphabetic";
  g.fillStyle = ink.text;
  g.font = `700 21px ${SERIF}`;
  g.fillText(app.store.data.title, edge, 29, width - 32);
  g.font = `400 13px ${SANS}`;
  g.fillStyle = ink.muted;
  g.fillText(document.querySelector(".gm-counts")?.textContent || "", edge, 50, width - 32);
  drawLegendRows(g, app, legend, size.y + top + 8, ink);
  g.textAlign = right ? "right" : "left";
  g.fillStyle = ink.muted;
  g.font = `400 11px ${SANS}`;
  g.fillText(
    [say("credits"), say("made with", { version: app.store.data.provenance.version })].join(" · "),
    edge,
    size.y + top + bottom - 9,
    width - 32,
  );
  return new Promise((done) => page.toBlob(done, "image/png"));
}

/** The kinds seen, set in rows that fit. @param {any} app @param {number} width */
function legendRows(app, width) {
  const g = el("canvas").getContext("2d"),
    items = /** @type {any[]} */ ([]);
  g.font = `400 12.5px ${SANS}`;
  let x = 16,
    y = 12;
  app.store.data.scene.kinds.forEach((/** @type {any} */ kind, /** @type {number} */ k) => {
    if (!app.sum.byKind[k] || !app.filter.kinds.has(k)) return;
    const name = term(kind.name),
      wide = 20 + g.measureText(name).width + 20;
    if (x + wide > width - 8) {
      x = 16;
      y += 22;
    }
    items.push({ kind, name, x, y });
    x += wide;
  });
  return { items, width, height: items.length ? y + 14 : 0 };
}

/** @param {CanvasRenderingContext2D} g @param {any} app @param {any} legend @param {number} top @param {any} ink */
function drawLegendRows(g, app, legend, top, ink) {
  const right = document.documentElement.dir === "rtl";
  for (const { kind, name, x, y } of legend.items) {
    const at = right ? legend.width - x : x,
      side = right ? -1 : 1;
    trace(g, kind.shape, at + 7 * side, top + y - 2, 6);
    g.fillStyle = kind.apart ? ink.paper : kind.colour;
    g.fill();
    g.lineWidth = kind.apart ? 2 : 1;
    g.strokeStyle = kind.apart ? kind.colour : ink.edge;
    g.stroke();
    g.font = `400 12.5px ${SANS}`;
    g.textBaseline = "middle";
    g.textAlign = right ? "right" : "left";
    g.fillStyle = ink.text;
    g.fillText(name, at + 20 * side, top + y - 1);
  }
  g.textBaseline = "alphabetic";
}
