/** What the receiving server says of who sent a mail (RFC 8601): shown at the message, believed where it is decided who speaks. */
export interface Authentication {
  /** The domain of the From address stands behind this mail, by DMARC, or by an aligned DKIM signature or SPF. */
  verified: boolean;
  /** It was looked at, and the domain disowns it: DMARC failed, or DKIM or SPF of this domain did and nothing passed. */
  failed: boolean;
}

const UNKNOWN: Authentication = { verified: false, failed: false };
const WHERE = { dmarc: "header.from", dkim: "header.d", spf: "smtp.mailfrom" } as const;
const MOST = 5_000;

/**
 * Reads the topmost Authentication-Results line for a From domain. `authserv` is the server whose name the operator has given: it takes
 * forged lines of its name out. Without a name nobody is believed, because anybody can write such a line.
 */
export function readAuthentication(header: string, authserv: string, domain: string): Authentication {
  // Words in brackets are for people, and may hold anything that the sender chose.
  const results = withoutComments(header.slice(0, MOST).toLowerCase());
  const by = /^\s*([\w.-]+)/.exec(results)?.[1];
  if (authserv === "" || by !== authserv || domain === "") return UNKNOWN;
  const said: { method: keyof typeof WHERE; result: string }[] = [];
  for (const one of results.split(";").slice(1, 50)) {
    const found = /^\s*(dmarc|dkim|spf)\s*=\s*([a-z]{1,20})\b/.exec(one);
    if (!found) continue;
    const method = found[1] as keyof typeof WHERE;
    const named = new RegExp(`\\b${WHERE[method].replace(".", "\\.")}\\s*=\\s*(?:[^\\s@]{1,100}@)?([\\w.-]+)`).exec(
      one,
    )?.[1];
    if (named !== undefined && isAligned(named, domain, method)) said.push({ method, result: found[2]! });
  }
  const dmarc = said.find((s) => s.method === "dmarc")?.result;
  if (dmarc === "pass") return { verified: true, failed: false };
  if (dmarc === "fail") return { verified: false, failed: true };
  if (said.some((s) => s.result === "pass")) return { verified: true, failed: false };
  return { verified: false, failed: said.some((s) => s.result === "fail") };
}

/**
 * A signature of a parent domain speaks for its names (RFC 7489 §3.1.1, relaxed); the other way round would let whoever is given a name
 * under a domain speak for it. DMARC itself has compared already.
 */
function isAligned(named: string, domain: string, method: keyof typeof WHERE): boolean {
  if (named === domain) return true;
  return method !== "dmarc" && named.split(".").length > 2 && domain.endsWith(`.${named}`);
}

/** Comments may stand in one another (RFC 5322 §3.2.2); one that never ends swallows the rest. */
function withoutComments(text: string): string {
  let depth = 0;
  let out = "";
  for (const c of text) {
    if (c === "(") depth += 1;
    else if (c === ")" && depth > 0) depth -= 1;
    else if (depth === 0) out += c;
  }
  return out;
}
