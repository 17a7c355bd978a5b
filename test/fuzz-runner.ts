import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type { Call, Outcome } from "./fuzz.ts";

// Runs the command lines that come as lines of JSON, each in a folder of its own, and answers with what came of them.

const { run } = await import("../packages/cli/src/run.ts");
const answer = process.stdout.write.bind(process.stdout);

for await (const line of createInterface({ input: process.stdin })) {
  const call: Call = JSON.parse(line);
  answer(`${JSON.stringify(await outcomeOf(call))}\n`);
}

async function outcomeOf({ args, files = {} }: Call): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), "personakit-fuzz-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  process.chdir(folder);
  const written = { out: "", err: "" };
  const { stdout, stderr } = process;
  const writes = { out: stdout.write, err: stderr.write };
  const into = (name: "out" | "err") => (text: string | Uint8Array) => {
    written[name] += text;
    return true;
  };
  stdout.write = into("out");
  stderr.write = into("err");
  try {
    return { code: await run(args), ...written };
  } catch (error) {
    return { code: null, ...written, crash: error instanceof Error ? String(error.stack) : "no error" };
  } finally {
    stdout.write = writes.out;
    stderr.write = writes.err;
    process.chdir(tmpdir());
    rmSync(folder, { recursive: true, force: true });
  }
}
