// Reloads the page when the preview has been built anew, and shows what is wrong when it could not be.
"use strict";
(() => {
  const here = document.currentScript.dataset.version;
  let panel = null;
  let dismissed = "";

  const element = (name, text, parent) => {
    const made = document.createElement(name);
    made.textContent = text;
    parent.append(made);
    return made;
  };

  const hide = () => {
    panel?.remove();
    panel = null;
  };

  const show = (problems) => {
    hide();
    panel = document.createElement("div");
    // A tree of its own keeps the theme's styles out, and the panel's styles in.
    const inside = panel.attachShadow({ mode: "open" });
    const style = element("link", "", inside);
    style.rel = "stylesheet";
    style.href = "/__bilateral/live.css";
    const box = element("section", "", inside);
    element("h2", "The last build failed. This page is as it was before.", box);
    const list = element("ul", "", box);
    for (const problem of problems) element("li", problem, list);
    const close = element("button", "Close (Escape)", box);
    close.type = "button";
    close.addEventListener("click", () => {
      dismissed = problems.join("\n");
      hide();
    });
    document.body.append(panel);
    // Said only once the panel stands in the page, or some screen readers miss it.
    box.setAttribute("role", "alert");
  };

  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel) panel.shadowRoot.querySelector("button").click();
  });

  const stream = new EventSource("/__bilateral/events");
  stream.addEventListener("message", (event) => {
    const { version, problems } = JSON.parse(event.data);
    if (version !== here) {
      location.reload();
    } else if (!problems.length) {
      dismissed = "";
      hide();
    } else if (problems.join("\n") !== dismissed) {
      show(problems);
    }
  });
})();
