// Text → words, by the same rules as generator/publish/search/words.py.

const MARKS = /(?=[\u0300-\u06ff\u093c\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f])\p{M}|[\u0640\u200c\u200d]/gu;
// Each letter with what it becomes.
const PLAIN = "ßss æae œoe øo đd ðd þth łl ıi ςσ ىي ةه".split(" ");
const UNSPACED = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17d3\\u3005-\\u3007\\u3041-\\u3096\\u30a1-\\u30fa\\u30fc-\\u30fe" +
  "\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const WORD = new RegExp(`[${UNSPACED}]+|(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\u0900-\\u0963\\u0966-\\u0dff\\u0f71-\\u0fbc])+`, "gu");
const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, "u");

const fold = (text) => PLAIN.reduce((folded, [char, ...plain]) => folded.replaceAll(char, plain.join("")), text.normalize("NFKD").toLowerCase())
  .replace(MARKS, "").normalize("NFC");

function split(text) {
  const folded = fold(text)
    .replace(/\b[a-z]\.(?:[a-z]\.){0,4}[a-z]\b|\b[a-z]{1,3}(?:-(?=[0-9])|\$)|\b[a-z]&[a-z]\b/g, (found) => found.replace(/[.&-]/g, "").replace("$", "d "));
  return (folded.match(WORD) ?? []).flatMap((run) => {
    const chars = [...run];
    return IS_UNSPACED.test(run) && chars.length > 1 ? chars.slice(1).map((char, at) => chars[at] + char) : [run];
  });
}

// What of a word decides on its shard.
const startOf = (word) => [...word].slice(0, 8).join("");
