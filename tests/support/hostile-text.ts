import fc from "fast-check";

/**
 * Texts as nobody of good will writes them. `npm test` takes one seed, so that it says the same every time;
 * `HUBBUB_FUZZ_SEED` takes another one, `HUBBUB_FUZZ_TIMES` more runs of it.
 */
export function seeded(numRuns: number): { seed: number; numRuns: number } {
  return {
    seed: Number(process.env.HUBBUB_FUZZ_SEED ?? 20_261_122),
    numRuns: Math.ceil(numRuns * Number(process.env.HUBBUB_FUZZ_TIMES ?? 1)),
  };
}

const zalgo = `z${"\u0335\u0321\u0489\u0301\u0316".repeat(12)}`;
const family = "👩🏽‍👩🏻‍👧🏿‍👦";

/** Pieces that have broken somebody's program before, each for a reason of its own. */
const pieces = [
  ...["\u0000", "a\u0000b", "\u001b[31m", "\u0007", "\u007f", "\u0085", "\ufeff", "\ufffd", "\uffff"],
  ...["\ud800", "\udc00", "\udfff\ud800", "a\ud83d", "\ude00b"],
  ...[
    "\u202e",
    "\u2066",
    "\u2069\u202c",
    "\u200f",
    "أهلا بكم",
    "שלום",
    "\u200b",
    "\u2060",
    "\u00ad",
    "\u2028",
    "\u2029",
  ],
  ...[zalgo, "e\u0301", "\u0301", "ﷺ", "ẞß", "İıIi", "ﬁ", "Ω", "가", "ㄱㅏ"],
  ...[family, "👨‍👩‍👧‍👦".repeat(4), "\u200d".repeat(9), "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🇩🇪🇩", "☺️", "1️⃣"],
  ...["我的订单没有到", "สวัสดีครับ", "Ме|му", "pаypal (а)", "𝟒𝟏𝟏𝟏", "٤١١١", "४१११", "①②③"],
  ...[
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</p><!--",
    "<![CDATA[",
    "&#0;",
    "&#xd800;",
    "&amp;lt;",
    "<",
  ],
  ...["__proto__", "constructor", "hasOwnProperty", "toString", "prototype", "then", "toJSON"],
  ...[
    "'; drop table message; --",
    "$\u007b7*7}",
    "{{7*7}}",
    "%00",
    "%s%n",
    "../../etc/passwd",
    "\\u0000",
    "\\",
    '"',
    "`",
  ],
  ...[
    "4111 1111 1111 1111",
    "4111",
    "1111",
    "cvv 123",
    "DE89 3704 0044 0532 0130 00",
    "+49 30 901820",
    "Passwort: geheim7",
  ],
  ...[
    "@northwind",
    "@a@b.example",
    "#tag",
    "https://a.example/x?y=(1)",
    "http://[::1]/",
    "javascript:alert(1)",
    "a@b.example",
    "www.x",
  ],
  ...[" ", "\n", "\r\n", "\t", "\u00a0", "   ", "\n\n\n", ".", "…", "-", "--", ">", "On Friday x wrote:"],
  ...["1e308", "-0", "NaN", "Infinity", "9007199254740993", "0x10", "00:00", "2/3", "true", "null", "undefined"],
] as const;

const piece = fc.constantFrom<string>(...pieces);
const bits = fc.oneof(
  { weight: 6, arbitrary: piece },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 12 }) },
  { weight: 1, arbitrary: fc.tuple(piece, fc.integer({ min: 2, max: 60 })).map(([text, n]) => text.repeat(n)) },
);

/** A text of up to `maxBits` such pieces. */
export function hostileText(maxBits = 14): fc.Arbitrary<string> {
  return fc.array(bits, { maxLength: maxBits }).map((some) => some.join(""));
}

const number = fc.oneof(
  fc.constantFrom(0, -0, -1, 1.5, 2_147_483_648, 9_007_199_254_740_991, 2 ** 60, 1e21, 1e308, -1e308),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

const key = fc.oneof(
  fc.constantFrom("__proto__", "constructor", "toString", "length", "id", "text", ""),
  hostileText(2),
);

/** Objects whose keys are their own even when they are called `__proto__`. */
function hostileObject(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.array(fc.tuple(key, value), { maxLength: 4 }).map((pairs) => {
    const made: Record<string, unknown> = {};
    for (const [name, inside] of pairs)
      Object.defineProperty(made, name, { value: inside, enumerable: true, configurable: true, writable: true });
    return made;
  });
}

/** Any JSON value a stranger may send, not deep. */
export const hostileJson: fc.Arbitrary<unknown> = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(null, true, false, "", [], {}),
    hostileText(4),
    number,
    fc.array(tie("any"), { maxLength: 4 }),
    hostileObject(tie("any")),
  ),
})).any;

/** JSON text nested so deep that whatever walks it by recursion falls. */
export function deepJson(depth: number, inside = '"x"'): string {
  return `${'{"a":['.repeat(depth)}${inside}${"]}".repeat(depth)}`;
}

/** Bytes that claim to be text: other encodings, cut sequences, byte order marks, over-long forms. */
export const hostileBytes: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  hostileText().map((text) => new Uint8Array(Buffer.from(text, "utf8"))),
  hostileText().map((text) => new Uint8Array(Buffer.from(text, "latin1"))),
  hostileText().map((text) => new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le"))),
  fc.tuple(hostileText(), fc.nat(40)).map(([text, at]) => new Uint8Array(Buffer.from(text, "utf8").subarray(at))),
  fc.constantFrom(new Uint8Array([0xc0, 0x80]), new Uint8Array([0xed, 0xa0, 0x80]), new Uint8Array([0xf8, 0x88, 0x80])),
);

/** Long texts on which a search that goes back and forth never ends: `size` letters each. */
export function longTexts(size: number): readonly (readonly [string, string])[] {
  const of = (unit: string) => unit.repeat(Math.ceil(size / unit.length)).slice(0, size);
  return [
    ...[
      "a",
      " ",
      "\n",
      "\r\n",
      "-",
      "1",
      "1 ",
      "4111 ",
      ".",
      "a.",
      "@",
      "a@",
      "@a",
      "#",
      "<",
      "<a ",
      "<a>",
      "&",
      "&#",
      ">",
    ],
    ...["on x\n", "On wrote:\n", "On wrote ", "http://", "www.", "://", "(", "[", "((", '"', "'", "`", "/", "?a=("],
    ...["\u0301", zalgo, family, "\u200d", "🇩", "\u202e", "\ud800", "\u0000", "我", "ส", "é", "İ", "\u2029", "+", "0-"],
    ...[
      "cvv ",
      "pin ",
      "password is ",
      "code: ",
      "[card ",
      "my phone ",
      "de89 ",
      "a(at)",
      "x dot y ",
      "__proto__ ",
      "2/3 ",
    ],
    ...["thanks ", "THANKS! ", "not ", "no no ", "still ", "dm me ", "lawyer ", "<script>", "<!--", "<td>", "&amp;"],
  ].map((unit) => [`${JSON.stringify(unit).slice(0, 40)} repeated`, of(unit)] as const);
}
