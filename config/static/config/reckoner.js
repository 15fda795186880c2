// What every page needs: GOV.UK's components, a shortcut, and times that say how long ago they were.

const components = document.documentElement.dataset.govuk;
if (components) import(components).then(({ initAll }) => initAll());

if (document.body.classList.contains("reckoner-printed")) addEventListener("load", () => print());

const STEPS = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
const words = new Intl.RelativeTimeFormat("en-GB", { numeric: "auto" });

function tellAges() {
  for (const time of document.querySelectorAll("time[data-ago]")) {
    const seconds = Math.max(0, Math.round((Date.now() - Date.parse(time.dateTime)) / 1000));
    const [unit, length] = STEPS.find(([, length]) => seconds >= length) ?? STEPS.at(-1);
    const told = words.format(-Math.floor(seconds / length), unit);
    if (time.textContent !== told) time.textContent = told;
  }
}

// The key that leads to the page an event is logged from, unless something is being typed.
const log = document.querySelector("a[aria-keyshortcuts]");
if (log) {
  addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea");
    if (typing || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key.toLowerCase() === log.getAttribute("aria-keyshortcuts")) log.click();
  });
}

// A form whose answer takes some seconds says what is being done until it comes.
for (const form of document.querySelectorAll("form[data-working]")) {
  form.addEventListener("submit", () => {
    const told = document.createElement("p");
    told.className = "govuk-body";
    told.textContent = form.dataset.working;
    const bar = document.createElement("progress");
    bar.setAttribute("aria-label", form.dataset.working);
    form.querySelector("[role=status]").replaceChildren(told, bar);
  });
}

tellAges();
setInterval(tellAges, 1000);
document.addEventListener("reckoner:updated", tellAges);
