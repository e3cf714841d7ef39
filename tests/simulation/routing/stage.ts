import type { Random } from "../../../scenarios/random.ts";
import type { Item, World } from "../../../server/modules/routing/domain/model.ts";
import type { Rules } from "../../../server/modules/routing/domain/rules.ts";
import type { Waiting } from "../../../server/modules/routing/domain/waiting/waiting.ts";
import type { Instant } from "../../../server/platform/clock.ts";
import type { Checks } from "./checks.ts";
import type { Company } from "./company.ts";
import type { Engine } from "./engine.ts";
import type { Act } from "./oracles.ts";
import type { Seen } from "./seen.ts";

/** Who writes, and what waits behind what. */
export interface About {
  readonly customerId: string;
  readonly conversationId: string;
  readonly alike: string | null;
}

/** What those who act on a story find. */
export interface Stage {
  readonly random: Random;
  readonly company: Company;
  readonly engine: Engine;
  readonly rules: Rules;
  readonly checks: Checks;
  readonly seen: Seen;
  /** Somebody looks at what is decided. */
  readonly watched: boolean;
  readonly world: World;
  readonly index: Waiting;
  readonly now: Instant;
  readonly act: Act;
  readonly about: Map<string, About>;
  /** Conversations without open work, with who had it last. */
  readonly over: (About & { ownerId: string | null })[];
  /** The last offers there were. */
  readonly offers: readonly { itemId: string; offerId: string; agentId: string }[];
  /** Items so far. */
  made: number;
  items(state?: Item["state"]): Item[];
  /** Hears what was decided so far. */
  flush(): void;
  /** The agent's skills as they count now. */
  learnAgain(agentId: string): void;
}
