// What follows a grid while it is typed, replaced by the server's answers.
"use strict";

// Tables of figures and homes that are open stay open when what follows is replaced. A home's
// table is asked for only while it is open.
const opened = new Set();

function nameOf(part) {
  return part.dataset.home || part.closest("[id]").id;
}

function partsOfWorked() {
  return [...document.querySelectorAll("#worked details")];
}

function onAsk(event) {
  if (!event.detail.elt.matches("[data-follows]")) return;
  for (const part of partsOfWorked()) {
    if (part.open && part.dataset.home) event.detail.formData.append("open", part.dataset.home);
  }
}

// An answer that is no figures is a log-in page or a fault: what is shown stays, and says so.
function onReplace(event) {
  const follows = event.detail.shouldSwap && event.detail.xhr.responseText.includes('id="worked"');
  event.detail.shouldSwap = follows;
  tellWhetherItFollows(follows);
  opened.clear();
  partsOfWorked().filter((part) => part.open).forEach((part) => opened.add(nameOf(part)));
}

function tellWhetherItFollows(follows) {
  const notice = document.querySelector("[data-unfollowed]");
  if (notice) notice.hidden = follows;
}

function onReplaced() {
  partsOfWorked().filter((part) => opened.has(nameOf(part))).forEach((part) => { part.open = true; });
}

function onToggle(event) {
  const part = event.target;
  const isEmpty = part.matches("#worked details[data-home]") && !part.querySelector("table");
  const form = document.querySelector("form[data-follows]");
  if (part.open && isEmpty && form) form.dispatchEvent(new Event("grid:changed"));
}

document.addEventListener("htmx:configRequest", onAsk);
document.addEventListener("htmx:beforeSwap", onReplace);
document.addEventListener("htmx:sendError", () => tellWhetherItFollows(false));
document.addEventListener("htmx:afterSettle", onReplaced);
document.addEventListener("toggle", onToggle, true);
