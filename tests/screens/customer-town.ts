import type { CustomerPage } from "#contracts/customer-page";

const id = (n: number) => `01920000-0000-7000-8000-${String(n).padStart(12, "0")}`;
const by = { id: id(1), name: "Priya Nair" };
const field = (key: string, label: string, value: string | null, kind: "text" | "number" | "choice" = "text") => ({
  ...{ key, label, kind, choices: kind === "choice" ? ["Home", "Business"] : [], value },
  ...(value === null ? { at: null, by: null, version: 0 } : { at: "2026-10-02T10:00:00.000Z", by, version: 1 }),
});
const consent = (purpose: string, label: string, given: boolean | null, source = "") => ({
  ...{ purpose, label, given, source },
  ...(given === null ? { at: null, by: null } : { at: "2026-11-18T09:31:00.000Z", by }),
});
const facts = {
  organisations: [{ id: id(21), name: "Rocha Bakes Ltd", role: "Owner", since: "2026-02-03T09:00:00.000Z" }],
  fields: [
    field("plan", "Plan", "Business", "choice"),
    field("value-a-year", "Worth a year", "2340", "number"),
    field("customer-number", "Customer number", null),
  ],
  consents: [
    consent("recording", "Recording", true, "Agreed on the phone"),
    consent("marketing", "Marketing", false, "Wrote: no letters please"),
    consent("survey", "Survey", null),
  ],
  notes: [{ id: id(22), at: "2026-11-18T09:35:00.000Z", agent: by, text: "Prefers Portuguese on the phone." }],
};
const influence: CustomerPage["influence"] = [
  { part: "reach", network: "playground", handle: "@ines", value: 2_100, at: "2026-11-19T08:00:00.000Z" },
  { part: "spoke-public", network: null, handle: null, value: 5, at: "2026-11-19T09:00:00.000Z" },
];
const languages = [
  { language: "en", messages: 6 },
  { language: "pt", messages: 2 },
];
/** What is noted of Ines: the same beside a reply and on her page. */
export const INES_NOTED = { facts, influence, languages, mayWrite: true };

const message = (n: number, role: "customer" | "us", at: string, text: string, more: object = {}) => ({
  ...{ id: id(6_000 + n), at, role, name: role === "us" ? "Priya Nair" : "Ines Rocha", text, state: "live" as const },
  ...{ direction: "ltr" as const, language: "en", episodeId: id(31), ...more },
});
const mark = (network: string, audience: "public" | "private") => ({
  ...{ channelId: id(40), network, audience, name: network },
});

/** Her page: two matters, four bursts on three media, one message in Arabic, one deleted. */
export function inesPage(change: Partial<CustomerPage> = {}): CustomerPage {
  return {
    ...{ id: id(4_003), state: "live", name: "Ines Rocha", kind: "person" },
    firstSeenAt: "2026-02-03T09:00:00.000Z",
    lastSeenAt: "2026-11-19T09:00:00.000Z",
    ...INES_NOTED,
    handles: [
      {
        ...{ id: id(11), network: "playground", handle: "@ines", name: "Ines Rocha" },
        ...{ profileUrl: "https://playground.example/u/ines", evidence: "Wrote here first, Tue 09:04" },
      },
      {
        ...{ id: id(12), network: "email", handle: "ines@rochabakes.example", name: "Ines Rocha", profileUrl: null },
        evidence: "Wrote the same order number in private",
      },
    ],
    conversations: [
      {
        ...{ id: id(2_003), number: "C-20481", subject: "No 4G in Leith since Sunday, lost sales", state: "open" },
        ...{ brand: "Northwind Mobile", lastAt: "2026-11-19T09:00:00.000Z" },
        episodes: [
          {
            ...{ id: id(30), ordinal: 1, state: "done", outcome: "Solved", reopens: null },
            ...{ openedAt: "2026-11-18T09:04:00.000Z", doneAt: "2026-11-18T12:10:00.000Z" },
            provisionalUntil: "2026-12-18T12:10:00.000Z",
          },
          {
            ...{ id: id(31), ordinal: 2, state: "open", outcome: null, reopens: id(30) },
            ...{ openedAt: "2026-11-19T08:40:00.000Z", doneAt: null, provisionalUntil: null },
          },
        ],
      },
      {
        ...{ id: id(2_090), number: "C-19022", subject: "Moving two SIMs to the new shop", state: "quiet" },
        ...{ brand: "Northwind Mobile", lastAt: "2026-08-03T09:00:00.000Z" },
        episodes: [
          {
            ...{ id: id(32), ordinal: 1, state: "done", outcome: "Solved", reopens: null },
            ...{ openedAt: "2026-08-01T09:00:00.000Z", doneAt: "2026-08-03T09:00:00.000Z" },
            provisionalUntil: "2026-08-17T09:00:00.000Z",
          },
        ],
      },
    ],
    conversationsHidden: 0,
    conversationNotes: [
      {
        ...{ id: id(23), conversationId: id(2_003), at: "2026-11-18T09:40:00.000Z", agent: by },
        text: "Asked the business desk, ref BD-771.",
      },
    ],
    months: [
      { month: "2026-08", public: 0, private: 9 },
      { month: "2026-11", public: 5, private: 2 },
    ],
    bursts: [
      {
        ...{ conversationId: id(2_003), mark: mark("playground", "public"), gapBeforeMs: 83_100_000 },
        ...{ from: "2026-11-19T08:40:00.000Z", to: "2026-11-19T09:00:00.000Z" },
        messages: [
          message(4, "customer", "2026-11-19T08:40:00.000Z", "It is gone again since eight. Second day without cards."),
          message(5, "customer", "2026-11-19T09:00:00.000Z", "", { state: "tombstone" }),
        ],
      },
      {
        ...{ conversationId: id(2_003), mark: mark("playground", "private"), gapBeforeMs: 1_500_000 },
        ...{ from: "2026-11-18T09:30:00.000Z", to: "2026-11-18T09:35:00.000Z" },
        messages: [
          message(2, "customer", "2026-11-18T09:30:00.000Z", "Rocha Bakes, 4 Mill Lane", { episodeId: id(30) }),
          message(3, "us", "2026-11-18T09:35:00.000Z", "Thank you. The mast is mended at noon.", { episodeId: id(30) }),
        ],
      },
      {
        ...{ conversationId: id(2_003), mark: mark("playground", "public"), gapBeforeMs: null },
        ...{ from: "2026-11-18T09:04:00.000Z", to: "2026-11-18T09:05:00.000Z" },
        messages: [
          message(0, "customer", "2026-11-18T09:04:00.000Z", "No 4G in Leith since Sunday.", { episodeId: id(30) }),
          message(1, "customer", "2026-11-18T09:05:00.000Z", "لا توجد شبكة هنا", {
            ...{ direction: "rtl", language: "ar", episodeId: id(30) },
          }),
        ],
      },
      {
        ...{ conversationId: id(2_090), mark: mark("email", "private"), gapBeforeMs: null },
        ...{ from: "2026-08-01T09:00:00.000Z", to: "2026-08-01T09:00:00.000Z" },
        messages: [
          message(9, "customer", "2026-08-01T09:00:00.000Z", "We move to Shore 12. Please move both SIMs.", {
            episodeId: id(32),
          }),
        ],
      },
    ],
    earlier: null,
    ...change,
  };
}
