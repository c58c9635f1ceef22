// A second click on the same button does not send the form twice. A page that stays (a download) may be sent again.

const PAUZE = 3000;

document.addEventListener("submit", (gebeurtenis) => {
  const formulier = gebeurtenis.target;
  const methode = (formulier.getAttribute("method") ?? "get").toLowerCase();
  if (gebeurtenis.defaultPrevented || methode !== "post") return;
  if (formulier.dataset.verzonden) {
    gebeurtenis.preventDefault();
    return;
  }
  formulier.dataset.verzonden = "1";
  setTimeout(() => delete formulier.dataset.verzonden, PAUZE);
});

window.addEventListener("pageshow", () => {
  for (const formulier of document.querySelectorAll("form[data-verzonden]")) delete formulier.dataset.verzonden;
});

// After a refused form the first field with an error gets the focus.
document.querySelector("main [aria-invalid='true'], main .is-invalid")?.focus();
