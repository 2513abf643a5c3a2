// Pictures come alive: each figure's Vega-Lite is drawn in the page, in place of the server's SVG.
// The interpreter evaluates expressions without eval, which the page's policy forbids.
"use strict";

function draw(figure) {
  const written = figure.querySelector('script[type="application/json"]');
  if (!written || figure.dataset.drawn === written.textContent) return;
  figure.dataset.drawn = written.textContent;
  const place = figure.querySelector(".chart-drawn");
  const made = vegaLite.compile(JSON.parse(written.textContent)).spec;
  const view = new vega.View(vega.parse(made, null, { ast: true }), {
    expr: vegaInterpreter.expressionInterpreter,
    renderer: "svg",
    hover: true,
  });
  const fresh = document.createElement("div");
  view.initialize(fresh);
  view.runAsync().then(() => {
    const svg = fresh.querySelector("svg");
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", figure.querySelector("[data-alt]").textContent);
    svg.removeAttribute("aria-roledescription");
    place.replaceChildren(fresh);
  });
}

function drawAll(root) {
  root.querySelectorAll("[data-picture]").forEach(draw);
}

document.addEventListener("DOMContentLoaded", () => drawAll(document));
document.addEventListener("htmx:afterSettle", (event) => drawAll(event.detail.elt.parentElement || document));
