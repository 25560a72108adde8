/**
 * What is asked of the events: search, kinds (which is also the legend), and the further filters.
 * @param {any} app
 */
function openPanel(app) {
  const { store, filter } = app,
    { scene } = store.data;
  const search = el("input", {
    type: "search",
    class: "gm-search",
    placeholder: say("search hint"),
    "aria-label": say("search"),
    on: {
      input: settled((/** @type {any} */ e) => {
        filter.query = e.target.value;
        app.refilter("text");
      }, 120),
      keydown: (/** @type {KeyboardEvent} */ e) => openFirst(app, e),
    },
  });
  const kinds = store.kinds.map((/** @type {string} */ name, /** @type {number} */ k) =>
    checkRow(app, filter.kinds, k, "kind", badge(scene.kinds[k]), term(name)),
  );
  const statuses = store.statuses.map((/** @type {string} */ name, /** @type {number} */ s) =>
    checkRow(app, filter.statuses, s, "status", null, term(name)),
  );
  scene.kinds.forEach(
    (/** @type {any} */ kind, /** @type {number} */ k) => kind.apart && kinds[k].row.classList.add("gm-apart"),
  );
  const named = el("input", {
      type: "checkbox",
      on: {
        change: () => {
          filter.named = named.checked;
          app.layer.redraw();
          app.state.write();
        },
      },
    }),
    namedCount = namedPlaces(store).size;
  const namedRow = el(
    "label",
    { class: "gm-check", hidden: !namedCount },
    named,
    el("span", { class: "gm-namedot" }),
    el("span", { class: "gm-name", text: say("named places") }),
    el("span", { class: "gm-count", text: WORDS.number.format(namedCount) }),
  );
  const actor = chooser(app, "actor", say("actor"), say("any actor"), counted(store, "actor"));
  const source = chooser(app, "source", say("source"), say("any source"), counted(store, "source"));
  const deaths = numberField(say("least deaths"), 0, 1e6, 1, (n) => {
    filter.deaths = n;
    app.refilter("toll");
  });
  const sure = numberField(say("least sure"), 0, 100, 5, (n) => {
    filter.confidence = n / 100;
    app.refilter("sure");
  });
  const reset = el("button", {
    type: "button",
    class: "gm-link",
    text: say("reset"),
    on: { click: () => app.reset() },
  });
  const hidden = el("span", { class: "gm-soft" });
  const box = el(
    "section",
    { class: "gm-filters", "aria-label": say("filters") },
    search,
    el("fieldset", {}, el("legend", { text: say("kinds") }), ...kinds.map((/** @type {any} */ k) => k.row), namedRow),
    sizeLegend(app),
    el(
      "details",
      { class: "gm-more" },
      el("summary", {}, say("more filters"), " ", hidden),
      el("fieldset", {}, el("legend", { text: say("status") }), ...statuses.map((/** @type {any} */ s) => s.row)),
      el("div", { class: "gm-grid" }, actor.box, source.box, deaths.box, sure.box),
    ),
    reset,
  );
  return {
    box,
    /** Take up what was asked elsewhere than in the field: a link, or all shown again. */
    sync() {
      search.value = filter.query;
    },
    /** @param {any} sum */
    refresh(sum) {
      kinds.forEach((/** @type {any} */ row, /** @type {number} */ k) => row.set(filter.kinds.has(k), sum.byKind[k]));
      statuses.forEach((/** @type {any} */ row, /** @type {number} */ s) =>
        row.set(filter.statuses.has(s), sum.byStatus[s]),
      );
      kinds.forEach((/** @type {any} */ row, /** @type {number} */ k) => {
        row.row.hidden = !app.present.kinds[k];
      });
      statuses.forEach((/** @type {any} */ row, /** @type {number} */ s) => {
        row.row.hidden = !app.present.statuses[s];
      });
      const out = store.statuses.reduce(
        (/** @type {number} */ n, /** @type {string} */ _, /** @type {number} */ s) =>
          n + (filter.statuses.has(s) ? 0 : sum.byStatus[s]),
        0,
      );
      hidden.textContent = out ? say("hidden by status", { n: out }) : "";
      named.checked = filter.named;
      actor.set(filter.actor);
      source.set(filter.source);
      deaths.set(filter.deaths);
      sure.set(Math.round(filter.confidence * 100));
      reset.hidden = !app.narrowed();
    },
  };
}

/** Enter in the search field opens the first event found. @param {any} app @param {KeyboardEvent} event */
function openFirst(app, event) {
  if (event.key !== "Enter") return;
  app.filter.query = /** @type {any} */ (event.target).value;
  app.refilter("text");
  const [first] = app.list.order();
  if (first !== undefined) app.open(first);
}

/** A row with a box to tick, a name and a count; a double click leaves this one alone. @param {any} app @param {Set<number>} chosen @param {number} k @param {string} bit @param {any} mark @param {string} name */
function checkRow(app, chosen, k, bit, mark, name) {
  const input = el("input", {
    type: "checkbox",
    on: {
      change: () => {
        if (input.checked) chosen.add(k);
        else chosen.delete(k);
        app.refilter(bit);
      },
    },
  });
  const count = el("span", { class: "gm-count" }),
    row = el("label", { class: "gm-check" }, input, mark, el("span", { class: "gm-name", text: name }), count);
  row.addEventListener("dblclick", (/** @type {Event} */ event) => {
    event.preventDefault();
    chosen.clear();
    chosen.add(k);
    app.refilter(bit);
  });
  return {
    row,
    set(/** @type {boolean} */ on, /** @type {number} */ n) {
      input.checked = on;
      count.textContent = WORDS.number.format(n);
      row.classList.toggle("gm-off", !on);
    },
  };
}

/** The actors or sources, the commonest first. @param {Store} store @param {string} what @returns {[string, number][]} */
function counted(store, what) {
  const counts = new Map(),
    add = (/** @type {string} */ name) => name && counts.set(name, (counts.get(name) || 0) + 1);
  for (let i = 0; i < store.n; i++) {
    if (what === "actor")
      for (const s of new Set((store.data.events.actors[i] || []).map((/** @type {any[]} */ a) => a[0])))
        add(store.data.strings[/** @type {number} */ (s)]);
    else if (store.doc[i] >= 0) add(store.docs.source[store.doc[i]] || store.docs.title[store.doc[i]]);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 400);
}

/** @param {any} app @param {string} key @param {string} name @param {string} any @param {[string, number][]} values */
function chooser(app, key, name, any, values) {
  const clip = (/** @type {string} */ text) => (text.length > 60 ? text.slice(0, 59) + "…" : text);
  const select = el(
    "select",
    {
      on: {
        change: () => {
          app.filter[key] = select.value;
          app.refilter("who");
        },
      },
    },
    el("option", { value: "", text: any }),
    ...values.map(([value, n]) =>
      el("option", { value, text: `${clip(key === "source" ? sourceOf(value) : value)} (${n})` }),
    ),
  );
  return {
    box: el("label", { class: "gm-field", hidden: !values.length }, el("span", { text: name }), select),
    set: (/** @type {string} */ value) => {
      select.value = value;
    },
  };
}

/** @param {string} name @param {number} min @param {number} max @param {number} step @param {(n: number) => void} run */
function numberField(name, min, max, step, run) {
  const input = el("input", {
    type: "number",
    min,
    max,
    step,
    inputmode: "numeric",
    on: { input: settled(() => run(clamp(Number(input.value) || 0, min, max)), 150) },
  });
  return {
    box: el("label", { class: "gm-field" }, el("span", { text: name }), input),
    set: (/** @type {number} */ n) => {
      if (document.activeElement !== input) input.value = n ? String(n) : "";
    },
  };
}

/** The largest 1, 2 or 5 with noughts that is no more. @param {number} n */
function roundDown(n) {
  const unit = 10 ** Math.floor(Math.log10(n)),
    first = n / unit;
  return unit * (first >= 5 ? 5 : first >= 2 ? 2 : 1);
}

/** What the sizes, the ring and the dashed circle mean. @param {any} app */
function sizeLegend(app) {
  if (!app.store.n) return null;
  const { scene } = app.store.data,
    space = "http://www.w3.org/2000/svg",
    box = document.createElementNS(space, "svg");
  const add = (/** @type {string} */ tag, /** @type {any} */ set, text = "") => {
    const node = document.createElementNS(space, tag);
    for (const [key, value] of Object.entries(set)) node.setAttribute(key, String(value));
    node.textContent = text;
    box.append(node);
  };
  box.setAttribute("viewBox", "0 0 360 62");
  box.setAttribute("class", "gm-sizes");
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", say("legend words"));
  let x = 4;
  const top = roundDown((16.4 ** 2 - scene.symbol.least ** 2) / scene.symbol.growth ** 2);
  for (const n of [0, top / 5, top]) {
    const r = radiusFor(scene, n, false);
    add("circle", { cx: x + r, cy: 24, r, class: "gm-size" });
    add(
      "text",
      { x: x + r, y: 56, "text-anchor": "middle" },
      n === top ? say("deaths", { n }) : WORDS.number.format(n),
    );
    x += 2 * r + (top < 100 ? 18 : 30);
  }
  x = Math.max(x + 16, 142);
  add("circle", { cx: x + 14, cy: 24, r: 12, class: "gm-ring" });
  add("text", { x: x + 14, y: 28, "text-anchor": "middle", class: "gm-ring-n" }, "3");
  add("text", { x: x + 14, y: 56, "text-anchor": "middle" }, say("several"));
  add("circle", { cx: x + 80, cy: 24, r: 16, class: "gm-dash" });
  add("text", { x: x + 80, y: 56, "text-anchor": "middle" }, say("vague place"));
  add("rect", { x: x + 139, y: 18, width: 12, height: 12, class: "gm-hollow" });
  add("text", { x: x + 145, y: 56, "text-anchor": "middle" }, say("only region"));
  return box;
}
