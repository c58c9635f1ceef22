// What htmx cannot show in its own place is told at the top of the page: a refusal, a lost connection, an ended session.

function meld(tekst) {
  const plek = document.getElementById("meldingen");
  if (!plek) return;
  const zin = document.createElement("p");
  zin.textContent = tekst;
  const melding = document.createElement("div");
  melding.className = "melding te-laat";
  melding.append(zin);
  plek.replaceChildren(melding);
  plek.scrollIntoView({ block: "nearest" });
}

document.addEventListener("htmx:beforeSwap", (gebeurtenis) => {
  const { xhr } = gebeurtenis.detail;
  const pad = xhr.responseURL ? new URL(xhr.responseURL).pathname : "";
  if (pad === "/inloggen/" && location.pathname !== "/inloggen/") {
    gebeurtenis.detail.shouldSwap = false;
    location.assign(`/inloggen/?next=${encodeURIComponent(location.pathname + location.search)}`);
  } else if (xhr.status === 422 && gebeurtenis.detail.serverResponse.includes("data-domeinfout")) {
    gebeurtenis.detail.shouldSwap = true;
    gebeurtenis.detail.isError = false;
    gebeurtenis.detail.target = document.getElementById("meldingen");
    gebeurtenis.detail.swapOverride = "innerHTML";
  }
});

document.addEventListener("htmx:responseError", (gebeurtenis) => {
  const { status } = gebeurtenis.detail.xhr;
  const nummer = gebeurtenis.detail.xhr.getResponseHeader("X-Verzoeknummer");
  if (status === 403) meld("Dit mag u niet doen, of uw aanmelding is verlopen. Laad de pagina opnieuw.");
  else if (status === 404) meld("Dit onderdeel is er niet meer. Laad de pagina opnieuw.");
  else if (status === 429) meld("Dat ging te snel achter elkaar. Wacht even en probeer het dan opnieuw.");
  else meld(`Er ging bij ons iets mis. Probeer het opnieuw.${nummer ? ` Verzoeknummer ${nummer}.` : ""}`);
});

document.addEventListener("htmx:sendError", () => meld("Geen verbinding. Kijk of u internet hebt en probeer het opnieuw."));
