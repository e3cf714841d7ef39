import { holdsLink, readSaid, type Said } from "./said.ts";

/**
 * What a text says, read when it is first asked for: of most words of ours, and of a customer's first ones, nobody asks. `ours`: the
 * words that name us (`ourWords`), which are none of its words.
 */
export function saidLater(text: string, ours: ReadonlySet<string> = NONE): Said {
  return new Later(text, ours);
}

/** A number of three signs and more, or an address. */
const NAMES = /\p{N}{3}|\p{N}[\p{L}\p{N} ()/.-]{1,12}\p{N}|@/u;
const NONE: ReadonlySet<string> = new Set();

class Later implements Said {
  readonly #text: string;
  readonly #ours: ReadonlySet<string>;
  #said: Said | null = null;
  #words: ReadonlySet<string> | null = null;

  constructor(text: string, ours: ReadonlySet<string>) {
    this.#text = text;
    this.#ours = ours;
  }
  get #read(): Said {
    this.#said ??= readSaid(this.#text);
    return this.#said;
  }
  get words(): ReadonlySet<string> {
    this.#words ??= this.#read.words.difference(this.#ours);
    return this.#words;
  }
  get refs(): ReadonlySet<string> {
    // Most texts name nothing: these are not read for it.
    return this.#said === null && !NAMES.test(this.#text) ? NONE : this.#read.refs;
  }
  get followsUp(): boolean {
    return this.#read.followsUp;
  }
  get wentPrivate(): boolean {
    return this.#read.wentPrivate;
  }
  get newMatter(): boolean {
    return this.#read.newMatter;
  }
  get invitesPrivate(): boolean {
    return this.#read.invitesPrivate;
  }
  get ofOwn(): boolean {
    return this.#read.ofOwn;
  }
  get laterPart(): boolean {
    return this.#read.laterPart;
  }
  get forOther(): boolean {
    return this.#read.forOther;
  }
  get gives(): boolean {
    return this.#said?.gives ?? holdsLink(this.#text);
  }
  get links(): readonly string[] {
    return this.#read.links;
  }
  get failed(): boolean {
    return this.#read.failed;
  }
  get citesHelp(): boolean {
    return this.#read.citesHelp;
  }
  get worked(): boolean {
    return this.#read.worked;
  }
  get asks(): boolean {
    return this.#read.asks;
  }
  get greets(): boolean {
    return this.#read.greets;
  }
  get goesOn(): boolean {
    return this.#read.goesOn;
  }
}
