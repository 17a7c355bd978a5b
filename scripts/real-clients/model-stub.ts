import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A stand-in for a model: it answers every request at once, and keeps what the client would have told the model. */
export interface ModelStub {
  readonly url: string;
  /** The bodies of the requests so far. */
  readonly requests: readonly string[];
  close(): void;
}

/** What a stub says to a request. */
export interface Reply {
  readonly status: number;
  /** The media type of the body. */
  readonly type: string;
  readonly body: string;
}

const REFUSAL = { error: { code: 400, status: "INVALID_ARGUMENT", message: "There is no model here." } };

const refuse = (): Reply => ({ status: 400, type: "application/json", body: JSON.stringify(REFUSAL) });

/** Opens a stub on a free port of this machine. It refuses every request, unless something else is said. */
export async function openModelStub(answer: (url: string, body: string) => Reply = refuse): Promise<ModelStub> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => {
      body += text;
    });
    request.on("end", () => {
      requests.push(body);
      const reply = answer(request.url ?? "/", body);
      response.writeHead(reply.status, { "content-type": reply.type }).end(reply.body);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
