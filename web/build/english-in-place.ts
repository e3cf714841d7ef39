import { compileMessage } from "@lingui/message-utils/compileMessage";

/** The few parts of Babel's tree that are looked at. */
interface Node {
  type: string;
  name?: unknown;
  key?: Node;
  value?: unknown;
  expression?: Node;
  properties?: Node[];
  attributes?: Node[];
}
interface Babel {
  types: { valueToNode(value: unknown): Node; jsxExpressionContainer(value: Node): Node };
}

/** `id: "…"` and `"id": "…"`; `id="…"` of an element. */
const isCalled = (node: Node, name: string): boolean =>
  node.type === "ObjectProperty"
    ? node.key?.name === name || node.key?.value === name
    : node.type === "JSXAttribute" && (node.name as Node).name === name;

/** The words of `"…"` or `{"…"}`; null where it is something else. */
function wordsIn(value: Node | null): string | null {
  const inner = value?.type === "JSXExpressionContainer" ? value.expression : value;
  return inner?.type === "StringLiteral" ? (inner.value as string) : null;
}

/**
 * English stands where it is said, compiled: each part of the desk brings its own sentences along, and the first script none of
 * the others'. What the macros leave as `message: "…"` beside an `id` becomes the list that Lingui reads; other languages come
 * as catalogues under the same ids. A plugin of Babel, to run after the macros.
 */
export function englishInPlace({ types }: Babel) {
  const put = (among: Node[], wrap: (list: Node) => Node): void => {
    const message = among.find((one) => isCalled(one, "message"));
    const words = message && among.some((one) => isCalled(one, "id")) ? wordsIn(message.value as Node) : null;
    if (message && words !== null) message.value = wrap(types.valueToNode(compileMessage(words)));
  };
  return {
    name: "english-in-place",
    visitor: {
      ObjectExpression({ node }: { node: Node }): void {
        put(node.properties ?? [], (list) => list);
      },
      JSXOpeningElement({ node }: { node: Node }): void {
        put(node.attributes ?? [], (list) => types.jsxExpressionContainer(list));
      },
    },
  };
}
