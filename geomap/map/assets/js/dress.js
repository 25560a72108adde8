/**
 * Build the page's parts around the map that stands in it.
 * @param {any} app
 * @returns {any[]}
 */
function dressPage(app) {
  const { data } = app.store,
    mapBox = app.map.getContainer();
  document.documentElement.classList.add("gm-root");
  app.panel = openPanel(app);
  app.list = openList(app);
  app.line = openTimeline(app);
  app.popup = openPopup(app);
  app.article = openArticle(app);
  const counts = el("p", { class: "gm-counts" }),
    live = el("p", { class: "gm-hear", role: "status", "aria-live": "polite" });
  app.counts = (/** @type {any} */ sum) => fill(counts, ...countWords(app, sum));
  app.speakCounts = () => {
    live.textContent = counts.textContent;
  };
  const head = el(
    "header",
    { class: "gm-head" },
    el("a", {
      class: "gm-skip",
      href: "#gm-list",
      text: say("skip"),
      on: {
        click: (/** @type {Event} */ e) => {
          e.preventDefault();
          app.list.box.focus();
        },
      },
    }),
    el("div", { class: "gm-titles" }, el("h1", {}, el("bdi", { text: data.title })), counts),
    el("div", { class: "gm-tools" }, ...toolsOf(app)),
  );
  mapBox.setAttribute("dir", "ltr");
  mapBox.setAttribute("role", "region");
  mapBox.setAttribute("aria-label", say("map"));
  const stage = el("div", { class: "gm-stage" }, mapBox, app.popup.box, noteOf(app));
  const side = sideOf(app);
  app.popup.box.setAttribute("dir", document.documentElement.dir || "ltr");
  return [
    head,
    el("main", { class: "gm-main" }, el("div", { class: "gm-left" }, stage, app.line.box), side, app.article.box),
    live,
    footOf(app),
  ];
}

/** The filters and the list, with the article behind a second tab. @param {any} app */
function sideOf(app) {
  const sort = el(
    "select",
    {
      "aria-label": say("order"),
      on: {
        change: () => {
          app.sort = sort.value;
          app.list.refresh();
        },
      },
    },
    ...["newest", "oldest", "deadliest", "text order"].map((name) =>
      el("option", { value: name, text: say(name), selected: name === app.sort }),
    ),
  );
  const bar = el("div", { class: "gm-bar" }, el("h2", { text: say("events title") }), sort);
  return el("aside", { class: "gm-side", "aria-label": say("events title") }, app.panel.box, bar, app.list.box);
}

/** "12 of 14 events, 47 reported deaths, 2013-03-26 to 2013-05-25". @param {any} app @param {any} sum */
function countWords(app, sum) {
  if (!app.store.n) return [say("none at all")];
  const shown =
    sum.conflict === sum.total
      ? say("conflict events", { n: sum.total })
      : say("of events", { n: sum.conflict, all: WORDS.number.format(sum.total) });
  const parts = [
    el("b", { text: shown }),
    sum.deaths ? say("reported deaths", { n: sum.deaths }) : "",
    sum.first === Infinity
      ? ""
      : sum.last > sum.first
        ? say("from to", { from: shownDay(sum.first), to: shownDay(sum.last) })
        : shownDay(sum.first),
  ].filter(Boolean);
  const more = [
    sum.apart ? say("diplomatic", { n: sum.apart }) : "",
    sum.placeless ? say("placeless", { n: sum.placeless }) : "",
  ].filter(Boolean);
  const line = parts.flatMap((part, k) => (k ? [say("comma"), part] : [part]));
  return more.length ? [...line, el("span", { class: "gm-soft", text: ` · ${more.join(" · ")}` })] : line;
}

/** What a reader must know before reading: that events are drawn together, or that there are none. @param {any} app */
function noteOf(app) {
  const { aggregated } = app.store.data;
  if (aggregated)
    return el("p", {
      class: "gm-banner",
      text: say("aggregated", { n: aggregated.events, groups: WORDS.number.format(app.store.n) }),
    });
  const failed = app.store.data.failures.length;
  if (!app.store.n)
    return el("p", {
      class: "gm-banner",
      text: failed && !app.store.docs.id.length ? say("failures", { n: failed }) : say("none at all"),
    });
  return null;
}

/** Sources, disclaimer, provenance. @param {any} app */
function footOf(app) {
  const { provenance: made } = app.store.data;
  const facts = [
    say("made with", { version: made.version }),
    made.gazetteer ? say("gazetteer", { name: made.gazetteer }) : "",
    say("inputs", { n: made.documents }),
  ].filter(Boolean);
  const failures = app.store.data.failures;
  return el(
    "footer",
    { class: "gm-foot" },
    el(
      "details",
      {},
      el("summary", { text: say("about") }),
      el(
        "div",
        { class: "gm-about" },
        failures.length ? el("p", { text: say("failures", { n: failures.length }) }) : null,
        el("p", { text: say("machine made") }),
        el("p", { text: say("legend words") }),
        el("p", { text: say("borders note") }),
        el("p", { text: say("credits") }),
        el("p", { class: "gm-soft", text: facts.join(" · ") }),
      ),
    ),
  );
}

/** Leaflet's part: ground, events, what a pointer does. @param {any} app */
function startMap(app) {
  const { map } = app;
  map.attributionControl.setPrefix(false);
  const zoom = L.control.zoom({ position: "topleft", zoomInTitle: say("zoom in"), zoomOutTitle: say("zoom out") });
  zoom.addTo(map).getContainer().append(fitButton(app));
  L.control.scale({ position: "bottomleft" }).addTo(map);
  map.invalidateSize({ animate: false });
  fitEvents(app);
  if (app.ground) {
    map.createPane("gm-ground").style.zIndex = "150";
    app.base = canvasLayer((g, view) => drawGround(g, app.ground, view, app.ink), "gm-ground").addTo(map);
    map.attributionControl.addAttribution(say("credits"));
  }
  startLayer(app);
  map.on("moveend", () => app.state?.write());
  new ResizeObserver(perFrame(() => map.invalidateSize({ animate: false, pan: true }))).observe(map.getContainer());
  forPaper(app);
}

/** On paper: the whole list, light colours, and the same ground in a frame of another shape. @param {any} app */
function forPaper(app) {
  const root = document.documentElement;
  let theme = /** @type {string|null} */ (null),
    box = /** @type {any} */ (null);
  addEventListener("beforeprint", () => {
    theme = root.getAttribute("data-theme");
    for (const part of document.querySelectorAll(".gm-foot details")) part.setAttribute("open", "");
    box = app.map.getBounds();
    root.setAttribute("data-theme", "light");
    app.list.unroll(true);
    app.map.invalidateSize({ animate: false });
    app.map.fitBounds(box, { animate: false });
    app.ink = inks();
    for (const layer of [app.base, app.layer]) layer?.reset();
    app.line.refresh();
  });
  addEventListener("afterprint", () => {
    if (theme) root.setAttribute("data-theme", theme);
    else root.removeAttribute("data-theme");
    for (const part of document.querySelectorAll(".gm-foot details")) part.removeAttribute("open");
    app.list.unroll();
    app.map.invalidateSize({ animate: false });
    app.map.fitBounds(box, { animate: false });
    app.repaint();
  });
}

/** The events' canvas, and what a pointer does on it. @param {any} app */
function startLayer(app) {
  const { map } = app;
  app.layer = canvasLayer((g, view) => {
    g.clearRect(0, 0, view.width, view.height);
    app.marks = drawEvents(g, app, view, app.ink);
    app.view = view;
  }, "overlayPane").addTo(map);
  map.on("click", (/** @type {any} */ event) =>
    app.placing ? app.placing(event.latlng) : clickAt(app, event.containerPoint),
  );
  map.on("move zoom resize", () => app.popup.place());
  const tip = el("div", { class: "gm-tip", hidden: true, role: "presentation" });
  map.getContainer().append(tip);
  map.on("mousemove", (/** @type {any} */ event) => hover(app, tip, event.containerPoint));
  map.on("mouseout movestart", () => {
    tip.hidden = true;
  });
}

/** What brings the events back into sight, below zoom's own buttons. @param {any} app */
function fitButton(app) {
  const fit = (/** @type {Event} */ event) => {
    event.preventDefault();
    event.stopPropagation();
    app.popup.close?.();
    fitEvents(app);
  };
  const press = (/** @type {KeyboardEvent} */ event) => event.key === " " && fit(event);
  const told = { href: "#", role: "button", title: say("zoom all"), "aria-label": say("zoom all") };
  return el("a", { ...told, class: "gm-fit", on: { click: fit, keydown: press, dblclick: L.DomEvent.stop } });
}

/** Show all that is seen, on the side of the world where it lies together. @param {any} app */
function fitEvents(app) {
  const { store, map, filter } = app,
    spots = [];
  for (const strict of [true, false]) {
    if (spots.length) break;
    for (let i = 0; i < store.n; i++) {
      const off = strict && (filter.mask[i] || store.data.scene.kinds[store.kind[i]].apart);
      if (!off && store.place[i] >= 0) spots.push(store.place[i]);
    }
  }
  if (!spots.length) return map.setView([20, 10], 2, { animate: false });
  const seam = widestGap(spots.map((p) => store.places.longitude[p]));
  let south = 90,
    north = -90,
    west = Infinity,
    east = -Infinity;
  for (const p of spots) {
    const y = store.places.latitude[p],
      x = store.places.longitude[p] < seam ? store.places.longitude[p] + 360 : store.places.longitude[p];
    south = Math.min(south, y);
    north = Math.max(north, y);
    west = Math.min(west, x);
    east = Math.max(east, x);
  }
  const turn = (west + east) / 2 > 200 ? 360 : 0;
  return map.fitBounds(
    [
      [south, west - turn],
      [north, east - turn],
    ],
    { padding: [52, 52], maxZoom: 8, animate: false },
  );
}

/** The eastern end of the widest stretch of longitude without a place: where to cut the world. @param {number[]} longitudes */
function widestGap(longitudes) {
  const sorted = [...new Set(longitudes)].sort((a, b) => a - b);
  let widest = sorted[0] + 360 - sorted[sorted.length - 1],
    seam = sorted[0];
  for (let k = 1; k < sorted.length; k++) {
    if (sorted[k] - sorted[k - 1] > widest) {
      widest = sorted[k] - sorted[k - 1];
      seam = sorted[k];
    }
  }
  return seam;
}

/** The symbol under a point of the map, if any. @param {any} app @param {any} point @returns {Mark|null} */
function markAt(app, point) {
  if (!app.view) return null;
  const at = app.map.containerPointToLayerPoint(point).subtract(app.layer.corner),
    marks = app.marks || [];
  for (let k = marks.length - 1; k >= 0; k--)
    if (Math.hypot(marks[k].x - at.x, marks[k].y - at.y) <= Math.max(12, marks[k].r + 3)) return marks[k];
  return null;
}

/** The named place under a point, if any. @param {any} app @param {any} point */
function dotAt(app, point) {
  const at = app.map.containerPointToLayerPoint(point).subtract(app.layer.corner);
  return (app.dots || []).find((/** @type {any} */ dot) => Math.hypot(dot.x - at.x, dot.y - at.y) < 10) || null;
}

/** @param {any} app @param {any} point */
function clickAt(app, point) {
  const mark = markAt(app, point),
    dot = mark ? null : dotAt(app, point);
  if (dot) return app.openPlace(dot.doc, dot.toponym);
  if (!mark) return app.popup.close();
  const places = new Set(mark.places),
    apart = apartKind(app.store);
  const events = app.list
    .order()
    .filter(
      (/** @type {number} */ i) => places.has(app.store.place[i]) && (app.store.kind[i] === apart) === mark.apart,
    );
  if (!events.length) return undefined;
  const main = events.find((/** @type {number} */ i) => app.store.place[i] === mark.places[0]) ?? events[0];
  return app.open(main, app.map.layerPointToLatLng(L.point(mark.x, mark.y).add(app.layer.corner)), events);
}

/** @param {any} app @param {any} tip @param {any} point */
function hover(app, tip, point) {
  const mark = markAt(app, point);
  tip.hidden = !mark;
  app.map.getContainer().classList.toggle("gm-over", !!mark || !!dotAt(app, point));
  if (!mark) return;
  const { store } = app,
    names = mark.places.slice(0, 1).map((p) => store.places.label[p]);
  const words = [
    say(mark.apart ? "diplomatic" : "events", { n: mark.count }),
    mark.deaths ? say("reported deaths", { n: mark.deaths }) : "",
  ].filter(Boolean);
  fill(
    tip,
    el("b", {}, el("bdi", { text: names[0] })),
    mark.places.length > 1 ? ` ${say("and places near", { n: mark.places.length - 1 })}` : "",
    el("br"),
    words.join(say("comma")),
  );
  const size = app.map.getSize(),
    w = tip.offsetWidth,
    h = tip.offsetHeight;
  tip.style.transform = `translate(${clamp(point.x + 14, 4, size.x - w - 4)}px, ${point.y + 18 + h > size.y ? point.y - h - 12 : point.y + 18}px)`;
}
