// A briefing that was found → its entry in the list, with what was found in it marked.

const makeButton = (label, onclick, attributes = {}) => make("button", { type: "button", onclick, ...attributes }, label);
const countOf = (number) => `${number.toLocaleString("en")} ${number === 1 ? "briefing" : "briefings"}`;

// The pieces of a text, with <mark> around the words that were found.
function highlight(text, { forms, needles }) {
  const pieces = [];
  let end = 0;
  for (const { 0: word, index } of text.matchAll(/[a-z](?:\.[a-z])+\b|[a-z]{1,3}-\d+|[\p{L}\p{N}\p{M}]+/giu)) {
    const found = IS_UNSPACED.test(word) ? needles.find((needle) => word.includes(needle)) : split(word).some((form) => forms.has(form)) && word;
    if (!found) continue;
    const start = index + word.indexOf(found);
    pieces.push(text.slice(end, start), make("mark", {}, found));
    end = start + found.length;
  }
  return [...pieces, text.slice(end)];
}

const countMarks = (pieces) => new Set(pieces.filter((piece) => piece.nodeName === "MARK").map((mark) => fold(mark.textContent))).size;

// The text with most of the words that were found, the first of several.
function chooseText(texts, wanted) {
  const choices = texts.filter(Boolean).map((text) => highlight(text, wanted));
  return choices.sort((one, other) => countMarks(other) - countMarks(one))[0] ?? [];
}

async function makeResult({ root, conditions, wanted }, number) {
  const [id, title, lang, about, summary, ...points] = await readDocument(root, number);
  const url = `${site}${root.briefings.slice(1)}${id}/`;
  const date = new Date((root.dayOf.get(number) - EPOCH) * 864e5);
  const heading = highlight(title, wanted);
  const words = chooseText([summary, ...points], wanted);
  const lacking = conditions.filter(({ hits }) => !hits.has(number)).map((condition) => ` · without ${quote([condition])}`);
  const text = make("p", { class: "result-text" }, ...words);
  // "Sat, 16 Aug 2025 00:00:00 GMT"
  const time = make("time", { datetime: date.toISOString().slice(0, 10) }, date.toUTCString().slice(5, 16).replace(/^0/, ""));
  const item = make("li", { class: "result", dir: "auto", ...(lang && { lang }) },
    make("h3", { class: "result-title" }, make("a", { href: url }, ...heading)),
    make("p", { class: "result-about" }, time, about ? ` · ${about}` : "", ...lacking), text);
  if (wanted.forms.size + wanted.needles.length && root.excerpts && !countMarks(heading) && !countMarks(words)) item.lookUp = () => showPassage(url, text, wanted);
  return item;
}

const articles = new Map();

// Asked for once, since "more results" shows the same again.
function readArticle(url) {
  if (!articles.has(url)) articles.set(url, fetch(`${url}index.md`).then((response) => (response.ok ? response.text() : "")).catch(() => articles.delete(url) && ""));
  return articles.get(url);
}

// Where neither title nor summary has a word of the query, the passage of the text that has most of them.
async function showPassage(url, text, wanted) {
  const [, article = ""] = (await readArticle(url)).split(/\n## (?:Text|Terms)\n/);
  const lines = article.split("\n").filter((line) => /^[^#|\s]/.test(line));
  const best = chooseText(lines.map((line) => line.replace(/\]\([^)]*\)/g, "").replace(/[*_`[]/g, "")), wanted);
  if (!countMarks(best)) return;
  const first = best.findIndex((piece) => piece.nodeName === "MARK");
  const [before, after] = [best.slice(0, first), best.slice(first)].map((pieces) => pieces.map((piece) => piece.textContent ?? piece).join(""));
  const start = before.length > 120 ? `… ${before.slice(-110).replace(/^\S*\s/, "")}` : before;
  const stop = after.length > 220 ? `${after.slice(0, 210).replace(/\s\S*$/, "")} …` : after;
  text.replaceChildren(...highlight(start + stop, wanted));
}
