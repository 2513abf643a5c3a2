// What is typed into a long form is stored on the server as a draft, so that it can be taken up
// again. Nothing is saved by it, and everything works without it.
"use strict";

const PAUSE = 2000;
const MOST_LEFT = 60000;
const waiting = new Map(); // of each form, the timer that stores it
const storing = new Map(); // of each form, what is on its way

function draftOf(form) {
  const fields = new FormData(form);
  for (const [name, value] of [...fields]) if (typeof value !== "string") fields.delete(name);
  fields.set("form_draft", "store");
  return new URLSearchParams(fields);
}

function show(form, words) {
  let line = form.querySelector("[data-draft-state]");
  if (!line) {
    line = document.createElement("p");
    line.className = "help";
    line.dataset.draftState = "";
    form.append(line);
  }
  line.textContent = words;
}

async function store(form) {
  clearTimeout(waiting.get(form));
  waiting.delete(form);
  const address = new URL(form.getAttribute("action") || "", document.baseURI);
  const body = draftOf(form);
  try { // one that is left behind may be as long as the browser lets it be
    const answer = await fetch(address, { method: "POST", body, keepalive: String(body).length < MOST_LEFT });
    show(form, answer.ok ? await answer.text() : form.dataset.draft);
  } catch {
    show(form, form.dataset.draft);
  }
}

function onType(event) {
  const form = event.target.closest("form[data-draft]");
  if (!form) return;
  clearTimeout(waiting.get(form));
  waiting.set(form, setTimeout(() => {
    const sent = store(form);
    storing.set(form, sent);
    sent.finally(() => storing.delete(form));
  }, PAUSE));
}

// The form goes after the draft that is on its way: saved, it leaves no draft behind.
function onSend(event) {
  const form = event.target;
  clearTimeout(waiting.get(form));
  waiting.delete(form);
  const sent = storing.get(form);
  if (!sent) return;
  event.preventDefault();
  sent.finally(() => form.requestSubmit(event.submitter));
}

// A page that is left stores what was typed since the last pause.
function onHide() {
  if (document.visibilityState !== "hidden") return;
  for (const form of [...waiting.keys()]) store(form);
}

document.addEventListener("input", onType);
document.addEventListener("change", onType);
document.addEventListener("submit", onSend, true);
document.addEventListener("visibilitychange", onHide);
