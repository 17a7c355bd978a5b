import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Manifest, ROOT } from "./workspace.ts";

/** Where a package keeps the notices of the code of others that is bundled in it. */
export const NOTICES = "THIRD-PARTY-NOTICES.txt";

/** What we read of esbuild's account of a bundle. */
export interface Bundle {
  readonly outputs: {
    readonly [path: string]: { readonly inputs: { readonly [path: string]: { readonly bytesInOutput: number } } };
  };
}

const LICENCE_FILE = /^(?:licen[cs]e|copying|notice)(?:[-.].*)?$/i;

/** The notices of all packages whose code is in a bundle, or undefined when there are none. Throws on one without a licence. */
export function noticesOf(bundle: Bundle, root: string = ROOT): string | undefined {
  const folders = bundledFolders(bundle);
  if (folders.length === 0) return undefined;
  const notices = folders.map((folder) => noticeOf(join(root, folder)));
  return ["This package contains code of the packages below.", ...new Set(notices)].join(`\n\n${"-".repeat(80)}\n\n`);
}

/** The folders, below any `node_modules`, of the packages that have a byte in a bundle, sorted. */
function bundledFolders({ outputs }: Bundle): string[] {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  const folders = inputs.flatMap(([path, { bytesInOutput }]) => {
    const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
    return folder === undefined || bytesInOutput === 0 ? [] : [folder];
  });
  return [...new Set(folders)].sort();
}

function noticeOf(folder: string): string {
  const { name, version, license }: Manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = readdirSync(folder)
    .filter((file) => LICENCE_FILE.test(file))
    .sort();
  if (files.length === 0) throw new Error(`${name} is bundled, and its package holds no licence: do not bundle it.`);
  const texts = files.map((file) => readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim());
  return `${[`${name} ${version} (${license})`, ...texts].join("\n\n")}\n`;
}
