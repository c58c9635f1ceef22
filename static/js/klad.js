// Keeps what is typed in a form that does not save itself (a note, a signal, a talk) until the school has it: a session that
// ended, a refusal or a failing server loses no word (ontwerp §6). A field that saves itself is bewaren.js's, never ours.
// Every POST form with a textarea takes part, and one with data-klad. What was chosen goes along; hidden fields, passwords,
// files and searches never. Pages without somebody signed in (signing in, errors) keep nothing and give nothing back.
// It stands in sessionStorage, so it ends with the tab, under who typed it: the next person at this device finds nothing.
// The key holds address and hidden fields too, so that words about one child cannot land with another.

const gebruiker = document.body.dataset.gebruiker ?? "";
const voorvoegsel = (wie) => `zorgpad:${wie}:klad:`;
const VERZONDEN = "zorgpad:verzonden";
const [UITGELOGD, EIGEN] = ["zorgpad-uitgelogd", "klad"]; // told to other tabs; put back by ourselves, so not typed now
const TYPBAAR = "textarea, input:is(:not([type]), [type=text], [type=email], [type=tel], [type=url], [type=number])";
const NOOIT = "[type=hidden], [type=password], [type=file], [type=search], [type=submit], [type=button], [type=reset]";
// A browser that keeps nothing (storage full or refused) must not stop anybody from writing.
const probeer = (doe) => { try { return doe(); } catch { return null; } };
const schrijf = (sleutel, wat) => probeer(() => sessionStorage.setItem(sleutel, JSON.stringify(wat)));
const lees = (sleutel) => probeer(() => JSON.parse(sessionStorage.getItem(sleutel)));
const vergeet = (sleutel) => probeer(() => sessionStorage.removeItem(sleutel));
const wis = (wie) => probeer(() => Object.keys(sessionStorage).filter((s) => s.startsWith(voorvoegsel(wie))).forEach(vergeet));
const velden = (formulier) => [...formulier.elements].filter((veld) => veld.name && veld.matches("textarea, select, input")
  && !veld.matches(NOOIT) && !veld.closest("[data-bewaar-url]"));
const typbaar = (formulier) => velden(formulier).filter((veld) => veld.matches(TYPBAAR));
const doetMee = (formulier) => gebruiker && formulier?.matches("[method=post]:not([data-bewaar-veld])")
  && typbaar(formulier).some((veld) => veld.matches("textarea") || formulier.matches("[data-klad]"));
const aanvinkbaar = ({ type }) => type === "radio" || type === "checkbox";
const naam = (veld) => (aanvinkbaar(veld) ? `${veld.name}=${veld.value}` : veld.name);
const gekozen = (veld) => [...veld.options].filter((keuze) => keuze.selected).map((keuze) => keuze.value);
const waarde = (veld) => (aanvinkbaar(veld) ? veld.checked : veld.options ? gekozen(veld) : veld.value);
function sleutel(formulier) {
  const { pathname, search } = new URL(formulier.getAttribute("action") ?? "", location);
  const verborgen = [...formulier.elements].filter((veld) => veld.type === "hidden" && veld.name !== "csrfmiddlewaretoken");
  const kenmerk = [...verborgen.map((veld) => `${veld.name}=${veld.value}`), ...typbaar(formulier).map((veld) => veld.name)];
  return `${voorvoegsel(gebruiker)}${pathname}${search} ${kenmerk.join(" ")}`;
}
function zet(veld, wat) {
  if (JSON.stringify(waarde(veld)) === JSON.stringify(wat)) return;
  if (aanvinkbaar(veld)) veld.checked = wat;
  else if (veld.options) for (const keuze of veld.options) keuze.selected = wat.includes(keuze.value);
  else veld.value = wat;
  for (let lade = veld.closest("details"); lade; lade = lade.parentElement.closest("details")) lade.open = true;
  veld.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: EIGEN })); // it grows with its text
}
let geweigerd = null; // the form that came back refused: its own text stands in it, and what stood there first is in the draft
function noteer(formulier) {
  const hier = sleutel(formulier);
  const al = hier === geweigerd && lees(hier)?.velden;
  const eerst = (veld) => (al && al[naam(veld)] ? al[naam(veld)].eerst : veld.defaultValue);
  if (typbaar(formulier).every((veld) => veld.value === eerst(veld))) return vergeet(hier);
  const inhoud = velden(formulier).map((veld) => [naam(veld), { nu: waarde(veld), eerst: eerst(veld) }]);
  return schrijf(hier, { op: Date.now(), velden: Object.fromEntries(inhoud) });
}

// Only where the page gives what it gave then (mostly: nothing), and with a sentence that says so.
function zetTerug(formulier) {
  const klad = lees(sleutel(formulier));
  const zoals = (veld) => veld.value === veld.defaultValue && veld.value === klad.velden[naam(veld)]?.eerst;
  if (!klad || !typbaar(formulier).every(zoals)) return;
  const eerst = velden(formulier).filter((veld) => naam(veld) in klad.velden).map((veld) => [veld, waarde(veld)]);
  for (const [veld] of eerst) zet(veld, klad.velden[naam(veld)].nu);
  const op = new Date(klad.op).toLocaleString("nl-NL", { dateStyle: "long", timeStyle: "short" });
  const maak = (soort, hoe) => Object.assign(document.createElement(soort), hoe);
  const melding = maak("p", { className: "melding" });
  const leeg = maak("button", { type: "button", className: "als-link", textContent: "Leegmaken" });
  melding.append(`Dit stond hier nog van ${op}; het is niet verstuurd.`, leeg);
  formulier.prepend(melding);
  leeg.addEventListener("click", () => {
    eerst.forEach(([veld, wat]) => zet(veld, wat));
    vergeet(sleutel(formulier));
    melding.remove();
    typbaar(formulier)[0].focus();
  });
}
// Every page settles what was sent last. It was accepted when the answer comes from the form's page (its referrer), to somebody
// signed in, and is another page: the same form back without a redirect is a refusal, with what was wrong beside it.
function beslis() {
  const verzonden = lees(VERZONDEN);
  vergeet(VERZONDEN);
  if (!verzonden || !gebruiker || document.referrer !== verzonden.van) return;
  const nogHier = [...document.forms].some((formulier) => doetMee(formulier) && sleutel(formulier) === verzonden.sleutel);
  if (!nogHier || performance.getEntriesByType("navigation")[0]?.redirectCount > 0) vergeet(verzonden.sleutel);
  else geweigerd = verzonden.sleutel;
}

const getypt = ({ target, detail }) => { if (detail !== EIGEN && doetMee(target.form)) noteer(target.form); };
["input", "change"].forEach((soort) => document.addEventListener(soort, getypt));
document.addEventListener("submit", ({ target, defaultPrevented }) => {
  if (defaultPrevented) return;
  if (target.matches("[data-uitloggen]")) {
    wis(gebruiker);
    probeer(() => { localStorage.setItem(UITGELOGD, gebruiker); localStorage.removeItem(UITGELOGD); }); // other tabs hear it
  } else if (doetMee(target)) {
    noteer(target);
    schrijf(VERZONDEN, { sleutel: sleutel(target), van: location.href.split("#")[0] });
  }
});
window.addEventListener("storage", ({ key, newValue }) => { if (key === UITGELOGD && newValue) wis(newValue); });
window.addEventListener("pageshow", ({ persisted }) => { if (persisted) vergeet(VERZONDEN); }); // back from an answer
beslis();
[...document.forms].filter(doetMee).forEach(zetTerug);
