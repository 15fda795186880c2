// The session of an open page: warns before it ends, keeps what is typed, and leaves when it is over.
// Asking how long it lasts does not make it last; only typing and “Stay signed in” do.

const warning = document.getElementById("session");
const { state, stay, keep, signIn, account } = warning.dataset;
const [left, warnAt, every] = ["left", "warning", "ask"].map((name) => Number(warning.dataset[name]) * 1000);
const shown = document.getElementById("session-left");
const told = document.getElementById("session-told");
const stayButton = document.getElementById("session-stay");
const closeButton = document.getElementById("session-close");
const KEEP_BEFORE = Math.min(10000, warnAt / 2);

let endsAt = Date.now() + left;
let asked = Date.now();
let typed = false;
let kept = false;
let closed = false;
let leaving = false;

const forms = () => [...document.querySelectorAll("form[method=post]")].filter((form) => !warning.contains(form));
const changed = new Set();

function token() {
  return document.querySelector("[name=csrfmiddlewaretoken]").value;
}

function leave() {
  if (leaving) return;
  leaving = true;
  const ended = endsAt - Date.now() < every && (stayButton.hidden ? "limit" : "idle");
  const query = new URLSearchParams({ ...(ended && { ended }), next: location.pathname + location.search });
  location.assign(`${signIn}?${query}`);
}

// Asks how long the session lasts, or, with `address` the one that says so, makes it last.
async function ask(address = state) {
  asked = Date.now();
  const options = address === state ? {} : { method: "POST", headers: { "X-CSRFToken": token() } };
  let answer;
  try {
    answer = await fetch(address, { ...options, redirect: "manual" });
  } catch {
    return;
  }
  if (answer.status === 401 || answer.type === "opaqueredirect") return leave();
  if (!answer.ok) return;
  const now = await answer.json();
  if (String(now.account) !== account) return location.assign("/");
  endsAt = Date.now() + now.left * 1000;
  kept = false;
  stayButton.hidden = !now.extends;
  closeButton.hidden = now.extends;
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = now.token;
}

async function keepTyped() {
  kept = true;
  for (const form of changed) {
    const path = encodeURIComponent(new URL(form.action, location).pathname);
    const body = new URLSearchParams(new FormData(form));
    await fetch(`${keep}?path=${path}`, { method: "POST", headers: { "X-CSRFToken": token() }, body });
  }
}

function inWords(milliseconds) {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const minutes = Math.ceil(seconds / 60);
  if (seconds > 60) return `${minutes} minutes`;
  return seconds === 1 ? "1 second" : `${seconds} seconds`;
}

// What is shown counts every second; what is read aloud, every minute and then every 20 seconds.
function count(remaining) {
  shown.textContent = inWords(remaining);
  const seconds = Math.ceil(remaining / 1000);
  if (told.textContent === "" || seconds === 60 || (seconds < 60 && seconds % 20 === 0)) {
    told.textContent = inWords(remaining);
  }
}

function close() {
  if (warning.open) warning.close();
  told.textContent = "";
}

async function tick() {
  if (leaving) return;
  if (endsAt - Date.now() <= KEEP_BEFORE && !kept) await keepTyped();
  if (Date.now() - asked >= every || endsAt <= Date.now()) {
    const goesOn = typed && !warning.open;
    typed = false;
    await ask(goesOn ? stay : state);
  }
  const remaining = endsAt - Date.now();
  if (remaining <= 0) {
    leave();
  } else if (remaining > warnAt) {
    closed = false;
    close();
  } else {
    if (!warning.open && !closed) {
      warning.showModal();
      document.getElementById("session-title").focus();
    }
    if (warning.open) count(remaining);
  }
}

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form || form.method !== "post" || warning.contains(form)) return;
  typed = true;
  changed.add(form);
});

async function goOn() {
  await ask(stay);
  close();
}

stayButton.addEventListener("click", goOn);
closeButton.addEventListener("click", () => {
  closed = true;
  close();
});
warning.addEventListener("cancel", (event) => {
  event.preventDefault();
  if (stayButton.hidden) closeButton.click();
  else goOn();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) tick();
});
setInterval(tick, 1000);
