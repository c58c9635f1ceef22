// The button with data-afdrukken prints the page; without script it is not shown (the browser's own menu prints).
for (const knop of document.querySelectorAll("[data-afdrukken]")) {
  knop.addEventListener("click", () => window.print());
}
