import fc from "fast-check";
import { test } from "vitest";
import { checkInRunner } from "./commands.ts";
import { FUZZ_TIMEOUT, fuzz } from "./fuzz.ts";
import { mutated } from "./inputs.ts";

// The lockfile comes with a pull request that anybody may have made.

const check = checkInRunner();

const SHA = "a".repeat(64);
const LOCKFILE = JSON.stringify({
  schemaVersion: 1,
  personas: {
    one: {
      version: "1.0.0",
      package: "./one",
      extends: "zero@1.0.0",
      fragments: { own: "1.0.0" },
      published: { rules: { own: "K7gNU3sdo-0a K7gNU3sdo_2b" }, about: "K7gNU3sdo-title" },
    },
  },
  artifacts: {
    "AGENTS.md#one": { sha256: SHA, targets: ["agents-md"], persona: "one", gap: "\n" },
    ".claude/agents/one.md": { sha256: SHA, targets: ["claude-agent"], persona: "one" },
  },
  ejected: [".claude/agents/two.md"],
  folders: [".claude"],
});
const COMMANDS = [["check"], ["list"], ["explain", "AGENTS.md:1"], ["remove", "one"]].map(([command = "", ...rest]) => [
  command,
  "--json",
  ...rest,
]);

test(
  "a mutated lockfile is read, or refused with issues",
  async () => {
    const calls = fc.tuple(mutated(LOCKFILE), fc.constantFrom(...COMMANDS)).map(([lockfile, args]) => ({
      args,
      files: { "personakit.lock.json": JSON.stringify(lockfile), "AGENTS.md": "# Ours\n" },
    }));
    await fuzz(calls, 1500, check);
  },
  FUZZ_TIMEOUT,
);

test(
  "a conflict with a mutated side is resolved, or refused with issues",
  async () => {
    const calls = mutated(LOCKFILE).map((lockfile) => ({
      args: ["build", "--json"],
      files: {
        "personakit.lock.json": `<<<<<<< HEAD\n${LOCKFILE}\n=======\n${JSON.stringify(lockfile)}\n>>>>>>> theirs\n`,
        "AGENTS.md": "# Ours\n",
      },
    }));
    await fuzz(calls, 500, check);
  },
  FUZZ_TIMEOUT,
);
