import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** An entry that only passes on what stands in another file, as esbuild writes it. */
const PASSED_ON = /^import\{([^}]*)\}from"\.\/(chunk-\w+\.js)";export\{([^}]*)\};\s*$/;

/**
 * Puts entries in the place of the files whose contents they only pass on: to find and load a file takes as long as to compile a persona.
 * Files that share the contents import the entry then. Throws for an entry that does more.
 */
export function joinEntries(dist: string, isEntry: (file: string) => boolean): void {
  for (const entry of readdirSync(dist).filter(isEntry)) {
    const [, imported = "", chunk, passed = ""] = PASSED_ON.exec(readFileSync(join(dist, entry), "utf8")) ?? [];
    if (chunk === undefined) throw new Error(`${dist}/${entry} does more than to pass on what stands in another file.`);
    const contents = readFileSync(join(dist, chunk), "utf8").trimEnd();
    const [, exported = ""] = /export\{([^}]*)\};$/.exec(contents) ?? [];
    const shared = new Map(pairsIn(exported).map(([own, name]) => [name, own]));
    const names = new Map(pairsIn(imported).map(([name, own]) => [own, name]));
    const others = pairsIn(passed).flatMap(([own, name]) => {
      const from = names.get(own) ?? "";
      return from === name ? [] : `${shared.get(from)} as ${name}`;
    });
    rmSync(join(dist, chunk));
    writeFileSync(join(dist, entry), contents + (others.length === 0 ? "" : `export{${others.join(",")}};`));
    for (const file of readdirSync(dist).filter((name) => name.endsWith(".js"))) {
      const text = readFileSync(join(dist, file), "utf8");
      if (text.includes(chunk)) writeFileSync(join(dist, file), text.replaceAll(`"./${chunk}"`, `"./${entry}"`));
    }
  }
}

/** The names in a list such as `a as b,c`: `a` and `b`, `c` twice. */
function pairsIn(list: string): [before: string, after: string][] {
  return list.split(",").map((each) => {
    const [before = "", after = before] = each.trim().split(" as ");
    return [before, after];
  });
}
