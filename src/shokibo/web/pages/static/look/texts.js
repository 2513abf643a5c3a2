// A figure's name is put into the text where the caret stands, by one press of its button.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const source = document.getElementById("id_source");
  if (!source) return;
  document.querySelectorAll("[data-insert]").forEach((written) => {
    const button = document.createElement("button");
    button.type = "button";
    button.replaceChildren(...written.childNodes);
    button.addEventListener("click", () => {
      source.setRangeText(button.textContent, source.selectionStart, source.selectionEnd, "end");
      source.focus();
      source.dispatchEvent(new Event("input", { bubbles: true }));
    });
    written.append(button);
  });
});
