import { Socket } from "node:net";
import type { Millis } from "#platform/clock";
import { exitCodes, StartError } from "#platform/errors";

export type ScanResult =
  | { state: "clean" }
  | { state: "found"; name: string }
  /** Larger than the scanner looks at. */
  | { state: "too-large" }
  /** Nothing is known of the file: it is looked at again. */
  | { state: "down"; says: string };

/** Looks for viruses. Never throws. */
export interface Scanner {
  /** Where it is, for people. */
  readonly address: string;
  scan(content: AsyncIterable<Uint8Array>): Promise<ScanResult>;
}

export type ScannerPlace = { path: string } | { host: string; port: number };

/** `HUBBUB_CLAMAV`: `unix:/run/clamav/clamd.ctl` or `tcp://host:3310`; null where it is not set. */
export function scannerPlace(env: NodeJS.ProcessEnv): ScannerPlace | null {
  const said = env.HUBBUB_CLAMAV?.trim();
  if (!said) return null;
  const path = /^unix:(?:\/\/)?(\/.+)$/.exec(said)?.[1];
  if (path) return { path };
  const tcp = /^tcp:\/\/(\[[0-9a-f:.]+\]|[^/:\s]+)(?::(\d{1,5}))?\/?$/i.exec(said);
  const port = Number(tcp?.[2] ?? 3310);
  if (!tcp || port < 1 || port > 65_535)
    throw new StartError(
      "HUBBUB_CLAMAV is no address of a virus scanner. Write unix:/path/to/clamd.ctl or tcp://host:3310.",
      exitCodes["virus-scanner"],
    );
  return { host: tcp[1]!.replace(/^\[|\]$/g, ""), port };
}

const PIECE = 65_536;
const MOST_ANSWER = 4_096;

/**
 * ClamAV's daemon by its INSTREAM command: pieces with their length before them, an empty one at the end. It may answer before all is
 * sent (a file too large for it), and then hangs up.
 */
export function clamav(place: ScannerPlace, times: { silenceMs?: Millis; totalMs?: Millis } = {}): Scanner {
  const { silenceMs = 15_000, totalMs = 60_000 } = times;
  return {
    address: "path" in place ? `unix:${place.path}` : `tcp://${place.host}:${place.port}`,
    async scan(content) {
      const socket = new Answered().connect(place);
      let answer = "";
      let fault: string | null = null;
      const ended = new Promise<void>((done) => {
        socket.on("data", (chunk: Buffer) => {
          answer = (answer + chunk.toString("latin1")).slice(0, MOST_ANSWER);
          if (answer.includes("\0")) socket.destroy();
        });
        socket.on("error", (error) => (fault ??= error.message));
        socket.on("close", () => done());
      });
      socket.setTimeout(silenceMs, () => {
        fault ??= "it did not answer in time";
        socket.destroy();
      });
      const over = setTimeout(() => {
        fault ??= "it took too long";
        socket.destroy();
      }, totalMs);
      try {
        await send(socket, content);
        await ended;
      } catch (error) {
        fault ??= (error as Error).message;
      } finally {
        clearTimeout(over);
        socket.destroy();
      }
      return read(answer, fault ?? socket.brokenOff);
    },
  };
}

type Written = (error?: Error | null) => void;

/**
 * A line that is read on after a write to it failed. The daemon answers first and hangs up then, so where a write finds nobody the answer
 * lies here unread; a plain socket would throw it away with itself.
 */
class Answered extends Socket {
  brokenOff: string | null = null;

  override _write(chunk: Buffer, encoding: BufferEncoding, done: Written): void {
    super._write(chunk, encoding, this.#settled(done));
  }
  override _writev(chunks: { chunk: Buffer; encoding: BufferEncoding }[], done: Written): void {
    super._writev!(chunks, this.#settled(done));
  }
  #settled(done: Written): Written {
    return (error) => {
      if (error) this.brokenOff ??= error.message;
      done();
    };
  }
}

async function send(socket: Answered, content: AsyncIterable<Uint8Array>): Promise<void> {
  await write(socket, Buffer.from("zINSTREAM\0"));
  for await (const chunk of content)
    for (let at = 0; at < chunk.length; at += PIECE) {
      if (socket.destroyed || socket.brokenOff) return;
      const piece = chunk.subarray(at, at + PIECE);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(piece.length);
      await write(socket, Buffer.concat([length, piece]));
    }
  await write(socket, Buffer.alloc(4));
}

/** Waits while the other side is slow; an answer that came early, or a broken line, ends the waiting. */
function write(socket: Socket, bytes: Buffer): Promise<void> {
  if (socket.destroyed || socket.write(bytes)) return Promise.resolve();
  return new Promise((done) => {
    const go = () => {
      socket.off("drain", go).off("close", go);
      done();
    };
    socket.on("drain", go).on("close", go);
  });
}

function read(answer: string, fault: string | null): ScanResult {
  const said = answer.split("\0")[0]!.trim();
  if (/^stream: OK$/.test(said)) return { state: "clean" };
  const found = /^stream: (.+) FOUND$/.exec(said)?.[1];
  if (found) return { state: "found", name: found.slice(0, 200) };
  if (/size limit exceeded/i.test(said)) return { state: "too-large" };
  const says = said !== "" ? `The virus scanner answered: ${said.slice(0, 200)}` : (fault ?? "it hung up");
  return { state: "down", says: said !== "" ? says : `The virus scanner does not answer: ${says}` };
}
