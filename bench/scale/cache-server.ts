import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { installTools } from "../build/tools.ts";

const SERVER = { "turborepo-remote-cache": "2.12.0" };
const TOKEN = "bench";

/** A real cache server for turbo, on this machine, that keeps what it gets in a folder. */
export interface CacheServer {
  /** With it, turbo asks this server. */
  readonly env: NodeJS.ProcessEnv;
  stop(): Promise<void>;
}

/** Installs the server into `tools` when it is not there yet, and starts it with an empty storage. */
export async function startCacheServer(tools: string, storage: string): Promise<CacheServer> {
  installTools(tools, SERVER);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn(process.execPath, [join(tools, "node_modules/turborepo-remote-cache/dist/cli.js")], {
    cwd: tools,
    env: {
      NODE_ENV: "production",
      HOST: "127.0.0.1",
      PORT: String(port),
      TURBO_TOKEN: TOKEN,
      STORAGE_PROVIDER: "local",
      STORAGE_PATH: storage,
      STORAGE_PATH_USE_TMP_FOLDER: "false",
      LOG_LEVEL: "error",
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const exit = once(server, "exit");
  process.once("exit", () => server.kill());
  const stop = async () => {
    server.kill();
    await exit;
  };
  for (let tries = 0; !(await answers(url)); tries++) {
    if (tries === 100) {
      await stop();
      throw new Error("The cache server does not answer.");
    }
    await setTimeout(100);
  }
  return { env: { TURBO_API: url, TURBO_TOKEN: TOKEN, TURBO_TEAM: "acme" }, stop };
}

async function answers(url: string): Promise<boolean> {
  try {
    const { ok } = await fetch(`${url}/v8/artifacts/status`, { headers: { authorization: `Bearer ${TOKEN}` } });
    return ok;
  } catch {
    return false;
  }
}

/** A port that nobody listens on: the server takes no 0. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("There is no free port.");
  return address.port;
}
