// Blocks of cells: as a spreadsheet puts them on the clipboard, pasted, copied, filled down.

import { addRow, columnOf, columnsOf, fieldAt, rowsOf, valueOf } from "./cells.js";
import { say, write } from "./steps.js";

// Read a block: cells end with a tab, rows with CRLF or LF; a cell in quotes may hold all of these.
export function blockOf(text) {
  const cell = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/y;
  const rows = [[]];
  while (cell.lastIndex <= text.length) {
    const [, quoted, bare, end] = cell.exec(text);
    rows.at(-1).push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (!end) break;
    if (end !== "\t") rows.push([]);
  }
  if (rows.length > 1 && rows.at(-1).length === 1 && !rows.at(-1)[0]) rows.pop();
  return rows;
}

export function clipText(rows) {
  const quoted = (text) => (/["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map(quoted).join("\t")).join("\r\n");
}

// The picked part of a grid: from one field to another, as numbers of rows and columns.
export function spanOf(grid, from, to) {
  const rows = rowsOf(grid);
  const columns = columnsOf(grid);
  const ends = [from, to].map((field) => [rows.indexOf(field.closest("tr")), columns.indexOf(columnOf(field))]);
  const [[r1, c1], [r2, c2]] = ends;
  return { top: Math.min(r1, r2), left: Math.min(c1, c2), bottom: Math.max(r1, r2), right: Math.max(c1, c2) };
}

// The fields of a span, row by row; null where a row has none.
export function fieldsIn(grid, { top, left, bottom, right }) {
  const columns = columnsOf(grid).slice(left, right + 1);
  return rowsOf(grid).slice(top, bottom + 1).map((row) => columns.map((column) => fieldAt(row, column)));
}

// Paste at a span, one cell into all of it; give the span that was written. A mark to remove a row
// is never pasted.
export function paste(grid, span, block) {
  const isOne = block.length === 1 && block[0].length === 1;
  const columns = columnsOf(grid);
  const height = isOne ? span.bottom - span.top + 1 : block.length;
  const width = isOne ? span.right - span.left + 1 : Math.max(...block.map((row) => row.length));
  const rows = rowsOf(grid);
  const known = rows.length;
  while (rows.length < span.top + height) {
    const row = addRow(grid);
    if (!row) break; // the grid takes no more
    rows.push(row);
  }
  const added = rows.length - known;
  const pairs = [];
  let lost = 0;
  for (let r = 0; r < height; r += 1) {
    const row = rows[span.top + r];
    const texts = isOne ? Array(width).fill(block[0][0]) : block[r];
    texts.forEach((text, c) => {
      const column = columns[span.left + c];
      const field = row && column && fieldAt(row, column);
      if (field && field.type !== "checkbox") pairs.push([field, text]);
      else if (text) lost += 1;
    });
  }
  write(grid, pairs);
  const names = ["pasted", ...(added ? ["added"] : []), ...(lost ? ["lost"] : [])];
  say(grid, names.join(" "), { rows: height, columns: width, added, lost });
  const bottom = Math.min(span.top + height, rows.length) - 1;
  return { ...span, bottom, right: Math.min(span.left + width, columns.length) - 1 };
}

// Fill the first row of a span down to its last; a single row is filled from the one above it.
export function fillDown(grid, span) {
  const top = span.top === span.bottom ? Math.max(span.top - 1, 0) : span.top;
  const [first, ...below] = fieldsIn(grid, { ...span, top });
  const pairs = below.flatMap((fields) =>
    fields.map((field, c) => [field, first[c] && valueOf(first[c])]).filter(([field, value]) => field && value !== null),
  );
  say(grid, "filled", { n: write(grid, pairs) });
}
