// Steps of a grid that can be undone: a typed cell is one, and so is a whole block.

import { follow, hold, meaningOf, reveal, valueOf } from "./cells.js";

const stepsOf = new WeakMap();

function stepsIn(grid) {
  if (!stepsOf.has(grid)) stepsOf.set(grid, { done: [], undone: [] });
  return stepsOf.get(grid);
}

export function record(grid, changes) {
  const steps = stepsIn(grid);
  steps.done.push(changes);
  steps.undone = [];
}

// Write [field, text] pairs as one step, and give how many fields differ. One after the other: a
// row's units are those of the home before them.
export function write(grid, pairs) {
  const changes = pairs.map(([field, text]) => {
    const change = { field, before: valueOf(field), after: meaningOf(field, text) };
    hold(field, change.after);
    follow(field);
    return change;
  });
  const differing = changes.filter(({ before, after }) => before !== after);
  if (!differing.length) return 0;
  record(grid, differing);
  show(grid, differing.map(({ field, after }) => [field, after]));
  return differing.length;
}

export function undo(grid) {
  const steps = stepsIn(grid);
  const changes = steps.done.pop();
  if (!changes) return null;
  steps.undone.push(changes);
  show(grid, changes.map(({ field, before }) => [field, before]).reverse());
  return changes;
}

export function redo(grid) {
  const steps = stepsIn(grid);
  const changes = steps.undone.pop();
  if (!changes) return null;
  steps.done.push(changes);
  show(grid, changes.map(({ field, after }) => [field, after]));
  return changes;
}

// What a script writes is announced like what a hand types, once for all of it.
export function show(grid, pairs) {
  for (const [field, value] of pairs) {
    hold(field, value);
    reveal(field);
    follow(field);
  }
  grid.dispatchEvent(new Event("input", { bubbles: true }));
}

// Say what was done, in the words that the page holds for it.
export function say(grid, name, figures = {}) {
  const place = grid.closest("form").querySelector("[data-said]");
  const words = name.split(" ").map((one) => place.dataset[one]).join(" ");
  place.textContent = words.replace(/\{(\w+)\}/g, (_whole, figure) => figures[figure]);
}
