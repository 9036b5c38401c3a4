// Loaded before the page is painted, so that a kept choice of colours never flashes. Without it everything can still be read.
(() => {
  "use strict";
  const root = document.documentElement;
  const key = "bilateral-scheme";
  const system = matchMedia("(prefers-color-scheme: dark)");

  // Storage is refused in some private windows; the choice then lasts for one page.
  const read = () => { try { return localStorage.getItem(key); } catch { return null; } };
  const keep = (scheme) => { try { localStorage.setItem(key, scheme); } catch { /* It lasts for this page. */ } };

  const isDark = () => (root.dataset.scheme ? root.dataset.scheme === "dark" : system.matches);
  const kept = read();
  if (kept === "dark" || kept === "light") root.dataset.scheme = kept;
  // What needs scripts has its place on the page from the first moment, so that nothing moves when it begins to work.
  root.dataset.scripted = "";

  const setUpScheme = (button) => {
    const show = () => button.setAttribute("aria-pressed", String(isDark()));
    show();
    system.addEventListener("change", show);
    button.hidden = false;
    button.addEventListener("click", () => {
      root.dataset.scheme = isDark() ? "light" : "dark";
      keep(root.dataset.scheme);
      show();
    });
  };

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-scheme-switch]").forEach(setUpScheme));
})();
