const SHAPES = {
  close: "m6.5 6.5 11 11m0-11-11 11",
  more: "M5.5 12h.01M12 12h.01M18.5 12h.01",
  clip: "m19 11.5-7 7a4.4 4.4 0 0 1-6.3-6.2l7.5-7.5a3 3 0 0 1 4.2 4.2l-7.4 7.4a1.5 1.5 0 0 1-2.1-2.1l6.7-6.8",
  send: "M5 12 4 4.5 20.5 12 4 19.5 5 12Zm0 0h7.5",
  file: "M7 3.5h7l4 4v13H7zM14 3.5v4h4",
  down: "M12 5v14m-6-6 6 6 6-6",
  again: "M19.5 12a7.5 7.5 0 1 1-2.3-5.4M19.5 4v4h-4",
} as const;

const FLIPPED = new Set(["send"]);

/** Decoration: what it stands in has a name of its own. */
export function icon(name: keyof typeof SHAPES): SVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  if (FLIPPED.has(name)) svg.setAttribute("class", "flip");
  path.setAttribute("d", SHAPES[name]);
  if (name === "more") path.setAttribute("stroke-width", "2.8");
  svg.append(path);
  return svg;
}
