/**
 * Make an element. Text is only ever set as text: nothing here reads markup.
 * @param {string} tag
 * @param {Object<string, any>} [set] attributes; `text`, `class`, and `on` (event name to function) are special
 * @param {...(Node|string|null|undefined|false)} kids
 * @returns {any}
 */
function el(tag, set, ...kids) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(set || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "text") node.textContent = value;
    else if (key === "class") node.className = value;
    else if (key === "on")
      for (const [name, run] of Object.entries(value)) node.addEventListener(name, /** @type {any} */ (run));
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  for (const kid of kids) if (kid || kid === "") node.append(/** @type {any} */ (kid));
  return node;
}

/**
 * Put new children in place of the old ones.
 * @param {Element} node
 * @param {...any} kids
 */
function fill(node, ...kids) {
  node.replaceChildren(...kids.filter((kid) => kid || kid === ""));
}

/** @param {number} value @param {number} low @param {number} high */
function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}

/**
 * Run at most once a frame.
 * @param {Function} run
 */
function perFrame(run) {
  let asked = 0;
  return () => {
    if (!asked)
      asked = requestAnimationFrame(() => {
        asked = 0;
        run();
      });
  };
}

/**
 * Run once no more calls have come for so many milliseconds.
 * @param {Function} run @param {number} wait
 */
function settled(run, wait) {
  let timer = 0;
  return (/** @type {any[]} */ ...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...args), wait);
  };
}
