import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { compileMessage } from "@lingui/message-utils/compileMessage";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { makeBook, type Phrase, saidIn } from "../../web/shared/text/said/phrase-book.ts";
import { allSentencesIn, filled, sentencesIn, sourcesBelow, type Written, writtenIn } from "./server-sentences.ts";
import { root } from "./tree.ts";

/** The phrases of a source as the build leaves them: `msg` and what it says, compiled. */
function phrasesOf(source: string): Phrase[] {
  const phrases: Phrase[] = [];
  const add = (words: ts.Expression | undefined, within: ts.Node): void => {
    const text = words && sentencesIn(words)[0]?.join("");
    if (text === undefined) return;
    const guard = within.parent.parent;
    const code = ts.isObjectLiteralExpression(guard) ? /code: "([^"]+)"/.exec(guard.getText())?.[1] : undefined;
    phrases.push({ id: text, message: compileMessage(text), ...(code && { code }) });
  };
  const look = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === "msg")
      add(node.template as ts.NoSubstitutionTemplateLiteral, node);
    if (ts.isCallExpression(node) && node.expression.getText() === "msg") {
      const [given] = node.arguments;
      const message = given && ts.isObjectLiteralExpression(given) ? given.properties[0] : undefined;
      add(message && ts.isPropertyAssignment(message) ? message.initializer : undefined, node);
    }
    ts.forEachChild(node, look);
  };
  look(ts.createSourceFile("phrases.ts", source, ts.ScriptTarget.Latest, true));
  return phrases;
}

const folder = join(root, "web/shared/text/said");
const sources = (await readdir(folder)).filter((name) => !/^phrase|^known|\.tsx$|test/.test(name));
const phrases = (await Promise.all(sources.map((name) => readFile(join(folder, name), "utf8")))).flatMap(phrasesOf);
const book = makeBook(phrases);
const wording = {
  say: () => "said",
  list: (all: readonly string[]) => all.join(),
  and: (all: readonly string[]) => all.join(),
  apart: (value: string) => value,
};
const codes = [...new Set(phrases.map(({ code }) => code)), undefined];
/** Where the source names no code, any of those there are may stand with it. */
const isSaid = ({ parts, code }: Written): boolean =>
  filled(parts).some((text) =>
    (code === undefined ? codes : [code]).some((one) => saidIn(book, text, one, wording) !== null),
  );

/** Said to programs, or to who visits a chat: no screen of the desk asks for it. */
const ELSEWHERE = [
  /^server\/modules\/channels\/(?:webchat|firehose|inbound)\//,
  /cursor is n|answersMessageId|X-File-Name|ask for a part inside|in expected the version|scopeId|An API key has no session/,
  /There is no (?:setting|figure|brand|skill|team|queue|calendar) \{\}|Only a person has preferences|let (?:its clocks|routing)/,
];
/** What stands in the holes is a sentence of its own, and is asked for where it is made. */
const PUT_TOGETHER: Readonly<Record<string, readonly string[]>> = {
  "Came back after {}: {}.": ["the guide", "it worked"],
  "This machine's clock is {} minutes {} the network's. Set it by a time service (NTP): pushes are refused as too old and tokens run out at the wrong time until then.":
    ["7", "behind"],
  "{}: over capacity.": ["Bea carries 6.0 of 10"],
  "{}: within capacity again.": ["Bea carries 6.0 of 10"],
  "{} The limit is {} minutes.": ["It is forecast to clear in 9 minutes.", "30"],
  "{} Look at the present state and try again.": ["A conversation changed meanwhile."],
  "{} Your text is kept.": ["Acme wants a new sign-in, so nothing can be sent. Ask whoever manages channels."],
  "{} Ask for a shorter time, or use `backtest route` on the command line.": [
    "The rehearsal took too long and was ended.",
  ],
};
/** Nothing of them but what is put in. */
const ONLY_HOLES = /^\{\}: \{\}$/;

const isPutTogether = (template: string): boolean => {
  const values = PUT_TOGETHER[template];
  const parts = template.split("{}");
  const text = values && parts.map((part, n) => part + (values[n] ?? "")).join("");
  return text !== undefined && saidIn(book, text, undefined, wording) !== null;
};
function missing(all: readonly Written[]): string[] {
  const unsaid = all
    .filter((one) => !isSaid(one))
    .map(({ file, parts }) => ({ file, template: parts.join("{}") }))
    .filter(({ template }) => !ONLY_HOLES.test(template) && !isPutTogether(template))
    .filter(({ file, template }) => !ELSEWHERE.some((one) => one.test(file) || one.test(template)));
  return [...new Set(unsaid.map(({ file, template }) => `${file}: ${template}`))].sort();
}

describe("the desk has words in its languages for what the server says", async () => {
  const written = (await sourcesBelow("server/modules")).map(({ file, source }) => writtenIn(file, source));
  const reasons = written.flatMap((one) => one.reasons);
  const refusals = written.flatMap((one) => one.refusals);

  test("every reason of the modules", () => {
    expect(reasons.length).toBeGreaterThan(90);
    expect(missing(reasons), "add them to web/shared/text/said").toEqual([]);
  });

  test("every refusal", () => {
    expect(refusals.length).toBeGreaterThan(180);
    expect(missing(refusals), "add them to web/shared/text/said").toEqual([]);
  });

  test.each([
    ["conversations/domain/policy.ts", 25],
    ["conversations/domain/evidence.ts", 15],
    ["conversations/domain/stitch.ts", 14],
    ["conversations/domain/invite-use.ts", 8],
    ["routing/domain/relief.ts", 5],
    ["routing/domain/explain/what-next.ts", 5],
    ["desk/read/timeline-entries.ts", 14],
    ["desk/domain/doors.ts", 4],
    ["channels/domain/moderation.ts", 6],
    ["channels/domain/connect-check.ts", 3],
    ["company/domain/calendar-faults.ts", 7],
    ["desk/approval/domain/check-rules.ts", 8],
    ["desk/domain/narrow-by.ts", 1],
    ["desk/search/domain/compile.ts", 3],
    ["listening/domain/things.ts", 1],
    ["listening/monitors/monitors.ts", 4],
    ["routing/escalation/domain/ladder.ts", 6],
    ["routing/escalation/domain/page.ts", 2],
    ["routing/escalation/domain/rota.ts", 3],
    ["workforce/capacity.ts", 3],
    ["shared/query/adopt.ts", 4],
    ["shared/query/adopt-terms.ts", 12],
    ["shared/query/anchors.ts", 1],
    ["shared/query/fields.ts", 6],
    ["shared/query/lex.ts", 6],
    ["shared/query/parse.ts", 14],
    ["shared/query/terms.ts", 2],
  ])("every sentence of %s", async (name, least) => {
    const file = name.startsWith("shared/") ? name : `server/modules/${name}`;
    const all = allSentencesIn(file, await readFile(join(root, file), "utf8"));
    expect(all.length).toBeGreaterThanOrEqual(least);
    expect(missing(all), "add them to web/shared/text/said").toEqual([]);
  });

  test("every right", async () => {
    const source = await readFile(join(root, "server/modules/people/domain/access.ts"), "utf8");
    const rights = [...source.matchAll(/^ {2}"[a-z.-]+": "([^"]+)",$/gm)].map(([, says = ""]) => says);
    expect(rights.length).toBeGreaterThan(25);
    expect(rights.filter((says) => saidIn(book, says, undefined, wording) === null)).toEqual([]);
  });

  test("a planted reason and a planted refusal without words are seen", () => {
    const moon = ["`The moon is $", "{how}.`"].join("");
    const wrong = 'const wrong = (why: string) => new AppError("invalid-request", why); throw wrong("It is too wet.");';
    const source = `f({ code: "moon", text: ${moon} }); throw notNow("It is too dark."); ${wrong}`;
    const planted = writtenIn("server/modules/planted.ts", source);
    expect(missing(planted.reasons)).toEqual(["server/modules/planted.ts: The moon is {}."]);
    expect(missing(planted.refusals)).toEqual([
      "server/modules/planted.ts: It is too dark.",
      "server/modules/planted.ts: It is too wet.",
    ]);
  });

  test("no phrase stands there twice", () => {
    const said = phrases.map(({ id, code }) => `${code ?? ""} ${id}`);
    expect(said.filter((one, n) => said.indexOf(one) !== n)).toEqual([]);
  });
});
