import { readSaid, type Said } from "./said.ts";

/** What a text says, read when it is first asked for: of most words of ours, and of a customer's first ones, nobody asks. */
export function saidLater(text: string): Said {
  return new Later(text);
}

class Later implements Said {
  readonly #text: string;
  #said: Said | null = null;

  constructor(text: string) {
    this.#text = text;
  }
  get #read(): Said {
    this.#said ??= readSaid(this.#text);
    return this.#said;
  }
  get words(): ReadonlySet<string> {
    return this.#read.words;
  }
  get refs(): ReadonlySet<string> {
    return this.#read.refs;
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
    return this.#read.gives;
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
