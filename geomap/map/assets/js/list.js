const ROW = 104;

/**
 * The list of events seen: only the rows on screen exist, however many there are.
 * @param {any} app
 */
function openList(app) {
  const rows = el("ul", { class: "gm-rows", "aria-label": say("list of events") });
  const scroller = el(
    "div",
    { class: "gm-list", id: "gm-list", tabindex: "0", role: "region", "aria-label": say("list of events") },
    rows,
  );
  /** @type {number[]} */
  let order = [];
  const list = {
    box: scroller,
    order: () => order,
    refresh() {
      order = ordered(app.store, app.filter, app.sort);
      scroller.scrollTop = 0;
      paint(true);
    },
    /** @param {number} i */
    reveal(i) {
      const at = order.indexOf(i);
      if (at < 0) return;
      const top = at * ROW;
      if (top < scroller.scrollTop || top + ROW > scroller.scrollTop + scroller.clientHeight)
        scroller.scrollTop = top - ROW;
      paint(true);
    },
    paint: () => paint(true),
    /** Put every row on the page, as paper needs it; without an argument, go back. @param {boolean} [all] */
    unroll(all) {
      unrolled = !!all;
      paint(true);
    },
  };
  let unrolled = false;
  let shown = "";
  /** @param {boolean} anew */
  function paint(anew) {
    const first = unrolled ? 0 : Math.max(0, Math.floor(scroller.scrollTop / ROW) - 6),
      last = unrolled
        ? Math.min(order.length, 1000)
        : Math.min(order.length, first + Math.ceil((scroller.clientHeight || 900) / ROW) + 12);
    if (!anew && shown === `${first}-${last}`) return;
    shown = `${first}-${last}`;
    const held = /** @type {any} */ (document.activeElement)?.closest?.("[data-row]")?.getAttribute("data-row");
    rows.style.height = order.length * ROW + "px";
    fill(rows, ...order.slice(first, last).map((i, k) => rowOf(app, i, first + k, order.length)));
    if (held) rows.querySelector(`[data-row="${held}"] button`)?.focus({ preventScroll: true });
    if (!order.length)
      fill(rows, el("li", { class: "gm-none", text: say(app.store.n ? "none match" : "none at all") }));
    if (!order.length) rows.style.height = "auto";
  }
  scroller.addEventListener(
    "scroll",
    perFrame(() => paint(false)),
  );
  new ResizeObserver(perFrame(() => paint(true))).observe(scroller);
  scroller.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => step(event, scroller, rows, order));
  return list;
}

/** Arrow keys go from row to row. @param {KeyboardEvent} event @param {any} scroller @param {any} rows @param {number[]} order */
function step(event, scroller, rows, order) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const row = /** @type {any} */ (event.target).closest("[data-at]");
  const to = row ? Number(row.getAttribute("data-at")) + (event.key === "ArrowDown" ? 1 : -1) : 0;
  if (to < 0 || to >= order.length) return;
  event.preventDefault();
  if (!rows.querySelector(`[data-at="${to}"]`)) scroller.scrollTop = to * ROW - ROW;
  requestAnimationFrame(() => {
    const next = rows.querySelector(`[data-at="${to}"] button`);
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: "nearest" });
  });
}

/** The events seen, in the order asked for. @param {Store} store @param {Filter} filter @param {string} sort */
function ordered(store, filter, sort) {
  const { mask } = filter,
    seenOnes = [];
  for (const i of wholeOrder(store, sort)) if (!mask[i]) seenOnes.push(i);
  return seenOnes;
}

/** All events in an order, worked out once. @param {any} store @param {string} sort @returns {Int32Array} */
function wholeOrder(store, sort) {
  if (store.orders[sort]) return store.orders[sort];
  const order = Int32Array.from({ length: store.n }, (_, i) => i),
    { first, deaths } = store;
  const late = (/** @type {number} */ i) => (first[i] === NO_DAY ? Infinity : first[i]);
  if (sort === "newest") order.sort((a, b) => first[b] - first[a] || a - b);
  if (sort === "oldest") order.sort((a, b) => late(a) - late(b) || a - b);
  if (sort === "deadliest") order.sort((a, b) => deaths[b] - deaths[a] || a - b);
  return (store.orders[sort] = order);
}

/** One row: a button that opens the event. @param {any} app @param {number} i @param {number} at @param {number} size */
function rowOf(app, i, at, size) {
  const { store } = app,
    event = eventOf(store, i),
    where = event.place < 0 ? null : placeOf(store, event.place);
  const tolls = tollWords(event),
    [start, end] = event.doc < 0 ? [0, 0] : event.evidence;
  const meta = [
    event.first === NO_DAY ? say("day unknown") : iso(event.first),
    where ? where.name : say("no place"),
    tolls,
  ].filter(Boolean);
  const button = el(
    "button",
    { type: "button", class: "gm-row", "aria-current": i === app.event, on: { click: () => app.open(i) } },
    el(
      "span",
      { class: "gm-row-head" },
      badge(store.data.scene.kinds[store.kind[i]]),
      el("b", { text: term(event.sub) }),
      event.status === "happened" ? null : el("span", { class: "gm-tag", text: term(event.status) }),
    ),
    el("span", { class: "gm-row-meta" }, ...meta.flatMap((part, k) => [k ? " · " : "", el("bdi", { text: part })])),
    event.weight > 1
      ? el("span", { class: "gm-row-text", text: say("events", { n: event.weight }) })
      : el(
          "span",
          { class: "gm-row-text", dir: "auto", lang: event.doc < 0 ? null : store.docs.language[event.doc] },
          ...(event.doc < 0 ? [] : excerpt(store, event, start, end)),
        ),
  );
  button.style.setProperty("--kind", store.data.scene.kinds[store.kind[i]].colour);
  return el(
    "li",
    {
      class: "gm-item",
      "data-row": i,
      "data-at": at,
      "aria-setsize": size,
      "aria-posinset": at + 1,
      style: `transform:translateY(${at * ROW}px)`,
    },
    button,
  );
}

/** The part of a sentence that gives the event away: a long run-up is cut. @param {Store} store @param {any} event @param {number} start @param {number} end */
function excerpt(store, event, start, end) {
  let from = start;
  const telling = Math.min(
    event.trigger[0],
    event.whereSpan && event.whereSpan[0] >= start ? event.whereSpan[0] : Infinity,
  );
  if (telling - start > 70) {
    const runUp = quote(store, event.doc, telling - 40, telling);
    from = telling - 40 + runUp.indexOf(" ") + 1;
  }
  return [from > start ? "… " : "", ...markedText(store, event.doc, from, Math.min(end, from + 260), marksOf(event))];
}
