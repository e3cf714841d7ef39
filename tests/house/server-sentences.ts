import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import ts from "typescript";
import { root } from "./tree.ts";

/** A sentence as a source writes it: literal parts with a hole between each two; `code` where the source names it. */
export type Written = { file: string; parts: string[]; code?: string | undefined };

const WHICHEVER = new Set([ts.SyntaxKind.QuestionQuestionToken, ts.SyntaxKind.BarBarToken]);

/** Both ways of a condition, both sides of `??` and `||`; nothing where the words come from elsewhere. */
export function sentencesIn(node: ts.Expression): string[][] {
  if (ts.isStringLiteralLike(node)) return [[node.text]];
  if (ts.isTemplateExpression(node)) return [[node.head.text, ...node.templateSpans.map((span) => span.literal.text)]];
  if (ts.isParenthesizedExpression(node)) return sentencesIn(node.expression);
  if (ts.isConditionalExpression(node)) return [...sentencesIn(node.whenTrue), ...sentencesIn(node.whenFalse)];
  if (ts.isBinaryExpression(node) && WHICHEVER.has(node.operatorToken.kind))
    return [...sentencesIn(node.left), ...sentencesIn(node.right)];
  return [];
}

const propertyOf = (node: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined => {
  const found = node.properties.find((one) => one.name?.getText() === name);
  if (!found) return undefined;
  if (ts.isPropertyAssignment(found)) return found.initializer;
  return ts.isShorthandPropertyAssignment(found) ? wordsOf(found) : undefined;
};

/** `{ code, text }` with `const text = …` before it in the same function. */
function wordsOf(short: ts.ShorthandPropertyAssignment): ts.Expression | undefined {
  const name = short.name.text;
  let found: ts.Expression | undefined;
  const look = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.name.getText() === name && node.pos < short.pos)
      found = node.initializer;
    ts.forEachChild(node, look);
  };
  look(short.getSourceFile());
  return found;
}

/** Functions of a source that make a refusal of the words they are given, with its code: `const wrong = (says: string) => new AppError("…", says)`. */
function refusersOf(source: ts.SourceFile): Map<string, ts.Expression | undefined> {
  const found = new Map<string, ts.Expression | undefined>();
  const look = (node: ts.Node): void => {
    const made = ts.isVariableDeclaration(node) && node.initializer && ts.isArrowFunction(node.initializer);
    const { body, parameters } = (made ? node.initializer : {}) as Partial<ts.ArrowFunction>;
    if (made && body && ts.isNewExpression(body) && body.expression.getText() === "AppError")
      if (body.arguments?.[1]?.getText() === parameters?.[0]?.name.getText())
        found.set(node.name.getText(), body.arguments?.[0]);
    ts.forEachChild(node, look);
  };
  look(source);
  return found;
}

/** What a source makes: reasons (`{ code, text }`) and refusals (`notNow("…")`, `new AppError("…", "…")`, `wrong("…")`). */
export function writtenIn(file: string, source: string): { reasons: Written[]; refusals: Written[] } {
  const [reasons, refusals]: [Written[], Written[]] = [[], []];
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const refusers = refusersOf(tree);
  const add = (into: Written[], words: ts.Expression | undefined, named: ts.Expression | undefined): void => {
    const code = named && ts.isStringLiteral(named) ? named.text : undefined;
    for (const parts of words ? sentencesIn(words) : [])
      if (parts.join("").includes(" ")) into.push({ file, parts, code });
  };
  const look = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node) && propertyOf(node, "code"))
      add(reasons, propertyOf(node, "text"), propertyOf(node, "code"));
    if (ts.isCallExpression(node) && node.expression.getText() === "notNow")
      add(refusals, node.arguments[0], ts.factory.createStringLiteral("not-now"));
    if (ts.isCallExpression(node) && refusers.has(node.expression.getText()))
      add(refusals, node.arguments[0], refusers.get(node.expression.getText()));
    if (ts.isNewExpression(node) && node.expression.getText() === "AppError")
      add(refusals, node.arguments?.[1], node.arguments?.[0]);
    ts.forEachChild(node, look);
  };
  look(tree);
  return { reasons, refusals };
}

/** Everything in a source that begins as a sentence does and ends with a full stop. */
export function allSentencesIn(file: string, source: string): Written[] {
  const found: Written[] = [];
  const look = (node: ts.Node): void => {
    const parts = ts.isExpression(node) && !ts.isConditionalExpression(node) ? sentencesIn(node)[0] : undefined;
    if (parts && /^(?:[A-Z“"]|\{\}).* .*\.$/.test(parts.join("{}"))) found.push({ file, parts });
    if (!parts) ts.forEachChild(node, look);
  };
  look(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true));
  return found;
}

/** All sources of the product below a folder. */
export async function sourcesBelow(folder: string): Promise<{ file: string; source: string }[]> {
  const names = await readdir(join(root, folder), { recursive: true });
  const files = names.filter((name) => name.endsWith(".ts") && !/\.test\.ts$|conformance\/|fixtures\//.test(name));
  return Promise.all(
    files.map(async (name) => ({ file: join(folder, name), source: await readFile(join(root, folder, name), "utf8") })),
  );
}

/** A sentence with something in its holes, and with each of them empty or not: a hole may hold "" or ", relaxed to 40". */
export function filled(parts: readonly string[]): string[] {
  const holes = Math.min(parts.length - 1, 6);
  return Array.from({ length: 2 ** holes }, (_, mask) =>
    parts.map((part, n) => part + (n < parts.length - 1 && (n >= holes || !(mask & (1 << n))) ? "Xy" : "")).join(""),
  );
}
