import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A stand-in for a model: it refuses every request at once, and keeps what the client would have told the model. */
export interface ModelStub {
  readonly url: string;
  /** The bodies of the requests so far. */
  readonly requests: readonly string[];
  close(): void;
}

const REFUSAL = { error: { code: 400, status: "INVALID_ARGUMENT", message: "There is no model here." } };

/** Opens a stub on a free port of this machine. */
export async function openModelStub(): Promise<ModelStub> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => {
      body += text;
    });
    request.on("end", () => {
      requests.push(body);
      response.writeHead(400, { "content-type": "application/json" }).end(JSON.stringify(REFUSAL));
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
