import { defineFragment, md, must, type Named, raw, should, table } from "@personakit/core";
import { z } from "zod";
import manifest from "./package.json" with { type: "json" };

/** How each tool runs a command in the project's environment, and installs exactly what its lockfile says. */
const MANAGERS = {
  uv: { run: "uv run ", install: "`uv sync --locked`" },
  poetry: { run: "poetry run ", install: "`poetry check --lock` and `poetry sync`" },
  pip: { run: "", install: "`pip install --require-hashes -r requirements.txt`" },
} as const;

const fragment = defineFragment({
  id: "python-standards",
  version: manifest.version,
  title: "Python standards",
  summary:
    "Types, gates, async code and data access of a Python service. Choose it where the back end is FastAPI or another typed Python.",
  params: {
    manager: z.enum(["uv", "poetry", "pip"]).default("uv").describe("The tool that locks and installs dependencies."),
  },
  rules: {
    /** The gates of a Python project. */
    gates: ({ manager }) => {
      const { run } = MANAGERS[manager];
      return table(
        ["Gate", "Command"],
        [
          ["Types", `\`${run}mypy --strict .\`, or \`${run}pyright\` where the project has it`],
          ["Lint and format", `\`${run}ruff check .\` and \`${run}ruff format --check .\``],
          ["Tests", `\`${run}pytest\``],
        ],
      );
    },
    /** Types on every signature. */
    types: must(
      "Put type hints on every signature; never write `Any`, or `# type: ignore` without an error code and a reason.",
      { enforcedBy: "mypy --strict; ruff ANN401 and PGH003" },
    ),
    /** Models at the boundary. */
    models: must(
      'Parse input with Pydantic 2 models set to `ConfigDict(extra="forbid")`, and the environment with `pydantic-settings` at start-up; return a response model, never a database row.',
      { why: "A row carries columns that no client may see." },
    ),
    /** Blocking calls in async code. */
    asyncCode: must(
      "Inside `async def`, call only libraries that await (`httpx.AsyncClient`, SQLAlchemy's `AsyncSession`), and move the rest to `asyncio.to_thread`; a FastAPI route without `await` is a plain `def`.",
      {
        why: "One blocking call stops every request of the process; FastAPI runs plain functions in a thread pool.",
        evidence: [
          {
            source: "FastAPI documentation, Concurrency and async / await",
            url: "https://fastapi.tiangolo.com/async/",
          },
        ],
      },
    ),
    /** Sessions and statements. */
    sessions: must(
      'Open one SQLAlchemy session per request, write statements with `select()` of version 2, and load relations with `selectinload` or `joinedload`; set `lazy="raise"` so that an N+1 fails in tests.',
      {
        evidence: [
          {
            source: "SQLAlchemy 2 documentation, Relationship Loading Techniques",
            url: "https://docs.sqlalchemy.org/en/20/orm/queryguide/relationships.html",
          },
        ],
      },
    ),
    /** Locked dependencies. */
    lockedInstall: ({ manager }) =>
      should(
        md`Install from the lockfile in CI and in images (${raw(MANAGERS[manager].install)}), and fail on one that is out of date.`,
      ),
  },
  decides: ({ manager }) => ({ "python.manager": manager }),
});

/** Types, gates, async code and data access of a Python service. */
export interface PythonStandards extends Named<typeof fragment> {}
export const pythonStandards: PythonStandards = fragment;
