import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { compile, definePersona, must, section } from "@personakit/core";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { settle } from "../packages/cli/src/disk/lock.ts";
import { run } from "../packages/cli/src/run.ts";
import { packDocument } from "../packages/cli/src/sources/packed-document.ts";

// Every command that writes is stopped at each of its operations on files, one after the other. A process that is killed does
// nothing more: so does a command here, in whose process every further operation fails.

const WRITING = [
  "mkdirSync",
  "writeFileSync",
  "renameSync",
  "linkSync",
  "copyFileSync",
  "chmodSync",
  "rmSync",
  "rmdirSync",
] as const;

/** Reading counts where an error may come of it; whether a process is killed before or after it is all the same. */
const READING = ["openSync", "readdirSync"] as const;

/** The errors of a full disk, of a broken one, and of one that somebody else owns. */
const ERRORS = ["ENOSPC", "EIO", "EACCES"] as const;

type Fault = "killed" | "stopped" | (typeof ERRORS)[number];

/** Each operation has one of the errors in turn; all of them where there is time. */
const FAULTS: readonly Fault[] = [
  "killed",
  ...(process.env.PERSONAKIT_FUZZ === undefined ? ["stopped" as const] : ERRORS),
];

const real = Object.fromEntries([...WRITING, ...READING].map((name) => [name, fs[name]]));
let folder: string;
/** How far the clock is ahead, in milliseconds. */
let ahead: number;

beforeEach(() => {
  folder = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), "personakit-operations-")));
  for (const stream of [process.stdout, process.stderr]) vi.spyOn(stream, "write").mockReturnValue(true);
  passWaits();
  return () => fs.rmSync(folder, { recursive: true });
});

afterEach(() => {
  vi.restoreAllMocks();
});

/** Moves the clock on instead of waiting: a lock without a name counts as dead after half a second, hundreds of times here. */
function passWaits(): void {
  const { setTimeout: wait } = globalThis;
  const { now } = Date;
  ahead = 0;
  vi.spyOn(Date, "now").mockImplementation(() => now() + ahead);
  const passed = (done: () => void, time: number) => {
    ahead += time;
    return wait(done);
  };
  vi.spyOn(globalThis, "setTimeout").mockImplementation(passed as typeof setTimeout);
}

function write(path: string, content: string | object): void {
  fs.mkdirSync(dirname(join(folder, path)), { recursive: true });
  fs.writeFileSync(join(folder, path), typeof content === "string" ? content : JSON.stringify(content));
}

/** What a link is shown as, before the place that it leads to. */
const LINK = "(a link to) ";

/** Every file with its text, every link, and every empty folder. */
function state(): Record<string, string> {
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) => {
    const path = join(entry.parentPath, entry.name);
    if (entry.isSymbolicLink()) return [path.slice(folder.length + 1), `${LINK}${fs.readlinkSync(path)}`] as const;
    const text = entry.isFile() ? fs.readFileSync(path, "utf8") : fs.readdirSync(path).length === 0 ? "(empty)" : "";
    return [path.slice(folder.length + 1), text] as const;
  });
  return Object.fromEntries(entries.filter(([, text]) => text !== "").sort(([a], [b]) => (a < b ? -1 : 1)));
}

function restore(files: Readonly<Record<string, string>>): void {
  for (const name of fs.readdirSync(folder)) fs.rmSync(join(folder, name), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    if (text.startsWith(LINK)) fs.symlinkSync(text.slice(LINK.length), join(folder, path));
    else write(path, text);
  }
}

function persona(id: string, text: string, version = "1.0.0") {
  return compile(
    definePersona({
      id,
      version,
      title: "T",
      role: "R.",
      description: { does: "Does.", when: "When.", notFor: "Not." },
      use: [section({ id: "own", title: "Own", rules: { a: must(text) } })],
    }),
  );
}

/** Makes the nth operation on the project's files fail; every later one too where the process is killed. */
function breakAt(nth: number, fault: Fault): () => boolean {
  let count = 0;
  const code = fault === "stopped" ? ERRORS[nth % ERRORS.length] : fault;
  for (const name of fault === "killed" ? WRITING : [...WRITING, ...READING]) {
    Object.assign(fs, {
      [name]: (...args: readonly unknown[]) => {
        if (args.some((each) => String(each).startsWith(folder))) {
          count++;
          if (count === nth || (fault === "killed" && count > nth)) {
            throw Object.assign(new Error(`${code}: injected, ${name}`), { code, syscall: name });
          }
        }
        return (real[name] as (...args: readonly unknown[]) => unknown)(...args);
      },
    });
  }
  syncBuiltinESMExports();
  return () => {
    Object.assign(fs, real);
    syncBuiltinESMExports();
    return count >= nth;
  };
}

/** Runs a command line; undefined where it could not even say what was wrong. */
async function attempt(args: readonly string[]): Promise<number | undefined> {
  try {
    return await run(args);
  } catch {
    return undefined;
  }
}

const configure = (...personas: readonly string[]) =>
  write("personakit.config.json", { personas, targets: ["claude-agent", "agents-md", "claude-plugin"] });

function writePackage(text: string, version: string): void {
  const exports = { ".": "./plain.json", "./document.json": "./dist/document.json" };
  write("three/package.json", { name: "@acme/three", version, type: "module", exports });
  write("three/plain.json", persona("three", text, version));
  write("three/dist/document.json", packDocument(persona("three", text, version), []));
}

const out = () => ["--out", folder];
const add = () => ["add", join(folder, "three"), "--yes", "--target", "claude-agent,claude-plugin", ...out()];

/** A project with files of the user's, two built personas and an added one. */
async function prepare(): Promise<void> {
  write("AGENTS.md", "# Ours\n");
  write(".claude/agents/mine.md", "Mine.\n");
  write("one.json", persona("one", "Old."));
  write("two.json", persona("two", "Old."));
  configure("./one.json", "./two.json");
  expect(await run(["build", ...out()])).toBe(0);
  writePackage("Old.", "1.0.0");
  expect(await run(add())).toBe(0);
}

interface Case {
  /** What is done before. */
  readonly given?: () => unknown;
  readonly args: () => readonly string[];
  /** The folder that the command writes into: the project's, if it is no other. */
  readonly writesInto?: () => string;
}

const COMMANDS: Readonly<Record<string, Case>> = {
  build: {
    given() {
      write("one.json", persona("one", "New."));
      write("four.json", persona("four", "New."));
      configure("./one.json", "./four.json");
    },
    args: () => ["build", ...out()],
  },
  "build --force": {
    given() {
      write("one.json", persona("one", "New."));
      write(".claude/agents/one.md", "Changed by hand.\n");
    },
    args: () => ["build", "--force", ...out()],
  },
  add: { given: () => run(["remove", "three", ...out()]), args: add },
  "add --force": {
    given: async () => {
      await run(["remove", "three", ...out()]);
      write(".claude/agents/three.md", "Mine.\n");
    },
    args: () => [...add(), "--force"],
  },
  update: { given: () => writePackage("New.", "2.0.0"), args: () => ["update", ...out()] },
  remove: { args: () => ["remove", "one", "three", ...out()] },
  "remove behind a link": {
    given: () => {
      fs.renameSync(join(folder, "AGENTS.md"), join(folder, "CLAUDE.md"));
      fs.symlinkSync("CLAUDE.md", join(folder, "AGENTS.md"));
    },
    args: () => ["remove", "one", ...out()],
  },
  eject: { args: () => ["eject", join(folder, "AGENTS.md"), join(folder, ".claude/agents/one.md"), ...out()] },
  pack: {
    given: () => write("three/plain.json", persona("three", "New.")),
    args: () => ["pack", join(folder, "three")],
    writesInto: () => join(folder, "three"),
  },
};

describe.each(Object.entries(COMMANDS))("%s", (_, { given, args, writesInto: settledIn = () => folder }) => {
  test.each(FAULTS)("%s at any operation, all of it is done or nothing", async (fault) => {
    await prepare();
    await given?.();
    const before = state();
    expect(await run(args())).toBe(0);
    const after = state();
    expect(after).not.toEqual(before);
    for (let nth = 1; ; nth++) {
      restore(before);
      ahead = 0;
      const repair = breakAt(nth, fault);
      const code = await attempt(args());
      if (!repair()) break;
      const where = `${fault} at operation ${nth}`;
      if (fault !== "killed") {
        expect([0, 2], where).toContain(code);
        // What a fault has stopped is undone at once; what it could not undo, the next run does.
        if (state()[".personakit.tmp/journal.json"] === undefined) {
          expect(withoutWork(state()), where).toEqual(code === 0 ? after : before);
        }
      }
      // Any other command finishes or undoes it.
      await settle(settledIn(), "check");
      const settled = withoutWork(state());
      expect(settled, where).toEqual(isDeepStrictEqual(settled, after) ? after : before);
      if (!isDeepStrictEqual(settled, after)) {
        expect(await attempt(args()), where).toBe(0);
        expect(state(), where).toEqual(after);
      }
    }
  });
});

/** The folder of work may stand until it is old enough to be nobody's. */
function withoutWork(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !path.includes(".personakit.tmp")));
}
