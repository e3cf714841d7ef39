/** What a stretch of a query is, for its colour. */
export type PieceKind = "plain" | "operator" | "phrase" | "field" | "tag" | "paren";
export interface QueryPiece {
  kind: PieceKind;
  at: number;
  length: number;
}

const PIECES =
  /(?<phrase>["“„«][^"”»]*(?:["”»]\*?(?:~\d+)?)?|\{[^}]*\}?)|(?<field>\b[A-Za-z][A-Za-z_]*:(?=\S)(?:["“][^"”]*["”]?|[^\s()]*))|(?<operator>(?<![\p{L}\p{N}_])(?:AND|OR|NOT|O?NEAR(?:[/~]\d*f?)?)(?![\p{L}\p{N}_])|(?<=^|[\s(])-(?=[^\s)-]))|(?<tag>[#@$][\p{L}\p{N}_.]+)|(?<paren>[()])/gu;

/** Cuts a query into coloured stretches that cover it wholly. It colours what is half written, too, so it is no parser. */
export function piecesOf(query: string): QueryPiece[] {
  const pieces: QueryPiece[] = [];
  let at = 0;
  const push = (kind: PieceKind, from: number, to: number) => {
    if (to > from) pieces.push({ kind, at: from, length: to - from });
  };
  for (const match of query.matchAll(PIECES)) {
    const [kind] = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined) ?? ["plain"];
    push("plain", at, match.index);
    push(kind as PieceKind, match.index, match.index + match[0].length);
    at = match.index + match[0].length;
  }
  push("plain", at, query.length);
  return pieces;
}
