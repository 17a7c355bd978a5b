import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type { Call, Outcome } from "./commands.ts";

// Runs the command lines that come as lines of JSON, each in a folder of its own, and answers with what came of them.

const answer = process.stdout.write.bind(process.stdout);
let written = { out: "", err: "" };
const into = (name: "out" | "err") =>
  ((text: string | Uint8Array, ...more: unknown[]) => {
    written[name] += text;
    const [done] = more.filter((each): each is () => void => typeof each === "function");
    done?.();
    return true;
  }) as typeof process.stdout.write;
// Before the command is loaded: it may keep what it writes with.
process.stdout.write = into("out");
process.stderr.write = into("err");
const { run } = await import("../../packages/cli/src/run.ts");

for await (const line of createInterface({ input: process.stdin })) {
  const call: Call = JSON.parse(line);
  answer(`${JSON.stringify(await outcomeOf(call))}\n`);
}

async function outcomeOf({ args, files }: Call): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), "personakit-fuzz-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  process.chdir(folder);
  written = { out: "", err: "" };
  try {
    const code = await run(args);
    return { code, ...written };
  } catch (error) {
    return { code: null, ...written, crash: error instanceof Error ? String(error.stack) : "no error" };
  } finally {
    process.chdir(tmpdir());
    rmSync(folder, { recursive: true, force: true });
  }
}
