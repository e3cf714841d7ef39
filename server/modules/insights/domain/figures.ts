/** The figures of the page, each with the unit it counts and its definition in words (operations reference §3; DESIGN §2 for the units). */
export interface FigureDefinition {
  key: string;
  group: "quantity" | "quality" | "feedback" | "outcome";
  unit: "messages" | "episodes" | "conversations" | "customers" | "invitations" | "replies";
  measure: "count" | "milliseconds" | "share";
  definition: string;
  /** The share that is wanted, where there is one. */
  goal: number | null;
  /** True when later days may still move it: a reopen inside the window. */
  restated: boolean;
}

export const figures = [
  {
    key: "messages-in",
    group: "quantity",
    unit: "messages",
    measure: "count",
    goal: null,
    restated: false,
    definition: "Messages of others that reached us, noise included, by their own time.",
  },
  {
    key: "actionable-share",
    group: "quantity",
    unit: "messages",
    measure: "share",
    goal: null,
    restated: false,
    definition: "Of all messages of others, those that the written policy calls work.",
  },
  {
    key: "episodes-opened",
    group: "quantity",
    unit: "episodes",
    measure: "count",
    goal: null,
    restated: false,
    definition: "Stretches of work that began, by the time of the customer's first unanswered message.",
  },
  {
    key: "conversations-worked",
    group: "quantity",
    unit: "conversations",
    measure: "count",
    goal: null,
    restated: false,
    definition: "Conversations with at least one episode opened in the time.",
  },
  {
    key: "customers-served",
    group: "quantity",
    unit: "customers",
    measure: "count",
    goal: null,
    restated: false,
    definition: "Customers with at least one episode opened in the time.",
  },
  {
    key: "backlog",
    group: "quantity",
    unit: "episodes",
    measure: "count",
    goal: null,
    restated: false,
    definition: "Episodes open at the end of the time, whoever has them.",
  },
  {
    key: "first-response",
    group: "quality",
    unit: "episodes",
    measure: "milliseconds",
    goal: 0.9,
    restated: false,
    definition:
      "From the customer's first message of an episode to our first answer by a person, in public or private. Nights count in the time; the target is counted in opening hours. The middle value; episodes without an answer are left out.",
  },
  {
    key: "next-response",
    group: "quality",
    unit: "episodes",
    measure: "milliseconds",
    goal: null,
    restated: false,
    definition: "From each later question of the customer to our next answer. The middle value over all such pairs.",
  },
  {
    key: "resolution",
    group: "quality",
    unit: "episodes",
    measure: "milliseconds",
    goal: null,
    restated: true,
    definition:
      "From the customer's first message of an episode to its end. The middle value of episodes that ended in the time.",
  },
  {
    key: "gratitude-share",
    group: "feedback",
    unit: "messages",
    measure: "share",
    goal: null,
    restated: false,
    definition: "Of all messages of others that are not noise, those with genuine thanks.",
  },
  {
    key: "thanked-share",
    group: "feedback",
    unit: "conversations",
    measure: "share",
    goal: null,
    restated: false,
    definition:
      "Of the conversations with an episode that ended in the time, those whose customer said genuine thanks after our last answer in it.",
  },
  {
    key: "settled-share",
    group: "outcome",
    unit: "episodes",
    measure: "share",
    goal: null,
    restated: true,
    definition:
      "Of the episodes that ended in the time, those after which the customer did not come back within the window.",
  },
  {
    key: "first-contact-resolution",
    group: "outcome",
    unit: "conversations",
    measure: "share",
    goal: null,
    restated: true,
    definition:
      "Of the conversations whose first episode ended in the time, those that needed no other: never handed over, and the customer did not come back on any medium within its window.",
  },
  {
    key: "transfer-share",
    group: "outcome",
    unit: "episodes",
    measure: "share",
    goal: null,
    restated: false,
    definition: "Of the episodes that ended in the time, those handed to another queue or from one agent to another.",
  },
  {
    key: "media-shift-share",
    group: "outcome",
    unit: "conversations",
    measure: "share",
    goal: null,
    restated: false,
    definition:
      "Of the conversations with an episode opened in the time, those that went on elsewhere inside it: from public to private, or to another channel. A row names the way they took.",
  },
  {
    key: "invites-sent",
    group: "outcome",
    unit: "invitations",
    measure: "count",
    goal: null,
    restated: false,
    definition: "Invitations to go on in private that stood in a public reply, by the time of that reply.",
  },
  {
    key: "invites-opened",
    group: "outcome",
    unit: "invitations",
    measure: "share",
    goal: null,
    restated: true,
    definition:
      "Of those invitations, the ones whose link was opened or whose customer came back without it. Previews made by networks are not counted as far as they say so.",
  },
  {
    key: "invites-returned",
    group: "outcome",
    unit: "invitations",
    measure: "share",
    goal: null,
    restated: true,
    definition:
      "Of those invitations, the ones whose customer came back and was known by it. A row names the place they were asked to come to, and where they came.",
  },
  {
    key: "approval-time",
    group: "quality",
    unit: "replies",
    measure: "milliseconds",
    goal: null,
    restated: false,
    definition:
      "From asking for approval of a reply to its last look or its return. Nights count. The middle value of those decided in the time; what its author took back is left out. A row names how it was decided.",
  },
  {
    key: "approval-returned",
    group: "quality",
    unit: "replies",
    measure: "share",
    goal: null,
    restated: false,
    definition:
      "Of the replies that waited for approval and were decided in the time, those given back to their author. Passed with changes is passed.",
  },
] as const satisfies readonly FigureDefinition[];

export type FigureKey = (typeof figures)[number]["key"];

export function isFigure(key: string): key is FigureKey {
  return figures.some((f) => f.key === key);
}
export function definitionOf(key: FigureKey): FigureDefinition {
  return figures.find((f) => f.key === key)!;
}
