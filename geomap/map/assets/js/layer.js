/**
 * The events as one layer of any Leaflet map: symbols and popups, without the page around them.
 * @param {any} map @param {string} id of the data block
 */
async function geomapLayer(map, id) {
  const data = await unpackBlock(/** @type {Element} */ (document.getElementById(id))),
    box = map.getContainer();
  speak(data.lang, data.words);
  box.classList.add("gm-root");
  if (!box.hasAttribute("data-theme")) box.setAttribute("data-theme", "light");
  const store = openStore(data),
    filter = openFilter(store),
    order = ordered(store, filter, "newest");
  const nothing = () => {};
  const app = /** @type {any} */ ({
    map,
    store,
    filter,
    event: -1,
    place: -1,
    ground: null,
    sums: byPlace(store, filter),
    ink: inks(),
    acts: () => [],
    list: { order: () => order, paint: nothing, reveal: nothing, refresh: nothing },
    state: { write: nothing },
    article: { light: nothing, has: () => false },
  });
  Object.assign(app, verbs(app));
  app.popup = openPopup(app);
  box.append(app.popup.box);
  L.DomEvent.disableClickPropagation(app.popup.box);
  L.DomEvent.disableScrollPropagation(app.popup.box);
  startLayer(app);
  return app;
}

/** What folium's popups are made with, without jQuery: the markup is parsed where nothing in it can run. @param {string} markup */
function folded$(markup) {
  const box = document.createElement("template");
  box.innerHTML = markup;
  return [box.content.firstElementChild];
}
