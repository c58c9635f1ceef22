// "/" puts the cursor in the search field, unless somebody is writing; Escape leaves it.

const schrijfbaar = "input, textarea, select, [contenteditable]";

document.addEventListener("keydown", (gebeurtenis) => {
  const veld = document.querySelector("[data-zoekveld]");
  if (!veld || gebeurtenis.ctrlKey || gebeurtenis.metaKey || gebeurtenis.altKey || gebeurtenis.isComposing) return;
  if (gebeurtenis.key === "/" && !gebeurtenis.target.closest?.(schrijfbaar)) {
    gebeurtenis.preventDefault();
    veld.focus();
    veld.select();
  } else if (gebeurtenis.key === "Escape" && gebeurtenis.target === veld) {
    veld.blur();
  }
});

// On a phone the drawer "Meer" closes on Escape and on a touch outside it.
document.addEventListener("click", (gebeurtenis) => {
  for (const lade of document.querySelectorAll("details.nav-meer[open]")) {
    if (!lade.contains(gebeurtenis.target)) lade.open = false;
  }
});
document.addEventListener("keydown", (gebeurtenis) => {
  const lade = document.querySelector("details.nav-meer[open]");
  if (gebeurtenis.key === "Escape" && lade) {
    lade.open = false;
    lade.querySelector("summary").focus();
  }
});
