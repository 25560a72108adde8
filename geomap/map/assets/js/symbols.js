/**
 * The outline of a kind's symbol around the origin.
 * @param {string} shape @param {number} r
 * @returns {[number, number][]} empty for round ones
 */
function outline(shape, r) {
  const turn = (
    /** @type {number} */ count,
    /** @type {number} */ start,
    /** @type {(i: number) => number} */ radius,
  ) =>
    Array.from(
      { length: count },
      (_, i) =>
        /** @type {[number, number]} */ ([
          Math.cos(start + (i * 2 * Math.PI) / count) * radius(i),
          Math.sin(start + (i * 2 * Math.PI) / count) * radius(i),
        ]),
    );
  if (shape === "square") return turn(4, Math.PI / 4, () => r * 1.22);
  if (shape === "diamond") return turn(4, -Math.PI / 2, () => r * 1.22);
  if (shape === "triangle") return turn(3, -Math.PI / 2, () => r * 1.3);
  if (shape === "star") return turn(16, -Math.PI / 2, (i) => (i % 2 ? r * 0.62 : r * 1.28));
  if (shape === "cross") {
    const a = r * 0.36,
      b = r * 1.14;
    const arms = [
      [-a, -b],
      [a, -b],
      [a, -a],
      [b, -a],
      [b, a],
      [a, a],
      [a, b],
      [-a, b],
      [-a, a],
      [-b, a],
      [-b, -a],
      [-a, -a],
    ];
    return arms.map(([x, y]) => [(x - y) * Math.SQRT1_2, (x + y) * Math.SQRT1_2]);
  }
  return [];
}

/**
 * Trace a symbol on a canvas.
 * @param {CanvasRenderingContext2D} g @param {string} shape @param {number} x @param {number} y @param {number} r
 */
function trace(g, shape, x, y, r) {
  const corners = outline(shape, r);
  g.beginPath();
  if (!corners.length) g.arc(x, y, shape === "dot" ? r * 0.8 : r, 0, 2 * Math.PI);
  else {
    for (const [dx, dy] of corners) g.lineTo(x + dx, y + dy);
    g.closePath();
  }
}

/**
 * A symbol for a legend or a list, as SVG: sharp at any size, and printable.
 * @param {any} kind a row of the scene's kinds @param {number} [r]
 */
function badge(kind, r = 6.2) {
  const space = "http://www.w3.org/2000/svg",
    box = document.createElementNS(space, "svg");
  box.setAttribute("viewBox", "-10 -10 20 20");
  box.setAttribute("class", "gm-badge");
  box.setAttribute("aria-hidden", "true");
  const corners = outline(kind.shape, r);
  const mark = document.createElementNS(space, corners.length ? "polygon" : "circle");
  if (corners.length) mark.setAttribute("points", corners.map((c) => c.map((v) => v.toFixed(2)).join(",")).join(" "));
  else mark.setAttribute("r", String(kind.shape === "dot" ? 4 : r));
  mark.setAttribute("fill", kind.apart ? "var(--paper)" : kind.colour);
  mark.setAttribute("stroke", kind.apart ? kind.colour : "var(--edge)");
  mark.setAttribute("stroke-width", kind.apart ? "2" : "1");
  mark.setAttribute("stroke-linejoin", "round");
  box.append(mark);
  return box;
}

/** How large a symbol is: its area grows with the reported deaths. @param {any} scene @param {number} deaths @param {boolean} ring */
function radiusFor(scene, deaths, ring) {
  const { least, ring: round, growth, most } = scene.symbol,
    base = ring ? round : least;
  return Math.min(most, Math.sqrt(base * base + growth * growth * deaths));
}
