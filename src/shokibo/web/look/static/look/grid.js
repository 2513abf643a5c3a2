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
  const at = rows.indexOf(field.closest("tr"));
  const column = cellsOf(rows[at]).indexOf(field);
  let next = rows[at + step];
  if (!next && step > 0) next = addRow(grid);
  if (!next) return;
  const target = cellsOf(next)[column];
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

// Open parts of what follows stay open when it is replaced.
const opened = new Set();

document.addEventListener("keydown", onKey);
document.addEventListener("keydown", onSave);
document.addEventListener("input", onInput);
document.addEventListener("click", onMore);
document.addEventListener("htmx:beforeSwap", () => {
  opened.clear();
  document.querySelectorAll("#worked details[open]").forEach((part) => opened.add(nameOf(part)));
});
document.addEventListener("htmx:afterSettle", () => {
  document.querySelectorAll("#worked details").forEach((part) => {
    if (opened.has(nameOf(part))) part.open = true;
  });
});
document.addEventListener("submit", (event) => delete event.target.dataset.changed);
window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-changed]")) event.preventDefault();
});

function nameOf(part) {
  return part.id || part.closest("[id]").id;
}
