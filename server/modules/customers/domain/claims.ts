/** Something a person says or does that tells who else he is. Names that merely look alike are none. */
export interface Claims {
  /** Handles the writer says are his own: "I am @tentina". Bare, in small letters. */
  handles: string[];
  /** Addresses and telephone numbers the writer gives as his own. */
  contacts: string[];
  /** Order, booking and customer numbers the writer speaks of as his own. */
  references: string[];
}

const READ_LIMIT = 4_000;
const OWN_HANDLE =
  /\b(?:i am|i'm|this is|it'?s me,?|it is me,?|my (?:handle|account|name|user ?name|profile|twitter|x|instagram|insta|facebook|fb)(?: \p{L}{2,12})?(?: is|:)|(?:aka|alias|known as)|i (?:wrote|posted|tweeted|messaged|contacted you)(?: \p{L}{2,12}){0,3} as|(?:twitter|x|instagram|insta|facebook|fb|there|here|online) (?:i am|i'm|as)|ich bin|hier ist|mein name ist|je suis|c'est|soy|sono|ik ben)\s+@([\p{L}\p{N}_.]{2,40})/giu;
const HERE = /@([\p{L}\p{N}_.]{2,40})\s+(?:here|again here|speaking|hier|ici)\b/giu;
const MAIL = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,6}/gu;
const PHONE = /(?<![\p{L}\p{N}])\+?\d(?:[ ()/.-]?\d){7,14}(?![\p{L}\p{N}])/gu;
const REFERENCE =
  /\b(?:order|booking|reservation|case|ticket|invoice|reference|ref|pass|account|customer|contract|policy|parcel|tracking|claim|card|bestellung|bestellnummer|auftrag|kundennummer|rechnung|commande|r[ée]servation|pedido|ordine|bestelling)\s*(?:number|nummer|num[ée]ro|no\.?|nr\.?|id|#|is|was|:|n°)*\s*#?\s*([\p{L}]{0,4}-?\p{N}[\p{L}\p{N}-]{3,24})(?![\p{L}\p{N}])/giu;
const OTHERS =
  /\b(?:hotline|call (?:us|them)|their number|your number|promo|voucher|discount|coupon|flight|my (?:friend|neighbou?r|colleague)(?:'s|s)?|gutschein)\b/iu;

/** Reads what a text claims about its writer; looks at the first 4,000 UTF-16 units. */
export function claimsOf(text: string): Claims {
  const read = text.slice(0, READ_LIMIT).normalize("NFKC").replaceAll("’", "'");
  const foreign = OTHERS.test(read);
  return {
    handles: [...read.matchAll(OWN_HANDLE), ...read.matchAll(HERE)].map((m) =>
      m[1]!.toLowerCase().replace(/[.]+$/, ""),
    ),
    contacts: foreign
      ? []
      : [
          ...[...read.matchAll(MAIL)].map((m) => m[0].toLowerCase()),
          ...[...read.matchAll(PHONE)].map((m) => phone(m[0])),
        ],
    references: foreign
      ? []
      : [...read.matchAll(REFERENCE)].map((m) => m[1]!.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "")),
  };
}

/** The last nine digits of a telephone number: what is the same with and without the country's code. */
export function phone(text: string): string {
  return text.replace(/\D/gu, "").slice(-9);
}
