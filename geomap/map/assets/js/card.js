/**
 * A piece of text with its marks, as nodes. Marks may overlap: the text is cut wherever one begins or ends.
 * @param {Store} store @param {number} doc @param {number} start @param {number} end
 * @param {{span: number[], mark: string, data?: any}[]} marks
 * @param {(piece: string, marks: any[]) => Node} [make] how one piece becomes a node
 */
function markedText(store, doc, start, end, marks, make = plainMark) {
  const inside = marks.filter((m) => m.span && m.span[0] < end && m.span[1] > start && m.span[1] > m.span[0]);
  const cuts = new Set([start, end]);
  for (const { span } of inside) for (const at of span) if (at > start && at < end) cuts.add(at);
  const sorted = [...cuts].sort((a, b) => a - b),
    nodes = [];
  const order = inside.map((m) => m).sort((a, b) => a.span[0] - b.span[0]);
  let from = 0;
  for (let k = 0; k + 1 < sorted.length; k++) {
    const [a, b] = [sorted[k], sorted[k + 1]];
    while (from < order.length && order[from].span[1] <= a && order.slice(0, from + 1).every((m) => m.span[1] <= a))
      from++;
    const over = [];
    for (let j = from; j < order.length && order[j].span[0] < b; j++)
      if (order[j].span[1] >= b && order[j].span[0] <= a) over.push(order[j]);
    nodes.push(make(quote(store, doc, a, b), over));
  }
  return nodes;
}

/** @param {string} piece @param {any[]} marks @returns {Node} */
function plainMark(piece, marks) {
  const names = marks.map((m) => m.mark);
  return names.length
    ? el("mark", { class: names.map((name) => "gm-m-" + name).join(" "), text: piece })
    : document.createTextNode(piece);
}

/** The spans of an event that its sentence is marked with. @param {any} event @returns {{span: number[], mark: string}[]} */
function marksOf(event) {
  const marks = [{ span: event.trigger, mark: "trigger" }];
  if (event.whereSpan) marks.push({ span: event.whereSpan, mark: "place" });
  if (event.whenSpan) marks.push({ span: event.whenSpan, mark: "when" });
  for (const [name, toll] of Object.entries(event.tolls))
    if (toll && name !== "cumulative_killed") marks.push({ span: [toll.start, toll.end], mark: "toll" });
  for (const actor of event.actors) marks.push({ span: actor.span, mark: "actor" });
  return marks;
}

/** The sentence that proves an event, marked. @param {Store} store @param {any} event @returns {any} */
function evidence(store, event) {
  if (event.doc < 0) return null;
  const [start, end] = event.evidence;
  if (!quote(store, event.doc, start, end)) return el("p", { class: "gm-note", text: say("no text") });
  return el(
    "blockquote",
    { class: "gm-quote", dir: "auto", lang: store.docs.language[event.doc] },
    ...markedText(store, event.doc, start, end, marksOf(event)),
  );
}

/** "22 killed (20 to 30), 3 wounded", as far as known. @param {any} event */
function tollWords(event) {
  const parts = [];
  for (const name of ["killed", "wounded", "abducted", "arrested", "displaced"]) {
    const toll = event.tolls[name];
    if (!toll) continue;
    const n = toll.best ?? toll.low;
    let words = say(name, { n });
    if (toll.high === null && toll.low !== null)
      words = toll.low === toll.best ? say("at least", { what: words }) : words;
    else if (toll.high !== toll.low) words += " " + say("low to high", { low: toll.low, high: toll.high });
    parts.push(words);
  }
  return parts.join(" · ");
}

/** When it was, and how precisely that is known. @param {Store} store @param {any} event */
function whenWords(store, event) {
  const written = event.whenSpan ? quote(store, event.doc, event.whenSpan[0], event.whenSpan[1]).trim() : "";
  if (event.first === NO_DAY) return written ? say("day unknown, written", { words: written }) : say("day unknown");
  let words = longDays(event.first, event.last);
  if (event.dayPrecision > 1) words += ` (${say("day precision " + event.dayPrecision)})`;
  return words;
}

/** Who did what to whom, as far as the text says. @param {any} event @returns {any} */
function actorLine(event) {
  if (!event.actors.length) return null;
  const by = (/** @type {string} */ role) =>
    event.actors.filter((/** @type {any} */ a) => a.role === role).map((/** @type {any} */ a) => a.name);
  const names = apiece;
  const [source, target, other] = [by("source"), by("target"), by("other")];
  const line = el("p", { class: "gm-who" }, ...names(source));
  if (target.length)
    line.append(
      ...(source.length
        ? [
            el("span", { class: "gm-arrow", "aria-hidden": "true", text: " → " }),
            el("span", { class: "gm-hear", text: ` ${say("against")} ` }),
          ]
        : [`${say("against")} `]),
      ...names(target),
    );
  if (other.length) line.append(source.length || target.length ? " · " : "", ...names(other));
  return line;
}

/**
 * An event, in full.
 * @param {any} app @param {number} i
 */
function card(app, i) {
  const { store } = app,
    event = eventOf(store, i),
    kind = store.data.scene.kinds[store.kind[i]];
  const tolls = tollWords(event),
    doc = event.doc,
    written =
      event.whenSpan && event.first !== NO_DAY ? quote(store, doc, event.whenSpan[0], event.whenSpan[1]).trim() : "";
  return el(
    "article",
    { class: "gm-card", "data-event": event.id, style: `--kind:${kind.colour}` },
    el(
      "h3",
      {},
      badge(kind),
      el("span", { text: term(event.sub) }),
      event.status === "happened" ? null : el("span", { class: "gm-tag", text: term(event.status) }),
    ),
    el("p", { class: "gm-kind", text: event.sub === event.kind ? "" : term(event.kind) }),
    el(
      "p",
      { class: "gm-when" },
      whenWords(store, event),
      written ? el("span", { class: "gm-soft" }, " · ", el("q", { dir: "auto", text: written })) : null,
    ),
    event.weight > 1 ? el("p", { class: "gm-tolls", text: say("events", { n: event.weight }) }) : null,
    tolls ? el("p", { class: "gm-tolls", text: tolls }) : null,
    actorLine(event),
    evidence(store, event),
    background(event),
    placeLine(store, event),
    otherPlaces(store, event),
    sourceLine(app, event),
    el("div", { class: "gm-acts" }, ...app.acts(event)),
  );
}

/** A toll over more than this event. @param {any} event */
function background(event) {
  const toll = event.tolls.cumulative_killed;
  return toll
    ? el("p", { class: "gm-soft", text: say("in all", { what: say("killed", { n: toll.best ?? toll.low }) }) })
    : null;
}

/** @param {Store} store @param {any} event */
function placeLine(store, event) {
  if (event.place < 0) return el("p", { class: "gm-soft", text: say("no place") });
  const { parts } = placeOf(store, event.place);
  const precision = say("place precision " + event.precision),
    within = event.radius
      ? say("within", { n: event.radius < 10 ? Math.round(event.radius * 10) / 10 : Math.round(event.radius) })
      : "";
  return el(
    "p",
    { class: "gm-place" },
    ...apiece(parts),
    el("span", {
      class: "gm-soft",
      text: ` · ${[precision, within].filter(Boolean).join(say("comma"))} · ${say("sure", { n: Math.round(100 * event.whereConfidence) })}`,
    }),
  );
}

/** The other places that the name could have meant. @param {Store} store @param {any} event @returns {any} */
function otherPlaces(store, event) {
  const others = candidatesOf(store, event)
    .filter((c) => c.place !== event.place)
    .slice(0, 6);
  if (!others.length) return null;
  const rows = others.map((c) => {
    return el(
      "li",
      {},
      ...apiece(placeOf(store, c.place).parts),
      el("span", {
        class: "gm-soft",
        text: ` ${Math.round(100 * c.score)} %${c.reasons.length ? " · " + c.reasons.join(say("comma")) : ""}`,
      }),
    );
  });
  return el(
    "details",
    { class: "gm-others" },
    el("summary", { text: say("other places", { n: others.length }) }),
    el("ul", {}, ...rows),
  );
}

/**
 * The places that the words of an event's place may mean, the best first.
 * @param {Store} store @param {any} event
 * @returns {{place: number, score: number, reasons: string[]}[]}
 */
function candidatesOf(store, event) {
  if (!event.whereSpan || event.doc < 0) return [];
  const found = (store.docs.toponyms[event.doc] || []).find(
    (/** @type {any[]} */ t) => t[0] === event.whereSpan[0] && t[1] === event.whereSpan[1],
  );
  return (found ? found[6] : []).map((/** @type {any[]} */ c) => ({
    place: c[0],
    score: c[1],
    reasons: (c[2] || []).map((/** @type {number} */ r) => store.data.strings[r]),
  }));
}

/** Where it was reported, and how sure the machine is. @param {any} app @param {any} event */
function sourceLine(app, event) {
  const { docs } = app.store,
    line = el("p", { class: "gm-source" });
  const tellings = [event.doc, ...(app.store.also.get(event.i) || []).map((/** @type {any[]} */ row) => row[1])];
  const named = [...new Set(tellings.filter((d) => d >= 0).map((d) => titleOf(app.store, d)))];
  named.slice(0, 8).forEach((name, k) => line.append(k ? "; " : "", el("bdi", { text: name })));
  const published = event.doc >= 0 ? docs.published[event.doc] : null;
  if (published) line.append(` · ${say("published", { day: longDay(dayOf(published)) })}`);
  line.append(el("span", { class: "gm-soft", text: ` · ${say("sure", { n: Math.round(100 * event.confidence) })}` }));
  return line;
}
