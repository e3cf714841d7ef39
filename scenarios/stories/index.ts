import { baggageVideo } from "./baggage-video.ts";
import { launchNight, outage400, partnerNight } from "./many.ts";
import { waitingForTheEngineer, wandering } from "./small-stories.ts";
import type { Story } from "./story.ts";

/** Stories of the field, in the order in which they are listed. */
export const stories: readonly Story[] = [
  baggageVideo,
  waitingForTheEngineer,
  launchNight,
  partnerNight,
  outage400,
  wandering,
];
