/**
 * What is seen, kept in the address: a view can be linked. Days are ISO dates, names are names.
 * @param {any} app
 */
function openState(app) {
  const { store, filter, map } = app;
  let quiet = false;
  const names = (/** @type {Set<number>} */ set, /** @type {string[]} */ table) =>
    [...set]
      .sort((a, b) => a - b)
      .map((k) => table[k])
      .join("|");
  const numbers = (/** @type {string|null} */ text, /** @type {string[]} */ table) =>
    new Set(
      (text || "")
        .split("|")
        .map((name) => table.indexOf(name))
        .filter((k) => k >= 0),
    );
  const state = {
    /** @returns {string} */
    text() {
      const fresh = openDefaults(store),
        parts = new URLSearchParams(),
        centre = map.getCenter().wrap();
      parts.set("view", `${+map.getZoom().toFixed(2)}/${centre.lat.toFixed(3)}/${centre.lng.toFixed(3)}`);
      if (filter.from > filter.range[0]) parts.set("from", iso(filter.from));
      if (filter.to < filter.range[1]) parts.set("to", iso(filter.to));
      if (!filter.undated) parts.set("undated", "no");
      if (!sameSet(filter.kinds, fresh.kinds)) parts.set("kinds", names(filter.kinds, store.kinds));
      if (!sameSet(filter.statuses, fresh.statuses)) parts.set("status", names(filter.statuses, store.statuses));
      for (const [key, value] of [
        ["q", filter.query],
        ["actor", filter.actor],
        ["source", filter.source],
      ])
        if (value) parts.set(key, value);
      if (filter.named !== fresh.named) parts.set("named", filter.named ? "yes" : "no");
      if (filter.deaths) parts.set("deaths", String(filter.deaths));
      if (filter.confidence) parts.set("sure", String(Math.round(filter.confidence * 100)));
      if (app.event >= 0) parts.set("event", store.data.events.id[app.event]);
      return parts.toString().replace(/%2F/g, "/").replace(/%7C/g, "|");
    },
    write() {
      if (quiet || !app.state) return;
      try {
        history.replaceState(null, "", "#" + state.text());
      } catch {
        quiet = true; // a page inside another page may not change its address
      }
    },
    read() {
      const parts = new URLSearchParams(location.hash.slice(1));
      if (![...parts.keys()].length) return;
      Object.assign(filter, openDefaults(store));
      if (parts.has("status")) {
        filter.statuses = numbers(parts.get("status"), store.statuses);
        rerange(store, filter);
      }
      const day = (/** @type {string} */ key, /** @type {number} */ or) =>
        dayOf(parts.get(key)) === NO_DAY ? or : clamp(dayOf(parts.get(key)), filter.range[0], filter.range[1]);
      filter.from = day("from", filter.range[0]);
      filter.to = Math.max(filter.from, day("to", filter.range[1]));
      filter.undated = parts.get("undated") !== "no";
      if (parts.has("kinds")) filter.kinds = numbers(parts.get("kinds"), store.kinds);
      filter.query = parts.get("q") || "";
      filter.actor = parts.get("actor") || "";
      filter.source = parts.get("source") || "";
      if (parts.has("named")) filter.named = parts.get("named") === "yes";
      filter.deaths = Math.max(0, Number(parts.get("deaths")) || 0);
      filter.confidence = clamp(Number(parts.get("sure")) / 100 || 0, 0, 1);
      app.panel.sync();
      for (const bit of Object.keys(FAILS)) remask(store, filter, bit);
      const view = (parts.get("view") || "").split("/").map(Number);
      app.refresh();
      if (view.length === 3 && view.every(Number.isFinite))
        map.setView([clamp(view[1], -85, 85), view[2]], clamp(view[0], 1, 18), { animate: false });
      const event = store.data.events.id.indexOf(parts.get("event"));
      if (event >= 0) app.open(event);
    },
  };
  window.addEventListener("hashchange", () => {
    if (location.hash.slice(1) !== state.text()) state.read();
  });
  return state;
}
