import { snapshotOfFragment } from "@personakit/core";
import type { PublishedRules } from "../../packages/cli/src/catalogue/published-rules.ts";
import type { Units } from "../units.ts";

/** What `personakit import --hints` compares with: what each fragment promises, as far as it has a strength. */
export function publishedRulesFile({ fragments }: Units): [path: string, text: string] {
  const published: PublishedRules = Object.fromEntries(
    fragments.map(({ fragment }) => {
      const rules = Object.entries(snapshotOfFragment(fragment).rules)
        .filter(([, state]) => /^(?:must|should|may): /.test(state))
        .map(([path, state]) => [path.slice(fragment.id.length + 1), state] as const);
      return [fragment.id, Object.fromEntries(rules)];
    }),
  );
  return ["packages/cli/published-rules.json", `${JSON.stringify(published, null, 2)}\n`];
}
