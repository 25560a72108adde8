/** The forms that correct an event or a place, and what a correction changes on the page. */

/** What names an event by its words. @param {Store} store @param {any} event */
function wordsOf(store, event) {
  return {
    document: event.doc < 0 ? null : store.docs.id[event.doc],
    title: event.doc < 0 ? null : store.docs.title[event.doc],
    quote: quote(store, event.doc, event.evidence[0], event.evidence[1]),
    trigger: quote(store, event.doc, event.trigger[0], event.trigger[1]),
    kind: event.kind,
  };
}

/** @param {any} app @param {number} p */
function placeRow(app, p) {
  const at = app.store.places;
  return Object.fromEntries(
    ["id", "name", "latitude", "longitude", "country", "admin1", "admin1_name", "feature"].map((field) => [
      field,
      at[field][p] ?? null,
    ]),
  );
}

/** Change an event on the page as a correction says. @param {any} app @param {number} i @param {any} change */
function applyChange(app, i, change) {
  const { store } = app,
    e = store.data.events;
  if (i < 0) return;
  if (change.reject) store.gone[i] = 1;
  if (change.kind && store.kinds.includes(change.kind)) store.kind[i] = store.kinds.indexOf(change.kind);
  if (change.sub_kind) {
    if (!store.subs.includes(change.sub_kind)) store.subs.push(change.sub_kind);
    store.sub[i] = store.subs.indexOf(change.sub_kind);
  }
  if (change.status) store.status[i] = store.statuses.indexOf(change.status);
  if ("first" in change) {
    store.first[i] = dayOf(change.first);
    store.last[i] = change.last ? dayOf(change.last) : store.first[i];
    e.day_precision[i] = 1;
  }
  if (change.place) {
    store.place[i] = placeNumber(store, change.place);
    e.where_confidence[i] = 1;
    e.geo_precision[i] = 1;
    e.radius_km[i] = change.place.radius_km ?? 2;
  }
  for (const name of TOLLS) if (name in change) setToll(store, i, name, change[name]);
  settle(app);
}

/** The tolls that a reader may set. */
const TOLLS = ["killed", "wounded"];

/** Give an event another toll, or none. The words that the text has for it stay. @param {Store} store @param {number} i @param {string} name @param {any} bounds */
function setToll(store, i, name, bounds) {
  const all = store.tolls[name];
  if (bounds) {
    const at = store.data.events.trigger[i][1];
    all.set(i, { start: at, end: at, words: String(bounds.low), ...all.get(i), ...bounds, best: bounds.low });
  } else all.delete(i);
  if (name === "killed") store.deaths[i] = bounds ? bounds.low : 0;
}

/** Work out anew what rests on the columns. @param {any} app */
function settle(app) {
  app.store.words = null;
  app.store.orders = {};
  app.store.named = null;
  app.present = presence(app.store);
  for (const bit of Object.keys(FAILS)) remask(app.store, app.filter, bit);
}

/** Put a name of a document elsewhere, and the events that lie there with it. @param {any} app @param {number} d @param {number} start @param {any} place */
function applyPlace(app, d, start, place) {
  const { store } = app,
    toponym = (store.docs.toponyms[d] || []).find((/** @type {any[]} */ row) => row[0] === start);
  if (!toponym) return;
  toponym[4] = place ? placeNumber(store, place) : null;
  for (let i = 0; i < store.n; i++) {
    const span = store.data.events.where_span[i];
    if (store.doc[i] !== d || !span || span[0] !== start) continue;
    if (place) applyChange(app, i, { place });
    else store.place[i] = -1;
  }
  settle(app);
}

/** The number of a place, which is added where it is new. @param {Store} store @param {any} place */
function placeNumber(store, place) {
  const at = store.places;
  for (let p = 0; p < store.np; p++)
    if (at.id[p] === place.id && at.latitude[p] === place.latitude && at.longitude[p] === place.longitude) return p;
  for (const field of Object.keys(at))
    at[field].push(place[field] ?? (field === "reach" ? 2 : field === "vague" || field === "area" ? 0 : null));
  locate(store);
  return store.np - 1;
}

/** The form that corrects an event. @param {any} app @param {any} event @param {any} [draft] */
function correctEvent(app, event, draft) {
  const { store } = app,
    { scene } = store.data,
    now = draft || {};
  const choice = (/** @type {string} */ value, /** @type {Node|string} */ label, on = false) =>
    el(
      "label",
      { class: "gm-check" },
      el("input", { type: "radio", name: "gm-place", value, checked: on }),
      el("span", { class: "gm-name" }, label),
    );
  const rows = candidatesOf(store, event)
    .filter((c) => c.place !== event.place)
    .map((c) => {
      const { name, around } = placeOf(store, c.place);
      return choice("p" + c.place, el("bdi", { text: around ? `${name}, ${around}` : name }));
    });
  const latitude = el("input", {
    type: "number",
    step: "any",
    min: -90,
    max: 90,
    value: now.latitude ?? "",
    "aria-label": say("latitude"),
    placeholder: say("latitude"),
  });
  const longitude = el("input", {
    type: "number",
    step: "any",
    min: -180,
    max: 180,
    value: now.longitude ?? "",
    "aria-label": say("longitude"),
    placeholder: say("longitude"),
  });
  const pick = el("button", { type: "button", text: say("pick on map") });
  const kind = el(
    "select",
    {},
    ...scene.kinds.flatMap((/** @type {any} */ k) =>
      (k.subs || [k.name]).map((/** @type {string} */ sub) =>
        el("option", {
          value: k.name + "|" + sub,
          text: `${term(k.name)}: ${term(sub)}`,
          selected: k.name === event.kind && sub === event.sub,
        }),
      ),
    ),
  );
  if (![...kind.options].some((option) => option.value === event.kind + "|" + event.sub))
    kind.prepend(
      el("option", {
        value: event.kind + "|" + event.sub,
        text: `${term(event.kind)}: ${term(event.sub)}`,
        selected: true,
      }),
    );
  const status = el(
    "select",
    {},
    ...store.statuses.map((/** @type {string} */ s) =>
      el("option", { value: s, text: term(s), selected: s === event.status }),
    ),
  );
  const day = (/** @type {number} */ d) => (d === NO_DAY ? "" : iso(d));
  const first = el("input", { type: "date", value: day(event.first) }),
    last = el("input", { type: "date", value: day(event.last) });
  const tolls = Object.fromEntries(TOLLS.map((name) => [name, tollFields(event.tolls[name])]));
  const reject = el("input", { type: "checkbox" }),
    note = el("input", { type: "text", maxlength: 400 });
  const field = (/** @type {string} */ name, /** @type {Node} */ input) =>
    el("label", { class: "gm-field" }, el("span", { text: name }), input);
  const form = dialog(
    app,
    say("correct event"),
    [
      evidence(store, event),
      el("label", { class: "gm-check" }, reject, el("span", { text: say("reject") })),
      el(
        "fieldset",
        {},
        el("legend", { text: say("where") }),
        choice(
          "same",
          event.place < 0 ? say("no place") : placeOf(store, event.place).name,
          now.latitude === undefined,
        ),
        ...rows,
        el(
          "div",
          { class: "gm-else" },
          choice("else", say("elsewhere"), now.latitude !== undefined),
          latitude,
          longitude,
          pick,
        ),
      ),
      el(
        "div",
        { class: "gm-grid" },
        field(say("kind"), kind),
        field(say("status"), status),
        field(say("first day of it"), first),
        field(say("last day of it"), last),
        ...TOLLS.flatMap((name) => [
          field(say(`${name}, low`), tolls[name].low),
          field(say(`${name}, high`), tolls[name].high),
        ]),
      ),
      field(say("note"), note),
    ],
    () => {
      const change = readChange(app, event, { form, latitude, longitude, kind, status, first, last, tolls, reject });
      if (!Object.keys(change).length) return;
      app.book.add({
        about: "event " + event.id,
        what: "event",
        ...wordsOf(store, event),
        change,
        ...(note.value ? { note: note.value } : {}),
      });
      applyChange(app, event.i, change);
      app.popup.close();
      app.refresh();
    },
  );
  for (const number of [latitude, longitude])
    number.addEventListener("input", () => {
      form.querySelector('input[value="else"]').checked = true;
    });
  pick.addEventListener("click", () => {
    form.close();
    pickOnMap(app, (/** @type {any} */ spot) =>
      correctEvent(app, event, { latitude: +spot.lat.toFixed(4), longitude: +spot.lng.toFixed(4) }),
    );
  });
  return form;
}

/** What the form changes, and only that. @param {any} app @param {any} event @param {any} f @returns {any} */
function readChange(app, event, f) {
  const { store } = app,
    change = /** @type {any} */ ({}),
    chosen = f.form.querySelector('input[name="gm-place"]:checked')?.value || "same";
  if (f.reject.checked) return { reject: true };
  if (chosen.startsWith("p")) change.place = placeRow(app, Number(chosen.slice(1)));
  if (chosen === "else" && f.latitude.value !== "" && f.longitude.value !== "") {
    const name = event.whereSpan
      ? quote(store, event.doc, event.whereSpan[0], event.whereSpan[1])
      : event.place < 0
        ? say("pinned")
        : store.places.name[event.place];
    change.place = {
      id: null,
      name,
      latitude: clamp(Number(f.latitude.value), -90, 90),
      longitude: clamp(Number(f.longitude.value), -180, 180),
      country: event.place < 0 ? null : store.places.country[event.place],
      admin1: null,
      feature: "P.PPL",
    };
  }
  const [kind, sub] = f.kind.value.split("|");
  if (kind !== event.kind || sub !== event.sub) Object.assign(change, { kind, sub_kind: sub });
  if (f.status.value !== event.status) change.status = f.status.value;
  const before = [event.first, event.last].map((d) => (d === NO_DAY ? "" : iso(d))),
    after = [f.first.value, f.last.value || f.first.value];
  if (after[0] !== before[0] || after[1] !== before[1])
    Object.assign(change, { first: after[0] || null, last: after[1] || null });
  for (const name of TOLLS) {
    const old = event.tolls[name] && { low: event.tolls[name].low, high: event.tolls[name].high },
      now = readToll(f.tolls[name]);
    if (JSON.stringify(now) !== JSON.stringify(old || null)) change[name] = now;
  }
  return change;
}

/** Two fields for the bounds of a toll; an exact one stays exact while its first is typed. @param {any} toll */
function tollFields(toll) {
  const field = (/** @type {number|null|undefined} */ value) =>
    el("input", { type: "number", min: 0, max: 1e10, step: 1, value: value ?? "" });
  const low = field(toll?.low),
    high = field(toll?.high);
  let was = low.value;
  const check = () =>
    high.setCustomValidity(high.value !== "" && Number(high.value) < Number(low.value) ? say("high below low") : "");
  low.addEventListener("input", () => {
    if (high.value === was && (was !== "" || !toll)) high.value = low.value;
    was = low.value;
    check();
  });
  high.addEventListener("input", check);
  return { low, high };
}

/** What the fields of a toll say; null where both are empty. @param {any} fields */
function readToll({ low, high }) {
  if (low.value === "" && high.value === "") return null;
  return { low: Number(low.value), high: high.value === "" ? null : Number(high.value) };
}

/** The form that corrects where a name is. @param {any} app @param {number} d @param {any[]} toponym */
function correctPlace(app, d, toponym) {
  const { store } = app,
    rows = toponym[6].filter((/** @type {any[]} */ c) => c[0] !== toponym[4]);
  const choice = (/** @type {string} */ value, /** @type {string} */ text, on = false) =>
    el(
      "label",
      { class: "gm-check" },
      el("input", { type: "radio", name: "gm-place", value, checked: on }),
      el("bdi", { class: "gm-name", text }),
    );
  const form = dialog(
    app,
    say("correct place"),
    [
      el("p", {}, el("q", { dir: "auto", text: quote(store, d, toponym[0], toponym[1]) })),
      el(
        "fieldset",
        {},
        el("legend", { text: say("where") }),
        ...rows.map((/** @type {any[]} */ c, /** @type {number} */ k) =>
          choice("p" + c[0], placeTitle(app, [0, 0, 0, 0, c[0]]), k === 0),
        ),
        choice("none", say("not a place"), !rows.length),
      ),
    ],
    () => {
      const chosen = form.querySelector('input[name="gm-place"]:checked')?.value;
      const place = chosen === "none" ? null : placeRow(app, Number(chosen.slice(1)));
      const around = store.docs.text[d].find(
        (/** @type {any[]} */ piece) => toponym[0] >= piece[0] && toponym[1] <= piece[0] + piece[1].length,
      ) || [0, ""];
      const start = Math.max(around[0], toponym[0] - 60),
        end = Math.min(around[0] + Array.from(around[1]).length, toponym[1] + 60);
      app.book.add({
        about: `place ${d} ${toponym[0]}`,
        what: "place",
        document: store.docs.id[d],
        title: store.docs.title[d],
        quote: quote(store, d, start, end),
        name: quote(store, d, toponym[0], toponym[1]),
        change: { place },
      });
      applyPlace(app, d, toponym[0], place);
      app.popup.close();
      app.refresh();
    },
  );
  return form;
}

/** Wait for a click on the map, or Escape. @param {any} app @param {(spot: any) => void} run */
function pickOnMap(app, run) {
  const box = el("p", { class: "gm-banner", role: "alert", text: say("click the map") });
  const stop = () => {
    box.remove();
    app.placing = null;
    document.removeEventListener("keydown", escape, true);
    app.map.getContainer().classList.remove("gm-aim");
  };
  const escape = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    stop();
  };
  app.popup.close();
  app.map.getContainer().append(box);
  app.map.getContainer().classList.add("gm-aim");
  document.addEventListener("keydown", escape, true);
  app.placing = (/** @type {any} */ spot) => {
    stop();
    run(spot.wrap());
  };
}

/**
 * A modal dialog with a form. Focus returns to where it was.
 * @param {any} app @param {string} title @param {any[]} parts @param {(() => void)|null} save
 */
function dialog(app, title, parts, save) {
  const back = /** @type {any} */ (document.activeElement);
  const box = el("dialog", { class: "gm-dialog", "aria-labelledby": "gm-dialog-head" });
  const form = el(
    "form",
    { method: "dialog" },
    el("h2", { id: "gm-dialog-head", text: title }),
    ...parts,
    el(
      "div",
      { class: "gm-acts" },
      save ? el("button", { type: "submit", class: "gm-main-act", text: say("save") }) : null,
      el("button", { type: "button", text: say(save ? "cancel" : "close"), on: { click: () => box.close() } }),
    ),
  );
  form.addEventListener("submit", (/** @type {Event} */ event) => {
    event.preventDefault();
    if (save) save();
    box.close();
  });
  box.append(form);
  box.addEventListener("close", () => {
    box.remove();
    if (back?.isConnected) back.focus({ preventScroll: true });
  });
  document.body.append(box);
  box.showModal();
  return box;
}

/** What a reader may do with an event. @param {any} app @param {any} event @returns {any[]} */
function actsOf(app, event) {
  if (app.store.data.aggregated) return [];
  const acts = [];
  if (app.article.has(event.doc))
    acts.push(
      el("button", {
        type: "button",
        text: say("show in article"),
        on: {
          click: () => {
            app.article.show(event.doc);
            app.article.light(event.i);
          },
        },
      }),
    );
  if (event.place >= 0)
    acts.push(
      el("button", {
        type: "button",
        text: say("zoom to"),
        on: {
          click: () => {
            app.map.setView(spotOf(app, event.i), Math.max(app.map.getZoom() + 2, 8), { animate: false });
            app.popup.place(true);
          },
        },
      }),
    );
  acts.push(el("button", { type: "button", text: say("wrong"), on: { click: () => correctEvent(app, event) } }));
  return acts;
}
