// A query and filters → the briefings that hold, in order.

// ---- Queries. A condition is a word, a phrase in quotation marks, a date, or several words that name a country, a sector or an
// organisation; one with a minus before it must not hold.

const MOST_CONDITIONS = 32;

// A long dash stands between names ("United Kingdom–United States"), but for years.
function readTokens(query) {
  return [...query.matchAll(/(-?)(?:["“”„«»]([^"“”„«»]*)["“”„«»]?|(\d{4}(?: \p{Pd} |–)\d{4}|[^\s–"“”„«»]+))/gu)].flatMap(([, minus, phrase, word]) => {
    const isPhrase = phrase !== undefined;
    const text = (phrase ?? word).trim().replace(/[,;:!?]+$|(?<=..)\.+$/, "");
    const token = makeToken({ text, isPhrase, begins: !isPhrase && text.endsWith("*"), isNot: minus === "-" });
    return token.words.length ? [token] : [];
  });
}

// "India-Korea" is two words, since one of them is a country, and so is "in-kr", the end of an address; "Guinea-Bissau" is one.
function partCountries(root, token) {
  const cut = (text) => text.split(/[\p{Pd}/·&]/u).map((text) => makeToken({ ...token, text }));
  const read = ({ words }) => root.readingOf.get(words.join(" "));
  if (token.isPhrase || read(token)) return [token];
  const codes = cut(token.text.toUpperCase());
  if (codes[1] && codes.every(({ text }) => root.readingOf.has(text))) return codes;
  const parts = cut(token.text);
  return parts.some((part) => read(part)?.family === "country") ? parts.filter(({ words }) => words[0]) : [token];
}

function makeToken(token) {
  const words = split(token.text);
  return { ...token, words, isStop: !token.begins && words.every((word) => STOP.has(word)) };
}

function parseQuery(root, query) {
  const tokens = readTokens(query).flatMap((token) => partCountries(root, token));
  const conditions = new Map();
  for (let at = 0; at < tokens.length; at++) {
    let [reading, end] = findReading(root, tokens, at);
    // Codes are told from words by their capitals, unless the query shouts.
    if (!/[A-Z]{4}/.test(query)) reading ??= root.readingOf.get(tokens[at].text);
    if (tokens[at].isStop && !reading) continue;
    // The name of a country that the archive does not have is no other country's, and no slip: its words are searched as in
    // quotation marks.
    const own = tokens.slice(at, end);
    for (const group of reading && !reading.name ? own.map((token) => [token]) : [own]) {
      const words = group.flatMap(({ words }) => words);
      const condition = { ...group[0], words, text: group.map(({ text }) => text).join(" "), reading: reading?.name ? reading : null };
      condition.isPhrase ||= reading?.name === "";
      // The same words count once.
      if (condition.reading || !condition.isStop) conditions.set(JSON.stringify({ ...condition, text: "" }), condition);
    }
    at = end - 1;
  }
  return { conditions: [...conditions.values()].slice(0, MOST_CONDITIONS), isCut: conditions.size > MOST_CONDITIONS, isCommon: tokens.length > 0 && !conditions.size };
}

function findReading(root, tokens, at) {
  for (let end = Math.min(tokens.length, at + 8); end > at; end--) {
    const own = tokens.slice(at, end);
    if (own.some(({ isPhrase, begins, isNot }) => isPhrase || begins || isNot !== own[0].isNot) || own.at(-1).isStop) continue;
    const words = own.flatMap(({ words }) => words);
    const told = words.filter((word) => !STOP.has(word));
    // "N. Korea" has its letter, which "Korea's" has not.
    let reading = root.readingOf.get(words.filter((word) => told.includes(word) || !word[1]).join(" "));
    if (!own[0].isStop) reading ??= root.readingOf.get(told.join(" "));
    else if (words[0][1]) reading = null;
    reading ??= readDates(root, words, own.length < 2);
    if (reading) return [reading, end];
  }
  return [null, at + 1];
}

const isYear = (word) => /^\d{4}$/.test(word);

// "2025", "March 2025", "12 March 2025" or "March 12, 2025" → "2025-03" with its first and last day.
function readDate(text, isOne) {
  const named = (word) => (word.length > 2 ? MONTHS.findIndex((name) => name.startsWith(word)) + 1 : 0);
  const words = text.split(" ").filter((word) => !STOP.has(word));
  const month = words.find(named);
  if (words[1] && !month && !isOne) return null;
  const [year, ...rest] = isYear(words[0]) ? words : words.toReversed();
  const parts = month ? [year, named(month), ...rest.filter((word) => word !== month)] : [year, ...rest];
  const date = parts.map((part) => String(part).padStart(2, "0")).join("-");
  const from = toDay(date);
  return from && { family: "year", name: `date ${date}`, key: date, from, to: toDay(date, true) };
}

// A date of which the archive has briefings from before and after, or "since 2024", "before March 2016", "between 2018 and 2020",
// "from 2018 to 2020", "2018-2020", in either order.
function readDates(root, words, isOne) {
  const text = words.join(isOne && words.every(isYear) ? " to " : " ").replace(/^between (.+) and /, "from $1 to ");
  const [, since, side, first, last] = /^(?:(since|from) |(after|before|until) )?(.+?)(?: (?:to|until) (.+))?$/.exec(text);
  const isRange = since || side || last;
  const dates = [first, last ?? first].map((text) => readDate(text, isOne || isRange));
  if (!dates.every(Boolean) || (side && last) || (!isRange && STOP.has(words[0]))) return null;
  const [one, other] = dates.sort((one, other) => one.from - other.from);
  if (!isRange) return one.from <= root.days.at(-1) && one.to >= root.days[0] ? one : null;
  const from = side === "after" ? one.to + 1 : side ? 1 : one.from;
  const to = side === "before" ? one.from - 1 : side === "after" || (since && !last) ? Infinity : other.to;
  return { name: `date ${text}`, from, to, isRange };
}

const findDated = ({ dayOf }, from, to) => [...dayOf.keys()].filter((number) => dayOf.get(number) >= from && dayOf.get(number) <= to);

// What a reading finds: the briefings of its days, those with its name as one word, or for an abbreviation with its words together.
async function findNamed(root, { family, name, from, to }) {
  if (to) {
    // Whoever writes a year means the time before all else: no word of a text counts more.
    return { forms: [], spelt: [], hits: weigh(root, new Map(findDated(root, from, to).map((number) => [number, HIGHEST]))) };
  }
  if (!family) return answerCondition(root, { words: split(name), isTogether: true });
  const found = await findWord(root, split(name).join(""), { exact: true });
  return { ...found, forms: [...found.forms, ...split(name).filter((word) => !STOP.has(word))] };
}

// What all of some words have, each number with the sum of what they give it.
function intersect(found) {
  const [least, ...others] = [...found].sort((one, other) => one.hits.size - other.hits.size);
  const hits = new Map();
  for (const [number, value] of least?.hits ?? []) {
    if (others.every((word) => word.hits.has(number))) hits.set(number, others.reduce((sum, word) => sum + word.hits.get(number), value));
  }
  return hits;
}

async function answerCondition(root, condition) {
  const { words, text, isPhrase, begins } = condition;
  let { reading, isTogether = isPhrase || reading?.to } = condition;
  // A range stands in no text.
  const offsets = reading?.isRange ? [] : words.flatMap((word, at) => (STOP.has(word) && !begins ? [] : [at]));
  // Capitals are a name: JETP is no slip of "jets".
  const exact = reading || condition.isNot || /^\p{Lu}+$/u.test(text);
  let [named, ...found] = await Promise.all([
    reading ? findNamed(root, reading) : null,
    ...offsets.map((at) => findWord(root, words[at], { begins, exact, isPhrase })),
  ]);
  // "who" is a word of texts, and WHO an organisation.
  if (reading?.family === "organisation" && offsets.length === 1 && text !== text.toUpperCase() && found[0].hits.size) reading = named = null;
  let used = [...found, named].filter(Boolean);
  const hits = intersect(found);
  if (isTogether && found.length > 1) await keepPhrases(root, found, offsets, hits);
  for (const [number, value] of named?.hits ?? []) hits.set(number, Math.max(hits.get(number) ?? 0, value));
  const others = reading?.to ? hits.size - named.hits.size : 0;
  if (!hits.size && !isPhrase && !exact && words.length > 1) {
    // "Semi-conductors" may be written as one word.
    const whole = await findWord(root, words.join(""));
    if (whole.hits.size) used = [whole];
    for (const [number, value] of whole.hits) hits.set(number, value);
  }
  const forms = used.flatMap((word) => word.forms);
  return { ...condition, reading, hits, others, forms, spelt: used.filter((word) => word.spelt.length), vague: used.find((word) => word.isVague)?.word };
}

// ---- Filters.

const FAMILIES = ["country", "pair", "sector", "kind", "source", "year", "language"];
const EPOCH = 719163; // 1 January 1970, counted from 1 January of year 1.

function toDay(text, isEnd) {
  const [, year, month, day] = /^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$/.exec(text.trim()) ?? [];
  const last = new Date(Date.UTC(year, month ?? 12, 0)).getUTCDate();
  if (!year || month > 12 || month < 1 || day > last || day < 1) return null;
  return Date.UTC(year, (month ?? (isEnd ? 12 : 1)) - 1, day ?? (isEnd ? last : 1)) / 864e5 + EPOCH;
}

// What cannot be read as a date limits nothing.
const isNoDate = (text) => text !== "" && !toDay(text);

async function readFacet(root, family) {
  const facet = await read(`facets/${family}`, root.facets[family]);
  return (facet.decoded ??= facet.values.map(([key, name, text]) => ({ key, name, numbers: decodeAscending(text) })));
}

// For each filter the numbers that it lets through: facets by family, and "date".
async function readFilters(root, state) {
  const filters = new Map();
  for (const family of FAMILIES) {
    if (!state[family].length) continue;
    const values = (await readFacet(root, family)).filter(({ key }) => state[family].includes(key));
    filters.set(family, new Set(values.flatMap(({ numbers }) => numbers)));
  }
  if (toDay(state.from) || toDay(state.to)) filters.set("date", new Set(findDated(root, toDay(state.from), toDay(state.to, true) ?? Infinity)));
  return filters;
}

const passes = (filters, number, except) => [...filters].every(([name, numbers]) => name === except || numbers.has(number));

// ---- The answer to a query: numbers in order. `matched` are before filters, for the facets; `held` is how many conditions hold.

async function search(state) {
  const root = await readRoot();
  const { conditions: all, isCut, isCommon } = parseQuery(root, state.q);
  const [answered, filters] = await Promise.all([
    Promise.all(all.map((condition) => answerCondition(root, condition))),
    readFilters(root, state),
  ]);
  const conditions = answered.filter(({ isNot }) => !isNot);
  const refused = answered.filter(({ isNot }) => isNot);
  const scores = [];
  for (const { hits } of conditions) for (const [number, value] of hits) scores[number] = (scores[number] ?? 0) + value;
  const countHeld = (number) => conditions.filter(({ hits }) => hits.has(number)).length;
  const offered = isCommon && !filters.size ? [] : [...root.dayOf.keys()].filter((number) => !refused.some(({ hits }) => hits.has(number)));
  let held = conditions.length;
  let matched = offered.filter((number) => countHeld(number) === held);
  let numbers = matched.filter((number) => passes(filters, number));
  if (!numbers.length && held > 1) {
    const passing = offered.filter((number) => countHeld(number) && passes(filters, number));
    held = passing.reduce((most, number) => Math.max(most, countHeld(number)), 0);
    numbers = matched = passing.filter((number) => countHeld(number) === held);
  }
  // Numbers are in the order of time.
  const direction = state.sort === "oldest" ? 1 : -1;
  numbers = numbers.toSorted((one, other) => (state.sort ? 0 : scores[other] - scores[one]) || direction * (one - other));
  const missing = conditions.filter(({ hits, vague }) => !hits.size && !vague);
  return { root, state, conditions, missing, refused, filters, matched, numbers, held, isCut, isCommon };
}

const NO_FILTERS = { from: "", to: "", ...Object.fromEntries(FAMILIES.map((family) => [family, []])) };

const quote = (conditions, word) => conditions.map(({ text }) => `“${text}”`).join(word);
const dumpQuery = (conditions) => conditions.map(({ text, isPhrase, isNot }) => (isNot ? "-" : "") + (isPhrase ? `"${text}"` : text)).join(" ");

// What could be left out for a result: label, change of state, and how many briefings hold then.
async function findLoosenings({ state, conditions, refused, filters }) {
  const count = async (ways) => {
    const answers = await Promise.all(ways.map(([, changes]) => search({ ...state, ...changes })));
    return answers.flatMap(({ held, conditions, numbers }, at) => (held === conditions.length && numbers.length ? [[...ways[at], numbers.length]] : []));
  };
  const without = (left) => ({ q: dumpQuery([...conditions, ...refused].filter((other) => other !== left)) });
  const isOnly = conditions.length + filters.size < 2;
  const single = await count([
    ["without the quotation marks", { q: state.q.replace(/["“”„«»]/g, "") }],
    ...(isOnly ? [] : conditions.map((condition) => [`without ${quote([condition])}`, without(condition)])),
    ...refused.map((condition) => [`also with ${quote([condition])}`, without(condition)]),
    ...[...filters.keys()].map((name) => [`with any ${name}`, name === "date" ? { from: "", to: "" } : { [name]: [] }]),
  ]);
  if (single.length || isOnly) return single;
  // No one condition is to blame.
  const known = conditions.filter(({ hits }) => hits.size);
  const some = await count([
    ["without all filters", NO_FILTERS],
    ...(known.length ? [[`only ${quote(known, " ")}`, { q: dumpQuery(known), ...NO_FILTERS }]] : []),
  ]);
  return some.length || !filters.size ? some : [["start again", { q: "", ...NO_FILTERS }]];
}
