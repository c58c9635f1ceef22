// First of all scripts, before anything is drawn: what is only for pages with (or without) script shows at once.
document.documentElement.classList.add("met-script");
