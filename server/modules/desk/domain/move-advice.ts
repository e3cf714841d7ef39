/** What is known of one message of a conversation when it is asked whether it should go on in private. */
export interface Heard {
  id: string;
  by: "customer" | "us" | "other";
  public: boolean;
  text: string;
  sentiment: string;
  /** Kinds of personal data that stand in it: `email`, `phone` … */
  personal: readonly string[];
}

export interface Advice {
  code: "flaming" | "personal-data";
  text: string;
  messageId: string;
}

const KINDS: Readonly<Record<string, string>> = {
  email: "an e-mail address",
  phone: "a telephone number",
  iban: "a bank account",
  card: "a card number",
  national_id: "an identity number",
  password: "a password",
  cvv: "a security code",
};
/** So many of their last public posts are looked at. */
const LOOKED_AT = 5;

/** When moving to private is wiser, with the reason an agent reads. Of each kind at most one, about the newest post that gives it. */
export function adviseMove(heard: readonly Heard[], guide: { flaming: boolean; personalData: boolean }): Advice[] {
  const theirs = heard.filter((m) => m.by === "customer" && m.public).slice(-LOOKED_AT);
  // Once they are in private the advice is taken.
  if (heard.findLast((m) => m.by === "customer")?.public !== true) return [];
  const found: Advice[] = [];
  const bare = guide.personalData ? theirs.findLast((m) => m.personal.length > 0) : undefined;
  if (bare) {
    const what = [...new Set(bare.personal.map((kind) => KINDS[kind] ?? "personal data"))].join(" and ");
    found.push({
      code: "personal-data",
      messageId: bare.id,
      text: `Their public post holds ${what}: go private before more is said, and ask them to delete it.`,
    });
  }
  if (!guide.flaming) return found;
  const loud = theirs.findLast((m) => m.sentiment === "negative" && isLoud(m.text));
  const angryAgain = theirs.filter((m) => m.sentiment === "negative");
  const answered = heard.some((m) => m.by === "us" && m.public);
  if (loud)
    found.push({
      code: "flaming",
      messageId: loud.id,
      text: "They are loud and angry in public: it is calmer in private.",
    });
  else if (answered && angryAgain.length >= 3)
    found.push({
      code: "flaming",
      messageId: angryAgain.at(-1)!.id,
      text: `${angryAgain.length} angry public posts, and our answers did not help: it is calmer in private.`,
    });
  return found;
}

/** Shouting: mostly capitals in a script that has them, or marks of exclamation in a row. */
export function isLoud(text: string): boolean {
  if (/[!！]{3,}|(?:[!?！？]\s*){4,}/u.test(text)) return true;
  const upper = text.match(/\p{Lu}/gu)?.length ?? 0;
  const lower = text.match(/\p{Ll}/gu)?.length ?? 0;
  return upper >= 12 && upper > lower;
}
