// A grid moves like a sheet: Enter and arrows between rows, rows added at its end, Ctrl+S saves.
// Everything works without it; nothing here calculates.
"use strict";

function cellsOf(row) {
  return [...row.querySelectorAll("input[type=text], select, input[type=checkbox]")];
}

function rowsOf(grid) {
  return [...grid.querySelectorAll("tbody tr:not(.group)")];
}

function moveTo(grid, field, step) {
  const rows = rowsOf(grid);
  const cell = field.closest("td");
  const part = cellsOf(cell).indexOf(field);
  const fieldOf = (row) => row && cellsOf(row.cells[cell.cellIndex])[part];
  let at = rows.indexOf(field.closest("tr")) + step;
  while (rows[at] && !fieldOf(rows[at])) at += step;
  const target = fieldOf(rows[at] || (step > 0 && addRow(grid)));
  if (!target) return;
  target.focus();
  if (target.select) target.select();
}

// A new row is the last one with its number raised and its cells emptied.
function addRow(grid) {
  const form = grid.closest("form");
  const count = form.elements.rows;
  if (!count) return null;
  const old = Number(count.value);
  const row = rowsOf(grid).at(-1).cloneNode(true);
  row.removeAttribute("id");
  row.className = "";
  row.querySelectorAll(".wrong, .now, .note").forEach((part) => part.remove());
  for (const part of row.querySelectorAll("*")) {
    for (const name of ["id", "name", "aria-labelledby"]) {
      const held = part.getAttribute(name);
      if (held) part.setAttribute(name, held.replace(new RegExp(`(^|\\b[cr])${old}(?=[- ]|$)`, "g"), `$1${old + 1}`));
    }
    for (const name of ["aria-invalid", "aria-describedby"]) part.removeAttribute(name);
  }
  row.querySelector("th").firstChild.textContent = String(old + 1);
  row.querySelector("input[type=hidden]").value = "";
  for (const field of cellsOf(row)) {
    if (field.type === "checkbox") field.checked = false;
    else field.value = "";
  }
  grid.querySelector("tbody").append(row);
  count.value = String(old + 1);
  return row;
}

function onKey(event) {
  const grid = event.target.closest("[data-grid]");
  if (!grid || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  const field = event.target;
  if (!cellsOf(field.closest("tr")).includes(field)) return;
  const chooses = field.tagName === "SELECT";
  const steps = { Enter: event.shiftKey ? -1 : 1, ArrowDown: chooses ? 0 : 1, ArrowUp: chooses ? 0 : -1 };
  const step = steps[event.key];
  if (!step) return;
  event.preventDefault();
  moveTo(grid, field, step);
}

// A row's units are those of its home.
function onInput(event) {
  const field = event.target;
  const row = field.closest("[data-grid] tr");
  if (!row) return;
  const form = field.form;
  form.querySelector("[data-unsaved]").hidden = false;
  form.dataset.changed = "1";
  const unit = row.querySelector("input[list]");
  if (unit && field.name.endsWith("-home_id")) unit.setAttribute("list", `units-${field.value}`);
  if (field.type === "checkbox") row.classList.toggle("gone", field.checked);
}

function onSave(event) {
  const form = document.querySelector("form[data-follows]");
  if (form && (event.ctrlKey || event.metaKey) && event.key === "s") {
    event.preventDefault();
    form.requestSubmit(form.querySelector("button:not([name])"));
  }
}

function onMore(event) {
  const button = event.target.closest("[data-more]");
  if (!button) return;
  event.preventDefault();
  const row = addRow(button.form.querySelector("[data-grid]"));
  cellsOf(row)[0].focus();
}

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

function onLeave(event) {
  if (document.querySelector("form[data-changed]")) event.preventDefault();
}

document.addEventListener("keydown", onKey);
document.addEventListener("keydown", onSave);
document.addEventListener("input", onInput);
document.addEventListener("click", onMore);
document.addEventListener("htmx:configRequest", onAsk);
document.addEventListener("htmx:beforeSwap", onReplace);
document.addEventListener("htmx:sendError", () => tellWhetherItFollows(false));
document.addEventListener("htmx:afterSettle", onReplaced);
document.addEventListener("toggle", onToggle, true);
document.addEventListener("submit", (event) => delete event.target.dataset.changed);
window.addEventListener("beforeunload", onLeave);
