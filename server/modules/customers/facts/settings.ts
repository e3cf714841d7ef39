import { z } from "zod";
import { defineSetting } from "#modules/company";

const key = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
const label = z.string().trim().min(1).max(80);
const once = (all: readonly { key: string }[]) => new Set(all.map((one) => one.key)).size === all.length;

/** The account's own fields of a customer, in the order in which they are shown. A field that is taken away keeps its values. */
export const customerFieldsSetting = defineSetting({
  key: "customers.fields",
  schema: z
    .array(
      z.object({
        key,
        label,
        kind: z.enum(["text", "number", "date", "yes-no", "choice", "link"]),
        choices: z.array(label).max(50).default([]),
      }),
    )
    .max(40)
    .refine(once, "Each key once."),
  fallback: [
    { key: "customer-number", label: "Customer number", kind: "text", choices: [] },
    { key: "plan", label: "Plan", kind: "text", choices: [] },
    { key: "value-a-year", label: "Worth a year", kind: "number", choices: [] },
  ],
  perBrand: false,
  describe: "The fields a customer has here besides name and handles",
});

export const consentPurposesSetting = defineSetting({
  key: "customers.consent-purposes",
  schema: z.array(z.object({ key, label })).max(20).refine(once, "Each key once."),
  fallback: [
    { key: "joining", label: "Joining accounts" },
    { key: "survey", label: "Survey" },
    { key: "recording", label: "Recording" },
    { key: "marketing", label: "Marketing" },
  ],
  perBrand: false,
  describe: "What customers are asked to agree to",
});
