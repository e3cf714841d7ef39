import { accountTopics } from "./account.ts";
import { moneyTopics } from "./money.ts";
import { networkTopics } from "./network.ts";
import { otherTopics } from "./other-languages.ts";
import { smallTopics } from "./small-languages.ts";
import { talkTopics } from "./talk.ts";
import { thingTopics } from "./things.ts";
import type { Topic } from "./topic.ts";

export const topics: readonly Topic[] = [
  ...networkTopics,
  ...moneyTopics,
  ...thingTopics,
  ...accountTopics,
  ...talkTopics,
  ...otherTopics,
  ...smallTopics,
];
