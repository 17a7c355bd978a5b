import { type MessagePort, Worker } from "node:worker_threads";
import type { Issue } from "@personakit/core";
import { guardUserCode } from "../guard/user-code.ts";
import { CommandError, issue, messageOf } from "../issues/command-error.ts";
import type { PlannedCombined, SharedPlan } from "../plan/make-plan.ts";
import type { ComparedPersona } from "./compare-project.ts";
import { noProject, openProject, type ProjectOptions } from "./open-project.ts";

/** What a thread is told to compile. */
export interface CompilerData {
  readonly sources: readonly string[];
  readonly options: ProjectOptions;
  /** How long a module may take. */
  readonly seconds: number;
}

/** A compiled project as plain data, or what is wrong with it. */
export type Compilation =
  | { readonly issues: readonly Issue[] }
  | {
      readonly personas: readonly ComparedPersona[];
      readonly combined: readonly (Omit<PlannedCombined, "target"> & { readonly target: string })[];
      readonly warnings: readonly Issue[];
    };

/** Compiles a project as it is on disk now, in a thread of its own. Throws a CommandError with what is wrong with it. */
export async function compileInThread(data: CompilerData, { targets }: Pick<SharedPlan, "targets">) {
  const here = import.meta.url;
  const url = here.endsWith(".ts") ? new URL("../../worker.ts", here) : new URL("./worker.js", here);
  const worker = new Worker(url, { workerData: data });
  const answer = await new Promise<Compilation>((done) => {
    worker.once("message", done);
    worker.once("error", (error) =>
      done({ issues: [issue("cannot-load", undefined, "a module failed", { cause: messageOf(error) })] }),
    );
    worker.once("exit", () => done({ issues: [issue("cannot-load", undefined, "a module ended the build")] }));
  });
  await worker.terminate();
  if ("issues" in answer) throw new CommandError(answer.issues);
  const combined = answer.combined.flatMap((each): PlannedCombined[] => {
    const target = targets.find(({ id }) => id === each.target);
    return target === undefined ? [] : [{ ...each, target }];
  });
  // Who proves an override has heard the warnings of its sources already.
  return {
    personas: answer.personas,
    shared: { combined, targets, warnings: answer.warnings, sourceWarnings: [], fileWarnings: [] },
  };
}

/** Compiles a project, and tells the thread that has asked for it. */
export async function answerCompilation(data: CompilerData, port: MessagePort): Promise<void> {
  guardUserCode({ format: "json", seconds: data.seconds });
  try {
    port.postMessage(await compileAgain(data));
  } catch (error) {
    const { issues } = CommandError.known(error) ?? CommandError.internal(error);
    port.postMessage({ issues });
  }
}

/** Compiles a project to plain data. */
async function compileAgain({ sources, options }: CompilerData): Promise<Compilation> {
  const project = openProject(sources, options);
  if (project === undefined) throw await noProject();
  const personas: ComparedPersona[] = [];
  const { combined, warnings } = await project.compile(({ document, artifacts, request: { source } }) => {
    personas.push({ document, artifacts, request: { source } });
  });
  return { personas, combined: combined.map(({ target, ...rest }) => ({ ...rest, target: target.id })), warnings };
}
