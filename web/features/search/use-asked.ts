import { useEffect, useRef, useState } from "react";

/** Somebody who types on is not asked about each letter. */
const REST = 250;

/** What stands in the field, and what was asked: a moment after the last letter, at once when it is asked for. */
export function useAsked(q: string, onAsk: (q: string) => void) {
  const [text, type] = useState(q);
  const asked = useRef(q);
  useEffect(() => {
    // Changed from outside: a step back.
    if (q !== asked.current) type(q);
    asked.current = q;
  }, [q]);
  const ask = (said: string) => {
    type(said);
    if (said.trim() === asked.current.trim()) return;
    asked.current = said;
    onAsk(said);
  };
  useEffect(() => {
    if (text.trim() === asked.current.trim()) return;
    const timer = setTimeout(() => ask(text), REST);
    return () => clearTimeout(timer);
  });
  return { text, type, ask };
}
