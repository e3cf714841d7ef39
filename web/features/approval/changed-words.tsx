import { difference } from "../../shared/text/difference.ts";

/** What became of a text, word by word. */
export function ChangedWords({ before, after }: { before: string; after: string }) {
  return (
    <>
      {difference(before, after).map((part, place) => {
        if (part.kind === "gone") return <del key={place}>{part.text}</del>;
        if (part.kind === "new") return <ins key={place}>{part.text}</ins>;
        return <span key={place}>{part.text}</span>;
      })}
    </>
  );
}
