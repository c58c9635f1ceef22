// Textareas with data-groeit are as high as their text.

function pas(veld) {
  if (!veld.offsetParent) return;
  const boven = window.scrollY;
  veld.style.height = "auto";
  veld.style.height = `${veld.scrollHeight + veld.offsetHeight - veld.clientHeight}px`;
  window.scrollTo({ top: boven, behavior: "instant" });
}

function pasAlles(binnen) {
  for (const veld of binnen.querySelectorAll("textarea[data-groeit]")) pas(veld);
}

document.addEventListener("input", (gebeurtenis) => {
  if (gebeurtenis.target.matches("textarea[data-groeit]")) pas(gebeurtenis.target);
});
document.addEventListener("toggle", (gebeurtenis) => pasAlles(gebeurtenis.target), true);
document.addEventListener("htmx:load", (gebeurtenis) => pasAlles(gebeurtenis.target));
window.addEventListener("resize", () => pasAlles(document));
document.fonts?.ready.then(() => pasAlles(document));
pasAlles(document);
