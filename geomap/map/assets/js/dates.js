/** Days are whole numbers since 1970-01-01, of either sign. */
const NO_DAY = -0x80000000;

/** @param {number} day @returns {string} ISO */
function iso(day) {
  const whole = new Date(day * 864e5).toISOString();
  return whole.slice(0, whole.indexOf("T"));
}

/** A day in ISO's way within running text: kept together where the text runs from right to left. @param {number} day */
function shownDay(day) {
  return document.documentElement.dir === "rtl" ? `\u2066${iso(day)}\u2069` : iso(day);
}

/** @param {string|null|undefined} text ISO @returns {number} */
function dayOf(text) {
  const time = /^[+-]?\d{4,6}-\d\d-\d\d$/.test(text || "") ? Date.parse(text + "T00:00:00Z") : NaN;
  return Number.isNaN(time) ? NO_DAY : Math.round(time / 864e5);
}

/** A day as a reader writes it. @param {number} day */
function longDay(day) {
  return new Intl.DateTimeFormat(WORDS.lang, {
    year: "numeric",
    month: "long",
    day: "numeric",
    timeZone: "UTC",
    numberingSystem: "latn",
  }).format(day * 864e5);
}

/** A span of days, said once where they are one. @param {number} first @param {number} last */
function longDays(first, last) {
  return last > first ? `${longDay(first)} – ${longDay(last)}` : longDay(first);
}

/** The widths a histogram's bars may have, and the days each bar starts on. */
const BAR_UNITS = [
  { name: "day", floor: (/** @type {number} */ d) => d, next: (/** @type {number} */ d) => d + 1, days: 1 },
  {
    name: "week",
    floor: (/** @type {number} */ d) => d - ((((d + 3) % 7) + 7) % 7),
    next: (/** @type {number} */ d) => d + 7,
    days: 7,
  },
  {
    name: "month",
    floor: (/** @type {number} */ d) => monthStart(d, 0, 1),
    next: (/** @type {number} */ d) => monthStart(d, 1, 1),
    days: 30.4,
  },
  {
    name: "quarter",
    floor: (/** @type {number} */ d) => monthStart(d, 0, 3),
    next: (/** @type {number} */ d) => monthStart(d, 1, 3),
    days: 91.3,
  },
  {
    name: "year",
    floor: (/** @type {number} */ d) => monthStart(d, 0, 12),
    next: (/** @type {number} */ d) => monthStart(d, 1, 12),
    days: 365.2,
  },
  {
    name: "decade",
    floor: (/** @type {number} */ d) => monthStart(d, 0, 120),
    next: (/** @type {number} */ d) => monthStart(d, 1, 120),
    days: 3652,
  },
];

/** The first day of the block of so many months that holds a day, or of a later block. @param {number} day @param {number} later @param {number} months */
function monthStart(day, later, months) {
  const date = new Date(day * 864e5);
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth();
  const start = (Math.floor(month / months) + later) * months;
  const first = new Date(0);
  first.setUTCFullYear(Math.floor(start / 12), ((start % 12) + 12) % 12, 1);
  return Math.round(first.getTime() / 864e5);
}
