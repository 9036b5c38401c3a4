// A query and filters → the briefings that hold, in order.

// ---- Queries. A condition is a word, a phrase in quotation marks, or several words that name a country or a sector.

function parseQuery(root, query) {
  const typed = [...query.matchAll(/["“”„«»]([^"“”„«»]*)["“”„«»]?|[^\s"“”„«»]+/g)].map((match) => {
    const isPhrase = match[1] !== undefined;
    const text = isPhrase ? match[1].trim() : match[0];
    return { text, isPhrase, begins: !isPhrase && text.endsWith("*"), words: split(text) };
  }).filter(({ words }) => words.length);
  const isStop = ({ words }) => words.every((word) => STOP.has(word));
  const onlyStops = typed.every(isStop);
  const conditions = [];
  for (let at = 0; at < typed.length; at++) {
    if (!onlyStops && isStop(typed[at])) continue;
    const [reading, end] = findReading(root, typed, at);
    const { isPhrase, begins } = typed[at];
    const own = typed.slice(at, end);
    const words = own.flatMap((item) => item.words);
    conditions.push({ text: own.map(({ text }) => text).join(" "), isPhrase, begins, words, reading, onlyStops });
    at = end - 1;
  }
  return conditions;
}

function findReading(root, typed, at) {
  for (let end = Math.min(typed.length, at + 6); end > at; end--) {
    const own = typed.slice(at, end);
    if (own.some(({ isPhrase, begins }) => isPhrase || begins)) continue;
    const key = own.flatMap(({ words }) => words).filter((word) => !STOP.has(word)).join(" ");
    const isWhole = own[own.length - 1].words.some((word) => !STOP.has(word));
    if (key && isWhole && root.readingOf.has(key)) return [root.readingOf.get(key), end];
  }
  return [null, at + 1];
}

async function answerCondition(root, condition) {
  const offsets = condition.words.flatMap((word, at) => (condition.onlyStops || !STOP.has(word) ? [at] : []));
  const target = condition.reading && split(condition.reading.name).join("");
  const [named, ...found] = await Promise.all([
    target ? findWord(root, target, { exact: true }) : null,
    ...offsets.map((at) => findWord(root, condition.words[at], { begins: condition.begins, exact: Boolean(target) })),
  ]);
  const [least, ...others] = [...found].sort((one, other) => one.hits.size - other.hits.size);
  const hits = new Map();
  for (const [number, value] of least?.hits ?? []) {
    if (others.every((word) => word.hits.has(number))) hits.set(number, others.reduce((sum, word) => sum + word.hits.get(number), value));
  }
  if (condition.isPhrase && found.length > 1) await keepPhrases(root, found, offsets, hits);
  for (const [number, value] of named?.hits ?? []) hits.set(number, Math.max(hits.get(number) ?? 0, value));
  const forms = new Set([...found, ...(named ? [named] : [])].flatMap((word) => word.forms));
  if (named) split(condition.reading.name).forEach((word) => STOP.has(word) || forms.add(word));
  return { ...condition, hits, forms, spelt: found.filter((word) => word.spelt.length), vague: found.find((word) => word.isVague)?.word };
}

// ---- Filters.

const FAMILIES = new Map(Object.entries({
  country: "Country", pair: "Country pair", sector: "Sector", kind: "Kind", publisher: "Publisher", year: "Year", language: "Language",
}));
const EPOCH = 719163; // 1 January 1970, counted from 1 January of year 1.

function toDay(text, isEnd) {
  const [, year, month, day] = /^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$/.exec(text.trim()) ?? [];
  const last = new Date(Date.UTC(year, month ?? 12, 0)).getUTCDate();
  if (!year || month > 12 || month < 1 || day > last || day < 1) return null;
  return Date.UTC(year, (month ?? (isEnd ? 12 : 1)) - 1, day ?? (isEnd ? last : 1)) / 864e5 + EPOCH;
}

const toDate = (day) => new Date((day - EPOCH) * 864e5);

const languages = new Intl.DisplayNames(["en"], { type: "language" });

function nameLanguage(code) {
  try { return languages.of(code); } catch { return code; }
}

async function readFacet(root, family) {
  const facet = await read(`facets/${family}.json`, root.facets[family]);
  return (facet.decoded ??= facet.values.map(([key, name, text]) =>
    ({ key, name: family === "language" ? nameLanguage(key) : name, numbers: decodeAscending(text) })));
}

// For each filter a mark for every number that it lets through: facets by family, and "date".
async function readFilters(root, state) {
  const filters = new Map();
  for (const family of FAMILIES.keys()) {
    if (!state[family].length) continue;
    const marks = new Uint8Array(root.size);
    for (const value of await readFacet(root, family)) {
      if (state[family].includes(value.key)) value.numbers.forEach((number) => { marks[number] = 1; });
    }
    filters.set(family, marks);
  }
  const [from, to] = [toDay(state.from, false), toDay(state.to, true)];
  if (from !== null || to !== null) {
    filters.set("date", Uint8Array.from(root.dayOf, (day) => (day >= (from ?? 0) && day <= (to ?? Infinity) ? 1 : 0)));
  }
  return filters;
}

const passes = (filters, number, except) => {
  for (const [name, marks] of filters) if (name !== except && !marks[number]) return false;
  return true;
};

// ---- The answer to a query: numbers in order, before and after filters.

async function search(state) {
  const root = await readRoot();
  const [conditions, filters] = await Promise.all([
    Promise.all(parseQuery(root, state.q).map((condition) => answerCondition(root, condition))),
    readFilters(root, state),
  ]);
  const scores = new Float64Array(root.size);
  const counts = new Uint8Array(root.size);
  for (const { hits } of conditions) for (const [number, value] of hits) { scores[number] += value; counts[number]++; }
  const all = [...root.dayOf.keys()].filter((number) => root.dayOf[number]);
  const matched = all.filter((number) => counts[number] === conditions.length);
  const answer = { root, state, conditions, filters, counts, all, matched };
  answer.numbers = matched.filter((number) => passes(filters, number));
  answer.held = conditions.length;
  if (!answer.numbers.length && conditions.length > 1) {
    const passing = all.filter((number) => counts[number] && passes(filters, number));
    answer.held = passing.reduce((most, number) => Math.max(most, counts[number]), 0);
    answer.numbers = passing.filter((number) => counts[number] === answer.held);
  }
  const direction = state.sort === "oldest" ? 1 : -1;
  const byRelevance = state.sort === "relevance" && conditions.length;
  answer.numbers.sort((one, other) => (byRelevance ? scores[other] - scores[one] : 0) || direction * (one - other));
  return answer;
}

// What could be left out for a result: [label, count, change of state].
function findLoosenings({ state, conditions, filters, counts, all, matched }) {
  const ways = [];
  for (const { text, isPhrase, hits } of conditions) {
    const kept = all.filter((number) => counts[number] - (hits.has(number) ? 1 : 0) === conditions.length - 1 && passes(filters, number));
    const q = conditions.filter((other) => other.text !== text).map((other) => (other.isPhrase ? `"${other.text}"` : other.text)).join(" ");
    if (conditions.length > 1) ways.push([`without “${text}”`, kept.length, { q }]);
    if (isPhrase && conditions.length === 1) ways.push(["without the quotation marks", null, { q: state.q.replace(/["“”„«»]/g, "") }]);
  }
  for (const name of filters.keys()) {
    const change = name === "date" ? { from: "", to: "" } : { [name]: [] };
    const label = name === "date" ? "with any date" : `with any ${FAMILIES.get(name).toLowerCase()}`;
    ways.push([label, matched.filter((number) => passes(filters, number, name)).length, change]);
  }
  return ways.filter(([, count]) => count !== 0);
}
