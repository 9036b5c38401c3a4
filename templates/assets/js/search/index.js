// The files of the index: their format is described in generator/publish/search/. Nothing of a query leaves the browser but their
// names.

const home = new URL(document.querySelector("[data-search]").dataset.search, location.href).href;
const site = new URL("..", home).href;

// ---- Numbers as text, see codec.py.

// The last digit of a number is one of "#" to "B", any other one of "]" to "|".
function decode(text) {
  const numbers = [];
  let number = 0, shift = 0;
  for (const char of text) {
    const isLast = char < "]";
    number |= (char.charCodeAt() - (isLast ? 35 : 93)) << shift;
    shift += 5;
    if (isLast) { numbers.push(number); number = shift = 0; }
  }
  return numbers;
}

function decodeAscending(text) {
  let last = 0;
  return decode(text).map((gap) => (last += gap));
}

// ---- Files of the index, each asked for once; the names of all but the root end in their version.

const files = new Map();
// Words that say nothing, and months, once the root is there.
let STOP, MONTHS;

function read(path, version) {
  const name = version ? `${path}.${version}.json` : path;
  if (!files.has(name)) {
    const answer = fetch(home + name, { cache: version ? "default" : "no-cache" })
      .then((response) => (response.ok ? response.json() : Promise.reject(new Error(response.status))))
      // The archive may have been published anew since the root was read: another try begins with the root.
      .catch((cause) => { files.clear(); throw new Error(name, { cause }); });
    files.set(name, answer);
  }
  return files.get(name);
}

async function readRoot() {
  const root = await read("index.json");
  if (root.dayOf) return root;
  STOP = new Set(root.stop.split(" "));
  MONTHS = root.months.split(" ");
  root.dayOf = new Map();
  root.documents = [];
  for (const [label, [text, ...versions]] of Object.entries(root.periods).sort()) {
    const base = root.documents.length * root.block;
    const days = decodeAscending(text);
    days.forEach((day, at) => root.dayOf.set(base + at, day));
    // A period takes as many numbers as the power of two that holds its briefings.
    const size = Math.max(16, 2 ** Math.ceil(Math.log2(days.length)));
    for (let at = 0; at < size / root.block; at++) root.documents.push([`documents/${label}-${at}`, versions[at]]);
  }
  root.days = [...root.dayOf.values()];
  root.readingOf = new Map();
  for (const [family, key, name, names] of root.readings) {
    for (const words of names.split("|")) if (!root.readingOf.has(words)) root.readingOf.set(words, { family, key, name });
  }
  return root;
}

async function readDocument(root, number) {
  const { documents } = await read(...root.documents[Math.floor(number / root.block)]);
  return documents[number % root.block];
}

const fileName = (prefix) => "t-" + prefix.replace(/[^a-z0-9]/gu, (char) => "_" + char.codePointAt(0).toString(16));

async function readShard(root, prefix) {
  const shard = await read(`terms/${fileName(prefix)}`, root.terms[prefix]);
  let row = 0;
  shard.prefix = prefix;
  shard.stems ??= shard.words.map((words) => words.split(" ").map((form) => ({ shard, form, row: row++ })));
  return shard;
}

// The beginnings that have a shard in which the word may be: the longest of all its letters, of all but the last, down to three.
function findPrefixes(root, start) {
  const known = Array.from(start + " ", (_, cut) => start.slice(0, start.length - cut)).filter((prefix) => prefix in root.terms);
  return known.filter((_, at) => !(known[at - 1]?.length <= 3));
}

// ---- Words → rows of shards. A row is {shard, form, row}; whoever asks for a form asks for all of its stem.

async function findExact(root, word) {
  // Mostly the first is it; a word is elsewhere when its forms part early, as in "war" and "wars", or do so in another language.
  const prefixes = findPrefixes(root, startOf(word));
  const find = async (prefix) => (await readShard(root, prefix)).stems.filter((rows) => rows.some(({ form }) => form === word)).flat();
  if (!root.isOneLanguage) return (await Promise.all(prefixes.map(find))).flat();
  for (const prefix of prefixes) {
    const rows = await find(prefix);
    if (rows.length) return rows;
  }
  return [];
}

// Null where too many words begin so: whoever types goes on. Such words are also filed under less than their beginning, as "india"
// under "indi".
async function findBeginning(root, word) {
  const start = startOf(word);
  const own = new Set(findPrefixes(root, start));
  const longer = Object.keys(root.terms).filter((prefix) => prefix.startsWith(start) && !own.has(prefix));
  const isShort = [...word].length < (IS_UNSPACED.test(word) ? 1 : 3);
  if (longer.length > (isShort ? 0 : 5)) return null;
  const shards = await Promise.all([...own, ...longer].map((prefix) => readShard(root, prefix)));
  const rows = shards.flatMap(({ stems }) => stems.flat().filter(({ form }) => form.startsWith(word)));
  return isShort && rows.length ? null : rows;
}

// Which letters are doubled is what most slips are about: "tarrif", "comittee".
const undouble = (word) => word.replace(/(.)\1/g, "$1");

// How many letters are put in, left out, changed or swapped with the next; Infinity where they are more than `most`.
function measureDistance(one, other, most) {
  while (one && one[0] === other[0]) [one, other] = [one.slice(1), other.slice(1)];
  if (one === other) return 0;
  if (!most) return Infinity;
  const measure = (left, right) => measureDistance(one.slice(left), other.slice(right), most - 1);
  const changed = one[0] === other[1] && one[1] === other[0] ? 2 : 1;
  return 1 + Math.min(measure(0, 1), measure(1, 0), measure(changed, changed));
}

// Doubled letters count for nothing, if that is nearer. Hardly anybody mistakes the first letter; a short word is near too many others.
async function findSpelling(root, word) {
  const names = Object.keys(root.spellings).sort();
  if (word.length < 5 || /\d/.test(word) || !names.length) return [];
  const known = [0, -1, 1].map((step) => names.findLast((name) => name <= Math.min(word.length + step, 16)) ?? names[0]);
  const lists = await Promise.all([...new Set(known)].map((name) => read(`spellings/${name}`, root.spellings[name])));
  const near = lists.flatMap(({ words }) => words.split(" ")).filter((form) => form[0] === word[0])
    .map((form) => ({ form, away: Math.min(...[String, undouble].map((cut) => measureDistance(cut(word), cut(form), cut(word).length < 8 ? 1 : 2))) })).sort((one, other) => one.away - other.away);
  return near.slice(0, 3).filter(({ away }) => away < 3 && away === near[0].away).map(({ form }) => form);
}

// What a word of a query finds: as it is, else as a beginning, else as another spelling.
async function findWord(root, word, { exact, begins, isPhrase } = {}) {
  let rows = begins ? [] : await findExact(root, word);
  let spelt = [];
  const begun = rows.length || (exact && !begins) ? rows : await findBeginning(root, word);
  rows = begun ?? [];
  // In quotation marks a word is meant as it stands.
  if (isPhrase && rows.some(({ form }) => form === word)) rows = rows.filter(({ form }) => form === word);
  if (!rows.length && !exact && !begins && !isPhrase) {
    spelt = await findSpelling(root, word);
    rows = (await Promise.all(spelt.map((form) => findExact(root, form)))).flat();
  }
  const forms = rows.map(({ form }) => form);
  return { word, rows, isVague: !begun && !rows.length, spelt: rows.length ? spelt : [], forms, hits: score(root, rows, word) };
}

// How many times as much the very word that was asked for counts as another form of it. Once in a text, however short, it still
// counts less than such a form in a title.
const EXACT = 1.75;
const HIGHEST = 31 * EXACT;

// Number → score: the better of two rows counts, and not their sum: mostly they are forms of one word.
function score(root, rows, word) {
  const hits = new Map();
  for (const { shard, form, row } of rows) {
    const levels = decode(shard.levels[row]);
    decodeAscending(shard.numbers[row]).forEach((number, at) => {
      hits.set(number, Math.max(hits.get(number) ?? 0, levels[at] * (form === word ? EXACT : 1)));
    });
  }
  return weigh(root, hits);
}

function weigh(root, hits) {
  const rarity = Math.log(1 + (root.days.length - hits.size + 0.5) / (hits.size + 0.5));
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
    decodeAscending(shard.numbers[row]).forEach((number, at) => {
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
