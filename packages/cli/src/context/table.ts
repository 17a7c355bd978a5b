import { columns } from "../output/terminal.ts";

/** In characters: a line that is longer wraps in many terminals. */
export const WIDTH = 100;

/** Rows as aligned columns, the last of them broken at blanks so that a line has at most {@link WIDTH} characters, where words allow it. */
export function table(rows: readonly (readonly string[])[], right: readonly number[] = []): string[] {
  const last = Math.max(...rows.map((row) => row.length)) - 1;
  const [widest = ""] = columns(
    rows.map((row) => [...row.slice(0, last), "|"]),
    right,
  );
  const width = Math.max(24, WIDTH - widest.lastIndexOf("|"));
  const broken = rows.flatMap((row) => {
    const [first = "", ...more] = wrap(row[last] ?? "", width);
    return [[...row.slice(0, last), first], ...more.map((line) => [...row.slice(0, last).map(() => ""), line])];
  });
  return columns(broken, right);
}

/** A text in lines of at most a number of characters, where words allow it. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** A path that fits into some characters: its middle goes first. */
export function fit(path: string, width: number): string {
  if (path.length <= width) return path;
  const end = Math.ceil((width - 3) * 0.7);
  return `${path.slice(0, width - 3 - end)}...${path.slice(path.length - end)}`;
}
