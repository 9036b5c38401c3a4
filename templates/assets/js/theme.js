// Loaded before the page is painted, so that a kept choice of colours never flashes.
(() => {
  "use strict";
  const root = document.documentElement;
  const key = "bilateral-scheme";
  const system = matchMedia("(prefers-color-scheme: dark)");

  // Storage is refused in some private windows; the choice then lasts for one page.
  const read = () => { try { return localStorage.getItem(key); } catch { return null; } };
  const keep = (scheme) => { try { localStorage.setItem(key, scheme); } catch { /* lasts for this page */ } };

  const isDark = () => (root.dataset.scheme ? root.dataset.scheme === "dark" : system.matches);
  const kept = read();
  if (kept === "dark" || kept === "light") root.dataset.scheme = kept;

  const setUpScheme = () => {
    const button = document.querySelector("[data-scheme-switch]");
    if (!button) return;
    const show = () => button.setAttribute("aria-pressed", String(isDark()));
    button.hidden = false;
    show();
    system.addEventListener("change", show);
    button.addEventListener("click", () => {
      root.dataset.scheme = isDark() ? "light" : "dark";
      keep(root.dataset.scheme);
      show();
    });
  };

  document.addEventListener("DOMContentLoaded", setUpScheme);
})();
