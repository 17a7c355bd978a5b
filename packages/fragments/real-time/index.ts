import { defineFragment, example, may, must, type Named, should, table } from "@personakit/core";
import manifest from "./package.json" with { type: "json" };

const WEBSOCKET_SECURITY = {
  source: "OWASP WebSocket Security Cheat Sheet",
  url: "https://cheatsheetseries.owasp.org/cheatsheets/WebSocket_Security_Cheat_Sheet.html",
};

const STATE_RECOVERY = {
  source: "Socket.IO documentation, Connection state recovery",
  url: "https://socket.io/docs/v4/connection-state-recovery",
};

const fragment = defineFragment({
  id: "real-time",
  version: manifest.version,
  title: "Real time",
  summary: "How live updates reach clients and survive reconnects. Choose it for notifications, chat and live views.",
  rules: {
    /** Which transport for which need. */
    transports: table(
      ["Need", "Transport"],
      [
        ["Server to browser only: notifications, progress, tokens", "SSE (`text/event-stream`)"],
        ["Both directions, own protocol, many clients", "WebSocket (`ws`)"],
        ["Rooms, acknowledgements, fallback to long-polling", "Socket.io"],
        ["Clients that speak GraphQL already", "Subscriptions"],
      ],
    ),
    /** The handshake. */
    handshake: must(
      "Authenticate in the handshake, by cookie or the Socket.io `auth` payload and never by a token in the URL, and compare `Origin` with the allow-list.",
      {
        why: "Browsers open WebSockets across origins and send cookies along; URLs end up in logs.",
        evidence: [WEBSOCKET_SECURITY],
      },
    ),
    /** Rooms and events. */
    roomAccess: must(
      "Name rooms on the server from its own ids (`booking:42`), authorise each join and each incoming event, and disconnect a user's sockets when the session is revoked.",
      { why: "A connection outlives the rights that it was opened with." },
    ),
    /** Incoming messages. */
    messageLimits: must(
      "Validate each incoming message with a schema, lower the size limit to what the protocol needs (`maxHttpBufferSize`, `maxPayload`), and limit the rate of messages per socket.",
      { evidence: [WEBSOCKET_SECURITY] },
    ),
    /** What a client missed. */
    catchUp: must(
      "Store an event before you emit it and number it; after a reconnect replay from the client's last id (`Last-Event-ID`), or have the client refetch when `socket.recovered` is false.",
      {
        why: "Delivery over a socket is at most once.",
        evidence: [
          STATE_RECOVERY,
          {
            source: "Socket.IO documentation, Delivery guarantees",
            url: "https://socket.io/docs/v4/delivery-guarantees",
          },
          {
            source: "WHATWG HTML, Server-sent events",
            url: "https://html.spec.whatwg.org/multipage/server-sent-events.html",
          },
        ],
      },
    ),
    /** Several instances. */
    fanOut: must(
      "Connect instances through Redis pub/sub, with sticky sessions while long-polling is on. For connection state recovery take the Redis Streams adapter instead, with `skipMiddlewares: false`, or recovered sockets skip authentication.",
      {
        evidence: [
          STATE_RECOVERY,
          {
            source: "Socket.IO documentation, Using multiple nodes",
            url: "https://socket.io/docs/v4/using-multiple-nodes/",
          },
        ],
      },
    ),
    /** Presence and typing. */
    presence: should(
      "Keep presence in Redis keys whose TTL each heartbeat renews, and send typing signals as volatile events that nobody stores.",
      { why: "A crashed server sends no goodbye; the key expires by itself." },
    ),
    /** Idle SSE connections. */
    sseHeartbeat: may("Send an SSE comment line every 15 seconds, so that proxies keep the connection.", {
      evidence: [
        {
          source: "WHATWG HTML, Server-sent events, Authoring notes",
          url: "https://html.spec.whatwg.org/multipage/server-sent-events.html#authoring-notes",
        },
      ],
    }),
    /** A Socket.io server. */
    server: example(
      "ts",
      `
      interface ToServer {
        "booking:watch": (message: unknown, ack?: (answer: object) => void) => void;
      }
      type None = Record<never, never>;

      const io = new Server<ToServer, None, None, { user: User }>(httpServer, {
        adapter: createAdapter(redis), // @socket.io/redis-streams-adapter
        // Browsers send Origin with every WebSocket handshake and every cross-origin poll.
        allowRequest: ({ headers: { origin } }, done) =>
          done(null, origin === undefined || env.ALLOWED_ORIGINS.includes(origin)),
        connectionStateRecovery: { maxDisconnectionDuration: 120_000, skipMiddlewares: false },
        maxHttpBufferSize: 16_384,
      });

      function refusal(error: unknown) {
        const requestId = randomUUID();
        return toResponse(error, { requestId, log: (err) => logger.error({ err, requestId }, "socket") }).body;
      }

      io.use(async (socket, next) => {
        try {
          socket.data.user = await userOf(socket.handshake.headers.cookie);
          next();
        } catch (error) {
          next(Object.assign(new Error("refused"), { data: refusal(error) })); // the client reads data
        }
      });

      io.on("connection", (socket) => {
        void socket.join("user:" + socket.data.user.id); // io.in("user:42").disconnectSockets() on logout
        socket.on("booking:watch", async (message, ack) => {
          if (typeof ack !== "function") return; // calling it would end the process
          try {
            const { bookingId, lastEventId } = parse(WatchBooking, message);
            await bookings.assertReadable(socket.data.user, bookingId);
            await socket.join("booking:" + bookingId);
            ack({ missed: await bookingEvents.after(bookingId, lastEventId) });
          } catch (error) {
            ack(refusal(error));
          }
        });
      });
      `,
    ),
  },
});

/** How live updates reach clients and survive reconnects. */
export interface RealTime extends Named<typeof fragment> {}
export const realTime: RealTime = fragment;
