// A grid moves like a spreadsheet: cells are picked, typed over, edited and left by the same keys.
// Everything works without it; nothing here calculates.

import * as blocks from "./blocks.js";
import { addRow, columnOf, columnsOf, coverWithWord, faceOf, fieldAt, fieldOf, fieldsOf } from "./cells.js";
import { follow, hold, isBlank, meaningOf, reveal, rowsOf, textOf, typesWords, unfold, valueOf } from "./cells.js";
import { record, redo, say, show, undo, write } from "./steps.js";

// How a cell is used: "ready" (a key replaces it), "typed" (arrows leave it), "edited" (they don't).
const now = { mode: "ready", from: null, to: null, held: null, before: "", trail: null, drags: false };

function gridOf(element) {
  return element.closest("[data-grid]");
}

function enter(field) {
  unfold(field.closest("tr"));
  const face = faceOf(field);
  face.focus();
  if (face.select) face.select();
}

function picked(grid) {
  return blocks.spanOf(grid, now.from, now.to);
}

function fieldsPicked(grid) {
  return blocks.fieldsIn(grid, picked(grid));
}

function pick(from, to) {
  document.querySelectorAll(".picked").forEach((face) => face.classList.remove("picked"));
  now.from = from;
  now.to = to;
  if (from === to) return;
  const grid = gridOf(from);
  for (const field of fieldsPicked(grid).flat()) if (field) faceOf(field).classList.add("picked");
}

// What was typed in a cell becomes a step when the cell is left.
function commit() {
  const field = now.held;
  if (!field) return;
  const grid = gridOf(field);
  const after = meaningOf(field, valueOf(field));
  if (after !== valueOf(field)) show(grid, [[field, after]]);
  if (after !== now.before) record(grid, [{ field, before: now.before, after }]);
  reveal(field);
  begin(field);
}

function begin(field) {
  now.held = field;
  now.before = valueOf(field);
  now.mode = "ready";
}

// Take back what was typed in a cell since it was entered.
function takeBack(field) {
  if (valueOf(field) !== now.before) show(gridOf(field), [[field, now.before]]);
  begin(field);
  pick(field, field);
  enter(field);
}

// The next field in a direction that has one; below the last row there is a new one, if it adds.
function neighbour(grid, field, down, right, adds = false) {
  const rows = rowsOf(grid);
  const columns = columnsOf(grid);
  let r = rows.indexOf(field.closest("tr"));
  let c = columns.indexOf(columnOf(field));
  for (;;) {
    r += down;
    c += right;
    const row = rows[r] || (adds && r >= rows.length && addRow(grid));
    if (!row || !columns[c]) return null;
    const found = fieldAt(row, columns[c]);
    if (found) return found;
  }
}

function goTo(field) {
  if (field) enter(field);
}

function down(grid, field, event) {
  const start = now.trail && !event.shiftKey ? fieldAt(field.closest("tr"), now.trail) : field;
  goTo(neighbour(grid, start, event.shiftKey ? -1 : 1, 0, true));
}

// Tab runs on by itself; behind the last cell of a grid's last row, if it holds anything, is a new row.
function tab(grid, field, event) {
  const row = field.closest("tr");
  const trail = now.trail || columnOf(field);
  const isLast = row === rowsOf(grid).at(-1) && field === fieldsOf(row).at(-1);
  const added = isLast && !event.shiftKey && !isBlank(row) && addRow(grid);
  if (added) {
    event.preventDefault();
    goTo(fieldsOf(added)[0]);
  }
  now.trail = added ? null : trail;
}

function openList(field) {
  if (field.tagName !== "SELECT") return;
  field.focus();
  field.showPicker();
}

function edit(field) {
  const face = faceOf(field);
  if (face.type !== "text") return;
  now.mode = "edited";
  face.setSelectionRange(face.value.length, face.value.length);
}

function clear(grid) {
  const fields = fieldsPicked(grid).flat();
  write(grid, fields.filter((field) => field && field.type !== "checkbox").map((field) => [field, ""]));
  begin(now.from);
  enter(now.from);
}

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function arrow(grid, field, event) {
  if (now.mode === "edited") return;
  const [rows, columns] = ARROWS[event.key];
  if (event.shiftKey && now.mode === "typed") return;
  event.preventDefault();
  if (!event.shiftKey) goTo(neighbour(grid, field, rows, columns));
  else pick(now.from, neighbour(grid, now.to, rows, columns) || now.to);
}

// Go to what was undone or done again.
function goBack(grid, changes, name) {
  say(grid, changes ? name : "none");
  if (!changes) return;
  begin(changes[0].field);
  pick(changes[0].field, changes.at(-1).field);
  enter(changes[0].field);
}

const CHORDS = {
  d(grid) {
    commit();
    blocks.fillDown(grid, picked(grid));
    begin(now.held);
  },
  z(grid, event) {
    commit();
    if (event.shiftKey) goBack(grid, redo(grid), "redone");
    else goBack(grid, undo(grid), "undone");
  },
  y(grid) {
    commit();
    goBack(grid, redo(grid), "redone");
  },
};

function onKey(event) {
  const grid = gridOf(event.target);
  if (!grid || event.isComposing || event.keyCode === 229 || !event.target.closest("td")) return;
  const field = fieldOf(event.target);
  if (!field.name) return;
  if (event.target === field && faceOf(field) !== field) enter(field); // its list was closed again
  const key = event.key;
  if (event.ctrlKey || event.metaKey) {
    const chord = CHORDS[key.toLowerCase()];
    if (!chord || event.altKey) return;
    event.preventDefault();
    chord(grid, event);
    return;
  }
  if (key in ARROWS && !event.altKey) {
    now.trail = null;
    arrow(grid, field, event);
  } else if (key === "F4" || (key === "ArrowDown" && event.altKey)) {
    event.preventDefault();
    openList(field);
  } else if (key === "Enter" && !event.altKey) {
    event.preventDefault();
    down(grid, field, event);
    now.trail = null;
  } else if (key === "Tab") tab(grid, field, event);
  else if (key === "F2") edit(field);
  else if (key === "Escape") takeBack(field);
  else if (key === "Delete" && now.mode === "ready") {
    event.preventDefault();
    clear(grid);
  }
}

function onFocus(event) {
  const grid = gridOf(event.target);
  const field = grid && fieldOf(event.target);
  if (!field || !field.name || field === now.held) return;
  if (!event.relatedTarget || gridOf(event.relatedTarget) !== grid) now.trail = null;
  begin(field);
  if (field !== now.from) pick(field, field);
}

function onBlur(event) {
  if (!now.held || fieldOf(event.target) !== now.held) return;
  commit();
  now.held = null;
}

function onInput(event) {
  const grid = gridOf(event.target);
  if (!grid) return;
  const form = grid.closest("form");
  form.querySelector("[data-unsaved]").hidden = false;
  form.dataset.changed = "1";
  if (event.target === grid) return;
  if (now.mode === "ready") now.mode = "typed";
  const field = fieldOf(event.target);
  if (field !== event.target) hold(field, event.target.value);
  pick(field, field);
  follow(field);
}

// A word chosen from the list is in the cell, and the hand is back on it.
function onChange(event) {
  if (event.target.matches(".choice > select")) enter(event.target);
}

function onPaste(event) {
  const grid = gridOf(event.target);
  if (!grid || !now.held) return;
  const text = event.clipboardData.getData("text/plain");
  if (!text) {
    event.preventDefault(); // a picture, say: it would empty the cell
    return;
  }
  const block = blocks.blockOf(text);
  const isBlock = block.length > 1 || block[0].length > 1;
  if (now.mode !== "ready" && !isBlock) return;
  event.preventDefault();
  commit();
  const span = blocks.paste(grid, picked(grid), block);
  const written = blocks.fieldsIn(grid, span);
  begin(now.held);
  pick(written[0][0] || now.from, written.at(-1).at(-1) || now.from);
  faceOf(now.held).select?.();
}

function onCopy(event) {
  const grid = gridOf(event.target);
  if (!grid || !now.held || now.mode !== "ready") return;
  const fields = fieldsPicked(grid);
  event.clipboardData.setData("text/plain", blocks.clipText(fields.map((row) => row.map((field) => (field ? textOf(field) : "")))));
  event.preventDefault();
  if (event.type === "cut") clear(grid);
}

// A first click takes a cell, a second one goes into its text; dragging picks a range.
function onMouseDown(event) {
  const grid = gridOf(event.target);
  const field = grid && event.button === 0 && fieldOf(event.target);
  if (!field || !field.name) return;
  now.trail = null;
  if (event.shiftKey && now.from && gridOf(now.from) === grid) {
    event.preventDefault();
    pick(now.from, field);
  } else if (event.target.type === "text" && typesWords) {
    if (event.target === document.activeElement) {
      now.mode = "edited";
      pick(field, field);
      return;
    }
    event.preventDefault();
    enter(field);
    now.drags = true;
  }
}

function onMouseOver(event) {
  const cell = now.drags && event.buttons === 1 && event.target.closest("[data-grid] td");
  const face = cell && (event.target.closest("[name], .word") || cell.querySelector(".word, [name]"));
  if (face && gridOf(face) === gridOf(now.from)) pick(now.from, fieldOf(face));
}

function onMore(event) {
  const button = event.target.closest("[data-more]");
  if (!button) return;
  const row = addRow(button.form.querySelector("[data-grid]"));
  if (!row) return;
  event.preventDefault();
  enter(fieldsOf(row)[0]);
}

function onSave(event) {
  const form = document.querySelector("form.grid-form");
  if (!form || !(event.ctrlKey || event.metaKey) || event.key !== "s") return;
  event.preventDefault();
  commit();
  form.requestSubmit();
}

if (typesWords) document.querySelectorAll("[data-grid] td select").forEach(coverWithWord);
document.addEventListener("keydown", onKey);
document.addEventListener("keydown", onSave);
document.addEventListener("focusin", onFocus);
document.addEventListener("focusout", onBlur);
document.addEventListener("input", onInput);
document.addEventListener("compositionend", onInput);
document.addEventListener("change", onChange);
document.addEventListener("paste", onPaste);
document.addEventListener("copy", onCopy);
document.addEventListener("cut", onCopy);
document.addEventListener("mousedown", onMouseDown);
document.addEventListener("mouseover", onMouseOver);
document.addEventListener("mouseup", () => { now.drags = false; });
document.addEventListener("click", onMore);
document.addEventListener("submit", (event) => delete event.target.dataset.changed);
window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-changed]")) event.preventDefault();
});
