// An input of a day shows what is read of it, in both counts, and has a calendar to pick from.
// The server reads and draws; without this script days are typed, in any written form.
"use strict";

const WAIT = 300; // milliseconds after the last key
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

function equip(input) {
  const tools = document.getElementById("day-tools");
  if (!tools || input.dataset.equipped) return;
  input.dataset.equipped = "1";
  const parts = tools.content.cloneNode(true);
  const [open, words] = [parts.querySelector("button"), parts.querySelector("span")];
  if (input.dataset.day === "date") open.addEventListener("click", () => openCalendar(input));
  else open.remove();
  if (input.labels && input.labels[0]) open.title = input.labels[0].firstChild.textContent.trim();
  let waiting;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => describe(input, words), WAIT);
  });
  input.after(parts);
}

async function describe(input, words) {
  const asked = new URLSearchParams({ text: input.value, kind: input.dataset.day, last: "last" in input.dataset ? "1" : "" });
  const answer = await fetch(`${document.getElementById("day-tools").dataset.words}?${asked}`);
  if (answer.ok && asked.get("text") === input.value) words.textContent = await answer.text();
}

function openCalendar(input) {
  const dialog = document.getElementById("calendar");
  dialog.pick = (text) => {
    input.value = text;
    for (const name of ["input", "change"]) input.dispatchEvent(new Event(name, { bubbles: true }));
    dialog.close();
    input.focus();
  };
  dialog.text = input.value;
  showMonth(dialog, {}).then(() => {
    dialog.showModal();
    (dialog.querySelector("[aria-pressed], [aria-current]") || dialog.querySelector("select")).focus();
  });
}

async function showMonth(dialog, month) {
  const asked = new URLSearchParams({ text: dialog.text, ...month });
  const answer = await fetch(`${dialog.dataset.month}?${asked}`);
  if (!answer.ok) return;
  const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
  dialog.querySelector("[data-days]").replaceChildren(...drawn.body.childNodes);
}

function onCalendar(event) {
  const dialog = event.currentTarget;
  const button = event.target.closest("button");
  if (event.type === "change") {
    const [year, month] = ["year", "month"].map((name) => dialog.querySelector(`[name=${name}]`).value);
    const { name } = event.target;
    showMonth(dialog, { year, month }).then(() => dialog.querySelector(`[name=${name}]`).focus());
  } else if (event.type === "keydown" && button && button.value && STEPS[event.key]) {
    const days = [...dialog.querySelectorAll("button[value]")];
    const next = days[days.indexOf(button) + STEPS[event.key]];
    if (next) next.focus();
    event.preventDefault();
  } else if (event.type === "click" && button && button.dataset.month) {
    const [year, month] = button.dataset.month.split("-");
    const place = [...dialog.querySelectorAll("[data-month]")].indexOf(button);
    showMonth(dialog, { year, month }).then(() => dialog.querySelectorAll("[data-month]")[place].focus());
  } else if (event.type === "click" && button && button.value) dialog.pick(button.value);
  else if (event.type === "click" && button) dialog.close();
}

function equipAll(root) {
  root.querySelectorAll("input[data-day]").forEach(equip);
}

document.addEventListener("DOMContentLoaded", () => {
  equipAll(document);
  const dialog = document.getElementById("calendar");
  if (dialog) for (const name of ["click", "change", "keydown"]) dialog.addEventListener(name, onCalendar);
});
document.addEventListener("htmx:afterSettle", (event) => equipAll(event.detail.elt.parentElement || document));
