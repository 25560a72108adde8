/**
 * The article beside the map: every place and event marked in its text, and what is not the article greyed.
 * @param {any} app
 */
function openArticle(app) {
  const { store } = app,
    { docs } = store,
    count = docs.id.length;
  const body = el("div", { class: "gm-text", tabindex: "0" }),
    head = el("div", { class: "gm-text-head" });
  const name = (/** @type {number} */ d) => titleOf(store, d);
  const choose = el(
    "select",
    {
      "aria-label": say("choose article"),
      hidden: count < 2 || count > 500,
      on: { change: () => article.show(Number(choose.value)) },
    },
    ...(count > 500
      ? []
      : docs.id.map((/** @type {string} */ _, /** @type {number} */ d) => el("option", { value: d, text: name(d) }))),
  );
  const shut = el("button", {
    type: "button",
    class: "gm-shut",
    "aria-label": say("close article"),
    text: "×",
    on: { click: () => article.close() },
  });
  let shown = -1;
  /** @type {any} */
  let back = null;
  const article = {
    box: el("section", { class: "gm-article", "aria-label": say("article"), hidden: true }, shut, choose, head, body),
    /** Whether a document's text came with the page. @param {number} d */
    has: (d) => d >= 0 && (docs.text[d] || []).some((/** @type {any[]} */ piece) => piece[1]),
    isOpen: () => !article.box.hidden,
    /** @param {number} d */
    show(d) {
      if (shown !== d) {
        shown = d;
        choose.value = String(d);
        const facts = [
          docs.title[d] ? sourceOf(docs.source[d]) : "",
          docs.published[d] ? longDay(dayOf(docs.published[d])) : "",
        ].filter(Boolean);
        fill(
          head,
          el("h2", {}, el("bdi", { text: name(d) })),
          el("p", { class: "gm-soft" }, ...facts.flatMap((fact, k) => [k ? " · " : "", el("bdi", { text: fact })])),
        );
        body.setAttribute("lang", docs.language[d] || "");
        body.setAttribute("dir", "auto");
        fill(body, ...articleText(app, d));
      }
      if (article.box.hidden) back = document.activeElement;
      article.box.hidden = false;
      document.querySelector(".gm-main")?.classList.add("gm-reading");
      app.map.invalidateSize({ animate: false, pan: true });
      app.tools?.article?.setAttribute("aria-expanded", "true");
      article.light(app.event, false);
      if (innerWidth <= 820) article.box.scrollIntoView({ block: "start" });
    },
    close() {
      article.box.hidden = true;
      document.querySelector(".gm-main")?.classList.remove("gm-reading");
      app.map.invalidateSize({ animate: false, pan: true });
      app.tools?.article?.setAttribute("aria-expanded", "false");
      back?.focus?.({ preventScroll: true });
    },
    /** Light the sentence of an event, and bring it into sight. @param {number} i @param {boolean} [jump] */
    light(i, jump = true) {
      if (article.box.hidden) return;
      if (i >= 0 && store.doc[i] !== shown && article.has(store.doc[i])) return article.show(store.doc[i]);
      for (const old of body.querySelectorAll(".gm-lit")) old.classList.remove("gm-lit");
      const parts = i < 0 ? [] : body.querySelectorAll(`[data-told~="${i}"]`);
      for (const part of parts) part.classList.add("gm-lit");
      if (parts.length && (jump || i >= 0)) scrollInside(body, parts[0]);
      return undefined;
    },
  };
  return article;
}

/** Scroll a part into the middle of its box without moving the page. @param {any} box @param {any} part */
function scrollInside(box, part) {
  const a = box.getBoundingClientRect(),
    b = part.getBoundingClientRect();
  if (b.top < a.top + 20 || b.bottom > a.bottom - 20) box.scrollTop += b.top - a.top - a.height / 3;
}

/** A document's text, marked. @param {any} app @param {number} d @returns {any[]} */
function articleText(app, d) {
  const { store } = app,
    { docs } = store;
  const marks = /** @type {any[]} */ (outside(docs.body[d], docs.length[d]).map((span) => ({ span, mark: "out" })));
  (docs.toponyms[d] || []).forEach((/** @type {any[]} */ t) =>
    marks.push({ span: [t[0], t[1]], mark: t[4] === null ? "lost" : "place", toponym: t }),
  );
  for (let i = 0; i < store.n; i++) {
    if (store.doc[i] !== d || store.gone[i]) continue;
    const event = eventOf(store, i);
    marks.push({ span: event.evidence, mark: "told", event: i }, { span: event.trigger, mark: "trigger", event: i });
    for (const mark of marksOf(event))
      if (mark.mark !== "trigger" && mark.mark !== "place") marks.push({ ...mark, event: i });
  }
  const pieces = docs.text[d].filter((/** @type {any[]} */ piece) => piece[1]);
  return pieces
    .flatMap((/** @type {any[]} */ [at, text], /** @type {number} */ k) => [
      k ? el("p", { class: "gm-gap", text: "…" }) : null,
      ...markedText(store, d, at, at + Array.from(text).length, marks, (piece, over) =>
        articlePiece(app, d, piece, over),
      ),
    ])
    .filter(Boolean);
}

/** The parts of a text that its body leaves out. @param {number[][]} body @param {number} length @returns {number[][]} */
function outside(body, length) {
  if (!body.length) return [];
  const gaps = [];
  let at = 0;
  for (const [start, end] of [...body].sort((a, b) => a[0] - b[0])) {
    if (start > at) gaps.push([at, start]);
    at = Math.max(at, end);
  }
  if (at < length) gaps.push([at, length]);
  return gaps;
}

/** @param {any} app @param {number} d @param {string} piece @param {any[]} over @returns {Node} */
function articlePiece(app, d, piece, over) {
  if (!over.length) return document.createTextNode(piece);
  const trigger = over.find((m) => m.mark === "trigger"),
    place = over.find((m) => m.toponym),
    told = [...new Set(over.filter((m) => m.event !== undefined).map((m) => m.event))];
  const names = [...new Set(over.map((m) => "gm-m-" + m.mark))].join(" "),
    colour = trigger ? app.store.data.scene.kinds[app.store.kind[trigger.event]].colour : "";
  const set = {
    class: names,
    "data-told": told.join(" ") || null,
    text: piece,
    style: colour ? `--kind:${colour}` : null,
  };
  if (trigger)
    return pressable({ ...set, title: term(app.store.subs[app.store.sub[trigger.event]]) }, () =>
      app.open(trigger.event),
    );
  if (place) return pressable({ ...set, title: placeTitle(app, place.toponym) }, () => app.openPlace(d, place.toponym));
  return el("span", set);
}

/** A button that breaks over lines as words do, which no button element does. @param {any} set @param {() => void} run */
function pressable(set, run) {
  const press = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    run();
  };
  return el("span", { ...set, role: "button", tabindex: "0", on: { click: run, keydown: press } });
}

/** @param {any} app @param {any[]} toponym */
function placeTitle(app, toponym) {
  if (toponym[4] === null) return say("place unknown");
  const { name, around } = placeOf(app.store, toponym[4]);
  return around ? `${name}, ${around}` : name;
}

/** What is known of a place named in a text: where it is, how sure that is, what else it could have meant. @param {any} app @param {number} d @param {any[]} toponym */
function placeCard(app, d, toponym) {
  const [, , , , p, sure, candidates] = toponym,
    { store } = app;
  const others = candidates
    .filter((/** @type {any[]} */ c) => c[0] !== p)
    .slice(0, 8)
    .map((/** @type {any[]} */ c) => {
      return el(
        "li",
        {},
        ...apiece(placeOf(store, c[0]).parts),
        el("span", { class: "gm-soft", text: ` ${Math.round(c[1] * 100)} %` }),
      );
    });
  const why = (candidates.find((/** @type {any[]} */ c) => c[0] === p) || [0, 0, []])[2].map(
    (/** @type {number} */ r) => store.data.strings[r],
  );
  return el(
    "div",
    { class: "gm-card" },
    el(
      "p",
      {},
      el("q", { dir: "auto", text: quote(store, d, toponym[0], toponym[1]) }),
      el("span", {
        class: "gm-soft",
        text: p === null ? ` · ${say("place unknown")}` : ` · ${say("sure", { n: Math.round(sure * 100) })}`,
      }),
    ),
    why.length ? el("p", { class: "gm-soft", text: why.join(say("comma")) }) : null,
    others.length
      ? el(
          "details",
          { class: "gm-others" },
          el("summary", { text: say("other places", { n: others.length }) }),
          el("ul", {}, ...others),
        )
      : null,
    el(
      "div",
      { class: "gm-acts" },
      el("button", { type: "button", text: say("wrong"), on: { click: () => correctPlace(app, d, toponym) } }),
    ),
  );
}
