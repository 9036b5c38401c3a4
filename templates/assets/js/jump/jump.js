// The quick jump: Ctrl-K on any page, then a few letters of a country, a pair, a sector, a person, an organisation, a year or a title.
(() => {
  let dialog, input, list, status, groups, site, search;

  function build(link) {
    search = new URL(link.href);
    site = new URL("..", search).href;
    input = make("input", {
      type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": "jump-list", "aria-autocomplete": "list",
      "aria-label": "Jump to a country, pair, sector, person, organisation, year or briefing", autocomplete: "off", spellcheck: "false",
      placeholder: "Country, pair, sector, name or title", oninput: show, onkeydown: steer,
    });
    list = make("ul", {
      id: "jump-list", role: "listbox", "aria-label": "Suggestions",
      onclick: (event) => follow(event.target.closest("[role=option]")),
    });
    status = make("p", { class: "hidden", role: "status" });
    dialog = make("dialog", {
      class: "jump", "aria-label": "Quick jump", onclick: (event) => { if (event.target === dialog) dialog.close(); },
    }, input, list, status);
    document.body.append(dialog);
  }

  async function open(link) {
    if (!dialog) build(link);
    if (dialog.open) return;
    input.value = "";
    dialog.showModal();
    show();
    if (groups) return;
    try {
      const response = await fetch(new URL("jump.json", search), { cache: "no-cache" });
      if (!response.ok) throw new Error(response.status);
      groups = read((await response.json()).groups);
    } catch {
      status.classList.remove("hidden");
      status.textContent = "The names could not be loaded; the search page still finds everything.";
    }
    show();
  }

  // Each entry with its names in words; a pair also has the names of its countries, whose keys its own is made of.
  function read(groups) {
    const countries = new Map();
    return groups.map(([title, path, items]) => [title, items.map(([name, key, others = ""]) => {
      const names = [split(name).join(" "), ...others.split("|")];
      if (title === "Countries") {
        names.push(key);
        countries.set(key, names.join(" "));
      }
      if (title === "Pairs") names.push(key.split("-").map((code) => countries.get(code)).join(" "));
      return { title, name, names, words: names.join(" ").split(" "), url: `${site}${path.slice(1)}${key}/` };
    })]);
  }

  // Every word typed must begin a word of a name; what is called so comes first, then what begins so.
  function find(typed) {
    const wanted = split(typed);
    const whole = wanted.join(" ");
    const rank = ({ names }) => (names.includes(whole) ? 0 : names[0].startsWith(wanted[0]) ? 1 : 2);
    return (wanted.length ? groups ?? [] : []).flatMap(([, items]) =>
      items.filter(({ words }) => wanted.every((word) => words.some((other) => other.startsWith(word))))
        .sort((one, other) => rank(one) - rank(other)).slice(0, 5));
  }

  function show() {
    const typed = input.value.trim();
    const found = find(typed);
    if (typed) found.push({ name: `Search for “${typed}”`, title: "All briefings", url: `${search.href}?q=${encodeURIComponent(typed)}` });
    list.replaceChildren(...found.map(({ name, title, url }, at) =>
      make("li", { role: "option", id: `jump-${at}`, "data-url": url }, name, " ", make("span", { class: "jump-kind" }, title))));
    if (groups) status.textContent = typed ? `${found.length} suggestion${found.length === 1 ? "" : "s"}` : "";
    choose(0);
  }

  function choose(at) {
    const options = [...list.children];
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
    if (options[at]) {
      input.setAttribute("aria-activedescendant", options[at].id);
      options[at].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  function steer(event) {
    const options = [...list.children];
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length) choose((at + step + options.length) % options.length);
    // Enter also ends the writing of a Korean or Japanese word.
    else if (event.key === "Enter" && !event.isComposing) follow(options[at]);
    else return;
    event.preventDefault();
  }

  function follow(option) {
    if (option) location.href = option.dataset.url;
  }

  document.addEventListener("keydown", (event) => {
    const link = document.querySelector("[data-jump]");
    const isShortcut = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
    if (!link || event.defaultPrevented || !isShortcut) return;
    event.preventDefault();
    open(link);
  });
})();
