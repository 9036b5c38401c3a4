// Lets a reader tick feeds and makes an OPML file of them, which feed readers import. Nothing is sent anywhere.
(() => {
  "use strict";
  const page = document.querySelector("[data-feeds]");
  const button = page?.querySelector("[data-make]");
  if (!button) return;
  const status = page.querySelector("[data-chosen]");
  const escape = (text) => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);

  const boxes = [...page.querySelectorAll("li a")].map((link) => {
    const box = document.createElement("input");
    box.type = "checkbox";
    box.setAttribute("aria-label", link.textContent);
    link.before(box);
    return { box, link };
  });

  // All lists whose names have all of the words, whatever their accents.
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  let found = "";
  const narrow = (query) => {
    const words = fold(query).split(/\s+/).filter(Boolean);
    boxes.forEach(({ link }) => {
      const name = fold(link.textContent);
      link.parentElement.hidden = !words.every((word) => name.includes(word));
    });
    page.querySelectorAll("details").forEach((group) => {
      const isFound = group.querySelector("li:not([hidden])") !== null;
      group.hidden = !isFound;
      if (words.length && isFound) group.open = true;
    });
    const count = boxes.filter(({ link }) => !link.parentElement.hidden).length;
    found = !words.length ? "" : count ? `${count} ${count === 1 ? "list" : "lists"}` : "No list is called so";
  };
  const chosen = () => boxes.filter(({ box }) => box.checked).map(({ link }) => link);

  const show = () => {
    const count = chosen().length;
    button.disabled = !count;
    status.textContent = [found, count ? `${count} chosen` : !found && "Nothing chosen yet"].filter(Boolean).join(", ");
  };

  const dump = (links) => {
    const title = escape(document.title);
    const outlines = links.map(({ href, textContent }) =>
      `<outline type="rss" text="${escape(textContent)}" xmlUrl="${escape(href)}" htmlUrl="${escape(href.replace(/feed\.xml$/, ""))}"/>\n`);
    return `<?xml version="1.0" encoding="utf-8"?>\n<opml version="2.0">\n<head><title>${title}</title></head>\n<body>\n${outlines.join("")}</body>\n</opml>\n`;
  };

  button.addEventListener("click", () => {
    const file = document.createElement("a");
    file.href = URL.createObjectURL(new Blob([dump(chosen())], { type: "text/x-opml" }));
    file.download = "feeds.opml";
    file.click();
    setTimeout(() => URL.revokeObjectURL(file.href), 10_000);
  });
  page.addEventListener("change", show);
  page.querySelector("[data-narrow]").addEventListener("input", (event) => { narrow(event.target.value); show(); });
  show(); // Browsers keep ticks when a page is reloaded.
})();
