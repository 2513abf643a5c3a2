// What a page can't say by its style alone: that a table is wider than its frame, and whose paper it is.
// Everything works without it.
"use strict";

function tellWhetherItScrolls(frame) {
  const says = frame.previousElementSibling?.matches(".scrolls") ? frame.previousElementSibling : null;
  const scrolls = frame.scrollWidth > frame.clientWidth + 1;
  if (scrolls && !says) {
    const words = document.createElement("p");
    words.className = "scrolls";
    words.textContent = document.body.dataset.scrolls;
    frame.before(words);
  } else if (!scrolls && says) {
    says.remove();
  }
}

const sizes = new ResizeObserver((entries) => {
  entries.forEach((entry) => tellWhetherItScrolls(entry.target.closest(".table-wrap")));
});

function watchTables() {
  document.querySelectorAll(".table-wrap:not([aria-describedby])").forEach((frame) => {
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

document.addEventListener("DOMContentLoaded", watchTables);
document.addEventListener("htmx:afterSettle", watchTables);
window.addEventListener("beforeprint", nameTheSheets);
