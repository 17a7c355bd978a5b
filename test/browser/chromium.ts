import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ROOT } from "../../scripts/workspace.ts";
import { installOnce } from "../install-once.ts";

// A real browser. Its packages are installed by the first run, so the compiler does not know their types.

/** Unpacks Chromium into the folder that it is installed in. Elsewhere than on Linux, Chrome has to be there. */
const UNPACK =
  'const { default: chromium } = require("@sparticuz/chromium"); chromium.setGraphicsMode = false; void chromium.executablePath();';
const IS_LINUX = process.platform === "linux";

function installed(): string {
  return installOnce(join(ROOT, "test/browser"), (folder) => {
    if (!IS_LINUX) return;
    // It unpacks into the temporary folder, which is one for all versions and all users.
    const env = { ...process.env, TMPDIR: folder };
    execFileSync(process.execPath, ["--eval", UNPACK], { cwd: folder, env, stdio: ["ignore", "ignore", "inherit"] });
  });
}

/** The fonts of the system, and one that comes with Chromium: without any, nothing has a width, and no text is seen. */
const FONTS = `<?xml version="1.0"?>
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">fonts/fonts</dir>
</fontconfig>
`;

/** Starts the browser. Returns it, as puppeteer does, and the source of axe. */
// biome-ignore lint/suspicious/noExplicitAny: the types of puppeteer are in a folder that a checkout does not have yet.
export async function launch(): Promise<{ readonly browser: any; readonly axe: string }> {
  const folder = installed();
  const fonts = join(folder, "fonts.conf");
  writeFileSync(fonts, FONTS);
  const load = createRequire(join(folder, "package.json"));
  const browser = await load("puppeteer-core").launch({
    // A sandbox of its own needs rights that a container does not give; the page is ours. No other name leads anywhere.
    args: ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
    headless: "shell",
    env: { ...process.env, FONTCONFIG_FILE: fonts },
    ...(IS_LINUX ? { executablePath: join(folder, "chromium") } : { channel: "chrome" }),
  });
  return { browser, axe: load("axe-core").source };
}
