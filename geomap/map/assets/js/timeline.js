/**
 * The timeline: bars stacked by kind for all that passes the other filters, and one control with two handles over them.
 * @param {any} app
 */
function openTimeline(app) {
  const { filter } = app;
  if (filter.range[0] === NO_DAY) return { box: el("div", { hidden: true }), refresh() {}, stop() {} };
  const canvas = el("canvas", { class: "gm-bars", "aria-hidden": "true" }),
    track = el("div", { class: "gm-track", dir: "ltr" }, canvas);
  const veils = [el("div", { class: "gm-veil" }), el("div", { class: "gm-veil" })],
    span = el("div", { class: "gm-window" });
  const handles = ["from", "to"].map((side) =>
    el("div", {
      class: "gm-handle",
      tabindex: "0",
      role: "slider",
      "aria-label": say(side === "from" ? "first day" : "last day"),
      "data-side": side,
    }),
  );
  track.append(...veils, span, ...handles);
  const label = el("p", { class: "gm-range" }),
    hint = el("span", { class: "gm-soft" });
  const play = el("button", { type: "button", class: "gm-play", on: { click: () => line.toggle() } });
  const undated = el(
    "label",
    { class: "gm-check" },
    el("input", {
      type: "checkbox",
      checked: true,
      on: {
        change: (/** @type {any} */ e) => {
          filter.undated = e.target.checked;
          app.refilter("time");
        },
      },
    }),
    el("span", {}),
  );
  const line = {
    box: el(
      "section",
      { class: "gm-time", "aria-label": say("timeline") },
      el("div", { class: "gm-time-row" }, play, label, hint, undated),
      track,
    ),
    timer: 0,
    refresh() {
      const [low, high] = filter.range;
      drawBars(app, canvas, line);
      const share = (/** @type {number} */ day) => clamp((day - low) / Math.max(1, high + 1 - low), 0, 1);
      const a = share(filter.from),
        b = share(filter.to + 1);
      Object.assign(veils[0].style, { left: "0", width: a * 100 + "%" });
      Object.assign(veils[1].style, { left: b * 100 + "%", width: (1 - b) * 100 + "%" });
      Object.assign(span.style, { left: a * 100 + "%", width: (b - a) * 100 + "%" });
      handles.forEach((handle, k) => {
        const day = k ? filter.to : filter.from;
        handle.style.left = (k ? b : a) * 100 + "%";
        for (const [key, value] of [
          ["min", low],
          ["max", high],
          ["now", day],
        ])
          handle.setAttribute("aria-value" + key, String(value));
        handle.setAttribute("aria-valuetext", longDay(day));
      });
      fill(label, el("time", { text: iso(filter.from) }), " – ", el("time", { text: iso(filter.to) }));
      hint.textContent = unitWords(app, line);
      const without = countUndated(app);
      undated.hidden = !without;
      undated.lastChild.textContent = say("without a day", { n: without });
      undated.firstChild.checked = filter.undated;
      play.textContent = line.timer ? say("pause") : say("play");
      play.setAttribute("aria-pressed", String(!!line.timer));
    },
    /** @param {number} from @param {number} to */
    set(from, to) {
      const [low, high] = filter.range;
      filter.from = clamp(from, low, high);
      filter.to = clamp(to, filter.from, high);
      app.refilter("time");
    },
    toggle() {
      if (line.timer) return line.stop();
      const [low, high] = filter.range,
        unit = line.unit || BAR_UNITS[0],
        whole = filter.from <= low && filter.to >= high,
        width = filter.to - filter.from;
      if (whole || filter.to >= high) line.set(low, whole ? unit.next(low) - 1 : low + width);
      const tick = () => {
        if (filter.to >= high) return line.stop();
        const next = unit.next(filter.to + 1) - 1;
        line.set(whole ? low : filter.from + (next - filter.to), next);
      };
      line.timer = setInterval(tick, 420);
      line.refresh();
      return undefined;
    },
    stop() {
      clearInterval(line.timer);
      line.timer = 0;
      line.refresh();
    },
    unit: /** @type {any} */ (null),
  };
  drag(track, span, handles, line, filter);
  new ResizeObserver(perFrame(() => line.refresh())).observe(track);
  return line;
}

/** @param {any} app */
function countUndated(app) {
  const { store, filter } = app;
  let n = 0;
  for (let i = 0; i < store.n; i++)
    if (store.first[i] === NO_DAY && !(filter.mask[i] & ~FAILS.time)) n += store.weight[i];
  return n;
}

/** @param {any} app @param {any} line */
function unitWords(app, line) {
  return line.unit ? say("bars " + line.unit.name) + (line.vague ? ` · ${say("pale bars")}` : "") : "";
}

/**
 * Mouse, touch and keys on the handles and on the stretch between them.
 * @param {any} track @param {any} span @param {any[]} handles @param {any} line @param {any} filter
 */
function drag(track, span, handles, line, filter) {
  const dayAt = (/** @type {number} */ x) => {
    const [low, high] = filter.range,
      box = track.getBoundingClientRect();
    return Math.round(low + clamp((x - box.left) / box.width, 0, 1) * (high + 1 - low));
  };
  /** @type {any} */
  let hold = null;
  track.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
    const part = /** @type {any} */ (event.target),
      at = dayAt(event.clientX),
      [low, high] = filter.range,
      whole = filter.from <= low && filter.to >= high;
    if (handles.includes(part)) hold = { side: part.getAttribute("data-side") };
    else if (part === span && !whole) hold = { side: "both", from: at - filter.from, width: filter.to - filter.from };
    else {
      hold = { side: "new", start: at };
      if (whole || part !== span) hold.fresh = true;
    }
    track.setPointerCapture(event.pointerId);
    if (line.timer) line.stop();
    event.preventDefault();
    if (handles.includes(part)) part.focus();
  });
  track.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => {
    if (!hold) return;
    const at = dayAt(event.clientX),
      [low, high] = filter.range;
    if (hold.side === "from") line.set(Math.min(at, filter.to), filter.to);
    else if (hold.side === "to") line.set(filter.from, Math.max(at - 1, filter.from));
    else if (hold.side === "both") {
      const from = clamp(at - hold.from, low, high - hold.width);
      line.set(from, from + hold.width);
    } else if (Math.abs(at - hold.start) > 0) line.set(Math.min(at, hold.start), Math.max(at, hold.start) - 1);
  });
  for (const name of ["pointerup", "pointercancel"])
    track.addEventListener(name, () => {
      hold = null;
    });
  track.addEventListener("dblclick", () => line.set(...filter.range));
  for (const handle of handles) {
    handle.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      const [low, high] = filter.range;
      const unit =
        event.shiftKey || event.key.startsWith("Page")
          ? Math.max(1, Math.round(line.unit?.days || 1) * (event.key.startsWith("Page") ? 4 : 1))
          : 1;
      const by = { ArrowLeft: -unit, ArrowDown: -unit, PageDown: -unit, ArrowRight: unit, ArrowUp: unit, PageUp: unit }[
        event.key
      ];
      const from = handle.getAttribute("data-side") === "from";
      if (by === undefined && event.key !== "Home" && event.key !== "End") return;
      event.preventDefault();
      const now = from ? filter.from : filter.to,
        to = event.key === "Home" ? low : event.key === "End" ? high : now + /** @type {number} */ (by);
      if (from) line.set(Math.min(to, filter.to), filter.to);
      else line.set(filter.from, Math.max(to, filter.from));
    });
  }
}

/** @param {any} app @param {any} canvas @param {any} line */
function drawBars(app, canvas, line) {
  const { store, filter } = app,
    [low, high] = filter.range,
    box = canvas.parentElement.getBoundingClientRect();
  const ratio = Math.min(2, window.devicePixelRatio || 1),
    width = Math.round(box.width),
    height = Math.round(box.height);
  if (!width || !height) return;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  const g = canvas.getContext("2d"),
    ink = app.ink,
    days = high + 1 - low,
    foot = 14;
  g.scale(ratio, ratio);
  line.unit =
    BAR_UNITS.find((unit) => days / unit.days <= width / 5 && (!store.data.aggregated || unit.days > 30)) ||
    BAR_UNITS[BAR_UNITS.length - 1];
  const bars = stacked(store, filter, line.unit),
    most = Math.max(4, ...bars.map((bar) => bar.sum)),
    tall = height - foot - 12;
  line.vague = bars.some((bar) => bar.vague.some((/** @type {number} */ v) => v > 0));
  const x = (/** @type {number} */ day) => ((day - low) / days) * width;
  for (const bar of bars) {
    const x0 = x(Math.max(bar.start, low)),
      x1 = x(Math.min(bar.end, high + 1)),
      gap = x1 - x0 > 3 ? 1 : 0;
    const barWidth = Math.max(1, Math.min(x1 - x0 - gap, 42)),
      left = (x0 + x1 - gap - barWidth) / 2;
    let y = height - foot;
    for (const k of barOrder(store)) {
      const colour = store.data.scene.kinds[k].colour;
      for (const [n, alpha] of [
        [bar.kinds[k] - bar.vague[k], 1],
        [bar.vague[k], 0.45],
      ]) {
        if (!n) continue;
        const h = (n / most) * tall;
        g.globalAlpha = alpha;
        g.fillStyle = colour;
        g.fillRect(left, y - h, barWidth, h);
        if (h > 5 && y - h > 12) g.clearRect(left, y - h, barWidth, 0.6);
        y -= h;
      }
    }
    g.globalAlpha = 1;
  }
  drawAxis(g, { low, high, width, height, foot, most, tall, x, ink });
}

/** Conflict first, what stands apart on top. @param {Store} store */
function barOrder(store) {
  return store.kinds.map((/** @type {string} */ _, /** @type {number} */ k) => k);
}

/** Count what passes all filters but time, by bar and kind; apart what is only known to lie near. @param {Store} store @param {Filter} filter @param {any} unit */
function stacked(store, filter, unit) {
  const bars = new Map(),
    { day_precision: sure } = store.data.events;
  for (let i = 0; i < store.n; i++) {
    if (store.first[i] === NO_DAY || filter.mask[i] & ~FAILS.time) continue;
    const start = unit.floor(store.first[i]);
    let bar = bars.get(start);
    if (!bar)
      bars.set(
        start,
        (bar = {
          start,
          end: unit.next(start),
          sum: 0,
          kinds: new Float64Array(store.kinds.length),
          vague: new Float64Array(store.kinds.length),
        }),
      );
    bar.sum += store.weight[i];
    bar.kinds[store.kind[i]] += store.weight[i];
    if (sure[i] > 1 && unit.days < (sure[i] > 2 ? 30 : 7)) bar.vague[store.kind[i]] += store.weight[i];
  }
  return [...bars.values()].sort((a, b) => a.start - b.start);
}

/** Base line, dates and the height of the highest bar. @param {CanvasRenderingContext2D} g @param {any} o */
function drawAxis(g, o) {
  g.fillStyle = o.ink.rule;
  g.fillRect(0, o.height - o.foot, o.width, 1);
  g.font = `400 11px ${SANS}`;
  g.fillStyle = o.ink.muted;
  g.textBaseline = "alphabetic";
  g.direction = document.documentElement.dir === "rtl" ? "rtl" : "ltr";
  const days = o.high + 1 - o.low,
    room = Math.max(2, Math.floor(o.width / 110));
  const unit = BAR_UNITS.find((u) => days / u.days <= room);
  const every = unit ? 1 : Math.ceil(days / 3652 / room);
  const step = unit || BAR_UNITS[BAR_UNITS.length - 1];
  let k = 0,
    edge = -Infinity;
  for (let day = step.floor(o.low); day <= o.high; day = step.next(day), k++) {
    if (day < o.low || k % every) continue;
    const text = tickWords(step.name, day),
      wide = g.measureText(text).width,
      x = o.x(day);
    g.fillRect(x, o.height - o.foot, 1, 4);
    if (x + wide > o.width || x < edge + 14) continue;
    g.textAlign = "left";
    g.fillText(text, x + 3, o.height - 2);
    edge = x + 3 + wide;
  }
  g.textAlign = "right";
  g.fillText(say("bar top", { n: o.most }), o.width - 2, 10);
}

/** @param {string} unit @param {number} day */
function tickWords(unit, day) {
  const form = /** @type {any} */ ({
    day: { day: "numeric", month: "short" },
    week: { day: "numeric", month: "short" },
    month: { month: "short", year: "numeric" },
    quarter: { month: "short", year: "numeric" },
  })[unit] || { year: "numeric" };
  return new Intl.DateTimeFormat(WORDS.lang, { ...form, timeZone: "UTC", numberingSystem: "latn" }).format(day * 864e5);
}
