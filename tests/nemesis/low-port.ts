import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/**
 * A free port below those from which outgoing connections take theirs (32768 and up on Linux, 49152 elsewhere): while the
 * process that listens on it is dead, no connection of a stranger can sit down on it.
 */
export async function lowPort(): Promise<number> {
  for (;;) {
    const port = randomInt(11_000, 32_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
