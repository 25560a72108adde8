/** The buttons beside the title. @param {any} app @returns {any[]} */
function toolsOf(app) {
  const { store } = app,
    button = (/** @type {string} */ key, /** @type {() => void} */ run, set = {}) =>
      el("button", { type: "button", text: say(key), ...set, on: { click: run } });
  const fixes = button("corrections made", () => correctionsDialog(app), { hidden: true, class: "gm-fixes" });
  const withText = store.docs.id.findIndex((/** @type {string} */ _, /** @type {number} */ d) => app.article.has(d));
  const article =
    withText < 0
      ? null
      : button(
          "article",
          () =>
            app.article.isOpen()
              ? app.article.close()
              : app.article.show(app.event >= 0 ? store.doc[app.event] : withText),
          { "aria-expanded": "false" },
        );
  const menu = el(
    "details",
    { class: "gm-menu" },
    el("summary", { text: say("download") }),
    el(
      "div",
      { class: "gm-menu-box" },
      button("as csv", () => download(fileName(app, "csv"), "text/csv", csvText(app))),
      button("as geojson", () => download(fileName(app, "geojson"), "application/geo+json", geojsonText(app))),
      button("as png", async () => download(fileName(app, "png"), "image/png", await picture(app))),
      button("print", () => window.print()),
    ),
  );
  menu.lastChild.addEventListener("click", () => {
    menu.open = false;
  });
  menu.addEventListener("focusout", (/** @type {FocusEvent} */ event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  menu.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape" && menu.open) {
      event.stopPropagation();
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("pointerdown", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  const sign = (/** @type {string} */ key, /** @type {string} */ name, /** @type {() => void} */ run) =>
    button(key, run, { class: name, text: "", "aria-label": say(key), title: say(key) });
  const theme = sign("theme", "gm-theme", () => turnTheme(app)),
    full = document.fullscreenEnabled
      ? sign("full screen", "gm-full", () =>
          document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen(),
        )
      : null;
  app.tools = {
    article,
    corrections(/** @type {number} */ n) {
      fixes.hidden = !n;
      fixes.textContent = say("corrections made", { n });
    },
  };
  return [fixes, article, menu, button("share", () => shareDialog(app)), theme, full].filter(Boolean);
}

/** Light to dark and back. @param {any} app */
function turnTheme(app) {
  const root = document.documentElement,
    dark =
      (root.getAttribute("data-theme") || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) ===
      "dark";
  root.setAttribute("data-theme", dark ? "light" : "dark");
  app.repaint();
}

/** The link to this view, and the code that puts the page into another. @param {any} app */
function shareDialog(app) {
  app.state.write();
  const hash = "#" + app.state.text(),
    here =
      location.protocol === "about:" || location.href.startsWith("about:") ? "map.html" : location.href.split("#")[0];
  const attribute = (/** @type {string} */ text) =>
    text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
  const source = here.startsWith("file:") ? decodeURIComponent(here.slice(here.lastIndexOf("/") + 1)) : here;
  const code = `<iframe src="${attribute(source + hash)}" title="${attribute(app.store.data.title)}" loading="lazy" sandbox="allow-scripts allow-downloads" style="width:100%;height:640px;border:0" allowfullscreen></iframe>`;
  const block = (/** @type {string} */ name, /** @type {string} */ text) => {
    const area = el("textarea", { readonly: true, rows: 4, dir: "ltr", spellcheck: "false" });
    area.value = text;
    const copy = el("button", { type: "button", text: say("copy"), on: { click: () => copyText(area, copy) } });
    return el("label", { class: "gm-field" }, el("span", { text: name }), area, copy);
  };
  dialog(
    app,
    say("share"),
    [
      block(say("link to view"), here + hash),
      block(say("embed code"), code),
      el("p", { class: "gm-soft", text: say("embed note") }),
    ],
    null,
  );
}

/** @param {any} area @param {any} button */
async function copyText(area, button) {
  area.select();
  let done = false;
  try {
    await navigator.clipboard.writeText(area.value);
    done = true;
  } catch {
    done = document.execCommand("copy");
  }
  button.textContent = say(done ? "copied" : "copy by hand");
}

/** Tell the page around this one how high this would like to be. */
function tellHeight() {
  if (window.parent !== window)
    window.parent.postMessage(
      { geomap: 1, height: innerWidth <= 820 ? document.documentElement.scrollHeight : 640 },
      "*",
    );
}
