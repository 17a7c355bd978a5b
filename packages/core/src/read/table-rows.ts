const BAR = 124;

/** The cells in the head of a table; 0 for a line that cannot be one. */
export function cellsOf(text: string, start: number, end: number): number {
  let cells = 0;
  let isNew = text.charCodeAt(start) !== BAR;
  let hasText = false;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 9 || code === 32) continue;
    if (at > start || code !== BAR) hasText = true;
    if (isNew) cells++;
    isNew = code === BAR;
    // A backslash takes a bar or another backslash along.
    if (code === 92 && (text.charCodeAt(at + 1) === BAR || text.charCodeAt(at + 1) === 92)) at++;
  }
  return hasText ? cells : 0;
}

/** The columns that the row of dashes below a table's head has; 0 for a line that is none. */
export function columnsOf(text: string, start: number, end: number): number {
  let columns = 0;
  let at = start;
  // A row of dashes alone underlines a heading.
  let isTable = false;
  const skipSpace = () => {
    while (at < end && (text.charCodeAt(at) === 9 || text.charCodeAt(at) === 32)) at++;
  };
  const skipColon = () => {
    if (at >= end || text.charCodeAt(at) !== 58) return;
    isTable = true;
    at++;
  };
  while (at < end) {
    if (text.charCodeAt(at) === BAR) {
      isTable = true;
      at++;
      skipSpace();
      if (at === end) break;
    } else if (columns > 0) return 0;
    skipColon();
    const dashes = at;
    while (at < end && text.charCodeAt(at) === 45) at++;
    if (at === dashes) return 0;
    skipColon();
    columns++;
    skipSpace();
  }
  return isTable ? columns : 0;
}
