import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { FastifyInstance } from "fastify";
import { openDoors } from "./door.ts";
import type { ChatHouse } from "./house.ts";
import { chatLimiters } from "./limits.ts";
import { type ChatRouteDeps, chatRoutes } from "./routes.ts";
import { chatSockets, isChatSocket } from "./socket.ts";
import { openWindows } from "./windows.ts";

/** Node asks it of each request that would like to change the protocol (24.9 and later). */
type Upgrading = FastifyInstance["server"] & { shouldUpgradeCallback: (request: IncomingMessage) => boolean };

export interface RunningWebchat {
  /** `/chat/...` and `/widget/frame`; sockets come in by the server's `upgrade`. */
  routes(app: FastifyInstance, where: Pick<ChatRouteDeps, "frameFile" | "publicUrl">): void;
  /** Work moved: who waits may stand elsewhere now. All accounts unless named. */
  wake(accountIds?: readonly string[]): void;
  /** Whether a visitor types now, as far as this node has heard. */
  types(visitorId: string): boolean;
  /** Open windows. */
  open(): number;
  /** All that windows lack is sent, for tests. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** The visitors' side of web chat. */
export async function startWebchat(house: ChatHouse): Promise<RunningWebchat> {
  const doors = openDoors(house);
  const windows = await openWindows(house, doors);
  const limits = chatLimiters(house.clock);
  const sockets = chatSockets({ house, doors, windows, limits });
  let off = () => {};
  return {
    routes(app, where) {
      chatRoutes(app, { house, doors, windows, limits, ...where });
      const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) =>
        sockets.upgrade(request, socket, head);
      const server = app.server as Upgrading;
      const before = server.shouldUpgradeCallback;
      // Whoever offers another protocol (many programs offer HTTP/2) is answered in the one he speaks.
      server.shouldUpgradeCallback = isChatSocket;
      server.on("upgrade", upgrade);
      off = () => {
        server.off("upgrade", upgrade);
        server.shouldUpgradeCallback = before;
      };
    },
    wake: (accountIds) => windows.wake(accountIds),
    types: (visitorId) => windows.types(visitorId),
    open: () => windows.size,
    settle: () => windows.settle(),
    async close() {
      off();
      await windows.closeAll();
      await sockets.close();
    },
  };
}
