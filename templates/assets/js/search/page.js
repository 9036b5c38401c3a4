// The search page: the address says what is asked, and what is shown follows the address.

const RESULTS = 10;
const FACET_VALUES = 8;

const app = document.querySelector("[data-search]");
// Each part of the page by the name in its `data-…`.
const { form, query: input, from, to, sort, status, notes, pages, chosen, body, filters, results: list, facets, more, skip } =
  Object.fromEntries(Array.from(app.querySelectorAll("*"), (element) => [Object.keys(element.dataset)[0], element]));
const directory = document.querySelector("[data-directory]");
const title = document.title;
let { quick } = app.dataset;

// ---- State and address.

let state, shown, typing, pause;
let latest = 0;
// What is typed in one go, until Enter or a pause, is one step back; each choice is a step of its own.
let isTyping = false;

function readState() {
  const given = new URLSearchParams(location.search);
  const read = Object.fromEntries(["q", "from", "to", "sort"].map((name) => [name, given.get(name) ?? ""]));
  sort.value = read.sort;
  read.sort = sort.value;
  for (const family of FAMILIES) read[family] = [...new Set(given.getAll(family))];
  return read;
}

function addressOf(state) {
  const given = new URLSearchParams();
  for (const name of ["q", ...FAMILIES, "from", "to", "sort"]) for (const value of [state[name]].flat()) if (value) given.append(name, value);
  return location.pathname + (String(given) && `?${given}`);
}

const isEmpty = (state) => !split(state.q).length && addressOf({ ...state, q: "", sort: "" }) === location.pathname;

// What has been typed counts also when something else is changed at once.
function change(changes, isSameStep = false) {
  clearTimeout(typing);
  state = { ...state, q: input.value.trim(), ...changes };
  shown = RESULTS;
  const address = addressOf(state);
  const isStep = address !== location.pathname + location.search && !isSameStep;
  history[isStep ? "pushState" : "replaceState"](null, "", address);
  fillForm();
  run();
}

function type(isOver) {
  change({}, isTyping);
  isTyping = !isOver;
  clearTimeout(pause);
  if (isTyping) pause = setTimeout(() => { isTyping = false; if (!status.textContent || !list.firstChild) run(); }, 1000);
}

const toggle = (family, key) => change({ [family]: state[family].includes(key) ? state[family].filter((other) => other !== key) : [...state[family], key] });

function fillForm() {
  if (input.value.trim() !== state.q) input.value = state.q;
  [from.value, to.value, sort.value] = [state.from, state.to, state.sort];
  for (const field of [from, to]) field.ariaInvalid = isNoDate(field.value);
}

// ---- What is shown of an answer.

// Screen readers tell what is set, so the same is not set twice.
const say = (text) => { if (status.textContent !== text) status.textContent = text; };

// Whoever stood on one of the old children comes to stand on the one in its place, or on the field.
function replace(place, children) {
  const at = [...place.children].findIndex((child) => child.contains(document.activeElement));
  place.replaceChildren(...children);
  if (at >= 0) (place.children[at] ?? place.lastElementChild ?? input).focus();
}

async function run() {
  const ticket = ++latest;
  const isCurrent = () => ticket === latest;
  const isNothing = isEmpty(state);
  directory.hidden = !isNothing;
  list.ariaBusy = isNothing ? null : "true";
  document.title = state.q ? `${state.q} · ${title}` : title;
  if (isNothing) {
    body.hidden = true;
    for (const place of [status, list, chosen, pages, notes]) replace(place, []);
    notes.told = "";
    return;
  }
  const slow = setTimeout(() => { if (isCurrent()) say("Searching…"); }, 400);
  const isFirstTry = !files.size;
  try {
    const answer = await search(state);
    if (!isCurrent()) return;
    clearTimeout(slow);
    // Where nothing is found and nothing chosen, there is nothing to filter or to sort.
    body.hidden = !answer.numbers.length && !answer.filters.size;
    if (body.hidden && body.contains(document.activeElement)) input.focus();
    await showChosen(answer);
    await showResults(answer, isCurrent);
    await showNotes(answer, isCurrent);
    if (!isCurrent()) return;
    say(sentenceOf(answer));
    showPages(answer, isCurrent);
    showFacets(answer, isCurrent).catch(() => {
      if (isCurrent()) facets.replaceChildren(make("p", { class: "search-problem" }, "The filters cannot be loaded."));
    });
  } catch (problem) {
    if (!isCurrent()) return;
    // The root that was read may be that of an older edition.
    if (isFirstTry || files.size) showProblem(problem);
    else await run();
  } finally {
    clearTimeout(slow);
    if (isCurrent()) list.ariaBusy = null;
  }
}

function showProblem(problem) {
  body.hidden = true;
  list.replaceChildren();
  say("The search could not be finished.");
  notes.told = "";
  notes.replaceChildren(make("p", { class: "search-problem" },
    `A part of the search index cannot be reached (${problem.message}). `, makeButton("Try again", () => run())));
}

const sayMissing = (missing) => `No briefing has ${quote(missing, " or ")}.`;

function sentenceOf({ numbers, conditions, missing, held, isCommon }) {
  const { vague, begins } = conditions.find((condition) => condition.vague) ?? {};
  if (vague) return isTyping ? "" : (begins ? "" : `No briefing has “${vague}”. `) + `Too many words begin with “${vague}”; type another letter.`;
  if (isCommon && !numbers.length) return isTyping ? "" : "These words are too common to be searched.";
  if (!numbers.length) return missing[0] && missing.length === conditions.length ? sayMissing(missing) : "No briefing matches.";
  if (held === conditions.length) return `${countOf(numbers.length)} found.`;
  return `No briefing has all conditions; ${countOf(numbers.length)} with ${held} of ${conditions.length}.`;
}

// The filters in force, each with its way out; on a small screen they would be out of sight.
async function showChosen({ root }) {
  const buttons = [];
  const add = (label, onclick) => buttons.push(makeButton(`${label} ×`, onclick, { "aria-label": `Remove the filter ${label}` }));
  for (const family of FAMILIES) {
    const names = new Map(state[family].length ? (await readFacet(root, family)).map(({ key, name }) => [key, name]) : []);
    for (const key of state[family]) add(names.get(key) ?? key, () => toggle(family, key));
  }
  for (const name of ["from", "to"]) if (toDay(state[name])) add(`${name} ${state[name]}`, () => change({ [name]: "" }));
  replace(chosen, buttons);
}

// Links to the pages of what is read, of the pairs of these countries, and of people by any of their names; whoever shares a name
// with one who is named in full is not meant. Whoever cannot have them has the results.
async function showPages({ conditions }, isCurrent) {
  const { groups = [] } = await read("jump.json").catch(() => []);
  const keys = conditions.map(({ reading }) => reading?.key);
  const words = new Set([
    ...conditions.flatMap(({ reading, text }) =>
      reading ? reading.family + reading.key : text.split(" ").map((word) => split(word.replace(/['’]s?$/, "")).join(""))),
    ...keys.flatMap((one) => keys.map((other) => `pair${one}-${other}`)),
  ]);
  const links = groups.flatMap(([, folder, entries, family]) => ["every", "some"].flatMap((has) => {
    const partsOf = ([, key, names = ""]) => (family === "person" ? names.split(" ") : [family + key]);
    const found = entries.filter((entry) => partsOf(entry)[has]((part) => words.has(part)));
    for (const part of found.flatMap(partsOf)) words.delete(part);
    return found;
  }).slice(0, 5).map(([name, key, , count]) => make("a", { href: `${site}${folder.slice(1)}${key}/` }, name, count ? ` (${countOf(count)})` : "")));
  if (isCurrent()) replace(pages, links);
}

// Lines of text and, in bold, what was made of it.
function explain({ root, state, conditions, missing, refused, isCut }) {
  const lines = [];
  // "ODA" is nothing where neither it nor its words stand in any briefing.
  const read = conditions.filter(({ reading, text, hits }) => hits.size && reading && fold(reading.name) !== fold(text));
  if (read.length) {
    lines.push(["Read as ", ...read.flatMap(({ text, reading, others }, at) => [at ? " + " : "", make("b", {}, reading.name), ` (“${text}”`, others ? `, also named by ${countOf(others)} of other dates)` : ")"]), "."]);
  }
  for (const { word, spelt } of conditions.flatMap((condition) => condition.spelt)) {
    lines.push([`No briefing has “${word}”; searched for `, make("b", {}, spelt.join(", ")), "."]);
  }
  // Where that is all, it is said as the result.
  if (missing.length && missing.length < conditions.length) lines.push([sayMissing(missing)]);
  if (missing.some(({ reading }) => reading?.isRange)) lines.push([root.span]);
  const known = refused.filter(({ hits }) => hits.size);
  if (known.length) lines.push([`Left out: briefings with ${quote(known, " or ")}.`]);
  for (const { vague } of refused) if (vague) lines.push([`Too many words begin with “${vague}”: none is left out.`]);
  // In a headline in capitals they are no more than words.
  if (/\b(OR|NOT)\b/.test(state.q) && /\p{Ll}/u.test(state.q)) lines.push(["OR and NOT are words here."]);
  if (isCut) lines.push([`Only the first ${MOST_CONDITIONS} words were searched.`]);
  for (const date of [state.from, state.to].filter(isNoDate)) lines.push([`“${date}” is not a date such as 2023 or 2023-01, and limits nothing.`]);
  if (toDay(state.from) > (toDay(state.to, true) ?? Infinity)) lines.push(["The range of dates ends before it begins."]);
  return lines;
}

async function showNotes(answer, isCurrent) {
  const { numbers, held, conditions, isCommon } = answer;
  const ways = (!numbers.length || held < conditions.length) && !isCommon ? await findLoosenings(answer) : [];
  if (!isCurrent()) return;
  const buttons = ways.map(([label, changes, count]) =>
    makeButton(count ? `${label} (${countOf(count)})` : label, () => { change(changes); input.focus(); }));
  const lines = explain(answer);
  if (buttons.length) lines.push(["Loosen:", ...buttons.flatMap((button) => [" ", button])]);
  const paragraphs = lines.map((line) => make("p", {}, ...line));
  // Screen readers tell what is set, so the same is not set twice.
  const told = JSON.stringify([paragraphs.map((line) => line.textContent), ways]);
  if (told !== notes.told) notes.replaceChildren(...paragraphs);
  notes.told = told;
  // Who finds nothing under the only word may find it in the directory.
  directory.hidden = Boolean(numbers.length || ways.length || isTyping);
}

async function showResults(answer, isCurrent) {
  const { numbers, conditions } = answer;
  answer.wanted = {
    forms: new Set(conditions.flatMap(({ forms }) => forms)),
    needles: conditions.flatMap(({ text }) => text.split(/[\s*]+/)).filter((text) => IS_UNSPACED.test(text)),
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

async function showFacets({ root, filters, matched }, isCurrent) {
  const lists = await Promise.all(FAMILIES.map(async (family) => [family, await readFacet(root, family)]));
  if (!isCurrent()) return;
  const focused = document.activeElement?.id;
  const opened = new Set([...facets.querySelectorAll("details[open]")].map(({ id }) => id));
  facets.replaceChildren(...lists.flatMap(([family, values]) => {
    const marked = new Set(matched.filter((number) => passes(filters, number, family)));
    const counted = values.map((value) => ({ ...value, count: value.numbers.filter((number) => marked.has(number)).length }))
      .filter(({ key, count }) => count || state[family].includes(key));
    counted.sort((one, other) => (family === "year" ? other.key - one.key : other.count - one.count));
    return counted.length ? [makeFacet(family, counted, opened)] : [];
  }));
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

function makeFacet(family, values, opened) {
  const makeRow = ({ key, name, count }) => {
    const box = { type: "checkbox", id: `facet-${family}-${key}`, checked: state[family].includes(key), onchange: () => toggle(family, key) };
    return make("li", {}, make("label", {}, make("input", box), ` ${name} `, make("span", { class: "number" }, count.toLocaleString("en"))));
  };
  const isHidden = ({ key }, at) => at >= FACET_VALUES && !state[family].includes(key);
  const rest = values.filter(isHidden);
  const lists = [make("ul", {}, ...values.filter((value, at) => !isHidden(value, at)).map(makeRow))];
  if (rest.length) {
    // Thousands of sources are only made when somebody wants to see them.
    const others = make("ul");
    const fill = () => { if (!others.firstChild) others.append(...rest.map(makeRow)); };
    const id = `facet-${family}-more`;
    lists.push(make("details", { id, open: opened.has(id), ontoggle: fill }, make("summary", { id: `${id}-summary` }, `${rest.length} more`), others));
    if (opened.has(id)) fill();
  }
  return make("fieldset", { class: "search-facet" }, make("legend", {}, family), ...lists);
}

// ---- Listening; once all parts of this script are there.

function listen() {
  input.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => type(false), 150);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    type(true);
  });
  for (const field of [from, to, sort]) field.addEventListener("change", () => change({ from: from.value.trim(), to: to.value.trim(), sort: sort.value }));
  more.addEventListener("click", async () => {
    const first = shown;
    shown += RESULTS;
    history.replaceState({ shown }, "");
    await run();
    list.children[first]?.querySelector("a").focus();
  });
  document.addEventListener("keydown", (event) => {
    // The quick jump is loaded when it is asked for: the field of this page finds the same and more.
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || !quick) return;
    const onload = () => document.dispatchEvent(new KeyboardEvent("keydown", event));
    app.append(make("script", { src: quick, integrity: app.dataset.integrity, crossorigin: "anonymous", onload }));
    quick = "";
    event.preventDefault();
  });
  skip.addEventListener("click", () => list.querySelector("a").focus());
  addEventListener("popstate", follow);
}

// What the address and the step in the history say.
function follow() {
  clearTimeout(typing);
  clearTimeout(pause);
  [state, shown, isTyping] = [readState(), history.state?.shown ?? RESULTS, false];
  input.value = state.q;
  fillForm();
  run();
}

addEventListener("DOMContentLoaded", () => {
  listen();
  app.hidden = false;
  filters.open = matchMedia("(min-width: 60rem)").matches;
  follow();
  if (!state.q) input.focus({ preventScroll: true });
});
