import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openInBrowser } from "./open-browser.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "personakit-open-"));
  vi.stubEnv("PATH", folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test.runIf(process.platform === "linux")(
  "the system's program gets the address, and it is said if there is none",
  async () => {
    expect(await openInBrowser("http://127.0.0.1:1/")).toBe(false);
    const heard = join(folder, "heard");
    writeFileSync(join(folder, "xdg-open"), `#!/bin/sh\necho "$1" > "${heard}"\n`, { mode: 0o755 });
    expect(await openInBrowser("http://127.0.0.1:1/")).toBe(true);
    await expect.poll(() => existsSync(heard) && readFileSync(heard, "utf8")).toBe("http://127.0.0.1:1/\n");
  },
);
