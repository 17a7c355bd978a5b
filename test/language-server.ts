import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "../scripts/workspace.ts";

/** What the server says that a test reads; `result` is checked by the test's own expectations. */
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

const SEPARATOR = "\r\n\r\n";

/** TypeScript's language server in a project's folder, as an editor drives it. */
export class LanguageServer {
  private readonly folder: string;
  private readonly process: ChildProcess;
  private readonly waiting = new Map<number, (message: Message) => void>();
  private received = Buffer.alloc(0);
  private asked = 0;

  private constructor(folder: string) {
    this.folder = folder;
    const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
    const stdio = ["pipe", "pipe", "ignore"] as const;
    this.process = spawn(process.execPath, [tsc, "--lsp", "--stdio"], { cwd: folder, stdio: [...stdio] });
    this.process.stdout?.on("data", (chunk: Buffer) => this.receive(chunk));
    this.process.on("exit", () => {
      for (const answer of this.waiting.values()) answer({ error: { message: "The language server has ended." } });
    });
  }

  /** Starts the server and waits until it is ready. */
  static async start(folder: string): Promise<LanguageServer> {
    const server = new LanguageServer(folder);
    const capabilities = { textDocument: { hover: { contentFormat: ["markdown"] } } };
    await server.request("initialize", { processId: process.pid, rootUri: server.uri(""), capabilities });
    server.send({ method: "initialized", params: {} });
    return server;
  }

  /** Opens a file with a text; it need not be on disk. */
  open(path: string, text: string): void {
    const textDocument = { uri: this.uri(path), languageId: "typescript", version: 1, text };
    this.send({ method: "textDocument/didOpen", params: { textDocument } });
  }

  /** Asks what the server knows of a file, or of the place in it where the text before has this length. */
  ask(what: "completion" | "definition" | "diagnostic" | "hover", path: string, before = ""): Promise<unknown> {
    const lines = before.split("\n");
    const position = { line: lines.length - 1, character: lines.at(-1)?.length };
    return this.request(`textDocument/${what}`, { textDocument: { uri: this.uri(path) }, position });
  }

  /** Ends the server. */
  async stop(): Promise<void> {
    await this.request("shutdown");
    const exit = once(this.process, "exit");
    this.send({ method: "exit" });
    await exit;
  }

  private uri(path: string): string {
    return pathToFileURL(join(this.folder, path)).href;
  }

  private async request(method: string, params?: object): Promise<unknown> {
    this.asked += 1;
    const answer = new Promise<Message>((resolve) => this.waiting.set(this.asked, resolve));
    this.send({ id: this.asked, method, params });
    const { result, error } = await answer;
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  private send(message: object): void {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    this.process.stdin?.write(`Content-Length: ${Buffer.byteLength(body)}${SEPARATOR}${body}`);
  }

  private receive(chunk: Buffer): void {
    this.received = Buffer.concat([this.received, chunk]);
    for (;;) {
      const head = this.received.indexOf(SEPARATOR);
      if (head === -1) return;
      const start = head + SEPARATOR.length;
      const end = start + Number(/Content-Length: (\d+)/i.exec(this.received.toString("utf8", 0, head))?.[1]);
      if (this.received.length < end) return;
      const message: Message = JSON.parse(this.received.toString("utf8", start, end));
      this.received = this.received.subarray(end);
      if (message.method === undefined) this.answer(message);
      // The server asks for settings too, and waits for an answer.
      else if (message.id !== undefined) this.send({ id: message.id, result: null });
    }
  }

  private answer(message: Message): void {
    const id = message.id ?? 0;
    this.waiting.get(id)?.(message);
    this.waiting.delete(id);
  }
}
