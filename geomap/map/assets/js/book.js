/**
 * Corrections: made here, kept here, downloaded as JSON. Each names what it corrects by its words, not by a number, so
 * that it fits again when the texts are read anew.
 * @param {any} app
 */
function openCorrections(app) {
  const list = /** @type {any[]} */ ([]),
    key = "geomap " + app.id;
  const book = {
    list,
    /** @param {any} entry */
    add(entry) {
      const at = list.findIndex((old) => old.about === entry.about);
      if (at >= 0) list[at] = { ...entry, change: { ...list[at].change, ...entry.change } };
      else list.push(entry);
      book.keep();
    },
    keep() {
      try {
        localStorage.setItem(key, JSON.stringify(list));
      } catch {} // a page inside another page may have no storage: then they last as long as the page
      app.tools.corrections(list.length);
      if (window.parent !== window) window.parent.postMessage({ geomap: 1, corrections: book.text() }, "*"); // geomap serve applies them
    },
    /** Take up again what an earlier visit left. */
    recall() {
      try {
        list.push(...JSON.parse(localStorage.getItem(key) || "[]"));
      } catch {}
      if (list.length) book.redo();
      app.tools.corrections(list.length);
    },
    /** Take a correction back. @param {number} at */
    drop(at) {
      list.splice(at, 1);
      book.redo();
      book.keep();
      app.refresh();
    },
    /** Start from what was read, and make every correction anew. */
    redo() {
      restore(app.store, fresh);
      for (const { what, about, change } of list) {
        if (what === "event") applyChange(app, app.store.data.events.id.indexOf(about.slice(6)), change);
        else applyPlace(app, .../** @type {[number, number]} */ (about.split(" ").slice(1).map(Number)), change.place);
      }
      if (!list.length) settle(app);
    },
    text: () =>
      JSON.stringify(
        { format: "geomap corrections", version: 1, corrections: list.map(({ about: _, ...entry }) => entry) },
        null,
        1,
      ) + "\n",
  };
  const fresh = app.store.data.aggregated ? null : snapshot(app.store);
  return book;
}

/** The columns that corrections change. */
const CHANGED = ["kind", "sub", "status", "first", "last", "place", "gone", "deaths"],
  CHANGED_TOO = ["day_precision", "where_confidence", "geo_precision", "radius_km"];

/** Keep what was read, to go back to. @param {any} store */
function snapshot(store) {
  return {
    ...Object.fromEntries(CHANGED.map((name) => [name, store[name].slice()])),
    ...Object.fromEntries(CHANGED_TOO.map((name) => [name, store.data.events[name].slice()])),
    tolls: Object.fromEntries(TOLLS.map((name) => [name, new Map(store.tolls[name])])),
    named: store.docs.toponyms.map((/** @type {any[]} */ rows) => rows.map((row) => row[4])),
  };
}

/** @param {any} store @param {any} fresh */
function restore(store, fresh) {
  for (const name of CHANGED) store[name].set(fresh[name]);
  for (const name of CHANGED_TOO) store.data.events[name] = fresh[name].slice();
  for (const name of TOLLS) store.tolls[name] = new Map(fresh.tolls[name]);
  store.docs.toponyms.forEach((/** @type {any[]} */ rows, /** @type {number} */ d) =>
    rows.forEach((row, k) => {
      row[4] = fresh.named[d][k];
    }),
  );
}

/** The corrections made so far: each can be taken back, and all downloaded. @param {any} app */
function correctionsDialog(app) {
  const rows = app.book.list.map((/** @type {any} */ entry, /** @type {number} */ at) =>
    el(
      "li",
      {},
      el("q", { dir: "auto", text: entry.what === "event" ? entry.trigger : entry.name }),
      ` ${changeWords(entry.change)} `,
      el("button", {
        type: "button",
        text: say("take back"),
        on: {
          click: () => {
            app.book.drop(at);
            box.close();
            if (app.book.list.length) correctionsDialog(app);
          },
        },
      }),
    ),
  );
  const box = dialog(
    app,
    say("corrections made", { n: rows.length }),
    [
      el("ul", { class: "gm-made" }, ...rows),
      el(
        "div",
        { class: "gm-acts" },
        el("button", {
          type: "button",
          class: "gm-main-act",
          text: say("corrections", { n: rows.length }),
          on: { click: () => download(fileName(app, "corrections.json"), "application/json", app.book.text()) },
        }),
      ),
    ],
    null,
  );
  return box;
}

/** A change in a few words. @param {any} change */
function changeWords(change) {
  const parts = [
    change.reject ? say("reject") : "",
    change.place ? change.place.name : change.place === null ? say("not a place") : "",
    change.sub_kind ? term(change.sub_kind) : "",
    change.status ? term(change.status) : "",
    change.first || "",
    ...TOLLS.filter((name) => name in change).map((name) => say(name, { n: change[name]?.low ?? 0 })),
  ];
  return parts.filter(Boolean).join(" · ");
}
