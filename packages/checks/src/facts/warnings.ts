/** The line that an offset stands in, without its end. */
export function lineAt(text: string, offset: number): string {
  let end = offset;
  while (end < text.length && !isLineEnd(text, end)) end++;
  return text.slice(startOfLine(text, offset), end);
}

/** Where the line of an offset begins. */
export function startOfLine(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && !isLineEnd(text, start - 1)) start--;
  return start;
}

function isLineEnd(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 10 || code === 13;
}

/** Words of a text that shows what not to do, or what to look for, and tells nobody to do it. */
const WARNS =
  /\b(?:never|avoid|tell the user|tell them|the user can|don[’']?ts?|do not|must not|should not|refuse|reject|block(?:s|ed)?|deny|denied|forbid(?:den)?|prevent|detect(?:s|ion)?|flag(?:s|ged)?|scan|look for|watch for|check for|search for|grep|rg|suspicious|malicious|dangerous|unsafe|insecure|vulnerab\w+|attack\w*|inject\w*|threat\w*|risk\w*|anti-?patterns?|bad|wrong|red flags?|examples?|e\.g\.|such as|instead of|patterns?|attempts?|adversar\w+|jailbreak\w*|fail(?:s|ed)?|warn\w*|ask\w* before|confirm\w*|requires?|audit\w*|untrusted|hidden|hooks?)\b|❌|✗|🚫|⛔/i;

/** Whether what stands at an offset is shown as a warning or an example: by its own line, by what stands above it, or by its heading. */
export function isWarning(text: string, offset: number): boolean {
  const above = text.slice(Math.max(0, offset - 6000), startOfLine(text, offset)).split(/\r\n|\n|\r/);
  const heading = above.findLast((line) => /^#{1,6}[ \t]/.test(line)) ?? "";
  const lead = above.filter((line) => line.trim() !== "").slice(-3);
  return [lineAt(text, offset), heading, ...lead].some((line) => WARNS.test(line));
}
