import type { Known, StrangersPost } from "../../domain/adapter.ts";
import type { Verdict } from "./wanted.ts";

/** A line that may belong to the channel. `id`: the post it brings, so that what follows it is known at once; `gone`: the one it deletes. */
export interface Candidate {
  verdict: Verdict;
  id: string | null;
  gone?: string;
  line(found: "thread" | "keyword" | undefined): Record<string, unknown>;
}
export interface Kept {
  candidate: Candidate;
  found: "thread" | "keyword" | undefined;
}

/** What was kept lately and may not be parsed yet. */
const RECENT = 10_000;

/** Decides a batch of candidates with two look-ups whatever its size. */
export class Sieve {
  readonly #recent = new Set<string>();
  /** Deletions of what nobody had heard of: the network keeps an author's order, but lines that are joined may not. */
  readonly #early = new Map<string, Candidate>();
  readonly #known: Known;
  constructor(known: Known) {
    this.#known = known;
  }

  async keep(candidates: readonly Candidate[]): Promise<Kept[]> {
    const asked = candidates.flatMap(({ verdict: v }) => (v.keep === "if-known" ? v.messages : []));
    const strangers = [...new Set(asked)].filter((id) => !this.#recent.has(id));
    const messages = strangers.length > 0 ? await this.#known.messages(strangers) : new Set<string>();
    const dids = candidates.flatMap(({ verdict: v }) => (v.keep === "if-author" ? [v.did] : []));
    const authors = dids.length > 0 ? await this.#known.authors([...new Set(dids)]) : new Set<string>();
    const wanted = await this.#wanted(candidates, messages, authors);
    const kept: Kept[] = [];
    for (const candidate of candidates) {
      const found = this.#decide(candidate.verdict, messages, authors) ?? (wanted.has(candidate) ? "keyword" : null);
      if (found === null) {
        if (candidate.gone) this.#wait(candidate.gone, candidate);
        continue;
      }
      kept.push({ candidate, found: found === "" ? undefined : found });
      if (!candidate.id) continue;
      this.#remember(candidate.id);
      const early = this.#early.get(candidate.id);
      if (early) kept.push({ candidate: early, found: undefined });
    }
    return kept;
  }

  /** Of those that are not ours by themselves, what somebody here listens for: one question for all of them. */
  async #wanted(
    candidates: readonly Candidate[],
    messages: ReadonlySet<string>,
    authors: ReadonlySet<string>,
  ): Promise<ReadonlySet<Candidate>> {
    if (!this.#known.wanted) return new Set();
    const asked = candidates.flatMap((candidate) => {
      const post = strangersIn(candidate.verdict);
      return post && this.#decide(candidate.verdict, messages, authors) === null ? [{ candidate, post }] : [];
    });
    if (asked.length === 0) return new Set();
    const answers = await this.#known.wanted(asked.map((one) => one.post));
    return new Set(asked.flatMap(({ candidate }, n) => (answers[n] ? [candidate] : [])));
  }

  #decide(
    verdict: Verdict,
    messages: ReadonlySet<string>,
    authors: ReadonlySet<string>,
  ): "" | "thread" | "keyword" | null {
    switch (verdict.keep) {
      case true:
        return verdict.found ?? "";
      case false:
        return null;
      case "if-wanted":
        return null;
      case "if-author":
        // Whoever wrote a moment ago is asked for again when his words are parsed: his DID is remembered like a message.
        return authors.has(verdict.did) || this.#recent.has(verdict.did) ? "" : null;
      case "if-known":
        return verdict.messages.some((id) => messages.has(id) || this.#recent.has(id))
          ? "thread"
          : this.#decide(verdict.otherwise, messages, authors);
    }
  }

  #wait(id: string, deletion: Candidate): void {
    this.#early.set(id, deletion);
    if (this.#early.size > RECENT) this.#early.delete(this.#early.keys().next().value!);
  }

  #remember(id: string): void {
    const did = /^at:\/\/([^/]+)\//.exec(id)?.[1];
    for (const one of did ? [id, did] : [id]) {
      this.#recent.delete(one);
      this.#recent.add(one);
    }
    while (this.#recent.size > RECENT) this.#recent.delete(this.#recent.values().next().value!);
  }
}

function strangersIn(verdict: Verdict): StrangersPost | null {
  if (verdict.keep === "if-known") return strangersIn(verdict.otherwise);
  return verdict.keep === "if-wanted" ? verdict.post : null;
}
