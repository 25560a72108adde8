/**
 * The dialog that shows what happened at a place: over the map, or along the foot of a narrow screen.
 * @param {any} app
 */
function openPopup(app) {
  const body = el("div", { class: "gm-pop-body", tabindex: "0" });
  const head = el("h2", { class: "gm-pop-head", id: "gm-pop-head" });
  const shut = el("button", {
    class: "gm-shut",
    type: "button",
    "aria-label": say("close"),
    text: "×",
    on: { click: () => popup.close() },
  });
  const box = el(
    "div",
    { class: "gm-pop", role: "dialog", "aria-labelledby": "gm-pop-head", tabindex: "-1", hidden: true },
    head,
    shut,
    body,
  );
  /** @type {any} */
  let back = null,
    at = /** @type {any} */ (null);
  const popup = {
    box,
    /** @param {number[]} events @param {number} first @param {any} [spot] */
    show(events, first, spot) {
      if (box.hidden) back = whereFocusIs();
      at = spot || spotOf(app, first);
      app.focusOn(first);
      fill(head, ...headline(app, events, first));
      fillPopup(app, body, events, first);
      box.hidden = false;
      body.scrollTop = 0;
      popup.place(true);
      box.focus({ preventScroll: true });
      if (box.classList.contains("gm-sheet")) app.map.getContainer().scrollIntoView({ block: "start" });
    },
    /** @param {number} d @param {any[]} toponym @param {number[]} events */
    showPlace(d, toponym, events) {
      const p = toponym[4],
        { store } = app;
      if (box.hidden) back = whereFocusIs();
      at = p === null ? null : L.latLng(store.places.latitude[p], store.places.longitude[p]);
      app.focusOn(-1);
      app.place = p ?? -1;
      app.layer.redraw();
      if (at && !app.map.getBounds().contains(at))
        app.map.setView(at, Math.max(5, app.map.getZoom()), { animate: false });
      const parts = p === null ? [say("place unknown")] : placeOf(store, p).parts;
      fill(
        head,
        el("bdi", { text: parts[0] }),
        parts.length > 1 ? el("span", { class: "gm-soft" }, " ", ...apiece(parts.slice(1))) : null,
      );
      fill(
        body,
        placeCard(app, d, toponym),
        ...events
          .slice(0, 20)
          .map((i) =>
            el(
              "button",
              { type: "button", class: "gm-link gm-block", on: { click: () => app.open(i) } },
              badge(store.data.scene.kinds[store.kind[i]]),
              " ",
              term(store.subs[store.sub[i]]),
              store.first[i] === NO_DAY ? "" : ` · ${iso(store.first[i])}`,
            ),
          ),
      );
      box.hidden = false;
      popup.place(true);
      box.focus({ preventScroll: true });
    },
    close() {
      if (box.hidden) return;
      box.hidden = true;
      app.focusOn(-1);
      back?.();
      back = null;
    },
    /** Put the box beside its place; with `move`, move the map so that it fits. @param {boolean} [move] */
    place(move) {
      if (box.hidden) return;
      const size = app.map.getSize();
      box.classList.toggle("gm-sheet", size.x < 560 || !at);
      if (box.classList.contains("gm-sheet")) {
        box.style.transform = "";
        if (at && move)
          (app.map.panTo(at, { animate: false }),
            app.map.panBy([0, Math.min(box.offsetHeight, size.y) / 2 - 20], { animate: false }));
        return;
      }
      const point = app.map.latLngToContainerPoint(at),
        w = box.offsetWidth,
        h = box.offsetHeight,
        gap = 22;
      const above = point.y - h - gap > 8 || point.y > size.y / 2;
      let x = clamp(point.x - w / 2, 60, Math.max(60, size.x - w - 10)),
        y = above ? point.y - h - gap : point.y + gap;
      if (move) {
        const dy = y < 8 ? y - 8 : y + h > size.y - 30 ? y + h - size.y + 30 : 0,
          dx = point.x < 30 ? point.x - 60 : point.x > size.x - 30 ? point.x - size.x + 60 : 0;
        if (dx || dy) {
          app.map.panBy([dx, dy], { animate: false });
          x = clamp(point.x - dx - w / 2, 60, size.x - w - 10);
          y -= dy;
        }
      }
      y = clamp(y, 8, Math.max(8, size.y - h - 24));
      box.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
    },
  };
  box.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      popup.close();
    }
  });
  return popup;
}

/** Return what puts the focus back where it is now; a row of the list may by then have been drawn anew. @returns {() => void} */
function whereFocusIs() {
  const node = /** @type {any} */ (document.activeElement),
    row = node?.closest?.("[data-row]")?.getAttribute("data-row");
  return () =>
    (row ? document.querySelector(`[data-row="${row}"] button`) : node)?.focus({ preventScroll: innerWidth > 820 });
}

/** Where an event lies, as Leaflet has it. @param {any} app @param {number} i */
function spotOf(app, i) {
  const p = app.store.place[i];
  if (p < 0) return null;
  const longitude = app.store.places.longitude[p],
    middle = app.map.getCenter().lng;
  return L.latLng(app.store.places.latitude[p], longitude + 360 * Math.round((middle - longitude) / 360));
}

/** @param {any} app @param {number[]} events @param {number} first @returns {any[]} */
function headline(app, events, first) {
  const p = app.store.place[first];
  if (p < 0) return [say("no place")];
  const { parts } = placeOf(app.store, p),
    more = new Set(events.map((i) => app.store.place[i])).size - 1;
  return [
    el("bdi", { text: parts[0] }),
    parts.length > 1 ? el("span", { class: "gm-soft" }, " ", ...apiece(parts.slice(1))) : null,
    more > 0 ? el("span", { class: "gm-soft", text: ` ${say("and places near", { n: more })}` }) : null,
  ];
}

/** @param {any} app @param {Element} body @param {number[]} events @param {number} first */
function fillPopup(app, body, events, first) {
  const shown = events.slice(0, 40);
  if (events.length === 1) return fill(body, card(app, events[0]));
  if (!shown.includes(first)) shown.unshift(first);
  const parts = shown.map((i) => {
    const event = eventOf(app.store, i),
      tolls = tollWords(event);
    const line = [event.first === NO_DAY ? "" : iso(event.first), tolls].filter(Boolean).join(" · ");
    const part = el(
      "details",
      { class: "gm-fold", name: "gm-fold" },
      el(
        "summary",
        {},
        badge(app.store.data.scene.kinds[app.store.kind[i]]),
        el("span", { class: "gm-fold-name", text: term(event.sub) }),
        el("span", { class: "gm-soft", text: line }),
      ),
    );
    part.addEventListener("toggle", () => {
      if (part.open && part.children.length === 1) part.append(card(app, i));
      if (part.open) app.focusOn(i);
    });
    part.open = i === first;
    return part;
  });
  fill(
    body,
    el("p", { class: "gm-soft gm-pop-count", text: say("events", { n: events.length }) }),
    ...parts,
    events.length > shown.length
      ? el("p", { class: "gm-note", text: say("more in list", { n: events.length - shown.length }) })
      : null,
  );
  return undefined;
}
