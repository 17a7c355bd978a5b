// The least that any tool must do: read the sources, compare, and write three copies of each.
// Plain JavaScript, because taking the types out of TypeScript would cost it more than the work.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";

const check = process.argv[2] === "check";
const COPIES = {
  agents: [
    [".claude/agents", ".md"],
    [".cursor/agents", ".md"],
    [".github/agents", ".agent.md"],
  ],
  rules: [
    [".claude/rules", ".md"],
    [".cursor/rules", ".mdc"],
    [".github/instructions", ".instructions.md"],
  ],
};

/** Whether a file holds these bytes. */
function same(path, bytes) {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat !== undefined && stat.size === bytes.length && readFileSync(path).equals(bytes);
}

for (const [folder, copies] of Object.entries(COPIES)) {
  if (!check) for (const [to] of copies) mkdirSync(to, { recursive: true });
  for (const file of readdirSync(folder)) {
    const bytes = readFileSync(`${folder}/${file}`);
    for (const [to, extension] of copies) {
      const path = `${to}/${file.slice(0, -".md".length)}${extension}`;
      if (same(path, bytes)) continue;
      if (check) process.exitCode = 1;
      else writeFileSync(path, bytes);
    }
  }
}
