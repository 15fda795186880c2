// Figures that follow the records on an open page: a small question every second, which the server
// answers with nothing unless something was recalculated. Only what differs is touched, so that
// focus, scrolling and open parts stay as they are.

const live = document.getElementById("live");
const message = document.getElementById("live-message");
const pause = document.getElementById("live-pause");
let paused = false;

function sameKind(one, other) {
  return one.nodeType === other.nodeType && one.nodeName === other.nodeName && one.id === other.id;
}

// Makes `old` what `fresh` is; returns whether anything that is read has changed.
function patch(old, fresh) {
  if (old.isEqualNode(fresh)) return false;
  if (old.nodeType !== Node.ELEMENT_NODE) {
    old.nodeValue = fresh.nodeValue;
    return true;
  }
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && name !== "open") old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  if (old.matches("time[data-ago]")) return false;
  const before = [...old.childNodes];
  const after = [...fresh.childNodes];
  if (before.length !== after.length || before.some((node, at) => !sameKind(node, after[at]))) {
    old.replaceChildren(...after);
    return true;
  }
  return before.map((node, at) => patch(node, after[at])).includes(true);
}

htmx.defineExtension("patch", {
  isInlineSwap: (style) => style === "patch",
  handleSwap(style, target, fragment) {
    const changed = patch(target, fragment.firstElementChild);
    document.dispatchEvent(new Event("reckoner:updated"));
    if (changed) {
      const now = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
      message.textContent = `Figures updated at ${now}`;
    }
    return [];
  },
});

document.body.addEventListener("htmx:configRequest", (event) => {
  if (paused || document.hidden) event.preventDefault();
  event.detail.parameters.token = live.dataset.token;
});

pause.hidden = false;
pause.addEventListener("click", () => {
  paused = !paused;
  pause.textContent = paused ? "Resume updates" : "Pause updates";
  message.textContent = paused ? "Updates are paused" : "Updates resumed";
});
