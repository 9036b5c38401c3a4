// The search page: the address says what is asked, and what is shown follows the address.

const SORTS = ["relevance", "newest", "oldest"];
const RESULTS = 10;
const FACET_VALUES = 8;

const app = document.querySelector("[data-search]");
const part = (name) => app.querySelector(`[data-${name}]`);
const [form, input, from, to, sort, status, notes, chosen, body, filters, list, facets, more] =
  ["form", "query", "from", "to", "sort", "status", "notes", "chosen", "body", "filters", "results", "facets", "more"].map(part);

// ---- State and address.

let state;
let shown = RESULTS;
let latest = 0;
// What is typed in one go is one step back; each choice is a step of its own.
let isTyping = false;
const opened = new Set();

function readState() {
  const given = new URLSearchParams(location.search);
  const read = Object.fromEntries(["q", "from", "to", "sort"].map((name) => [name, given.get(name) ?? ""]));
  if (!SORTS.includes(read.sort)) read.sort = "relevance";
  for (const family of FAMILIES.keys()) read[family] = given.getAll(family);
  return read;
}

function addressOf(state) {
  const given = new URLSearchParams();
  for (const name of ["q", ...FAMILIES.keys(), "from", "to"]) for (const value of [state[name]].flat()) if (value) given.append(name, value);
  if (state.sort !== "relevance") given.set("sort", state.sort);
  return location.pathname + (String(given) && `?${given}`);
}

const isEmpty = (state) => !split(state.q).length && !state.from && !state.to && [...FAMILIES.keys()].every((family) => !state[family].length);

function change(changes, { typed = false, entered = false } = {}) {
  state = { ...state, ...changes };
  shown = RESULTS;
  const address = addressOf(state);
  const isStep = address !== location.pathname + location.search && !((typed || entered) && isTyping);
  history[isStep ? "pushState" : "replaceState"](null, "", address);
  isTyping = typed;
  if (!typed && !entered) fillForm();
  run();
}

const toggle = (family, key) => change({ [family]: state[family].includes(key) ? state[family].filter((other) => other !== key) : [...state[family], key] });

function fillForm() {
  [input.value, from.value, to.value, sort.value] = [state.q, state.from, state.to, state.sort];
}

// ---- What is shown of an answer.

async function run() {
  const ticket = ++latest;
  const isCurrent = () => ticket === latest;
  const isNothing = isEmpty(state);
  body.hidden = isNothing;
  document.querySelector("[data-directory]")?.toggleAttribute("hidden", !isNothing);
  for (const place of [notes, chosen, ...(isNothing ? [status, list] : [])]) if (isNothing) place.replaceChildren();
  if (isNothing) return;
  const slow = setTimeout(() => { if (isCurrent()) status.textContent = "Searching…"; }, 400);
  list.setAttribute("aria-busy", "true");
  try {
    const answer = await search(state);
    if (!isCurrent()) return;
    clearTimeout(slow);
    await showChosen(answer);
    showNotes(answer);
    await showResults(answer, isCurrent);
    if (!isCurrent()) return;
    status.textContent = sentenceOf(answer);
    await showFacets(answer, isCurrent);
  } catch (problem) {
    if (isCurrent()) showProblem(problem);
  } finally {
    clearTimeout(slow);
    if (isCurrent()) list.removeAttribute("aria-busy");
  }
}

function showProblem(problem) {
  body.hidden = true;
  list.replaceChildren();
  status.textContent = "The search could not be finished.";
  notes.replaceChildren(make("p", { class: "search-problem" },
    `A part of the search index is missing or cannot be reached (${problem.message}). What you typed is kept. `, makeButton("Try again", run)));
}

function sentenceOf({ numbers, conditions, held, root }) {
  if (!root.total) return "The archive has no briefings yet.";
  const vague = conditions.find((condition) => condition.vague)?.vague;
  if (vague) return `Too many words begin with “${vague}”; type another letter.`;
  if (!numbers.length) return "No briefing matches.";
  if (held === conditions.length) return `${countOf(numbers.length)} found.`;
  const all = conditions.length === 2 ? "both" : `all ${conditions.length}`;
  return `No briefing has ${all} conditions; ${countOf(numbers.length)} ${numbers.length === 1 ? "has" : "have"} ${held === 1 ? "one" : held}.`;
}

// The filters in force, each with its way out; on a small screen they would be out of sight.
async function showChosen({ root }) {
  const buttons = [];
  const add = (label, onclick) => buttons.push(makeButton(`${label} ×`, onclick, { "aria-label": `Remove the filter ${label}` }));
  for (const family of FAMILIES.keys()) {
    const names = new Map(state[family].length ? (await readFacet(root, family)).map(({ key, name }) => [key, name]) : []);
    for (const key of state[family]) add(names.get(key) ?? key, () => toggle(family, key));
  }
  if (state.from) add(`from ${state.from}`, () => change({ from: "" }));
  if (state.to) add(`to ${state.to}`, () => change({ to: "" }));
  chosen.replaceChildren(...buttons);
}

function showNotes(answer) {
  const { conditions, numbers, held } = answer;
  const lines = [];
  const read = conditions.filter(({ reading, text }) => reading && fold(reading.name) !== fold(text));
  if (read.length) {
    lines.push(["Read as ", ...read.flatMap(({ text, reading }, at) => [at ? " + " : "", make("b", {}, reading.name), ` (“${text}”)`]), "."]);
  }
  for (const { word, spelt } of conditions.flatMap((condition) => condition.spelt)) {
    lines.push([`No briefing has “${word}”; searched for `, make("b", {}, spelt.join(", ")), "."]);
  }
  const missing = conditions.filter(({ hits, vague }) => !hits.size && !vague).map(({ text }) => `“${text}”`);
  if (missing.length) lines.push([`No briefing has ${missing.join(" or ")}.`]);
  const ways = !numbers.length || held < conditions.length ? findLoosenings(answer) : [];
  const buttons = ways.flatMap(([label, count, changes]) =>
    [" ", makeButton(count === null ? label : `${label} (${countOf(count)})`, () => { change(changes); input.focus(); })]);
  if (ways.length) lines.push(["Loosen one condition:", ...buttons]);
  notes.replaceChildren(...lines.map((line) => make("p", {}, ...line)));
}

async function showResults(answer, isCurrent) {
  const { numbers, conditions } = answer;
  answer.wanted = {
    forms: new Set(conditions.flatMap((condition) => [...condition.forms])),
    needles: conditions.map(({ text }) => text).filter((text) => IS_UNSPACED.test(text)),
  };
  const wanted = numbers.slice(0, shown);
  // The best three first: ten results may be in ten files.
  for (const end of new Set([Math.min(3, wanted.length), wanted.length])) {
    const items = await Promise.all(wanted.slice(0, end).map((number) => makeResult(answer, number)));
    if (!isCurrent()) return;
    list.replaceChildren(...items);
    if (end === wanted.length) items.forEach((item) => item.lookUp?.());
  }
  more.hidden = numbers.length <= shown;
  more.textContent = `Show ${Math.min(RESULTS, numbers.length - shown)} more of ${numbers.length.toLocaleString("en")}`;
}

async function showFacets({ root, filters, matched, numbers, held, conditions }, isCurrent) {
  const base = held < conditions.length ? numbers : matched;
  const lists = await Promise.all([...FAMILIES.keys()].map(async (family) => [family, await readFacet(root, family)]));
  if (!isCurrent()) return;
  const focused = document.activeElement?.id;
  facets.replaceChildren(...lists.flatMap(([family, values]) => {
    const marks = new Uint8Array(root.size);
    for (const number of base) if (passes(filters, number, family)) marks[number] = 1;
    const counted = values.map((value) => ({ ...value, count: value.numbers.reduce((sum, number) => sum + marks[number], 0) }))
      .filter(({ key, count }) => count || state[family].includes(key));
    counted.sort((one, other) => (family === "year" ? other.key - one.key : other.count - one.count || (one.name < other.name ? -1 : 1)));
    return counted.length ? [makeFacet(family, counted)] : [];
  }));
  if (focused) document.getElementById(focused)?.focus();
}

function makeFacet(family, values) {
  const visible = values.filter(({ key }, at) => at < FACET_VALUES || opened.has(family) || state[family].includes(key));
  const rows = visible.map(({ key, name, count }) => {
    const box = { type: "checkbox", id: `facet-${family}-${key}`, checked: state[family].includes(key), onchange: () => toggle(family, key) };
    return make("li", {}, make("label", {}, make("input", box), ` ${name} `, make("span", { class: "number" }, count.toLocaleString("en"))));
  });
  const rest = values.length - visible.length;
  const show = makeButton(`${rest} more`, () => { opened.add(family); run(); }, { id: `facet-${family}-more` });
  return make("fieldset", { class: "search-facet" }, make("legend", {}, FAMILIES.get(family)), make("ul", {}, ...rows), ...(rest ? [show] : []));
}

// ---- Listening; once all parts of this script are there.

function listen() {
  let typing;
  input.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => change({ q: input.value.trim() }, { typed: true }), 150);
  });
  form.addEventListener("submit", (event) => {
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
    shown += RESULTS;
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
  addEventListener("popstate", () => {
    [state, shown, isTyping] = [readState(), RESULTS, false];
    fillForm();
    run();
  });
}

addEventListener("DOMContentLoaded", () => {
  state = readState();
  listen();
  app.hidden = false;
  filters.open = matchMedia("(min-width: 60rem)").matches;
  fillForm();
  run();
  if (!state.q) input.focus({ preventScroll: true });
});
