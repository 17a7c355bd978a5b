import { closeSync } from "node:fs";
import { callers, userFrame } from "../issues/stack.ts";
import { leaveWith } from "./process-ends.ts";

/** How the thread reaches what reports: through the inspector it can only evaluate text. */
const REPORT = "personakit.overtime";

/** How many times the main thread must not have moved. */
const TICKS = 20;

/** For a call into the system that no inspector interrupts, in milliseconds. */
const PATIENCE = 2000;

/**
 * It counts its own ticks, not time: a machine that was asleep has blocked nobody. Through the inspector it stops the main
 * thread where that is, and lets it say so itself.
 */
const WATCHDOG = `
const { workerData: { beats, tick, last } } = require("node:worker_threads");
let seen = -1, still = 0;
const timer = setInterval(() => {
  const now = Atomics.load(beats, 0);
  still = now === seen ? still + 1 : 0;
  seen = now;
  if (still < ${TICKS}) return;
  clearInterval(timer);
  const session = new (require("node:inspector").Session)();
  session.connectToMainThread();
  session.on("Debugger.paused", () => session.post("Runtime.evaluate", { expression: "globalThis[Symbol.for('${REPORT}')]()" }));
  session.post("Debugger.enable");
  session.post("Debugger.pause");
  setTimeout(() => {
    require("node:fs").writeSync(last.file, last.text);
    process.kill(process.pid, "SIGKILL");
  }, ${PATIENCE});
}, tick);
`;

/** Text, and whether it goes to stdout or to stderr. */
export interface LastWords {
  readonly file: 1 | 2;
  readonly text: string;
}

/**
 * Ends the process with 2 once the main thread has been busy for so long without a pause. `say` is told where, and says it at
 * once; `last` is said where the main thread cannot be stopped to say anything.
 */
export function watchMainThread(seconds: number, say: (place: string | undefined) => void, last: LastWords): void {
  // Loaded where a module is: a project of compiled documents needs no thread.
  const { Worker, isMainThread } = process.getBuiltinModule("node:worker_threads");
  // In a thread of `build --watch`, the main thread watches.
  if (!isMainThread) return;
  const beats = new Int32Array(new SharedArrayBuffer(4));
  const tick = (seconds * 1000) / TICKS;
  setInterval(() => Atomics.add(beats, 0, 1), tick / 2).unref();
  const report = () => {
    say(userFrame(callers()));
    // Node would say on stderr that it waits for the debugger.
    closeSync(2);
    leaveWith(2);
  };
  Object.defineProperty(globalThis, Symbol.for(REPORT), { value: report });
  // It sees neither the user's variables nor his --import: less to start with.
  new Worker(WATCHDOG, { eval: true, env: {}, execArgv: [], workerData: { beats, tick, last } }).unref();
}
