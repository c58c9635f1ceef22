// Saves an answer while it is written (ontwerp §6), and loses no word when that fails.
//
// A field with data-bewaar-url and data-versie is sent by POST (tekst, versie) 800 ms after the last key and on leaving it.
//   200 {versie, om}            saved                        409 {tekst, versie, door, om}  somebody else wrote: both are shown
//   422 {melding}               refused, in words            403 {…} or a redirect          signed out: kept here, sent after signing in
// One field never has two requests under way. What is not yet saved stands in localStorage, by user and address, until it is.
// The field may be a textarea, an input, a select, a checkbox ("1" or "") or a fieldset of radio buttons or checkboxes: what
// is chosen, one a line. A day that is typed halfway is not sent.
// Status shows in [data-bewaar-status] of the nearest [data-bewaar-veld], .veld or form.

const WACHT = 800;
const HERKANSEN = [5, 15, 30, 60].map((seconden) => seconden * 1000);
const GEDULD = 20_000;
const BEWAARTIJD = 60 * 24 * 3600 * 1000;
const KEEPALIVE_MAX = 60_000;
const gebruiker = document.body.dataset.gebruiker ?? "";
const VOORVOEGSEL = `zorgpad:${gebruiker}:`;

const effen = (tekst) => tekst.normalize("NFC").replace(/\r\n?/g, "\n");
const gelijk = (een, ander) => effen(een) === effen(ander);
const keuzes = (veld) => [...veld.querySelectorAll("input[type=radio], input[type=checkbox]")];

function lees(veld, standaard = false) {
  if (veld.matches("fieldset")) return keuzes(veld).filter((k) => (standaard ? k.defaultChecked : k.checked)).map((k) => k.value).join("\n");
  if (veld.type === "checkbox") return (standaard ? veld.defaultChecked : veld.checked) ? "1" : "";
  if (veld.matches("select") && standaard) return [...veld.options].find((o) => o.defaultSelected)?.value ?? veld.options[0]?.value ?? "";
  return standaard ? veld.defaultValue : veld.value;
}

function zet(veld, tekst) {
  if (veld.matches("fieldset")) for (const keuze of keuzes(veld)) keuze.checked = tekst.split("\n").includes(keuze.value);
  else if (veld.type === "checkbox") veld.checked = tekst === "1";
  else veld.value = tekst;
  veld.dispatchEvent(new Event("input", { bubbles: true }));
}

// What a field says, for people.
function leesbaar(veld, tekst) {
  if (veld.type !== "date" || !tekst) return tekst || "(leeg)";
  return new Intl.DateTimeFormat("nl-NL", { day: "numeric", month: "long", year: "numeric" }).format(new Date(`${tekst}T12:00`));
}
const naar = (veld) => (veld.matches("fieldset") ? keuzes(veld).find((k) => k.checked) ?? keuzes(veld)[0] : veld)?.focus();

// ---- what stays on this device: {nu: {tekst, versie, op}, eerder: [the same]} for each address

const kladblok = {
  lees(url) {
    try {
      return { nu: null, eerder: [], ...JSON.parse(localStorage.getItem(VOORVOEGSEL + url)) };
    } catch {
      return { nu: null, eerder: [] };
    }
  },
  schrijf(url, klad) {
    if (!gebruiker) return false;
    try {
      if (klad.nu || klad.eerder.length) localStorage.setItem(VOORVOEGSEL + url, JSON.stringify(klad));
      else localStorage.removeItem(VOORVOEGSEL + url);
      return true;
    } catch {
      return false;
    }
  },
  sleutels() {
    try {
      return gebruiker ? Object.keys(localStorage).filter((sleutel) => sleutel.startsWith(VOORVOEGSEL)) : [];
    } catch {
      return [];
    }
  },
};

// ---- small pieces of page

function maak(soort, eigenschappen = {}, ...inhoud) {
  const element = Object.assign(document.createElement(soort), eigenschappen);
  element.append(...inhoud);
  return element;
}
const knop = (tekst, doe) => {
  const element = maak("button", { type: "button", className: "btn btn-sm btn-outline-primary", textContent: tekst });
  element.addEventListener("click", doe);
  return element;
};
const zeg = (tekst) => document.getElementById("omroep")?.replaceChildren(tekst);

function token() {
  const koekje = document.cookie.split("; ").find((deel) => deel.startsWith("csrftoken="));
  if (koekje) return decodeURIComponent(koekje.slice("csrftoken=".length));
  return JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
}

// ---- one field

class Veld {
  constructor(element) {
    this.element = element;
    this.url = element.dataset.bewaarUrl;
    this.versie = element.dataset.versie ?? "";
    this.bewaard = lees(element, true);
    this.onderweg = []; // sent, but the answer never came: the server may have it
    this.pogingen = 0;
    this.fout = false;
    this.geweigerd = false; // in words; the same text is not sent again
    this.botsing = null;
  }

  get tekst() { return lees(this.element); }
  get half() { return this.element.type === "date" && !this.element.validity.valid; }
  get vuil() { return !this.half && !gelijk(this.tekst, this.bewaard); }

  status(staat, ...inhoud) {
    const huis = this.element.closest("[data-bewaar-veld], .veld, form") ?? this.element.parentElement;
    let plek = huis.querySelector("[data-bewaar-status]");
    if (!plek) {
      plek = maak("span");
      plek.dataset.bewaarStatus = "";
      this.element.after(plek);
    }
    plek.dataset.staat = staat;
    plek.replaceChildren(...inhoud);
    return plek;
  }

  // Keep what stands in the field on this device; false when the browser does not let us.
  noteer() {
    const klad = kladblok.lees(this.url);
    return kladblok.schrijf(this.url, { ...klad, nu: { tekst: this.tekst, versie: this.versie, op: Date.now() } });
  }
  vergeet(tekst) {
    const { eerder } = kladblok.lees(this.url);
    kladblok.schrijf(this.url, { nu: null, eerder: eerder.filter((klad) => !gelijk(klad.tekst, tekst)) });
  }

  getypt() {
    clearTimeout(this.klok);
    if (!this.vuil && !this.bezig) {
      this.vergeet(this.tekst);
      if (!this.botsing) this.status("", "");
      this.fout = false;
      return;
    }
    this.geweigerd = false;
    this.noteer();
    if (!this.botsing && !this.fout) this.status("bezig", "nog niet bewaard …"); // «bewaard» was said of the text before
    if (!this.botsing) this.klok = setTimeout(() => this.bewaar(), WACHT);
  }

  // Send what is new, one request after another. Resolves when there is nothing more to send or it failed.
  async bewaar({ slot = false, hardop = false } = {}) {
    clearTimeout(this.klok);
    if (this.half && hardop) this.status("mislukt", "Nog niet bewaard: vul een hele datum in, zoals 28-01-2027.");
    if (this.bezig) {
      await this.bezig;
      return this.vuil && !this.fout && !this.botsing ? this.bewaar({ slot, hardop }) : undefined;
    }
    if (this.botsing || this.geweigerd || !this.vuil) return undefined;
    this.bezig = this.stuur(slot, hardop);
    try {
      await this.bezig;
    } finally {
      this.bezig = null;
    }
    if (this.vuil && !this.fout && !this.botsing) this.klok = setTimeout(() => this.bewaar(), WACHT);
    return undefined;
  }

  async stuur(slot, hardop) {
    const { tekst } = this;
    const body = new URLSearchParams({ tekst, versie: this.versie });
    this.onderweg.push(tekst);
    let antwoord;
    let inhoud = {};
    try {
      antwoord = await fetch(this.url, {
        method: "POST", body, credentials: "same-origin", redirect: "manual",
        keepalive: slot && body.toString().length < KEEPALIVE_MAX, signal: AbortSignal.timeout(GEDULD),
        headers: { "X-Zorgpad-Autosave": "1", "X-CSRFToken": token(), Accept: "application/json" },
      });
      if (antwoord.headers.get("Content-Type")?.startsWith("application/json")) inhoud = await antwoord.json();
    } catch {
      return this.mislukt("geen verbinding.");
    }
    if (antwoord.ok && "versie" in inhoud) return this.gelukt(tekst, inhoud, hardop);
    if (antwoord.status === 409 && "tekst" in inhoud) return this.andereTekst(inhoud);
    const json = antwoord.headers.get("Content-Type")?.startsWith("application/json");
    if (antwoord.type === "opaqueredirect" || antwoord.status === 401 || (antwoord.status === 403 && json)) {
      const link = maak("a", { href: "/inloggen/", target: "_blank", rel: "noopener", textContent: "Log opnieuw in" });
      return this.mislukt("uw aanmelding is verlopen.", { herkans: false, erbij: [" ", link, " (in een nieuw venster)."] });
    }
    this.onderweg.pop();
    const weigering = {
      403: "u mag dit niet (meer) wijzigen.",
      404: "dit onderdeel is er niet meer voor u.",
      410: "dit onderdeel is er niet meer voor u.",
      413: "de tekst is te lang.",
      422: inhoud.melding ?? "dit kan zo niet.",
    }[antwoord.status];
    this.geweigerd = weigering !== undefined;
    return this.mislukt(weigering ?? "er ging bij ons iets mis; wij proberen het opnieuw.", { herkans: !this.geweigerd });
  }

  neemOver(versie, tekst) {
    this.versie = String(versie);
    this.bewaard = tekst;
    this.onderweg = [];
    this.element.dataset.versie = this.versie;
    const verborgen = this.element.closest("[data-bewaar-veld]")?.querySelector("input[name=versie]");
    if (verborgen) verborgen.value = this.versie;
  }

  gelukt(tekst, { versie, om }, hardop) {
    this.neemOver(versie, tekst);
    this.fout = false;
    this.pogingen = 0;
    this.vergeet(tekst);
    if (this.vuil) this.noteer();
    else this.status("bewaard", `✓ bewaard om ${om}`);
    if (hardop) zeg(`Bewaard om ${om}`);
  }

  mislukt(waarom, { herkans = true, erbij = [] } = {}) {
    this.fout = true;
    const waar = this.noteer() ? "Uw tekst staat nog op dit apparaat." : "Laat deze pagina open, anders raakt u de tekst kwijt.";
    const zin = `Niet bewaard: ${waarom} ${waar}`;
    this.status("mislukt", zin, ...erbij);
    zeg(zin);
    if (herkans) this.klok = setTimeout(() => this.bewaar(), HERKANSEN[Math.min(this.pogingen++, HERKANSEN.length - 1)]);
  }

  // 409: somebody else's text stands there now, unless it is what we sent ourselves and heard no answer to.
  andereTekst(huidig) {
    this.fout = false;
    const vanMij = this.onderweg.slice(0, -1).some((tekst) => gelijk(tekst, huidig.tekst));
    if (vanMij || gelijk(huidig.tekst, this.tekst)) {
      this.neemOver(huidig.versie, huidig.tekst);
      if (!this.vuil) this.gelukt(huidig.tekst, huidig, false);
      return;
    }
    this.onderweg = [];
    this.toonBotsing(huidig);
  }

  toonBotsing(huidig) {
    const mijn = maak("p", { className: "tekst", textContent: leesbaar(this.element, this.tekst) });
    const ding = this.element.matches("textarea, input[type=text]") ? "tekst" : "antwoord";
    const samen = this.element.matches("textarea") || this.element.querySelector("[type=checkbox]") !== null;
    const ander = huidig.zelf
      ? (ding === "tekst" ? "De andere tekst" : "Het andere antwoord")
      : `${ding[0].toUpperCase()}${ding.slice(1)} van ${huidig.door}`;
    const wie = huidig.zelf ? "U schreef hier ook op een ander apparaat of in een ander venster" : `${huidig.door} schreef hier ook`;
    this.botsing = maak("div", { className: "naast-elkaar" });
    this.botsing.setAttribute("role", "group");
    this.botsing.setAttribute("aria-label", `Uw ${ding} en ${huidig.zelf ? "" : ding === "tekst" ? "de " : "het "}${ander[0].toLowerCase()}${ander.slice(1)}`);
    const kies = (tekst, erna) => () => {
      const oud = this.tekst;
      this.botsing.remove();
      this.botsing = null;
      this.neemOver(huidig.versie, huidig.tekst);
      if (tekst !== null) zet(this.element, tekst());
      naar(this.element);
      erna(oud);
    };
    const bewaar = () => this.bewaar({ hardop: true });
    const terug = (oud) => {
      const plek = this.status("", `${ander} gehouden. `);
      if (oud) plek.append(knop(`Toch mijn ${ding}`, () => { zet(this.element, oud); bewaar(); }));
    };
    this.botsing.append(
      maak("p", { className: "mb-0" }, maak("b", {}, `${wie}, om ${huidig.om}.`), " Er is niets verloren: kies wat hier moet staan."),
      maak("div", { className: "teksten" },
        maak("div", {}, maak("h3", {}, `Uw ${ding}`), mijn),
        maak("div", {}, maak("h3", {}, ander), maak("p", { className: "tekst", textContent: (huidig.leesbaar ?? huidig.tekst) || "(leeg)" }))),
      maak("div", { className: "doen" },
        knop(`Mijn ${ding} bewaren`, kies(null, bewaar)),
        knop(`${ander} houden`, kies(() => huidig.tekst, terug)),
        ...(samen ? [knop("Samenvoegen", kies(() => [huidig.tekst, this.tekst].filter(Boolean).join("\n\n"), bewaar))] : [])));
    this.element.addEventListener("input", () => { mijn.textContent = leesbaar(this.element, this.tekst); });
    this.noteer();
    this.status("mislukt", "Nog niet bewaard: kies hieronder.").after(this.botsing);
    zeg(`${wie}. Onder het veld staan beide teksten; kies wat er moet staan.`);
  }

  // A text that an earlier visit could not save.
  biedAan(klad) {
    const wanneer = new Intl.DateTimeFormat("nl-NL", { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
    const weg = () => {
      bod.remove();
      const staat = kladblok.lees(this.url);
      kladblok.schrijf(this.url, { ...staat, eerder: staat.eerder.filter((ander) => ander.op !== klad.op) });
    };
    const bod = maak("div", { className: "naast-elkaar" },
      maak("p", { className: "mb-1" }, maak("b", {}, `Op dit apparaat staat nog uw tekst van ${wanneer.format(klad.op)}, die niet bewaard is.`)),
      maak("p", { className: "tekst mb-2", textContent: leesbaar(this.element, klad.tekst) }),
      maak("div", { className: "doen" },
        knop("Terugzetten", () => {
          // The version it started from goes along: if others wrote since, both texts are shown.
          this.versie = klad.versie;
          zet(this.element, klad.tekst);
          naar(this.element);
          weg();
        }),
        knop("Weggooien", weg)));
    this.status("", "").after(bod);
  }
}

// ---- all fields of the page

const velden = new Map();

function vind(element) {
  const veld = element?.closest?.("[data-bewaar-url]");
  if (!veld) return null;
  if (!velden.has(veld)) velden.set(veld, new Veld(veld));
  return velden.get(veld);
}
const wachtend = () => [...velden.values()].filter((veld) => veld.vuil || veld.bezig);
const allesBewaren = (opties) => Promise.all(wachtend().map((veld) => veld.bewaar(opties)));

function bekijk(binnen) {
  for (const element of binnen.querySelectorAll("[data-bewaar-url]")) {
    if (velden.has(element)) continue;
    const veld = vind(element);
    const { nu, eerder } = kladblok.lees(veld.url);
    const open = [...velden.values()].some((ander) => ander !== veld && ander.url === veld.url && ander.vuil);
    const over = [...eerder, open ? null : nu].filter((klad) => klad && klad.op > Date.now() - BEWAARTIJD && !gelijk(klad.tekst, veld.bewaard));
    kladblok.schrijf(veld.url, { nu: open ? nu : null, eerder: over });
    over.forEach((klad) => veld.biedAan(klad));
    if (veld.vuil) veld.getypt();
  }
  for (const [element, veld] of velden) if (!element.isConnected && !veld.vuil && !veld.bezig) velden.delete(element);
}

document.addEventListener("input", (gebeurtenis) => vind(gebeurtenis.target)?.getypt());
document.addEventListener("change", (gebeurtenis) => vind(gebeurtenis.target)?.getypt());
document.addEventListener("focusout", (gebeurtenis) => vind(gebeurtenis.target)?.bewaar({ hardop: true }));
document.addEventListener("htmx:load", (gebeurtenis) => bekijk(gebeurtenis.target.parentElement ?? document));
document.addEventListener("visibilitychange", () => allesBewaren({ slot: document.visibilityState === "hidden" }));
window.addEventListener("pagehide", () => allesBewaren({ slot: true }));
window.addEventListener("online", () => allesBewaren());
window.addEventListener("focus", () => allesBewaren());

// A form waits until everything written on the page is saved; when that fails it says so, and a second click goes on.
document.addEventListener("submit", (gebeurtenis) => {
  const formulier = gebeurtenis.target;
  const eigen = formulier.matches("[data-bewaar-veld]");
  if (eigen || (wachtend().length && !formulier.dataset.tochDoor)) {
    gebeurtenis.preventDefault();
    gebeurtenis.stopImmediatePropagation();
    allesBewaren({ hardop: true }).then(() => {
      if (eigen) return;
      const blijft = wachtend();
      formulier.dataset.tochDoor = "1";
      if (!blijft.length || formulier.matches("[data-uitloggen]")) formulier.requestSubmit(gebeurtenis.submitter);
      else naar(blijft[0].element);
    });
    return;
  }
  delete formulier.dataset.tochDoor;
  if (!formulier.matches("[data-uitloggen]")) return;
  const sleutels = kladblok.sleutels();
  if (sleutels.length && formulier.dataset.uitloggen !== "zeker") {
    gebeurtenis.preventDefault();
    gebeurtenis.stopImmediatePropagation();
    location.assign(formulier.getAttribute("action"));
  } else {
    for (const sleutel of sleutels) localStorage.removeItem(sleutel);
  }
}, true);

// The page that asks before signing out counts what would be lost.
const waarschuwing = document.querySelector("[data-klad-aantal]");
if (waarschuwing && kladblok.sleutels().length) {
  const aantal = kladblok.sleutels().length;
  waarschuwing.textContent = aantal === 1
    ? "Op dit apparaat staat nog één tekst van u die niet bewaard is. Als u uitlogt, verdwijnt die."
    : `Op dit apparaat staan nog ${aantal} teksten van u die niet bewaard zijn. Als u uitlogt, verdwijnen die.`;
  waarschuwing.hidden = false;
}

bekijk(document);
