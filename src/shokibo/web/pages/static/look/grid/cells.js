// The cells of a grid: where a field is, what it holds as text, and rows added at the end.

const LEADING = 4; // cells that head a folded row, as on the server

export function rowsOf(grid) {
  return [...grid.querySelectorAll("tbody tr:not(.group)")];
}

export function fieldsOf(row) {
  return [...row.querySelectorAll("[name]:not([type=hidden])")];
}

// A field's name is its row's and its column's: 12-fiscal_year.
export function columnOf(field) {
  return field.name.slice(field.name.indexOf("-") + 1);
}

export function columnsOf(grid) {
  return fieldsOf(rowsOf(grid)[0]).map(columnOf);
}

export function fieldAt(row, column) {
  return row.querySelector(`[name$="-${column}"]`);
}

// With keys and a mouse, a cell that chooses is typed in too: a word over its list, whose arrow
// stays in sight. The word is what has the focus, the list is what is sent.
export const typesWords = matchMedia("(pointer: fine)").matches;

export function faceOf(field) {
  return field.matches(".choice > select") ? field.previousElementSibling : field;
}

export function fieldOf(face) {
  return face.matches(".choice > .word") ? face.nextElementSibling : face;
}

export function coverWithWord(select) {
  const word = document.createElement("input");
  word.className = "word";
  word.autocomplete = "off";
  for (const name of ["id", "aria-labelledby", "aria-describedby", "aria-invalid"]) {
    if (select.hasAttribute(name)) word.setAttribute(name, select.getAttribute(name));
  }
  select.removeAttribute("id");
  select.tabIndex = -1;
  select.setAttribute("aria-hidden", "true");
  const choice = document.createElement("span");
  choice.className = "choice";
  select.replaceWith(choice);
  choice.append(word, select);
  reveal(select);
}

export function textOf(field) {
  if (field.type === "checkbox") return field.checked ? "○" : "";
  return field.tagName === "SELECT" ? field.selectedOptions[0].text.trim() : field.value;
}

export function valueOf(field) {
  return field.type === "checkbox" ? String(field.checked) : field.value;
}

function plain(text) {
  return text.normalize("NFKC").trim().toLowerCase();
}

// A word is a choice by its code or its label; where nothing else is allowed, by how one of them
// alone begins too. What is no choice stays as it is.
export function meaningOf(field, text) {
  const line = text.replace(/\s+/g, " ").trim();
  const wanted = plain(line);
  const offered = field.tagName === "SELECT" ? field : field.list;
  if (!wanted || !offered) return line;
  const choices = [...offered.options].filter((option) => option.value && !option.dataset.typed);
  const isNamed = [
    (option) => plain(option.value) === wanted,
    (option) => plain(option.text) === wanted,
    (option) => field === offered && [option.value, option.text].some((name) => plain(name).startsWith(wanted)),
  ];
  const found = isNamed.map((test) => choices.filter(test)).find((some) => some.length);
  return found && found.length === 1 ? found[0].value : line;
}

export function hold(field, value) {
  if (field.type === "checkbox") field.checked = value === "true";
  else field.value = value;
  if (field.tagName === "SELECT" && field.value !== value) {
    const typed = field.querySelector("[data-typed]") || field.appendChild(new Option());
    typed.dataset.typed = "1";
    typed.text = typed.value = value;
    field.value = value;
  }
}

// Show at a cell's word what its list holds.
export function reveal(field) {
  if (faceOf(field) !== field) faceOf(field).value = textOf(field);
}

// What else of a row follows a field: the units of its home, how the row looks, what heads it.
export function follow(field) {
  const row = field.closest("tr");
  if (columnOf(field) === "home_id") row.querySelector("[list]")?.setAttribute("list", `units-${field.value}`);
  if (field.type === "checkbox") row.classList.toggle("gone", field.checked);
  row.classList.remove("blank");
  const head = row.querySelector(".fold summary");
  if (!head) return;
  const words = fieldsOf(row).filter((one) => one.type !== "checkbox").map(textOf).filter(Boolean);
  head.textContent = words.slice(0, LEADING).join("・") || head.closest("[data-grid]").dataset.new;
}

// On a phone a row is folded to its head, or all rows of a year to theirs.
export function unfold(row) {
  const fold = row.querySelector(".fold") || row.parentElement.querySelector(".group .fold");
  fold?.setAttribute("open", "");
}

export function isBlank(row) {
  return !fieldsOf(row).some(textOf);
}

// A new row is the last one with its number raised and its cells emptied.
export function addRow(grid) {
  const count = grid.closest("form").querySelector("[name=rows]"); // .elements is slow in a long form
  if (!count || Number(count.value) >= Number(grid.dataset.most)) return null;
  const old = Number(count.value);
  const row = rowsOf(grid).at(-1).cloneNode(true);
  row.removeAttribute("id");
  row.className = "";
  row.querySelectorAll(".wrong, .now, .note, [data-typed]").forEach((part) => part.remove());
  for (const part of row.querySelectorAll("*")) {
    for (const name of ["id", "name", "aria-labelledby"]) {
      const held = part.getAttribute(name);
      if (held) part.setAttribute(name, held.replace(new RegExp(`(^|\\b[cr])${old}(?=[- ]|$)`, "g"), `$1${old + 1}`));
    }
    for (const name of ["aria-invalid", "aria-describedby"]) part.removeAttribute(name);
    part.classList.remove("picked");
  }
  row.querySelector("th").firstChild.textContent = String(old + 1);
  row.querySelector("input[type=hidden]").value = "";
  grid.querySelector("tbody").append(row);
  count.value = String(old + 1);
  for (const field of fieldsOf(row)) {
    hold(field, "");
    reveal(field);
    follow(field);
  }
  return row;
}
