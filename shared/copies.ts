import { isAddress, MOST_COPIES } from "./mail-address.ts";

/** What preflight must know of those who may get a copy; only for networks that have copies (mail). */
export interface CopyFacts {
  /** Addresses that have part in the conversation: who wrote in it, and whom its mails went to openly. */
  known: readonly string[];
  /** Addresses of the channel itself. */
  own: readonly string[];
}

/** Who an answer to all goes to beside the writer: everybody whom the mail went to openly, but not ourselves. */
export function usualCopies(
  mail: { to: readonly { address: string }[]; cc: readonly { address: string }[] } | null | undefined,
  author: string,
  own: readonly string[],
): string[] {
  const not = new Set([author, ...own].map((address) => address.toLowerCase()));
  const all = [...(mail?.to ?? []), ...(mail?.cc ?? [])].map((one) => one.address.toLowerCase());
  return [...new Set(all)].filter((address) => isAddress(address) && !not.has(address)).slice(0, MOST_COPIES);
}

interface Fault {
  code: CopyFault;
  message: string;
  /** Which of the copies. */
  copy?: number;
}
export type CopyFault = "copies-not-possible" | "copy-address" | "copy-own" | "too-many-copies";

/** What forbids these copies. `facts` undefined: the network has none. */
export function checkCopies(copies: readonly string[], facts: CopyFacts | undefined): Fault[] {
  if (copies.length === 0) return [];
  if (!facts) return [{ code: "copies-not-possible", message: "This network has no copies. Take them out." }];
  const own = new Set(facts.own.map((address) => address.toLowerCase()));
  return [
    ...(copies.length > MOST_COPIES
      ? [{ code: "too-many-copies" as const, message: `A mail takes ${MOST_COPIES} copies. Take some out.` }]
      : []),
    ...copies.flatMap((address, copy): Fault[] => {
      if (!isAddress(address))
        return [
          { code: "copy-address" as const, message: `"${address}" is no mail address. Mend it, or take it out.`, copy },
        ];
      return own.has(address.toLowerCase())
        ? [
            {
              code: "copy-own" as const,
              message: `${address} is this mailbox: a copy would come back as a question.`,
              copy,
            },
          ]
        : [];
    }),
  ];
}

/** Those who read it all for the first time: shown before it is sent. */
export function newRecipients(copies: readonly string[], facts: CopyFacts | undefined): string[] {
  const known = new Set(facts?.known.map((address) => address.toLowerCase()));
  return copies.filter((address) => isAddress(address) && !known.has(address.toLowerCase()));
}
