import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { packages, ROOT } from "../workspace.ts";
import { check, type Result } from "./check.ts";
import { CHECKED, type Client, clients } from "./clients.ts";
import { realClientsPage } from "./page.ts";
import { recorded } from "./record.ts";
import { checkSent, type SentResult } from "./sent/check.ts";
import { type Sender, senders } from "./sent/senders.ts";
import { checkShown, type ShownResult } from "./shown/check.ts";
import { claims } from "./shown/claims.ts";

const PAGE = "docs/real-clients.md";

/** Every client by its word: those that are asked what they load, and those whose requests are read. */
const IDS = [...new Set([...clients, ...senders].map(({ id }) => id))];

/** What clients load of our personas, what they send to a model, and what they do with the checks' examples. */
const PARTS = ["load", "sent", "checks"] as const;

const USAGE = `Usage: pnpm real-clients [client ...] [--part <part>] [--install <folder>] [--date <yyyy-mm-dd>]
Clients: ${IDS.join(", ")}. All of them when none is named. Those that are not keep their last result in ${PAGE}.
--part: ${PARTS.join(", ")}; what else is on the page keeps its last result. Default: all of them.
--install: where the clients are, or get installed. Default: .build/real-clients.
--date: the date on the page. Default: ${CHECKED}, when the pinned versions were checked.`;

interface Arguments {
  readonly chosen: {
    readonly clients: readonly Client[];
    readonly senders: readonly Sender[];
    readonly shown: readonly Sender[];
  };
  readonly install: string;
  readonly date: string;
}

/** What the command line asks for; an Error says what is wrong with it. */
function readArguments(): Arguments | Error {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        part: { type: "string" },
        install: { type: "string", default: join(ROOT, ".build/real-clients") },
        date: { type: "string", default: CHECKED },
      },
    });
    const unknown = positionals.filter((id) => !IDS.includes(id));
    if (unknown.length > 0) return new Error(`There is no client ${unknown.join(", ")}.`);
    if (!/^\d{4}-\d{2}-\d{2}$/.test(values.date)) return new Error(`${values.date} is not a date such as ${CHECKED}.`);
    const { part } = values;
    if (part !== undefined && !PARTS.some((each) => each === part)) return new Error(`There is no part ${part}.`);
    const inPart = <Each>(name: (typeof PARTS)[number], all: readonly Each[]) =>
      part === undefined || part === name ? all : [];
    const isChosen = ({ id }: { id: string }) => positionals.length === 0 || positionals.includes(id);
    const chosen = {
      clients: inPart("load", clients).filter(isChosen),
      senders: inPart("sent", senders).filter(isChosen),
      shown: inPart("checks", senders).filter(
        (sender) => isChosen(sender) && claims.some((claim) => claim.sender === sender),
      ),
    };
    return { chosen, install: resolve(values.install), date: values.date };
  } catch (error) {
    return error as Error;
  }
}

function lineOf({ client, agents = "-", skills = "-", problems }: Result): string {
  const name = `${client.id} ${client.version}`.padEnd(20);
  const verdict = problems.length === 0 ? "as expected" : `${problems.length} not as expected`;
  return `${name}agents ${agents.padEnd(8)}skills ${skills.padEnd(8)}${verdict}`;
}

function sentLineOf({ sender, tool, captures, alike, problems, skipped }: SentResult): string {
  const name = `${sender.id} ${tool.version}`.padEnd(20);
  if (skipped !== undefined) return `${name}skipped: ${skipped}`;
  const verdict = problems.length === 0 ? "as expected" : `${problems.length} not as expected`;
  return `${name}sent ${`${alike} of ${captures}`.padEnd(27)}${verdict}`;
}

function shownLineOf({ sender, tool, claims, agreed, problems }: ShownResult): string {
  const name = `${sender.id} ${tool.version}`.padEnd(20);
  const verdict = problems.length === 0 ? "as expected" : `${problems.length} not as expected`;
  return `${name}checks ${`${Object.keys(agreed).length} of ${claims}`.padEnd(25)}${verdict}`;
}

async function run({ chosen, install, date }: Arguments): Promise<0 | 1> {
  const personas = packages().flatMap(({ kind, leaf }) => (kind === "persona" ? [leaf] : []));
  const load: Result[] = [];
  // One after the other: some of them take all the processors that there are.
  for (const client of chosen.clients) {
    const result = await check(client, install, personas);
    load.push(result);
    console.log(lineOf(result));
    for (const problem of result.problems) console.error(`  ${problem}`);
  }
  const sent: SentResult[] = [];
  for (const sender of chosen.senders) {
    const result = await checkSent(sender, install);
    sent.push(result);
    console.log(sentLineOf(result));
    for (const problem of result.problems) console.error(`  ${problem}`);
  }
  const shown: ShownResult[] = [];
  for (const sender of chosen.shown) {
    const result = await checkShown(sender, install);
    shown.push(result);
    console.log(shownLineOf(result));
    for (const problem of result.problems) console.error(`  ${problem}`);
  }
  writeFileSync(join(ROOT, PAGE), realClientsPage(recorded({ load, sent, shown }, date)));
  return [...load, ...sent, ...shown].every(({ problems }) => problems.length === 0) ? 0 : 1;
}

const args = readArguments();
if (args instanceof Error) {
  console.error(`${args.message}\n${USAGE}`);
  process.exitCode = 2;
} else {
  process.exitCode = await run(args);
}
