"use strict";
(() => {
  const root = document.documentElement;
  const button = document.getElementById("theme");
  const dark = () =>
    root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
  const name = () => { button.textContent = dark() ? "Light theme" : "Dark theme"; };
  button.hidden = false;
  button.addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; name(); });
  name();

  // The browser's own tooltips come late and not at all on touch; ours take their texts.
  for (const title of document.querySelectorAll(".plot .t > title")) {
    title.parentNode.setAttribute("data-tip", title.textContent);
    title.remove();
  }
  const tip = document.createElement("div");
  tip.id = "tip";
  tip.hidden = true;
  tip.setAttribute("role", "status");
  document.body.append(tip);
  let shown = null;
  const hide = () => {
    if (shown) shown.classList.remove("on");
    shown = null;
    tip.hidden = true;
  };
  const show = (mark) => {
    hide();
    shown = mark;
    mark.classList.add("on");
    tip.textContent = mark.getAttribute("data-tip");
    tip.hidden = false;
    const at = mark.getBoundingClientRect();
    const middle = at.left + at.width / 2 - tip.offsetWidth / 2;
    const left = Math.max(8, Math.min(middle, root.clientWidth - tip.offsetWidth - 8));
    const above = at.top - tip.offsetHeight - 8;
    tip.style.left = left + scrollX + "px";
    tip.style.top = (above < 4 ? at.bottom + 8 : above) + scrollY + "px";
  };
  const markOf = (target) => (target instanceof Element ? target.closest("[data-tip]") : null);
  for (const event of ["pointerover", "pointerdown"]) {
    document.addEventListener(event, (e) => {
      const mark = markOf(e.target);
      if (mark) show(mark); else hide();
    });
  }
  document.addEventListener("keydown", (e) => {
    if (e.key === "Escape") hide();
    const plot = document.activeElement && document.activeElement.closest(".plot");
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[e.key];
    if (!plot || !step) return;
    const marks = [...plot.querySelectorAll("[data-tip]")];
    if (marks.length === 0) return;
    e.preventDefault();
    const from = marks.indexOf(shown);
    show(marks[from < 0 ? 0 : (from + step + marks.length) % marks.length]);
  });
  document.addEventListener("focusout", hide);
})();
