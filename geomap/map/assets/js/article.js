/** The article beside the map. @param {any} app */
function openArticle(app) {
  return { box: el("section", { class: "gm-article", hidden: true }), light(/** @type {number} */ _i) {} };
}
/** @param {any} app @param {any} event @returns {any[]} */
function actsOf(app, event) {
  return [];
}
/** @param {any} app @returns {any[]} */
function toolsOf(app) {
  return [];
}
