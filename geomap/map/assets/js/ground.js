/** The layers of a block of ground, in order. */
const GROUND = ["land", "lakes", "coast", "borders", "disputed", "areas"];
/** Path coordinates count from the block's own corner in these units of the projected world, so that they stay exact. */
const UNIT = 1 / (1 << 22);

/**
 * Read a block (see `basemap.py`) into one path a layer.
 * @param {Uint8Array} bytes @param {number} step degrees @param {number} west @param {number} north
 */
function groundBlock(bytes, step, west, north) {
  const x0 = mercatorX(west),
    y0 = mercatorY(north),
    paths = /** @type {any} */ ({});
  let at = 0;
  const number = () => {
    let value = 0,
      shift = 1,
      byte;
    do {
      byte = bytes[at++];
      value += (byte & 127) * shift;
      shift *= 128;
    } while (byte & 128);
    return value;
  };
  const signed = () => {
    const n = number();
    return n % 2 ? -(n + 1) / 2 : n / 2;
  };
  for (const layer of GROUND) {
    const path = new Path2D();
    for (let parts = number(); parts > 0; parts--) {
      let x = 0,
        y = 0;
      for (let points = number(), k = 0; k < points; k++) {
        x += signed();
        y += signed();
        const px = (mercatorX(x * step) - x0) / UNIT,
          py = (mercatorY(y * step) - y0) / UNIT;
        if (k) path.lineTo(px, py);
        else path.moveTo(px, py);
      }
    }
    paths[layer] = path;
  }
  return { x0, y0, paths };
}

/**
 * Read the page's ground: the world, and the cells that came with it.
 * @param {any} ground
 */
async function openGround(ground) {
  const { cell, world_step, cell_step } = ground;
  const world = groundBlock(await inflate(bytesOf(ground.world)), world_step, -180, 85);
  const cells = await Promise.all(
    ground.cells.map(async (/** @type {any[]} */ [x, y, data]) => {
      const west = x * cell - 180,
        south = y * cell - 90;
      const block = groundBlock(await inflate(bytesOf(data)), cell_step, west, south + cell);
      return { ...block, x1: mercatorX(west + cell), y1: mercatorY(south) };
    }),
  );
  const own = ground.own ? groundBlock(await inflate(bytesOf(ground.own)), cell_step, -180, 85) : null;
  if (own) for (const block of [world, ...cells]) block.paths.borders = block.paths.disputed = new Path2D();
  return { world, cells, own };
}

/**
 * Draw the ground. `view` maps the projected world to the canvas: `scale` pixels a world, from `left`, `top`.
 * @param {CanvasRenderingContext2D} g @param {any} ground @param {any} view @param {any} ink the theme's colours
 */
function drawGround(g, ground, view, ink) {
  g.setTransform(1, 0, 0, 1, 0, 0);
  g.fillStyle = ink.sea;
  g.fillRect(0, 0, g.canvas.width, g.canvas.height);
  for (let copy = Math.floor(view.left); copy <= Math.floor(view.left + view.width / view.scale); copy++) {
    const shift = { ...view, left: view.left - copy };
    drawBlock(g, ground.world, shift, ink, view.zoom);
    const near = view.zoom < 4.5 ? [] : ground.cells.filter((/** @type {any} */ c) => seen(c, shift));
    g.fillStyle = ink.sea;
    for (const c of near) coverCell(g, c, shift);
    for (const layer of ["land", "lakes"]) for (const c of near) paintLayer(g, c, layer, shift, ink, view.zoom);
    for (const layer of ["areas", "coast", "borders", "disputed"])
      for (const c of near) paintLayer(g, c, layer, shift, ink, view.zoom);
    if (ground.own)
      for (const layer of ["borders", "disputed"]) paintLayer(g, ground.own, layer, shift, ink, view.zoom);
  }
  g.setTransform(1, 0, 0, 1, 0, 0);
}

/** @param {any} c @param {any} view */
function seen(c, view) {
  const right = view.left + view.width / view.scale,
    bottom = view.top + view.height / view.scale;
  return c.x0 < right && c.x1 > view.left && c.y0 < bottom && c.y1 > view.top;
}

/** Paint the sea over what the small scale drew in a cell. @param {CanvasRenderingContext2D} g @param {any} c @param {any} view */
function coverCell(g, c, view) {
  const k = view.scale * view.ratio;
  g.setTransform(1, 0, 0, 1, 0, 0);
  g.fillRect((c.x0 - view.left) * k, (c.y0 - view.top) * k, (c.x1 - c.x0) * k, (c.y1 - c.y0) * k);
}

/** @param {CanvasRenderingContext2D} g @param {any} block @param {any} view @param {any} ink @param {number} zoom */
function drawBlock(g, block, view, ink, zoom) {
  for (const layer of ["land", "lakes", "coast", "borders", "disputed"]) paintLayer(g, block, layer, view, ink, zoom);
}

/** @param {CanvasRenderingContext2D} g @param {any} block @param {string} layer @param {any} view @param {any} ink @param {number} zoom */
function paintLayer(g, block, layer, view, ink, zoom) {
  const k = view.scale * view.ratio,
    unit = k * UNIT,
    line = view.ratio / unit;
  g.setTransform(unit, 0, 0, unit, (block.x0 - view.left) * k, (block.y0 - view.top) * k);
  g.setLineDash([]);
  g.lineJoin = g.lineCap = "round";
  if (layer === "land" || layer === "lakes") {
    g.fillStyle = layer === "land" ? ink.land : ink.sea;
    g.fill(block.paths[layer], "evenodd");
    if (layer === "lakes" && zoom >= 4) strokeWith(g, block.paths[layer], ink.coast, 0.6 * line);
    return;
  }
  if (layer === "coast") strokeWith(g, block.paths[layer], ink.coast, (zoom < 4 ? 0.5 : 0.8) * line);
  if (layer === "borders") strokeWith(g, block.paths[layer], ink.border, (zoom < 4 ? 0.7 : 1.1) * line);
  if (layer === "areas" && zoom >= 5) {
    g.setLineDash([1 * line, 3 * line]);
    strokeWith(g, block.paths[layer], ink.area, 0.9 * line);
  }
  if (layer === "disputed") {
    g.setLineDash([4 * line, 3 * line]);
    strokeWith(g, block.paths[layer], ink.border, (zoom < 4 ? 0.7 : 1.1) * line);
  }
}

/** @param {CanvasRenderingContext2D} g @param {Path2D} path @param {string} colour @param {number} width */
function strokeWith(g, path, colour, width) {
  g.strokeStyle = colour;
  g.lineWidth = width;
  g.stroke(path);
}
