import { connect, createServer, type Socket } from "node:net";

/** A line on loopback that we hold in our hand: what runs over it can be cut, delayed, half closed or swallowed. */
export interface TcpProxy {
  readonly port: number;
  /** Ends all connections as a pulled cable does after a while: with a reset. New ones go through. */
  cut(): void;
  /** Every piece arrives so many milliseconds later; 0 ends it. */
  delay(ms: number): void;
  /** The callers hear "no more comes" while what they say still arrives. Mended by `heal`. */
  halfClose(): void;
  /** Nothing arrives any more in either direction and nobody is told. */
  swallow(): void;
  /** Back to normal. What was swallowed arrives now if `resumes`, else those connections are reset. */
  heal(resumes: boolean): void;
  close(): Promise<void>;
}

interface Pair {
  from: Socket;
  to: Socket;
  half: boolean;
}

export async function openProxy(target: () => number): Promise<TcpProxy> {
  const pairs = new Set<Pair>();
  let delayed = 0;
  let swallowing = false;

  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (from) => {
    const to = connect({ port: target(), host: "127.0.0.1", allowHalfOpen: true });
    const pair: Pair = { from, to, half: false };
    pairs.add(pair);
    carry(from, to);
    carry(to, from);
    const end = () => {
      pairs.delete(pair);
      from.destroy();
      to.destroy();
    };
    for (const socket of [from, to]) socket.on("error", end).on("close", end).setNoDelay(true);
    if (swallowing) to.pause();
    else from.resume();
  });

  function carry(from: Socket, to: Socket): void {
    const later = (act: () => void) => (delayed > 0 ? setTimeout(act, delayed) : act());
    from.on("data", (piece) => later(() => !to.destroyed && to.writable && to.write(piece)));
    from.on("end", () => later(() => to.end()));
  }
  const reset = (pair: Pair) => {
    for (const socket of [pair.from, pair.to]) socket.resetAndDestroy();
  };

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as { port: number }).port,
    cut: () => pairs.forEach(reset),
    delay: (ms) => {
      delayed = ms;
    },
    halfClose() {
      for (const pair of pairs) {
        pair.half = true;
        pair.from.end();
      }
    },
    swallow() {
      swallowing = true;
      for (const { from, to } of pairs) for (const socket of [from, to]) socket.pause();
    },
    heal(resumes) {
      delayed = 0;
      for (const pair of pairs) {
        if (pair.half || (swallowing && !resumes)) reset(pair);
        else for (const socket of [pair.from, pair.to]) socket.resume();
      }
      swallowing = false;
    },
    async close() {
      pairs.forEach(reset);
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
