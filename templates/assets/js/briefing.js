// What a briefing offers beyond its text: evidence marked in it, links to its paragraphs, citations to copy.
(() => {
  "use strict";
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // A button with two states: `change` is told the new one.
  const setUpSwitch = (button, change) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      const isOn = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(isOn));
      change(isOn);
    });
  };

  // The text of a block and where each of its text nodes starts, so that words can be found across links and emphasis.
  const readBlock = (block) => {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const nodes = [];
    let text = "";
    while (walker.nextNode()) {
      nodes.push([text.length, walker.currentNode]);
      text += walker.currentNode.data;
    }
    return { nodes, text: text.replace(/\s/g, " ") };
  };

  const makeRange = ({ nodes }, start, end) => {
    const range = new Range();
    const place = (offset) => nodes.findLast(([first], n) => first < offset || n === 0);
    const [first, from] = nodes.findLast(([at]) => at <= start);
    const [last, to] = place(end);
    range.setStart(from, start - first);
    range.setEnd(to, end - last);
    return range;
  };

  // The words that the evidence marks, found again in the text.
  const findEvidence = (text) => {
    const blocks = all("p, li, td, blockquote, h2, h3, h4", text).map(readBlock);
    return all("[data-quote]").flatMap((quote) => {
      const words = quote.textContent.replace(/\s/g, " ");
      const block = blocks.find((item) => item.text.includes(words));
      if (!block) return [];
      let at = block.text.indexOf(words);
      return [...quote.childNodes].flatMap((node) => {
        const start = at;
        at += node.textContent.length;
        return node.nodeName === "MARK" ? [makeRange(block, start, at)] : [];
      });
    });
  };

  const setUpEvidence = (button, text) => {
    if (!window.Highlight || !document.querySelector("[data-quote]")) return;
    setUpSwitch(button, (isOn) => {
      if (isOn) CSS.highlights.set("evidence", new Highlight(...findEvidence(text)));
      else CSS.highlights.delete("evidence");
    });
  };

  const setUpPermalinks = (button, text) => {
    setUpSwitch(button, (isOn) => {
      all(".permalink", text).forEach((link) => link.remove());
      if (!isOn) return;
      let paragraphs = 0;
      all("p[id], h2[id], h3[id], h4[id]", text).forEach((block) => {
        const name = block.nodeName === "P" ? `paragraph ${++paragraphs}` : `“${block.textContent}”`;
        const link = document.createElement("a");
        link.className = "permalink";
        link.href = `#${block.id}`;
        link.textContent = "¶";
        link.setAttribute("aria-label", `Link to ${name}`);
        block.append(link);
      });
    });
  };

  // With its italics, for a word processor, and without, for all else.
  const copy = (source) => {
    const plain = source.textContent.replace(/\s+/g, " ").trim();
    if (!window.ClipboardItem) return navigator.clipboard.writeText(plain);
    const forms = { "text/plain": plain, "text/html": source.innerHTML };
    return navigator.clipboard.write([new ClipboardItem(Object.fromEntries(
      Object.entries(forms).map(([type, text]) => [type, new Blob([text], { type })])))]);
  };

  const setUpCopy = (source) => {
    if (!navigator.clipboard) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy ${source.dataset.copy}`);
    const status = document.createElement("span");
    status.className = "hidden";
    status.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      try {
        await copy(source);
        button.textContent = status.textContent = "Copied";
      } catch {
        button.textContent = status.textContent = "Not allowed";
      }
      setTimeout(() => { button.textContent = "Copy"; status.textContent = ""; }, 2000);
    });
    source.after(button, status);
  };

  all("[data-copy]").forEach(setUpCopy);
  const text = document.querySelector("[data-text]");
  if (!text) return;
  all("[data-evidence-switch]").forEach((button) => setUpEvidence(button, text));
  all("[data-permalink-switch]").forEach((button) => setUpPermalinks(button, text));
})();
