/**
 * The page: data, filter, map and the parts beside it, which all hang on one `app`.
 * @param {any} map Leaflet's, as folium made it
 * @param {string} id of the page's data block
 */
async function geomapPage(map, id) {
  try {
    return await openPage(map, id);
  } catch (error) {
    document.body.prepend(
      el("p", {
        class: "gm-broken",
        role: "alert",
        text: `${document.querySelector("noscript")?.getAttribute("data-broken")} ${error}`,
      }),
    );
    throw error;
  }
}

/** @param {any} map @param {string} id */
async function openPage(map, id) {
  const root = document.documentElement,
    data = await unpackBlock(/** @type {Element} */ (document.getElementById(id)));
  speak(data.lang, data.words);
  const store = openStore(data),
    filter = openFilter(store);
  const app = /** @type {any} */ ({
    id,
    map,
    store,
    filter,
    event: -1,
    place: -1,
    sort: data.aggregated ? "deadliest" : "newest",
    ground: await groundOf(id),
    sums: byPlace(store, filter),
    present: presence(store),
    ink: inks(),
    acts: (/** @type {any} */ event) => actsOf(app, event),
  });
  Object.assign(app, verbs(app));
  document.body.append(...dressPage(app));
  app.book = openCorrections(app);
  app.book.recall();
  startMap(app);
  app.state = openState(app);
  app.state.read();
  app.refresh();
  document.addEventListener("keydown", (event) => leave(app, event));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => app.repaint());
  if (innerWidth >= 1500 && store.docs.id.length === 1 && app.article.has(0)) app.article.show(0);
  root.setAttribute("data-ready", "");
  tellHeight();
  return app;
}

/** Escape closes what was opened last: the popup, then the article. @param {any} app @param {KeyboardEvent} event */
function leave(app, event) {
  const at = /** @type {Element|null} */ (event.target);
  if (event.key !== "Escape" || at?.closest?.("input, select, textarea, dialog")) return;
  if (!app.popup.box.hidden) app.popup.close();
  else if (app.article.isOpen()) app.article.close();
}

/** The ground under a page's events. @param {string} id */
async function groundOf(id) {
  const block = document.getElementById(id + "-ground");
  if (!block) return null;
  const data = JSON.parse(block.textContent || ""),
    ground = await openGround(data);
  const { cities } = data;
  const right = data.sides === "rtl";
  return {
    ...ground,
    right,
    cities: { ...cities, x: cities.longitude.map(mercatorX), y: cities.latitude.map(mercatorY) },
    names: data.names.map((/** @type {any[]} */ [text, longitude, latitude, from, to, sea]) => ({
      text: text.length === 2 && !sea ? countryCaps(text) : text,
      x: mercatorX(longitude),
      y: mercatorY(latitude),
      from,
      to,
      sea: !!sea,
    })),
  };
}

/** @param {string} code */
function countryCaps(code) {
  return country(code)
    .replace(/\s*\([^)]*\)/, "")
    .toLocaleUpperCase(WORDS.lang);
}

/** Which kinds and statuses there are at all. @param {Store} store */
function presence(store) {
  const kinds = new Uint8Array(store.kinds.length),
    statuses = new Uint8Array(store.statuses.length);
  for (let i = 0; i < store.n; i++) {
    kinds[store.kind[i]] = 1;
    statuses[store.status[i]] = 1;
  }
  return { kinds, statuses };
}

/** What the parts may ask of the page. @param {any} app */
function verbs(app) {
  const settle = settled(() => {
    app.state.write();
    app.speakCounts();
  }, 350);
  return {
    /** @param {string} bit */
    refilter(bit) {
      if (bit === "status") {
        rerange(app.store, app.filter);
        remask(app.store, app.filter, "time");
      }
      remask(app.store, app.filter, bit);
      app.refresh();
      settle();
    },
    refresh() {
      const sum = (app.sum = tally(app.store, app.filter));
      app.sums = byPlace(app.store, app.filter);
      app.panel.refresh(sum);
      app.line.refresh();
      app.list.refresh();
      app.counts(sum);
      app.layer?.redraw();
    },
    repaint() {
      app.ink = inks();
      app.base?.redraw();
      app.layer?.redraw();
      app.line.refresh();
    },
    /** Look at an event: light it on the map, in the list and in the article. @param {number} i */
    focusOn(i) {
      app.event = i;
      app.place = i < 0 ? -1 : app.store.place[i];
      app.layer?.redraw();
      app.list.paint();
      app.article?.light(i);
      app.state.write();
    },
    /** Open an event's popup, with the others seen at its place. @param {number} i @param {any} [spot] @param {number[]} [events] */
    open(i, spot, events) {
      const p = app.store.place[i],
        order = app.list.order();
      const near =
        events ||
        (p < 0 || app.store.data.aggregated
          ? [i]
          : order.filter((/** @type {number} */ k) => app.store.place[k] === p));
      if (!spot && p >= 0 && !app.map.getBounds().pad(-0.08).contains(spotOf(app, i)))
        app.map.setView(spotOf(app, i), Math.max(app.map.getZoom(), 6), { animate: false });
      app.popup.show(near.length ? near : [i], i, spot);
      app.list.reveal(i);
    },
    /** Show where a name in a text is, and what happened there. @param {number} d @param {any[]} toponym */
    openPlace(d, toponym) {
      const p = toponym[4],
        order = app.list.order().filter((/** @type {number} */ i) => p !== null && app.store.place[i] === p);
      app.popup.showPlace(d, toponym, order);
    },
    narrowed() {
      const f = app.filter,
        fresh = openDefaults(app.store);
      return (
        !!(f.query || f.actor || f.source || f.deaths || f.confidence || !f.undated) ||
        f.from > f.range[0] ||
        f.to < f.range[1] ||
        !sameSet(f.kinds, fresh.kinds) ||
        !sameSet(f.statuses, fresh.statuses)
      );
    },
    reset() {
      Object.assign(app.filter, openDefaults(app.store));
      app.panel.sync();
      for (const bit of Object.keys(FAILS)) remask(app.store, app.filter, bit);
      app.refresh();
      settle();
    },
  };
}

/** @param {Set<any>} a @param {Set<any>} b */
function sameSet(a, b) {
  return a.size === b.size && [...a].every((v) => b.has(v));
}
