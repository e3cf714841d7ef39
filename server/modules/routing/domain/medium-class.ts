import { HOUR, MINUTE, type Millis, SECOND } from "#platform/clock";

export type MediumClassName = "phone" | "chat" | "dm" | "public" | "email";

/** How work of one kind fills an agent's budget of 100 and how long it may be held out or held back. */
export interface MediumClass {
  readonly name: MediumClassName;
  /** Said on screens: "a public post". */
  readonly says: string;
  readonly weight: number;
  readonly cap: number;
  /** Nothing else may be worked on beside it, except what is interruptible. */
  readonly exclusive: boolean;
  readonly interruptible: boolean;
  readonly offerMs: Millis;
  /** How long an item waits for its owner who is here but full. */
  readonly stickyMs: Millis;
  /** What has to be left of the time until it is due when the wait for the owner ends. */
  readonly reserveMs: Millis;
}

const build = (
  name: MediumClassName,
  says: string,
  [weight, cap]: readonly [number, number],
  [offerMs, stickyMs, reserveMs]: readonly [Millis, Millis, Millis],
  more: { exclusive?: boolean; interruptible?: boolean } = {},
): MediumClass => ({
  ...{ name, says, weight, cap, offerMs, stickyMs, reserveMs },
  ...{ exclusive: more.exclusive ?? false, interruptible: more.interruptible ?? false },
});

/** Weights, caps, offer and sticky times: operations.md §1.2. The reserves are ours. */
export const mediumClasses: Readonly<Record<MediumClassName, MediumClass>> = {
  phone: build("phone", "a call", [100, 1], [20 * SECOND, 0, 0], { exclusive: true }),
  chat: build("chat", "a chat", [33, 3], [30 * SECOND, 30 * SECOND, 15 * SECOND]),
  dm: build("dm", "a private message", [20, 5], [180 * SECOND, 15 * MINUTE, 5 * MINUTE]),
  public: build("public", "a public post", [20, 5], [180 * SECOND, 15 * MINUTE, 5 * MINUTE]),
  email: build("email", "a mail, topic or review", [20, 5], [180 * SECOND, 4 * HOUR, 30 * MINUTE], {
    interruptible: true,
  }),
};

/** What an item of each kind takes of an agent's 100, and how many an agent has at most, unless a profile says otherwise. */
export const capacityKinds = Object.values(mediumClasses).map(({ name: kind, weight, cap }) => ({ kind, weight, cap }));

const byMedium: Readonly<Record<string, MediumClassName>> = {
  ...{ phone: "phone", voice: "phone", video: "phone", chat: "chat", public: "public", dm: "dm" },
  ...{ email: "email", forum: "email", community: "email", review: "email" },
};

/** The class of an episode's medium; an unknown one goes by who can read it. */
export function classOf(medium: string, visibility: string): MediumClass {
  const known = Object.hasOwn(byMedium, medium) ? byMedium[medium] : undefined;
  return mediumClasses[known ?? (visibility === "private" ? "dm" : "public")];
}

/** Parked items of one agent: so that nobody comes back to a hundred (operations.md §1.2). */
export const PARKED_CAP = 50;
