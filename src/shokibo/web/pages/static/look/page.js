// What a page can't say by its style alone: that a table or picture is larger than its frame, and
// whose paper it is.
// Everything works without it.
"use strict";

const FRAMES = ".table-wrap:not([aria-describedby]), .chart-drawn";

function tellWhetherItScrolls(frame) {
  const says = frame.previousElementSibling?.matches(".scrolls") ? frame.previousElementSibling : null;
  const { scrollsAcross, scrollsDown } = document.body.dataset;
  const words = [
    frame.scrollWidth > frame.clientWidth + 1 ? scrollsAcross : "",
    frame.scrollHeight > frame.clientHeight + 1 ? scrollsDown : "",
  ].filter(Boolean).join("  ");
  if (!words) {
    says?.remove();
    return;
  }
  const line = says || document.createElement("p");
  line.className = "scrolls";
  if (line.textContent !== words) line.textContent = words;
  if (!says) frame.before(line);
}

const sizes = new ResizeObserver((entries) => {
  const frames = entries.map((entry) => entry.target.closest(FRAMES)).filter(Boolean);
  new Set(frames).forEach(tellWhetherItScrolls);
});

function watchFrames() {
  document.querySelectorAll(FRAMES).forEach((frame) => {
    sizes.observe(frame);
    if (frame.firstElementChild) sizes.observe(frame.firstElementChild);
  });
}

// Every sheet after the first is headed by what the first one has in its title and its head.
function nameTheSheets() {
  const title = document.querySelector("h1")?.textContent ?? document.title;
  const head = [...document.querySelectorAll(".print-head span")].map((part) => part.textContent);
  const words = [...head, title].map((part) => part.trim().replace(/\s+/g, " ")).join("  ");
  document.documentElement.style.setProperty("--running", JSON.stringify(words));
}

// A field is a single line, cut where its cell ends: on paper its text is written out, and wraps.
function writeOutFields() {
  document.querySelectorAll("table.grid td").forEach((cell) => {
    const fields = [...cell.querySelectorAll("input:not([type])[name], select[name]")];
    const words = fields.map((field) => (field.selectedOptions ? field.selectedOptions[0].text : field.value).trim());
    if (fields.length) cell.dataset.written = words.filter(Boolean).join(" ");
  });
}

document.addEventListener("DOMContentLoaded", watchFrames);
document.addEventListener("htmx:afterSettle", watchFrames);
window.addEventListener("beforeprint", nameTheSheets);
window.addEventListener("beforeprint", writeOutFields);
