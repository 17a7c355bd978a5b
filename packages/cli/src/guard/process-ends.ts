import { syncBuiltinESMExports } from "node:module";
import type { CommandError } from "../issues/command-error.ts";

const NAMES = ["exit", "reallyExit", "abort"] as const;

type Ends = { [Name in (typeof NAMES)[number]]: (code?: unknown) => never };

const ends = process as unknown as Ends;
const reallyExit = ends.reallyExit.bind(process);

const leaving = new Set<() => void>();

/** Runs a step before {@link leaveWith} ends the process; what it returns forgets that. */
export function beforeLeaving(step: () => void): () => void {
  leaving.add(step);
  return () => leaving.delete(step);
}

/** Ends the process, or the thread, without asking anybody: a module's listeners are not called. */
export function leaveWith(code: number): never {
  for (const step of leaving) step();
  return reallyExit(code);
}

/** From now on, who would end the process is thrown the error that `refuse` makes of what was called. */
export function refuseEnds(refuse: (called: string) => CommandError): void {
  for (const name of NAMES) {
    ends[name] = (code) => {
      throw refuse(`process.${name}(${typeof code === "number" ? code : ""})`);
    };
  }
  const kill = process.kill.bind(process);
  process.kill = (pid, signal) => {
    // 0 is the whole group, with us in it; the signal 0 only asks.
    if ((pid === process.pid || pid === 0) && signal !== 0) throw refuse("process.kill() of this process");
    return kill(pid, signal);
  };
  // For who imports them by name.
  syncBuiltinESMExports();
}
