import { spawn } from "node:child_process";
import { once } from "node:events";
import { NODE, type Project } from "./installed.ts";

/** A running `personakit preview`. */
export interface Previewed {
  /** Where its page is. */
  readonly url: string;
  /** Of its process. */
  readonly pid: number | undefined;
  /** What the command has said so far. */
  said(): string;
  /** Ends it as Ctrl+C does. */
  stop(): Promise<void>;
}

/** Starts the command in a project, and waits until it serves. */
export async function previewOf(project: Project, ...args: readonly string[]): Promise<Previewed> {
  const bin = project.at("node_modules/personakit/dist/bin.js");
  const running = spawn(NODE, [bin, "preview", ...args], { cwd: project.folder, stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  running.stdout.on("data", (part) => {
    said += part;
  });
  await once(running.stdout, "data");
  return {
    url: /http:\S+/.exec(said)?.[0] ?? "",
    pid: running.pid,
    said: () => said,
    stop: async () => {
      if (running.exitCode !== null) return;
      const ended = once(running, "exit");
      running.kill("SIGINT");
      await ended;
    },
  };
}

/** Hears of each build as an open page does. Returns how to wait for the next one; the first answer is how the sources are now. */
export async function hearBuilds(
  url: string,
): Promise<() => Promise<{ readonly revision: number; readonly errors: readonly string[] }>> {
  const { body } = await fetch(new URL("data/changes", url));
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  return async () => {
    while (!text.includes("\n\n")) text += (await reader?.read())?.value ?? "\n\n";
    const [event = "", ...rest] = text.split("\n\n");
    text = rest.join("\n\n");
    return JSON.parse(event.slice(event.indexOf("data: ") + "data: ".length));
  };
}
