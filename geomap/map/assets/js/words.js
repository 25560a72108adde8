/** The interface's words in the page's language, and its way of writing numbers. */
const WORDS = {
  table: /** @type {any} */ ({}),
  lang: "en",
  plural: new Intl.PluralRules("en"),
  number: new Intl.NumberFormat("en"),
  regions: /** @type {any} */ (null),
};

/** @param {string} lang @param {any} table */
function speak(lang, table) {
  WORDS.lang = lang;
  WORDS.table = table;
  WORDS.plural = new Intl.PluralRules(lang);
  WORDS.number = new Intl.NumberFormat(lang, { numberingSystem: "latn" });
  try {
    WORDS.regions = new Intl.DisplayNames([lang], { type: "region" });
  } catch {
    WORDS.regions = null;
  }
}

/**
 * Say something. `{n}` in the words becomes a number written as the language does, other braces the values given.
 * @param {string} key
 * @param {Object<string, any>} [values]
 * @returns {string}
 */
function say(key, values) {
  let form = WORDS.table[key];
  if (form === undefined) return key;
  if (typeof form === "object") form = form[WORDS.plural.select((values || {}).n)] ?? form.other;
  return form.replace(/\{(\w+)\}/g, (/** @type {string} */ whole, /** @type {string} */ name) => {
    const value = (values || {})[name];
    return typeof value === "number" ? WORDS.number.format(value) : (value ?? whole);
  });
}

/** The name of a kind, sub-kind, status, role or actor kind in the page's language; its own name where there is none. @param {string} name */
function term(name) {
  return WORDS.table["= " + name] ?? name;
}

/** @param {string|null|undefined} code ISO 3166 */
function country(code) {
  if (!code || !/^[A-Z]{2}$/.test(code)) return code || "";
  try {
    return WORDS.regions ? WORDS.regions.of(code) : code;
  } catch {
    return code;
  }
}
