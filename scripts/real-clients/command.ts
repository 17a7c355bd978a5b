import { spawn } from "node:child_process";
import { delimiter, dirname } from "node:path";

/** What a command wrote, and its exit code: null when we ended it. */
export interface Output {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a command is started. */
export interface Start {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Ends the command, as a failure. */
  readonly signal: AbortSignal;
  readonly input?: string;
  /** Ends the command, as a success, once its stdout satisfies this. Some clients would retry for long, or wait for more. */
  readonly until?: (stdout: string) => boolean;
}

/** Runs a command to its end. A failing exit code is an answer, not an error. */
export function execute(file: string, args: readonly string[], start: Start): Promise<Output> {
  const { cwd, env, signal, input = "", until } = start;
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    // Detached, so that it leads a group: clients start helpers, and those must end with it.
    const child = spawn(file, args, { cwd, env, detached: true, stdio: "pipe" });
    const end = () => endGroup(child.pid);
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      if (until?.(stdout)) end();
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    // A client may end before it has read its input.
    child.stdin.on("error", () => {});
    child.stdin.write(input);
    // One that is asked over stdin stops answering when it closes.
    if (input === "" || until === undefined) child.stdin.end();
    signal.addEventListener("abort", end);
    child.on("error", reject);
    child.on("close", (code) => {
      signal.removeEventListener("abort", end);
      end();
      if (signal.aborted) reject(signal.reason);
      else resolve({ code, stdout, stderr });
    });
  });
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // The whole group has ended by itself.
  }
}

/** An address where nobody listens. */
export const NOWHERE = "http://127.0.0.1:9";

/** The environment of a client: no one's keys and settings, no telemetry or updates, and no way off this machine. */
export function isolated(home: string): NodeJS.ProcessEnv {
  return {
    // The Node that runs this script comes first: some clients need a newer one than the machine may have.
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    HOME: home,
    XDG_CONFIG_HOME: `${home}/.config`,
    XDG_DATA_HOME: `${home}/.local/share`,
    XDG_CACHE_HOME: `${home}/.cache`,
    XDG_STATE_HOME: `${home}/.local/state`,
    TMPDIR: home,
    TERM: "dumb",
    LANG: "C.UTF-8",
    CI: "1",
    NO_COLOR: "1",
    DO_NOT_TRACK: "1",
    DISABLE_TELEMETRY: "1",
    DISABLE_AUTOUPDATER: "1",
    // Some send statistics all the same: a proxy that is not there refuses them.
    HTTP_PROXY: NOWHERE,
    HTTPS_PROXY: NOWHERE,
    NO_PROXY: "127.0.0.1,localhost",
    NODE_USE_ENV_PROXY: "1",
  };
}
