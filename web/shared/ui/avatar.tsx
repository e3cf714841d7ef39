import css from "./avatar.module.css";

type AvatarProps = {
  name: string;
  size?: "small" | "regular" | "large";
  /** People are round; we, the company, are square and ink. */
  us?: boolean;
  /** A yellow ring: is writing here now. */
  writing?: boolean;
  /** By default the name stands beside it and the picture is decoration. */
  label?: string;
};

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** "Ines Rocha" → "IR"; one word gives one or two letters; a handle loses its @. */
export function initials(name: string): string {
  const words = name
    .replace(/^[@#]+/, "")
    .trim()
    .split(/\s+/u)
    .filter(Boolean);
  const letters = words.map((word) => graphemes.segment(word)[Symbol.iterator]().next().value?.segment ?? "");
  const first = letters[0] ?? "?";
  return (letters.length > 1 ? first + letters.at(-1) : first).toUpperCase();
}

const SIZE = { small: css.small, regular: "", large: css.large };

export function Avatar({ name, size = "regular", us = false, writing = false, label }: AvatarProps) {
  const classes = `${css.avatar} ${SIZE[size]} ${us ? css.us : ""} ${writing ? css.writing : ""}`;
  const spoken = label ? { role: "img", "aria-label": label } : { "aria-hidden": true };
  // Drawn by the style sheet: initials are a picture, not words to be read, copied or named.
  return <span className={classes} data-initials={initials(name)} {...spoken} />;
}
