import { type ChildProcess, spawn } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { commit } from "./journal.ts";
import { exclusively, settle } from "./lock.ts";
import { WORK } from "./paths.ts";

let folder: string;
let child: ChildProcess | undefined;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "personakit-lock-")));
  return () => rmSync(folder, { recursive: true });
});

afterEach(() => {
  child?.kill("SIGKILL");
  child = undefined;
  vi.restoreAllMocks();
});

const PATIENCE = { limit: 300, silence: 100 };
const read = (path: string) => readFileSync(join(folder, path), "utf8");
const files = () => readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** The lock as another process would have it. */
function lockedBy(owner: object): void {
  write(`${WORK}/owner.json`, JSON.stringify({ pid: process.pid, host: hostname(), command: "build", ...owner }));
}

/** The number of a process that lives until the test ends. */
function livingProcess(): number {
  child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  return child.pid ?? 0;
}

test("one step runs after the other", async () => {
  const order: string[] = [];
  const step = (name: string) => async () => {
    order.push(`${name} begins`);
    await new Promise((done) => setTimeout(done, 20));
    order.push(`${name} ends`);
  };
  // In one process: the second finds the first's number, which is its own, and must not take it for a dead one's.
  await exclusively(folder, "add", step("one"));
  await exclusively(folder, "add", step("two"));
  expect(order).toEqual(["one begins", "one ends", "two begins", "two ends"]);
  expect(files()).toEqual([]);
});

test("the lock goes when the step fails, with folders that were made for it", async () => {
  const deep = join(folder, "a/b");
  await expect(exclusively(deep, "add", () => Promise.reject(new Error("boom")))).rejects.toThrow("boom");
  expect(files()).toEqual([]);
});

test("who waits too long is told who has the lock, and how to take it over", async () => {
  const pid = livingProcess();
  lockedBy({ pid, command: "update" });
  const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  await expect(exclusively(folder, "add", () => {}, PATIENCE)).rejects.toMatchObject({
    exitCode: 2,
    issues: [
      {
        code: "locked",
        problem: `personakit update (process ${pid}) is writing here`,
        hint: expect.stringContaining(`delete ${WORK}/owner.json`),
      },
    ],
  });
  expect(said.mock.calls.join()).toContain(`personakit update (process ${pid}) is writing here: waiting for up to`);
  rmSync(join(folder, WORK, "owner.json"));
  utimesSync(join(folder, WORK), 0, 0);
  await expect(exclusively(folder, "add", () => "done", PATIENCE)).resolves.toBe("done");
});

test("who waits goes on when the other has ended", async () => {
  lockedBy({ pid: livingProcess() });
  const waiting = exclusively(folder, "add", () => "done");
  setTimeout(() => rmSync(join(folder, WORK), { recursive: true }), 100);
  await expect(waiting).resolves.toBe("done");
});

describe("a lock is taken over", () => {
  test.each<[string, object]>([
    ["of a process that has died", { pid: 999_999_999 }],
    ["of an earlier process with our own number", {}],
    ["with a number that is none", { pid: -1 }],
  ])("%s", async (_, owner) => {
    lockedBy(owner);
    await expect(exclusively(folder, "add", () => "done", PATIENCE)).resolves.toBe("done");
    expect(files()).toEqual([]);
  });

  test.skipIf(process.platform !== "linux")("of an earlier process with the number of a living one", async () => {
    lockedBy({ pid: livingProcess(), start: "1" });
    await expect(exclusively(folder, "add", () => "done", PATIENCE)).resolves.toBe("done");
  });

  test("of another machine only when it is old", async () => {
    lockedBy({ host: "elsewhere", pid: 1 });
    await expect(exclusively(folder, "add", () => "done", PATIENCE)).rejects.toMatchObject({
      issues: [expect.objectContaining({ problem: "personakit build (process 1 on elsewhere) is writing here" })],
    });
    utimesSync(join(folder, WORK, "owner.json"), 0, 0);
    await expect(exclusively(folder, "add", () => "done", PATIENCE)).resolves.toBe("done");
  });

  test("that says nothing only after a moment", async () => {
    mkdirSync(join(folder, WORK));
    const later = Date.now() / 1000 + 3600;
    utimesSync(join(folder, WORK), later, later);
    await expect(exclusively(folder, "add", () => "done", PATIENCE)).rejects.toThrow("another personakit is writing");
    utimesSync(join(folder, WORK), 0, 0);
    await expect(exclusively(folder, "add", () => "done", PATIENCE)).resolves.toBe("done");
  });
});

test.skipIf(process.platform === "win32")(
  "a link or a pipe in the place of what is in it keeps nobody waiting",
  async () => {
    mkdirSync(join(folder, WORK));
    symlinkSync("/dev/zero", join(folder, WORK, "owner.json"));
    symlinkSync("nowhere", join(folder, WORK, "turn"));
    mkdirSync(join(folder, WORK, "new-0"));
    utimesSync(join(folder, WORK), 0, 0);
    await expect(exclusively(folder, "add", () => "done", { limit: 3000 })).resolves.toBe("done");
    expect(files()).toEqual([]);
  },
);

test("what it leaves when it is killed is nothing that git would take", async () => {
  await exclusively(folder, "add", () => {
    expect(read(`${WORK}/.gitignore`)).toBe("*\n");
  });
  expect(files()).toEqual([]);
});

test("a link or a file in the place of the lock is refused, and not followed", async () => {
  write("elsewhere/mine.txt", "Mine.");
  symlinkSync(join(folder, "elsewhere"), join(folder, WORK));
  await expect(exclusively(folder, "add", () => {}, PATIENCE)).rejects.toThrow("is not a folder");
  expect(readdirSync(join(folder, "elsewhere"))).toEqual(["mine.txt"]);
});

describe("what a killed process has left", () => {
  /** A run that stops in the middle, as a killed process does. */
  async function killed(...changes: Parameters<typeof commit>[1]): Promise<void> {
    await exclusively(folder, "build", (held) => {
      commit({ ...held }, changes);
    });
  }

  test("is cleared where nothing was changed yet, and what is not ours is left", async () => {
    lockedBy({ pid: 999_999_999 });
    write(`${WORK}/new-0`, "Half");
    write(`${WORK}/mine.txt`, "Mine.");
    await settle(folder, "check");
    expect(files()).toEqual([WORK, `${WORK}/mine.txt`]);
  });

  test("is not taken from a journal that came with the repository", async () => {
    write("victim.txt", "Mine.");
    write(`${WORK}/old-0`, "Evil.");
    const { sha256 } = await import("../files/sha256.ts");
    const changes = [{ path: "victim.txt", before: sha256("Evil."), after: sha256("Mine.") }];
    write(`${WORK}/journal.json`, JSON.stringify({ schemaVersion: 1, folder: "1", changes, made: [] }));
    lockedBy({ pid: 999_999_999 });
    await expect(settle(folder, "check")).rejects.toMatchObject({
      issues: [expect.objectContaining({ problem: expect.stringContaining("from another folder") })],
    });
    expect(read("victim.txt")).toBe("Mine.");
  });

  test("is nothing where nobody has begun anything", async () => {
    await killed({ path: "a.md", before: undefined, after: "A." });
    await settle(folder, "check");
    expect(files()).toEqual(["a.md"]);
  });
});

test.runIf(process.platform === "linux").each(["/proc/1/personas", "/proc/1", "/proc/self/a/b"])(
  "a folder that cannot be made in %s is an error, and nothing is waited for",
  async (folder) => {
    const locked = exclusively(folder, "build", () => {});
    await expect(locked).rejects.toMatchObject({ issues: [{ code: "cannot-write" }] });
  },
);
