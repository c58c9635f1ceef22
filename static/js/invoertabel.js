// The table for a whole group: Enter and the arrows move up and down the column, the number of filled rows is counted,
// and leaving with unsaved rows asks first. Without script it is an ordinary form.
const formulier = document.querySelector("form[data-invoertabel]");

if (formulier) {
  const velden = [...formulier.querySelectorAll("tbody input:not([type=hidden])")];
  const kolommen = 2;
  const teller = formulier.querySelector("[data-teller]");
  const begin = new Map(velden.map((veld) => [veld, veld.value]));
  let verzonden = false;

  const gewijzigd = () => velden.some((veld) => veld.value !== begin.get(veld));

  function tel() {
    let gevuld = 0;
    for (let plek = 0; plek < velden.length; plek += kolommen) {
      if (velden.slice(plek, plek + kolommen).some((veld) => veld.value.trim())) gevuld += 1;
    }
    teller.textContent = `${gevuld} van ${velden.length / kolommen} ingevuld`;
  }

  function naar(veld, stap) {
    const doel = velden[velden.indexOf(veld) + stap * kolommen];
    if (doel) {
      doel.focus();
      doel.select();
      return true;
    }
    return false;
  }

  formulier.addEventListener("keydown", (gebeurtenis) => {
    const veld = gebeurtenis.target;
    if (!velden.includes(veld) || gebeurtenis.isComposing || gebeurtenis.altKey) return;
    if (gebeurtenis.key === "Enter" && !(gebeurtenis.ctrlKey || gebeurtenis.metaKey)) {
      if (naar(veld, gebeurtenis.shiftKey ? -1 : 1)) gebeurtenis.preventDefault();
    } else if (gebeurtenis.key === "ArrowDown") {
      if (naar(veld, 1)) gebeurtenis.preventDefault();
    } else if (gebeurtenis.key === "ArrowUp") {
      if (naar(veld, -1)) gebeurtenis.preventDefault();
    }
  });
  formulier.addEventListener("input", tel);
  formulier.addEventListener("submit", () => (verzonden = true));
  window.addEventListener("beforeunload", (gebeurtenis) => {
    if (!verzonden && gewijzigd()) gebeurtenis.preventDefault();
  });
  tel();
  if (!formulier.querySelector(".is-invalid")) velden.find((veld) => !veld.value)?.focus();
}
