import type { Result } from "#platform/result";

/** One of the account's own fields of a customer. `label` is what the screen shows. */
export interface CustomerField {
  key: string;
  label: string;
  kind: "text" | "number" | "date" | "yes-no" | "choice" | "link";
  /** Of a choice; else empty. */
  choices: string[];
}

const LONGEST = 500;

/** A value as it is stored: trimmed, a number in one form, a date as `2026-11-22`. The refusal says what to write instead. */
export function fieldValue(field: CustomerField, written: string): Result<{ value: string }, string> {
  const value = written.trim();
  const good = (text = value) => ({ ok: true as const, value: text });
  const no = (why: string) => ({ ok: false as const, why });
  if (value === "") return no("Leave the value out to empty the field.");
  if (value.length > LONGEST) return no(`Write ${LONGEST} characters at most.`);
  switch (field.kind) {
    case "text":
      return good();
    case "number":
      return /^-?\d{1,15}(?:\.\d{1,6})?$/.test(value)
        ? good(String(Number(value)))
        : no("Write a number, like 1200.50.");
    case "date":
      return isDate(value) ? good() : no("Write a date, like 2026-11-22.");
    case "yes-no":
      return value === "yes" || value === "no" ? good() : no("Write yes or no.");
    case "choice":
      return field.choices.includes(value) ? good() : no(`Choose one of: ${field.choices.join(", ")}.`);
    case "link":
      return isLink(value) ? good() : no("Write an address that begins with https://.");
  }
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(text);
}

function isLink(text: string): boolean {
  try {
    const url = new URL(text);
    return (url.protocol === "https:" || url.protocol === "http:") && url.username === "" && url.password === "";
  } catch {
    return false;
  }
}
