export type SseMessage = { event: string; id: string | null; data: string };

/** Longer than any live message may be; a stream without line ends must not fill the memory. */
const MAX_LINE = 64 * 1024;

/**
 * Reads a text/event-stream piece by piece. We read it ourselves and not by EventSource, which hides the
 * comments the server sends as heartbeat and cannot say why a connection was refused.
 */
export function createSseReader(onMessage: (message: SseMessage) => void) {
  let rest = "";
  let event = "";
  let id: string | null = null;
  let data: string[] = [];
  let endedByReturn = false;

  function line(text: string): void {
    if (text === "") {
      if (data.length > 0 || event !== "") onMessage({ event: event || "message", id, data: data.join("\n") });
      event = "";
      id = null;
      data = [];
      return;
    }
    if (text.startsWith(":")) return;
    const colon = text.indexOf(":");
    const field = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? "" : text.slice(colon + 1).replace(/^ /, "");
    if (field === "event") event = value;
    else if (field === "data") data.push(value);
    else if (field === "id" && !value.includes("\0")) id = value;
  }

  return {
    push(piece: string): void {
      let text = rest + piece;
      // A \r at the end of one piece and a \n at the start of the next are one line end.
      if (endedByReturn && text.startsWith("\n")) text = text.slice(1);
      endedByReturn = false;
      const ends = /\r\n|\r|\n/g;
      let from = 0;
      for (let end = ends.exec(text); end !== null; end = ends.exec(text)) {
        line(text.slice(from, end.index));
        from = ends.lastIndex;
      }
      endedByReturn = text.endsWith("\r");
      rest = text.slice(from);
      if (rest.length > MAX_LINE) throw new Error("A live message is longer than the server sends.");
    },
  };
}
