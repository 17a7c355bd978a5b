import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { noticesOf } from "../scripts/notices.ts";

const root = mkdtempSync(join(tmpdir(), "personakit-notices-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const DIRECT = "node_modules/.pnpm/direct@1.0.0/node_modules/direct";
const SCOPED = "node_modules/.pnpm/@deep+down@2.0.0/node_modules/@deep/down";
const SHAKEN = "node_modules/.pnpm/shaken@3.0.0/node_modules/shaken";
const BARE = "node_modules/.pnpm/bare@4.0.0/node_modules/bare";

write(DIRECT, { name: "direct", version: "1.0.0", license: "MIT" }, { LICENSE: "Copyright D.\r\nKeep this.\r\n" });
write(SCOPED, { name: "@deep/down", version: "2.0.0", license: "Apache-2.0" }, { "LICENSE.md": "L.", NOTICE: "N." });
write(SHAKEN, { name: "shaken", version: "3.0.0", license: "MIT" }, { LICENSE: "S." });
write(BARE, { name: "bare", version: "4.0.0", license: "MIT" }, {});

test("every package with code in a bundle is named with its licences, the packages of packages too", () => {
  const notices = noticesOf(bundle({ [`${DIRECT}/lib/a.js`]: 10, [`${SCOPED}/b.js`]: 1, [`${SHAKEN}/c.js`]: 0 }), root);
  const [, ...each] = notices?.split(/\n\n-+\n\n/) ?? [];
  expect(each).toEqual([
    "@deep/down 2.0.0 (Apache-2.0)\n\nL.\n\nN.\n",
    "direct 1.0.0 (MIT)\n\nCopyright D.\nKeep this.\n",
  ]);
});

test("a bundle of our own code has no notices", () => {
  expect(noticesOf(bundle({ "packages/core/index.ts": 10, [`${SHAKEN}/c.js`]: 0 }), root)).toBeUndefined();
});

test("a package without a licence is not bundled", () => {
  expect(() => noticesOf(bundle({ [`${BARE}/index.js`]: 1 }), root)).toThrow("bare is bundled");
});

/** esbuild's account of one file with these bytes from each input. */
function bundle(bytes: { readonly [path: string]: number }) {
  const inputs = Object.entries(bytes).map(([path, bytesInOutput]) => [path, { bytesInOutput }] as const);
  return { outputs: { "dist/index.js": { inputs: Object.fromEntries(inputs) } } };
}

function write(folder: string, manifest: object, texts: { readonly [name: string]: string }): void {
  const files = Object.entries({ "package.json": JSON.stringify(manifest), ...texts });
  for (const [name, text] of files) {
    const path = join(root, folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}
