import type { IdentityPreview, IdentityView, JoinedHandle } from "#contracts/identity";
import { uid } from "./desk-town.ts";

const by = { id: uid(1), name: "Priya Nair" };
const handle = (n: number, network: string, name: string, more: Partial<JoinedHandle> = {}): JoinedHandle => ({
  ...{
    id: uid(8_000 + n),
    network,
    handle: name,
    name: "Ines Rocha",
    profileUrl: null,
    followers: null,
    verified: false,
  },
  ...{ own: false, shared: false, recycledAt: null, joins: [] },
  ...more,
});
const [ines, mail, sky, dev, copy] = [
  handle(1, "playground", "ines", { own: true, followers: 2_100 }),
  handle(2, "email", "ines@rocha.example"),
  handle(3, "bluesky", "ines.rocha.example", { recycledAt: "2026-11-01T09:00:00.000Z" }),
  handle(4, "x-network", "ines_rocha"),
  handle(5, "playground", "lnes"),
] as const;
const why = (
  n: number,
  code: string,
  rung: "verified" | "stated" | "agent",
  text: string,
): JoinedHandle["joins"][number] => ({
  ...{ id: uid(8_100 + n), actId: rung === "agent" ? uid(8_200) : null, rung, code, text },
  ...{ confidence: { verified: 0.99, stated: 0.95, agent: 0.85 }[rung], at: "2026-05-03T10:00:00.000Z" },
  ...{ by: rung === "agent" ? by : null, withHandleId: ines.id },
  said: rung === "stated" ? { messageId: uid(8_300), conversationId: uid(2_090) } : null,
});

/** Ines on three networks; one who may be she, and one who looks like her. */
export const INES_WHO: IdentityView = {
  ...{ id: uid(4_003), name: "Ines Rocha", version: 4, mayJoin: true },
  handles: [
    ines,
    {
      ...mail,
      joins: [
        why(1, "invite", "verified", "Came back by an invitation of ours."),
        why(2, "stated-contact", "stated", "Says: “I am ines@rocha.example”."),
      ],
    },
    { ...sky, joins: [why(3, "agent", "agent", "She told me on the phone.")] },
  ],
  suggestions: [
    {
      ...{ id: uid(8_401), kind: "same", score: 0.7, madeAt: "2026-11-18T09:00:00.000Z", mine: ines, other: dev },
      otherCustomer: { id: uid(4_050), name: "Ines Rocha" },
      reasons: [
        { code: "same-reference", text: "Both name the number a55102." },
        { code: "same-name", text: "Both are called Ines Rocha." },
        { code: "same-language", text: "Both write pt." },
      ],
    },
    {
      ...{
        id: uid(8_402),
        kind: "impersonator",
        score: 0.5,
        madeAt: "2026-11-18T09:00:00.000Z",
        mine: ines,
        other: copy,
      },
      otherCustomer: { id: uid(4_051), name: "lnes" },
      reasons: [
        { code: "look-alike", text: "ines and lnes look alike but are two handles: one may pretend to be the other." },
      ],
    },
  ],
  acts: [
    {
      id: uid(8_200),
      kind: "join",
      reason: "She told me on the phone.",
      at: "2026-11-10T10:00:00.000Z",
      by,
      undone: null,
    },
    {
      ...{ id: uid(8_201), kind: "refuse", reason: "", at: "2026-11-02T10:00:00.000Z", by },
      undone: { at: "2026-11-03T10:00:00.000Z", by },
    },
  ],
};
export const WHAT_PARTING_CHANGES: IdentityPreview = {
  customerId: uid(4_060),
  moving: [{ handle: mail, from: uid(4_003), to: uid(4_060) }],
  conversations: [{ id: uid(2_090), number: "C-19022", subject: "Invoice", to: uid(4_060) }],
  versions: [{ id: uid(4_003), name: "Ines Rocha", version: 4 }],
  warnings: [{ code: "verified", text: "This join was verified by a token, a sign-in or the network itself." }],
  stitched: { messages: 0, conversations: 0 },
};
