import { isThere } from "../facts/links.ts";
import { folderOf, isPlaceholder, nameOf, resolvePath } from "../facts/paths.ts";
import { isWarning, lineAt } from "../facts/warnings.ts";
import { defineCheck } from "../model/define-check.ts";
import type { Facts } from "../model/facts.ts";

/** A code span that is a path with a folder and an ending, and nothing else; with the place of a line in it at most. */
const SPAN = /(?<!`)`((?:\.{0,2}\/)?(?:[\w.@+-]+\/)+[\w.@+-]+\.[a-z]{1,5})(?::\d+(?:-\d+)?)?`(?!`)/g;

/** Words of a line that makes a file, names one that is made, or one that was there. */
const MAKES =
  /\b(?:creat\w+|generat\w+|writ\w+|add(?:s|ed|ing)?|new|sav\w+|output\w*|produc\w+|emit\w*|renam\w+|mov(?:e|ed|es|ing)|delet\w+|remov\w+|deprecat\w+|legacy|former\w*|old|optional\w*|if (?:it|they|there|present|any)|when present|exists?|might|could|would|e\.g\.|for example|such as|like|build|built|compil\w+|gitignored?|ignored|not committed|never commit\w*|local\w*|cach\w+|log(?:s|ged)?|download\w*|install\w*|template|copy|copied|becomes?|→|->|=>)\b|→|->|=>/i;

const names = new WeakMap<Facts, ReadonlyMap<string, readonly string[]>>();

export const saysMissingPath = defineCheck({
  id: "says/missing-path",
  severity: "warning",
  what: "The path of a file that has moved.",
  why: {
    text: "Code moves, and instructions stay. A model that is sent to the old place searches, or makes the file once more.",
    sources: [{ source: "https://arxiv.org/abs/2511.12884", date: "2026-11-21" }],
  },
  examples: {
    bad: [
      {
        files: {
          "AGENTS.md": "Routes are registered in `src/routes/register.ts`.\n",
          "src/server/register.ts": "",
          "src/routes/users.ts": "",
        },
        finds: [["AGENTS.md", 1]],
      },
    ],
    good: [
      {
        "AGENTS.md":
          "Routes are registered in `src/routes/register.ts`. `GET /v1/orders.json` is no path.\n\n- Create `src/routes/orders.ts` for orders.\n- Handlers look like `src/routes/<name>.ts`.\n- Types come from `lib/dist/index.d.ts`.\n",
        "src/routes/register.ts": "",
        "lib/src/orders.ts": "",
        "packages/api/CLAUDE.md": "The entry is `src/main.ts`.\n",
        "packages/api/src/main.ts": "",
      },
    ],
  },
  *inFile(file, facts) {
    const { path, text, folder, isLoaded, isReference } = file;
    if (!isLoaded || isReference || !text.includes("`")) return;
    for (const { 0: found, 1: written = "", index } of text.matchAll(SPAN)) {
      const places = [...new Set([folderOf(path), folder, ""])].map((from) => resolvePath(from, written));
      if (places.some((place) => place === undefined || facts.has(place))) continue;
      if (index < file.bodyStart || isPlaceholder(written) || /\.(?:user|local)\./.test(written)) continue;
      if (file.fences.some(({ start, end }) => start <= index && index < end)) continue;
      if (MAKES.test(lineAt(text, index).replaceAll(found, "")) || isWarning(text, index)) continue;
      if (file.realPath !== path || places.some((place = "") => isThere(place, facts))) continue;
      const moved = whereIs(written, facts);
      if (moved === undefined) continue;
      yield {
        path,
        at: { start: index + 1, end: index + 1 + written.length },
        problem: `there is no ${written}`,
        hint: `Did you mean ${moved}?`,
      };
    }
  },
});

/** Where a file is now: in another folder near its old one, or there with another ending. Elsewhere it may be one of another repository. */
function whereIs(written: string, facts: Facts): string | undefined {
  const old = resolvePath("", written) ?? "";
  const top = old.split("/", 1)[0] ?? "";
  const same = filesNamed(nameOf(old), facts);
  if (same.some((path) => path.endsWith(`/${old}`))) return undefined;
  const near = same.filter((path) => path.startsWith(`${top}/`));
  if (near.length > 0) return near.length === 1 && same.length === 1 ? near[0] : undefined;
  const stem = old.replace(/\.\w+$/, "");
  const others = ENDINGS.map((ending) => stem + ending).filter((path) => facts.has(path));
  return others.length === 1 ? others[0] : undefined;
}

/** Endings that one file had, and another one has now. */
const ENDINGS = [
  ".ts",
  ".tsx",
  ".mts",
  ".js",
  ".jsx",
  ".mjs",
  ".cjs",
  ".json",
  ".jsonc",
  ".yml",
  ".yaml",
  ".toml",
  ".md",
  ".mdx",
];

function filesNamed(name: string, facts: Facts): readonly string[] {
  let known = names.get(facts);
  if (known === undefined) {
    const byName = new Map<string, string[]>();
    for (const path of facts.repository.paths) {
      const same = byName.get(nameOf(path));
      if (same === undefined) byName.set(nameOf(path), [path]);
      else same.push(path);
    }
    known = byName;
    names.set(facts, known);
  }
  return known.get(name) ?? [];
}
