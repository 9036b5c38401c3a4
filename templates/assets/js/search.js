// The search page: asks for the few files of the index that a query needs; their format is described in generator/publish/search/.
// Nothing of a query leaves the browser but the names of these files, and text from outside is only ever set as text.
(() => {
  "use strict";
  const app = document.querySelector("[data-search]");
  if (!app) return;
  const part = (name) => app.querySelector(`[data-${name}]`);
  const home = new URL(app.dataset.search, location.href).href;
  const site = new URL("..", home).href;

  // ---- Words: the same rules as generator/publish/search/words.py.

  const MARKS = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u093c\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff\ufe20-\ufe2f]/g;
  const PLAIN = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", þ: "th", ł: "l", ı: "i", ς: "σ", ى: "ي", ة: "ه" };
  const UNSPACED = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17d3\\u3005-\\u3007\\u3041-\\u3096\\u30a1-\\u30fa\\u30fc-\\u30fe" +
    "\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  const WORD = new RegExp(`[${UNSPACED}]+|(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\u0900-\\u0963\\u0966-\\u0dff\\u0f71-\\u0fbc])+`, "gu");
  const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, "u");
  const STOP = new Set(("a an and are as at be been but by for from had has have in is its of on or than that the their this to was were " +
    "which will with would b c d e f g h i j k l m n o p q r s t u v w x y z").split(" "));

  const fold = (text) => text.normalize("NFKD").toLowerCase()
    .replace(/[ßæœøđðþłıςىة]/g, (char) => PLAIN[char]).replace(MARKS, "").normalize("NFC");

  function split(text) {
    const folded = fold(text)
      .replace(/\b[a-z]\.(?:[a-z]\.){0,4}[a-z]\b/g, (found) => found.replaceAll(".", ""))
      .replace(/\b([a-z]{1,3})-(?=[0-9])/g, "$1");
    return (folded.match(WORD) ?? []).flatMap((run) => {
      const chars = [...run];
      return IS_UNSPACED.test(run) && chars.length > 1 ? chars.slice(1).map((char, at) => chars[at] + char) : [run];
    });
  }

  // ---- Numbers as text, see codec.py.

  const DIGITS = new Uint8Array(128);
  [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].forEach((char, value) => { DIGITS[char.charCodeAt(0)] = value; });

  function decode(text) {
    const numbers = [];
    for (let at = 0, number = 0, shift = 0; at < text.length; at++) {
      const digit = DIGITS[text.charCodeAt(at)];
      number |= (digit & 31) << shift;
      shift += 5;
      if (digit < 32) { numbers.push(number); number = shift = 0; }
    }
    return numbers;
  }

  function decodeAscending(text) {
    let last = 0;
    return decode(text).map((gap) => (last += gap));
  }

  // ---- Files of the index, each asked for once.

  const files = new Map();

  function read(path, version) {
    if (!files.has(path)) {
      const answer = fetch(`${home}${path}${version ? `?${version}` : ""}`, { cache: version ? "default" : "no-cache" })
        .then((response) => (response.ok ? response.json() : Promise.reject(new Error(response.status))))
        .catch((cause) => { files.delete(path); throw new Error(path, { cause }); });
      files.set(path, answer);
    }
    return files.get(path);
  }

  let rootAnswer;

  function readRoot() {
    rootAnswer ??= read("index.json").then((root) => {
      const counts = root.days.map((text) => decode(text).length);
      root.bases = [];
      root.size = 0;
      for (const count of counts) {
        root.bases.push(root.size);
        root.size += Math.max(16, 2 ** Math.ceil(Math.log2(count)));
      }
      root.total = counts.reduce((sum, count) => sum + count, 0);
      root.dayOf = new Int32Array(root.size);
      let day = 0;
      root.days.forEach((text, period) => decode(text).forEach((gap, slot) => { root.dayOf[root.bases[period] + slot] = day += gap; }));
      root.labels = Object.keys(root.periods).sort();
      root.readingOf = new Map();
      for (const [family, key, name, names] of root.readings) {
        for (const words of names.split("|")) if (!root.readingOf.has(words)) root.readingOf.set(words, { family, key, name });
      }
      return root;
    }).catch((problem) => { rootAnswer = undefined; throw problem; });
    return rootAnswer;
  }

  const fileName = (prefix) => `t-${prefix.replace(/[^a-z0-9]/gu, (char) => `_${char.codePointAt(0).toString(16)}`)}.json`;

  async function readShard(root, prefix) {
    const shard = await read(`terms/${fileName(prefix)}`, root.terms[prefix]);
    if (!shard.rowsOf) {
      shard.prefix = prefix;
      shard.rowsOf = new Map();
      shard.words.forEach((forms, row) => forms.split(" ").forEach((form) => {
        shard.rowsOf.set(form, [...(shard.rowsOf.get(form) ?? []), row]);
      }));
    }
    return shard;
  }

  const startOf = (word) => [...word].slice(0, 8).join("");

  // The longest beginning that has a shard.
  function findPrefix(root, start) {
    for (let length = start.length; length >= 0; length--) if (start.slice(0, length) in root.terms) return start.slice(0, length);
    return null;
  }

  // ---- Words → rows of shards. A row is {shard, row}.

  const rowsOf = (shard, form) => (shard.rowsOf.get(form) ?? []).map((row) => ({ shard, row }));

  async function findExact(root, word) {
    // Mostly the first is it; a word is elsewhere when its forms part early, as in "war" and "wars".
    const start = startOf(word);
    const prefixes = Array.from(start, (_, cut) => findPrefix(root, start.slice(0, Math.max(3, start.length - cut))));
    for (const prefix of new Set(prefixes)) {
      const rows = prefix === null ? [] : rowsOf(await readShard(root, prefix), word);
      if (rows.length) return rows;
    }
    return [];
  }

  // Null where too many words begin so: whoever types goes on.
  async function findBeginning(root, word) {
    if ([...word].length < (IS_UNSPACED.test(word) ? 1 : 3)) return null;
    const start = startOf(word);
    const prefixes = new Set([findPrefix(root, start), ...Object.keys(root.terms).filter((prefix) => prefix.startsWith(start))]);
    prefixes.delete(null);
    if (prefixes.size > 6) return null;
    const shards = await Promise.all([...prefixes].map((prefix) => readShard(root, prefix)));
    return shards.flatMap((shard) => shard.words.flatMap((forms, row) =>
      (forms.split(" ").some((form) => form.startsWith(word)) ? [{ shard, row }] : [])));
  }

  // The distance in letters put in, left out, changed or swapped with the next; more than `limit` is not counted out.
  function measureDistance(one, other, limit) {
    let before = [], last = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let i = 1; i <= one.length; i++) {
      const row = [i];
      for (let j = 1; j <= other.length; j++) {
        const changed = one[i - 1] === other[j - 1] ? 0 : 1;
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + changed);
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > limit) return limit + 1;
      [before, last] = [last, row];
    }
    return last[other.length];
  }

  async function findSpelling(root, word) {
    if (word.length < 4 || /\d/.test(word)) return [];
    const limit = word.length < 8 ? 1 : 2;
    const lengths = [0, -1, 1].map((step) => String(Math.min(word.length + step, 16)).padStart(2, "0"));
    const known = [...new Set(lengths)].filter((length) => length in root.lengths);
    const lists = await Promise.all(known.map((length) => read(`lengths/${length}.json`, root.lengths[length])));
    const near = lists.flatMap((list) => list.words.split(" ").map((form, place) => {
      const away = measureDistance(word, form, limit);
      return { form, away, cost: away + (form[0] === word[0] ? 0 : 0.5) + place / 1e6 };
    })).filter(({ away }) => away <= limit).sort((one, other) => one.cost - other.cost);
    return near.slice(0, 3).filter(({ away }) => away === near[0].away).map(({ form }) => form);
  }

  // What a word of a query finds: as it is, else as a beginning, else as another spelling.
  async function findWord(root, word, { exact = false, begins = false } = {}) {
    let rows = begins ? [] : await findExact(root, word);
    let spelt = [];
    const begun = rows.length || exact ? rows : await findBeginning(root, word);
    rows = begun ?? [];
    if (!rows.length && !exact && !begins) {
      spelt = await findSpelling(root, word);
      rows = (await Promise.all(spelt.map((form) => findExact(root, form)))).flat();
    }
    const found = { word, rows, isVague: !begun && !rows.length, spelt: rows.length ? spelt : [], forms: rows.flatMap(({ shard, row }) => shard.words[row].split(" ")) };
    found.hits = score(root, rows);
    return found;
  }

  // The numbers of the briefings that a row has, decoded once.
  function numbersOf(shard, row) {
    shard.decoded ??= [];
    return (shard.decoded[row] ??= decodeAscending(shard.numbers[row]));
  }

  // Number → score: the better of two rows counts, since they are forms of one word.
  function score(root, rows) {
    const hits = new Map();
    for (const { shard, row } of rows) {
      numbersOf(shard, row).forEach((number, at) => {
        hits.set(number, Math.max(hits.get(number) ?? 0, DIGITS[shard.levels[row].charCodeAt(at)]));
      });
    }
    const rarity = Math.log(1 + (root.total - hits.size + 0.5) / (hits.size + 0.5));
    for (const [number, level] of hits) hits.set(number, (level + 1) * rarity);
    return hits;
  }

  // ---- Phrases.

  // Number → places of a word in that text, for the texts in `hits`.
  async function readPlaces(root, { rows }, hits) {
    const placesOf = new Map();
    for (const { shard, row } of rows) {
      const { places } = await read(`places/${fileName(shard.prefix)}`, root.terms[shard.prefix]);
      const texts = places[row].split(" ");
      numbersOf(shard, row).forEach((number, at) => {
        if (hits.has(number)) placesOf.set(number, new Set([...(placesOf.get(number) ?? []), ...decode(texts[at])]));
      });
    }
    return placesOf;
  }

  async function keepPhrases(root, found, offsets, hits) {
    const places = await Promise.all(found.map((word) => readPlaces(root, word, hits)));
    for (const number of hits.keys()) {
      const [first, ...others] = places.map((placesOf) => placesOf.get(number) ?? new Set());
      const stands = [...first].some((place) => others.every((set, at) => set.has(place + offsets[at + 1] - offsets[0])));
      if (!stands) hits.delete(number);
    }
  }

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

  const FAMILIES = { country: "Country", pair: "Country pair", sector: "Sector", kind: "Kind", publisher: "Publisher", year: "Year", language: "Language" };
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
    if (family === "year") return (root.years ??= findYears(root));
    const facet = await read(`facets/${family}.json`, root.facets[family]);
    return (facet.decoded ??= facet.values.map(([key, name, text]) =>
      ({ key, name: family === "language" ? nameLanguage(key) : name, numbers: decodeAscending(text) })));
  }

  function findYears(root) {
    const years = new Map();
    root.dayOf.forEach((day, number) => {
      if (!day) return;
      const year = String(toDate(day).getUTCFullYear());
      if (!years.has(year)) years.set(year, []);
      years.get(year).push(number);
    });
    return [...years].reverse().map(([key, numbers]) => ({ key, name: key, numbers }));
  }

  // For each filter a mark for every number that it lets through: facets by family, and "date".
  async function readFilters(root, state) {
    const filters = new Map();
    for (const family of Object.keys(FAMILIES)) {
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
      const label = name === "date" ? "with any date" : `with any ${FAMILIES[name].toLowerCase()}`;
      ways.push([label, matched.filter((number) => passes(filters, number, name)).length, change]);
    }
    return ways.filter(([, count]) => count !== 0);
  }

  // ---- State and address.

  const LISTS = Object.keys(FAMILIES);
  const SORTS = ["relevance", "newest", "oldest"];

  function readState() {
    const given = new URLSearchParams(location.search);
    const state = { q: given.get("q") ?? "", from: given.get("from") ?? "", to: given.get("to") ?? "", sort: given.get("sort") ?? "" };
    if (!SORTS.includes(state.sort)) state.sort = "relevance";
    for (const family of LISTS) state[family] = given.getAll(family);
    return state;
  }

  function addressOf(state) {
    const given = new URLSearchParams();
    for (const name of ["q", ...LISTS, "from", "to"]) for (const value of [state[name]].flat()) if (value) given.append(name, value);
    if (state.sort !== "relevance") given.set("sort", state.sort);
    return location.pathname + (String(given) && `?${given}`);
  }

  const isEmpty = (state) => !split(state.q).length && !state.from && !state.to && LISTS.every((family) => !state[family].length);

  let state = readState();
  let shown = 10;
  // What is typed in one go is one step back; each choice is a step of its own.
  let isTyping = false;

  function change(changes, { typed = false, entered = false } = {}) {
    state = { ...state, ...changes };
    shown = 10;
    const address = addressOf(state);
    const isStep = address !== location.pathname + location.search && !((typed || entered) && isTyping);
    history[isStep ? "pushState" : "replaceState"](null, "", address);
    isTyping = typed;
    run();
  }

  // ---- What is shown.

  const [input, from, to, sort, status, notes, list, facets, more] =
    ["query", "from", "to", "sort", "status", "notes", "results", "facets", "more"].map(part);

  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value === true || value === false) element.toggleAttribute(name, value);
      else element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  }

  const countOf = (number) => `${number.toLocaleString("en")} ${number === 1 ? "briefing" : "briefings"}`;

  // The pieces of a text, with <mark> around the words that were found.
  function highlight(text, forms, needles) {
    const pieces = [];
    let end = 0;
    const add = (start, stop) => { pieces.push(text.slice(end, start), make("mark", {}, text.slice(start, stop))); end = stop; };
    for (const match of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
      if (IS_UNSPACED.test(match[0])) {
        const needle = needles.find((item) => match[0].includes(item));
        if (needle) add(match.index + match[0].indexOf(needle), match.index + match[0].indexOf(needle) + needle.length);
      } else if (forms.has(fold(match[0]))) add(match.index, match.index + match[0].length);
    }
    return [...pieces, text.slice(end)];
  }

  const countMarks = (pieces) => new Set(pieces.filter((piece) => piece.nodeName === "MARK").map((mark) => fold(mark.textContent))).size;

  function excerpt(texts, forms, needles) {
    const choices = texts.filter(Boolean).map((text) => highlight(text, forms, needles));
    return choices.reduce((best, pieces) => (best && countMarks(best) >= countMarks(pieces) ? best : pieces), null) ?? [];
  }

  async function readDocument(root, number) {
    let period = 0;
    while (period + 1 < root.bases.length && root.bases[period + 1] <= number) period++;
    const slot = number - root.bases[period];
    const label = root.labels[period];
    const { documents } = await read(`documents/${label}-${Math.floor(slot / root.block)}.json`, root.periods[label]);
    return documents[slot % root.block];
  }

  async function makeResult({ root, conditions }, number) {
    const [id, title, lang, about, summary, ...points] = await readDocument(root, number);
    const forms = new Set(conditions.flatMap((condition) => [...condition.forms]));
    const needles = conditions.map(({ text }) => text).filter((text) => IS_UNSPACED.test(text));
    const url = `${site}${root.briefings.slice(1)}${id}/`;
    const date = toDate(root.dayOf[number]);
    const heading = highlight(title, forms, needles);
    const words = excerpt([summary, ...points], forms, needles);
    const text = make("p", { class: "result-text" }, ...words);
    const time = make("time", { datetime: date.toISOString().slice(0, 10) },
      date.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }));
    const item = make("li", { class: "result", dir: "auto", ...(lang && lang !== document.documentElement.lang ? { lang } : {}) },
      make("h3", { class: "result-title" }, make("a", { href: url }, ...heading)),
      make("p", { class: "result-about" }, time, about ? ` · ${about}` : ""), text);
    if (conditions.length && root.excerpts && !countMarks(heading) && !countMarks(words)) item.lookUp = () => showPassage(url, text, forms, needles);
    return item;
  }

  // Where neither title nor summary has a word of the query, the passage of the text that has most of them.
  async function showPassage(url, text, forms, needles) {
    const response = await fetch(`${url}index.md`).catch(() => null);
    if (!response?.ok) return;
    const [body] = (await response.text()).split("\n## Terms\n");
    const lines = body.split("\n").filter((line) => /^[^#|\s]/.test(line));
    const best = excerpt(lines.map((line) => line.replace(/\]\([^)]*\)/g, "").replace(/[*_`[]/g, "")), forms, needles);
    if (!countMarks(best)) return;
    const first = best.findIndex((piece) => piece.nodeName === "MARK");
    const before = best.slice(0, first).join("");
    const after = best.slice(first).map((piece) => piece.textContent ?? piece).join("");
    const start = before.length > 120 ? `… ${before.slice(-110).replace(/^\S*\s/, "")}` : before;
    const stop = after.length > 220 ? `${after.slice(0, 210).replace(/\s\S*$/, "")} …` : after;
    text.replaceChildren(...highlight(start + stop, forms, needles));
  }

  async function showResults(answer, ticket) {
    const { numbers } = answer;
    const wanted = numbers.slice(0, shown);
    // The best three first: ten results may be in ten files.
    for (const end of new Set([Math.min(3, wanted.length), wanted.length])) {
      const items = await Promise.all(wanted.slice(0, end).map((number) => makeResult(answer, number)));
      if (ticket !== latest) return;
      list.replaceChildren(...items);
      if (end === wanted.length) items.forEach((item) => item.lookUp?.());
    }
    more.hidden = numbers.length <= shown;
    more.textContent = `Show ${Math.min(10, numbers.length - shown)} more of ${numbers.length.toLocaleString("en")}`;
  }

  const button = (label, changes) => make("button", { type: "button", class: "result-way", onclick: () => { change(changes); input.value = state.q; input.focus(); } }, label);

  function showNotes(answer) {
    const { conditions, numbers, held } = answer;
    const lines = [];
    const read = conditions.filter(({ reading, text }) => reading && fold(reading.name) !== fold(text));
    if (read.length) {
      lines.push(make("p", {}, "Read as ", ...read.flatMap(({ text, reading }, at) =>
        [at ? " + " : "", make("b", {}, reading.name), ` (“${text}”)`]), "."));
    }
    for (const { word, spelt } of conditions.flatMap((condition) => condition.spelt)) {
      lines.push(make("p", {}, `No briefing has “${word}”; searched for `, make("b", {}, spelt.join(", ")), "."));
    }
    const missing = conditions.filter(({ hits, vague }) => !hits.size && !vague).map(({ text }) => `“${text}”`);
    const ways = !numbers.length || held < conditions.length ? findLoosenings(answer) : [];
    if (missing.length) lines.push(make("p", {}, `No briefing has ${missing.join(" or ")}.`));
    if (ways.length) {
      lines.push(make("p", {}, "Loosen one condition: ", ...ways.flatMap(([label, count, changes], at) =>
        [at ? " " : "", button(count === null ? label : `${label} (${countOf(count)})`, changes)])));
    }
    notes.replaceChildren(...lines);
  }

  function sentenceOf({ numbers, conditions, held, root }) {
    if (!root.total) return "The archive has no briefings yet.";
    const vague = conditions.find((condition) => condition.vague)?.vague;
    if (vague) return `Too many words begin with “${vague}”; type another letter.`;
    if (!numbers.length) return "No briefing matches.";
    if (held < conditions.length) return `No briefing has all ${conditions.length} conditions; ${countOf(numbers.length)} ${numbers.length === 1 ? "has" : "have"} ${held}.`;
    return `${countOf(numbers.length)} found.`;
  }

  const FIRST_VALUES = 8;
  const opened = new Set();

  async function showFacets(answer, ticket) {
    const { root, filters, matched, numbers, held, conditions } = answer;
    const base = held < conditions.length ? numbers : matched;
    const lists = await Promise.all(LISTS.map(async (family) => [family, await readFacet(root, family)]));
    if (ticket !== latest) return;
    const focused = document.activeElement?.id;
    facets.replaceChildren(...lists.flatMap(([family, values]) => {
      const marks = new Uint8Array(root.size);
      for (const number of base) if (passes(filters, number, family)) marks[number] = 1;
      const counted = values.map((value) => ({ ...value, count: value.numbers.reduce((sum, number) => sum + marks[number], 0) }))
        .filter(({ key, count }) => count || state[family].includes(key));
      if (family !== "year") counted.sort((one, other) => other.count - one.count || (one.name < other.name ? -1 : 1));
      return counted.length ? [makeFacet(family, counted)] : [];
    }));
    if (focused) document.getElementById(focused)?.focus();
  }

  function makeFacet(family, values) {
    const isChosen = (key) => state[family].includes(key);
    const visible = opened.has(family) ? values : values.filter(({ key }, at) => at < FIRST_VALUES || isChosen(key));
    const rows = visible.map(({ key, name, count }) => make("li", {}, make("label", {},
      make("input", {
        type: "checkbox", id: `facet-${family}-${key}`, checked: isChosen(key),
        onchange: () => change({ [family]: isChosen(key) ? state[family].filter((other) => other !== key) : [...state[family], key] }),
      }), ` ${name} `, make("span", { class: "number" }, count.toLocaleString("en")))));
    const rest = values.length - visible.length;
    const show = make("button", { type: "button", id: `facet-${family}-more`, onclick: () => { opened.add(family); run(); } }, `${rest} more`);
    return make("fieldset", { class: "search-facet" }, make("legend", {}, FAMILIES[family]), make("ul", {}, ...rows), ...(rest ? [show] : []));
  }

  function showProblem(problem) {
    list.replaceChildren();
    more.hidden = true;
    status.textContent = "The search could not be finished.";
    notes.replaceChildren(make("p", { class: "search-problem" },
      `A part of the search index is missing or cannot be reached (${problem.message}). What you typed is kept. `,
      make("button", { type: "button", onclick: run }, "Try again")));
  }

  let latest = 0;

  async function run() {
    const ticket = ++latest;
    const empty = isEmpty(state);
    part("body").hidden = empty;
    document.querySelector("[data-directory]")?.toggleAttribute("hidden", !empty);
    if (empty) { status.textContent = ""; notes.replaceChildren(); list.replaceChildren(); return; }
    const slow = setTimeout(() => { if (ticket === latest) status.textContent = "Searching…"; }, 400);
    list.setAttribute("aria-busy", "true");
    try {
      const answer = await search(state);
      if (ticket !== latest) return;
      clearTimeout(slow);
      showNotes(answer);
      await showResults(answer, ticket);
      if (ticket !== latest) return;
      status.textContent = sentenceOf(answer);
      await showFacets(answer, ticket);
    } catch (problem) {
      if (ticket === latest) showProblem(problem);
    } finally {
      clearTimeout(slow);
      if (ticket === latest) list.removeAttribute("aria-busy");
    }
  }

  // ---- Listening.

  function show() {
    [input.value, from.value, to.value, sort.value] = [state.q, state.from, state.to, state.sort];
    run();
  }

  let typing;
  input.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => change({ q: input.value.trim() }, { typed: true }), 150);
  });
  part("form").addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(typing);
    change({ q: input.value.trim() }, { entered: true });
  });
  for (const field of [from, to]) {
    field.addEventListener("change", () => {
      const isWrong = field.value.trim() !== "" && toDay(field.value, field === to) === null;
      field.setCustomValidity(isWrong ? "Write a year, a month or a day: 2023, 2023-01 or 2023-01-31." : "");
      if (field.reportValidity()) change({ from: from.value.trim(), to: to.value.trim() });
    });
  }
  sort.addEventListener("change", () => change({ sort: sort.value }));
  more.addEventListener("click", async () => {
    const first = shown;
    shown += 10;
    await run();
    list.children[first]?.querySelector("a").focus();
  });
  app.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const links = [input, ...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (!step || at < 0 || !links[at + step]) return;
    event.preventDefault();
    links[at + step].focus();
  });
  addEventListener("popstate", () => { [state, shown, isTyping] = [readState(), 10, false]; show(); });

  app.hidden = false;
  part("filters").open = matchMedia("(min-width: 60rem)").matches;
  show();
  if (!state.q) input.focus({ preventScroll: true });
})();
