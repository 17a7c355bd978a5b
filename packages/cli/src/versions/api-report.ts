import type { Snapshot } from "@personakit/core";
import { LAYOUT, oneLine, own, standingInWords } from "@personakit/core/internal";
import { sha256 } from "../files/sha256.ts";

/** How much of a rule a line shows, in words. */
const FIRST_WORDS = 10;

/** A package's API report: a line for each thing that its version promises. Its diff is what a reviewer of a release reads. */
export function apiReport(name: string, { rules, about, ...more }: Snapshot): string {
  const facts = Object.entries(about).flatMap(([key, value]) => {
    const text = oneLine(typeof value === "string" ? value : value.join(", "));
    // The lines above stand in their order.
    return text === "" || key === LAYOUT ? [] : [`- ${key}: ${text}`];
  });
  return [
    `# What ${name} promises`,
    "",
    "Generated: a line for each rule, with its first words and a fingerprint of its whole text.",
    "",
    ...Object.entries(rules).flatMap(([path, state]) => [ruleLine(path, state), ...linesBelow(path, more)]),
    "",
    ...Object.entries(more.renamed ?? {}).flatMap(([old, now]) =>
      now.includes("/") ? [] : [`- ${now}, formerly: ${old}`],
    ),
    ...facts,
    "",
  ].join("\n");
}

/** What else is promised of a rule: when it stands, why it will go, what it was called. */
function linesBelow(path: string, { standing, deprecated, renamed = {} }: Omit<Snapshot, "rules" | "about">): string[] {
  const cases = own(standing, path);
  const reason = own(deprecated, path);
  const formerly = Object.keys(renamed).filter((old) => renamed[old] === path);
  return [
    ...(cases === undefined ? [] : [`  - stands ${standingInWords(cases)}`]),
    ...(reason === undefined ? [] : [`  - deprecated: ${oneLine(reason)}`]),
    ...(formerly.length === 0 ? [] : [`  - formerly: ${formerly.join(", ")}`]),
  ];
}

function ruleLine(path: string, state: string): string {
  const [, kind = "", text = ""] = /^(\w+): ([\s\S]*)$/.exec(state) ?? [];
  const words = oneLine(text).split(" ");
  const shown = words.slice(0, FIRST_WORDS).join(" ");
  const fingerprint = sha256(state).slice(0, 8);
  return `- ${kind} ${path} ${fingerprint}: ${shown}${words.length > FIRST_WORDS ? " ..." : ""}`;
}
