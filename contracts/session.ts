import { z } from "zod";
import { id, locale } from "./common.ts";
import { preferences } from "./preferences.ts";

export const grantView = z.object({
  verb: z.string(),
  scope: z.enum(["account", "brand", "team", "queue", "own"]),
  scopeId: id.nullable(),
});
export const signIn = z.object({ email: z.string().min(3).max(320), password: z.string().min(1).max(1_000) });
export const signInDemo = z.object({ email: z.string().min(3).max(320) });
export const sessionView = z.object({
  agent: z.object({ id, name: z.string(), email: z.string(), initials: z.string(), locale }),
  account: z.object({ id, name: z.string(), mission: z.string() }),
  grants: z.array(grantView),
  demo: z.boolean(),
  csrf: z.string(),
  playgroundUrl: z.string().nullable(),
  preferences: preferences.optional(),
});
export type SessionView = z.infer<typeof sessionView>;
export const demoAccounts = z.object({
  accounts: z.array(z.object({ name: z.string(), email: z.string(), role: z.string() })),
});
