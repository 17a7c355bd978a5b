import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Progress } from "./progress.ts";
import { writeLine } from "./terminal.ts";

let written = "";
const { isTTY } = process.stderr;

beforeEach(() => {
  written = "";
  vi.useFakeTimers();
  process.stderr.isTTY = true;
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, "write").mockImplementation((text) => {
      written += text;
      return true;
    });
  }
});

afterEach(() => {
  process.stderr.isTTY = isTTY;
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("what takes a second is said in one line, which the next output replaces", () => {
  const progress = new Progress("Loading", true);
  progress.step("1 done");
  vi.advanceTimersByTime(999);
  expect(written).toBe("");
  vi.advanceTimersByTime(1);
  expect(written).toBe("\r\u001B[K1 done");
  vi.advanceTimersByTime(100);
  progress.step("2 done");
  writeLine("Built.");
  progress.end();
  expect(written).toBe("\r\u001B[K1 done\r\u001B[K2 done\r\u001B[KBuilt.\n");
});

test("what ends sooner is not", () => {
  const progress = new Progress("Loading", true);
  progress.end();
  vi.advanceTimersByTime(5000);
  expect(written).toBe("");
});

test("nor is anything where there is no terminal", () => {
  process.stderr.isTTY = false;
  const progress = new Progress("Loading", true);
  vi.advanceTimersByTime(5000);
  progress.step("1 done");
  progress.end();
  expect(written).toBe("");
});
