/** One bit for each way an event may fail; an event is seen while its byte is 0. */
const FAILS = { kind: 1, status: 2, text: 4, who: 8, time: 16, toll: 32, sure: 64, gone: 128 };

/** The filter as it is at first, with each event's mask. @param {Store} store */
function openFilter(store) {
  const filter = { ...openDefaults(store), mask: new Uint8Array(store.n) };
  for (const bit of Object.keys(FAILS)) remask(store, filter, bit);
  return filter;
}

/** What is asked at first. @param {Store} store */
function openDefaults(store) {
  const { start, scene } = store.data,
    chosen = (/** @type {string[]} */ table, /** @type {string[]} */ names) =>
      new Set(table.flatMap((name, k) => (names.includes(name) ? [k] : [])));
  const strange = scene.kinds
    .filter((/** @type {any} */ kind) => !kind.subs)
    .map((/** @type {any} */ kind) => kind.name);
  const filter = {
    kinds: chosen(store.kinds, [...start.kinds, ...strange]),
    statuses: chosen(store.statuses, start.statuses),
    named: start.named,
    query: "",
    actor: "",
    source: "",
    deaths: 0,
    confidence: 0,
    range: /** @type {[number, number]} */ ([NO_DAY, NO_DAY]),
    from: NO_DAY,
    to: NO_DAY,
    undated: true,
  };
  rerange(store, filter);
  return filter;
}

/** @typedef {ReturnType<typeof openFilter>} Filter */

/** @param {Store} store @param {any} [filter] @returns {[number, number]} the first and the last day of those whose status is asked for, or NO_DAY twice */
function dayRange(store, filter) {
  let low = Infinity,
    high = -Infinity;
  for (let i = 0; i < store.n; i++) {
    if (store.first[i] === NO_DAY || store.gone[i] || (filter && !filter.statuses.has(store.status[i]))) continue;
    if (store.first[i] < low) low = store.first[i];
    if (store.last[i] > high) high = store.last[i];
  }
  return low === Infinity ? [NO_DAY, NO_DAY] : [low, high];
}

/** Stretch the timeline over what is asked for, so that a war remembered does not squeeze the week reported. @param {Store} store @param {any} filter */
function rerange(store, filter) {
  const found = dayRange(store, filter),
    range = found[0] === NO_DAY ? dayRange(store) : found,
    old = filter.range;
  filter.from = filter.from <= old[0] ? range[0] : clamp(filter.from, range[0], range[1]);
  filter.to = filter.to >= old[1] ? range[1] : clamp(filter.to, filter.from, range[1]);
  filter.range = range;
}

/**
 * Work out one bit anew for every event.
 * @param {Store} store @param {any} filter @param {string} name
 */
function remask(store, filter, name) {
  const bit = /** @type {any} */ (FAILS)[name],
    passes = TESTS[name](store, filter),
    { mask } = filter;
  for (let i = 0; i < store.n; i++) mask[i] = passes(i) ? mask[i] & ~bit : mask[i] | bit;
}

/** @type {Object<string, (store: Store, filter: any) => (i: number) => boolean>} */
const TESTS = {
  kind: (store, filter) => (i) => filter.kinds.has(store.kind[i]),
  status: (store, filter) => (i) => filter.statuses.has(store.status[i]),
  gone: (store) => (i) => !store.gone[i],
  toll: (store, filter) => (i) => store.deaths[i] >= filter.deaths,
  sure: (store, filter) => (i) => store.confidence[i] >= filter.confidence,
  time(store, filter) {
    const { from, to, range } = filter,
      all = from <= range[0] && to >= range[1];
    return (i) => (store.first[i] === NO_DAY ? filter.undated : all || (store.first[i] <= to && store.last[i] >= from));
  },
  who(store, filter) {
    const { strings, events } = store.data;
    const actor = filter.actor ? strings.indexOf(filter.actor) : -1;
    return (i) =>
      (!filter.actor || (events.actors[i] || []).some((/** @type {any[]} */ a) => a[0] === actor)) &&
      (!filter.source ||
        (store.doc[i] >= 0 && (store.docs.source[store.doc[i]] || store.docs.title[store.doc[i]]) === filter.source));
  },
  text(store, filter) {
    const wanted = folded(filter.query).split(/\s+/).filter(Boolean);
    if (!wanted.length) return () => true;
    if (!store.words) store.words = Array.from({ length: store.n }, (_, i) => haystack(store, i));
    const { words } = store;
    return (i) => wanted.every((word) => words[i].includes(word));
  },
};

/**
 * Count what is seen: events, deaths, days; by kind and by status as if that filter were open.
 * @param {Store} store @param {Filter} filter
 */
function tally(store, filter) {
  const { mask } = filter,
    apart = apartKind(store);
  const sum = {
    conflict: 0,
    apart: 0,
    all: 0,
    total: 0,
    deaths: 0,
    first: Infinity,
    last: -Infinity,
    undated: 0,
    placeless: 0,
    byKind: new Float64Array(store.kinds.length),
    byStatus: new Float64Array(store.statuses.length),
  };
  for (let i = 0; i < store.n; i++) {
    const fails = mask[i],
      weight = store.weight[i],
      off = store.kind[i] === apart;
    if (fails & FAILS.gone) continue;
    if (!off) sum.total += weight;
    if (!(fails & ~FAILS.kind)) sum.byKind[store.kind[i]] += weight;
    if (!(fails & ~FAILS.status)) sum.byStatus[store.status[i]] += weight;
    if (fails) continue;
    sum.all += weight;
    if (off) sum.apart += weight;
    else {
      sum.conflict += weight;
      sum.deaths += store.deaths[i];
    }
    if (store.place[i] < 0) sum.placeless += weight;
    if (store.first[i] === NO_DAY) sum.undated += weight;
    else if (!off) {
      if (store.first[i] < sum.first) sum.first = store.first[i];
      if (store.last[i] > sum.last) sum.last = store.last[i];
    }
  }
  return sum;
}

/** The kind that stands apart from the conflict's counts. @param {Store} store */
function apartKind(store) {
  return store.data.scene.kinds.findIndex((/** @type {any} */ kind) => kind.apart);
}

/**
 * Sum what is seen by place: one row of kinds a place.
 * @param {Store} store @param {Filter} filter
 */
function byPlace(store, filter) {
  const { np, n, place, kind, weight, deaths } = store,
    K = store.kinds.length,
    apart = apartKind(store);
  const sums = {
    count: new Float64Array(np),
    deaths: new Float64Array(np),
    apart: new Float64Array(np),
    kinds: new Float64Array(np * K),
  };
  for (let i = 0; i < n; i++) {
    const p = place[i];
    if (filter.mask[i] || p < 0) continue;
    if (kind[i] === apart) sums.apart[p] += weight[i];
    else {
      sums.count[p] += weight[i];
      sums.deaths[p] += deaths[i];
    }
    sums.kinds[p * K + kind[i]] += weight[i];
  }
  return sums;
}
