import { type Instant, MINUTE } from "#platform/clock";

/** A part that may be what we now see on the network. */
export interface EchoCandidate {
  deliveryId: string;
  traceId: string | null;
  index: number;
  /** Null where the network chooses the thread (a first private message). */
  threadKey: string | null;
  text: string;
  clientId: string;
  /** A person said that it was sent: our message of it stands under a name of our own. */
  settled: boolean;
  /** When the part left, or was last touched. */
  at: Instant;
}

const NEAR = 2 * MINUTE;

/**
 * Our own post came back before the answer to our call did: it belongs to the part with the same thread and words that was
 * under way within two minutes. The oldest one wins; each part is given away once. No match: somebody answered on the network itself.
 */
export function matchEcho(
  echo: { threadKey: string; text: string; at: Instant; clientId?: string | undefined },
  candidates: EchoCandidate[],
): EchoCandidate | null {
  // The network hands our own name for it back: nothing has to be guessed.
  if (echo.clientId !== undefined) {
    const named = candidates.find((c) => c.clientId === echo.clientId) ?? null;
    if (named) candidates.splice(candidates.indexOf(named), 1);
    return named;
  }
  const fits = (c: EchoCandidate) =>
    (c.threadKey ?? echo.threadKey) === echo.threadKey &&
    sameWords(c.text, echo.text) &&
    Math.abs(c.at - echo.at) <= NEAR;
  const found = candidates.filter(fits).sort((a, b) => a.at - b.at || a.index - b.index)[0];
  if (!found) return null;
  candidates.splice(candidates.indexOf(found), 1);
  return found;
}

/** Networks change line ends, spaces and composition on the way. */
function sameWords(a: string, b: string): boolean {
  const plain = (s: string) => s.normalize("NFC").replace(/\s+/gu, " ").trim();
  return a === b || plain(a) === plain(b);
}

/** The name under which our message stands until the network has told its own. */
export const ownName = (clientId: string): string => `delivery:${clientId}`;
