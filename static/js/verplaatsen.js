// Group plan: drag a pupil to another arrangement, or press Alt with the left or right arrow on a pupil. Without script,
// and for whoever prefers it, the button ⇄ opens the same choice as a form.
//
// [data-plan] holds sections [data-arrangement] with ul[data-lijst] > li[data-leerling][data-url][data-naam].
// A move is sent by POST (arrangement) to data-url; refused, the pupil goes back and the reason is told.

const plan = document.querySelector("[data-plan]");

function token() {
  const koekje = document.cookie.split("; ").find((deel) => deel.startsWith("csrftoken="));
  if (koekje) return decodeURIComponent(koekje.slice("csrftoken=".length));
  return JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
}

const zeg = (tekst) => document.getElementById("omroep")?.replaceChildren(tekst);

function meld(tekst) {
  const plek = document.getElementById("meldingen");
  const blok = document.createElement("div");
  blok.className = "melding te-laat";
  const zin = document.createElement("p");
  zin.textContent = tekst;
  blok.append(zin);
  plek?.replaceChildren(blok);
  blok.scrollIntoView({ block: "nearest" });
}

const vak = (element) => element.closest("[data-arrangement]");
const naamVan = (sectie) => sectie.querySelector("h2").textContent.trim();

function tel() {
  for (const sectie of plan.querySelectorAll("[data-arrangement]")) {
    const aantal = sectie.querySelectorAll("li[data-leerling]").length;
    sectie.querySelector("[data-aantal]").textContent = aantal;
  }
}

// Where the pupil stood, to be able to put them back.
const plaats = (leerling) => ({ lijst: leerling.parentElement, volgende: leerling.nextElementSibling });

async function bewaar(leerling, terug) {
  const sectie = vak(leerling);
  tel();
  leerling.setAttribute("aria-busy", "true");
  try {
    const antwoord = await fetch(leerling.dataset.url, {
      method: "POST",
      body: new URLSearchParams({ arrangement: sectie.dataset.arrangement }),
      credentials: "same-origin",
      redirect: "manual",
      headers: { "X-Zorgpad-Autosave": "1", "X-CSRFToken": token(), Accept: "application/json" },
    });
    if (!antwoord.ok) {
      const inhoud = await antwoord.json().catch(() => ({}));
      const opnieuw = antwoord.type === "opaqueredirect" || antwoord.status === 401;
      throw new Error(inhoud.melding ?? (opnieuw ? "uw aanmelding is verlopen. Log opnieuw in." : "dit kan nu niet."));
    }
    leerling.querySelector(".label")?.remove();
    werkBij(leerling, sectie);
    zeg(`${leerling.dataset.naam} staat nu in ${naamVan(sectie)}`);
  } catch (fout) {
    terug.lijst.insertBefore(leerling, terug.volgende);
    tel();
    const waarom = fout instanceof TypeError ? "geen verbinding." : fout.message;
    meld(`${leerling.dataset.naam} is niet verplaatst: ${waarom}`);
    zeg(`${leerling.dataset.naam} is niet verplaatst: ${waarom}`);
  } finally {
    leerling.removeAttribute("aria-busy");
  }
}

// The choices and the addresses of the texts about this pupil follow to the new arrangement.
function werkBij(leerling, sectie) {
  const code = sectie.dataset.arrangement;
  const knoppen = [...leerling.querySelectorAll("button[name=arrangement]")];
  const andere = [...plan.querySelectorAll("[data-arrangement]")].filter((ander) => ander !== sectie);
  andere.forEach((ander, nummer) => {
    knoppen[nummer].value = ander.dataset.arrangement;
    knoppen[nummer].textContent = `Naar ${naamVan(ander)}`;
  });
  if (knoppen.length > andere.length) {
    knoppen[andere.length].value = code;
    knoppen[andere.length].textContent = "Hier laten";
  }
  leerling.querySelector("details.verplaats")?.removeAttribute("open");
  const hier = [...leerling.querySelectorAll("form[data-bewaar-veld]")];
  const oordelen = [...document.querySelectorAll("#evaluatie form[data-leerling]")];
  for (const formulier of [...hier, ...oordelen.filter((f) => f.dataset.leerling === leerling.dataset.leerling)]) {
    // a fresh copy, so that autosave starts anew with the address of the new place
    const nieuw = formulier.cloneNode(true);
    const adres = formulier.getAttribute("action").replace(/(sectie=[^&]*%3A)[a-z]+/, `$1${code}`);
    nieuw.setAttribute("action", adres);
    for (const veld of nieuw.querySelectorAll("[data-bewaar-url]")) {
      veld.dataset.bewaarUrl = adres;
      if (veld.matches("textarea")) veld.defaultValue = veld.value;
    }
    formulier.replaceWith(nieuw);
  }
}

if (plan) {
  const lijsten = [...plan.querySelectorAll("ul[data-lijst]")];
  const vanwaar = new WeakMap();
  if (window.Sortable) {
    for (const lijst of lijsten) {
      window.Sortable.create(lijst, {
        group: "leerlingen",
        animation: 120,
        filter: "a, summary, button, input, textarea, select, label",
        preventOnFilter: false,
        delay: 150,
        delayOnTouchOnly: true,
        onStart: ({ item }) => vanwaar.set(item, plaats(item)),
        onEnd: ({ item, from, to }) => {
          if (vak(from) !== vak(to)) bewaar(item, vanwaar.get(item));
          else tel();
        },
      });
    }
  }
  plan.addEventListener("keydown", (gebeurtenis) => {
    const leerling = gebeurtenis.target.closest?.("li[data-leerling]");
    const stap = { ArrowLeft: -1, ArrowRight: 1 }[gebeurtenis.key];
    if (!leerling || !stap || !gebeurtenis.altKey || gebeurtenis.target.matches("input, textarea, select")) return;
    const secties = [...plan.querySelectorAll("[data-arrangement]")];
    const doel = secties[secties.indexOf(vak(leerling)) + stap];
    if (!doel) return;
    gebeurtenis.preventDefault();
    const terug = plaats(leerling);
    doel.querySelector("ul[data-lijst]").append(leerling);
    bewaar(leerling, terug);
    leerling.querySelector("a")?.focus();
  });
}
