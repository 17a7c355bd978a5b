import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Manifest, ROOT } from "../scripts/workspace.ts";

const SHELL = process.platform === "win32";

/** A real npm registry on this machine that holds only what a test publishes; other packages come from the usual one. */
export interface Registry {
  readonly url: string;
  /** Under it npm and pnpm know this registry alone, and nothing of the user's settings, caches and stores. */
  readonly env: NodeJS.ProcessEnv;
  /** Publishes every package of the workspace, as a release does. */
  publishAll(): void;
  /** Publishes the package in a folder outside the workspace. */
  publishFolder(folder: string): void;
  /**
   * Publishes a package of the workspace at another version, as `change` leaves its unpacked folder. What was built stays
   * as it is: a version written into `dist` is for `change` to raise.
   */
  publishChanged(name: string, version: string, change?: (folder: string) => void): void;
  /** Ends the registry and removes all that it and its clients wrote. */
  stop(): Promise<void>;
}

// A process of its own: it serves while a test waits in execFileSync, and ends when the test's process does.
const SERVER = `
  import { runServer } from "verdaccio";
  process.on("disconnect", () => process.exit());
  const server = await runServer(JSON.parse(process.argv[1]));
  server.listen(0, "127.0.0.1", () => process.send(server.address().port));
`;

/** Starts an empty registry on a free port. */
export async function startRegistry(): Promise<Registry> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "personakit-registry-")));
  const server = spawn(process.execPath, ["--input-type=module", "--eval", SERVER, JSON.stringify(config(folder))], {
    cwd: ROOT,
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const exit = once(server, "exit");
  const [port] = await Promise.race([
    once(server, "message"),
    exit.then(([code]) => Promise.reject(new Error(`The registry ended with exit code ${code}.`))),
  ]);
  const url = `http://127.0.0.1:${port}/`;
  const env = clientEnv(folder, url);

  function pnpm(cwd: string, ...args: readonly string[]): void {
    execFileSync("pnpm", args, { cwd, env, stdio: "pipe", shell: SHELL });
  }

  function publishFolder(folder: string): void {
    pnpm(folder, "publish", "--no-git-checks", "--ignore-scripts");
  }

  return {
    url,
    env,
    publishAll: () => pnpm(ROOT, "--recursive", "publish", "--no-git-checks", "--ignore-scripts"),
    publishFolder,
    publishChanged(name, version, change = () => {}) {
      const store = mkdtempSync(join(folder, "changed-"));
      // Packing writes versions in place of workspace ranges.
      pnpm(ROOT, "--recursive", `--filter=${name}`, "--fail-if-no-match", "pack", "--pack-destination", store);
      const [tarball = ""] = readdirSync(store);
      execFileSync("tar", ["-xzf", join(store, tarball), "-C", store]);
      const unpacked = join(store, "package");
      const path = join(unpacked, "package.json");
      const manifest: Manifest = JSON.parse(readFileSync(path, "utf8"));
      writeFileSync(path, JSON.stringify({ ...manifest, version }, null, 2));
      change(unpacked);
      publishFolder(unpacked);
    },
    async stop() {
      server.kill();
      await exit;
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

function config(folder: string): object {
  const uplink = execFileSync("npm", ["config", "get", "registry"], { encoding: "utf8", stdio: "pipe", shell: SHELL });
  const open = { access: "$all", publish: "$all", unpublish: "$all" };
  return {
    configPath: join(folder, "config.yaml"),
    storage: join(folder, "storage"),
    web: { enable: false },
    log: { type: "stdout", level: "fatal" },
    uplinks: { usual: { url: uplink.trim() } },
    packages: { "@personakit/*": open, personakit: open, "@acme/*": open, "**": { access: "$all", proxy: "usual" } },
  };
}

function clientEnv(folder: string, url: string): NodeJS.ProcessEnv {
  const home = join(folder, "home");
  mkdirSync(home);
  const npmrc = join(home, ".npmrc");
  // npm refuses to publish without a token, though the registry asks for none.
  writeFileSync(npmrc, `registry=${url}\n${url.replace("http:", "")}:_authToken=none\n`);
  return {
    PATH: process.env.PATH,
    HOME: home,
    NPM_CONFIG_USERCONFIG: npmrc,
    NPM_CONFIG_GLOBALCONFIG: join(home, "global-npmrc"),
    // What npm would ask of the registry beside the packages.
    NPM_CONFIG_AUDIT: "false",
    NPM_CONFIG_FUND: "false",
    NPM_CONFIG_UPDATE_NOTIFIER: "false",
    // By default pnpm passes over a version for its first day.
    PNPM_CONFIG_MINIMUM_RELEASE_AGE: "0",
  };
}
