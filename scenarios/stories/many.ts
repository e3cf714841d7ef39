import { crowd, inOrder, person, type Story } from "./story.ts";

const REGION = ["Penarth", "Barry", "Pontypridd", "Cardigan", "Tenby", "Fishguard"];

/** Four hundred customers, one cause. */
export const outage400: Story = {
  name: "outage-400",
  summary: "400 customers of one region lose the network within three quarters of an hour",
  minutes: 120,
  patience: 30,
  missing: "binding them as one known issue waits for the knowledge room; until then each is a conversation of its own",
  steps(random) {
    const seed = `outage ${random.int(1e6)}`;
    const first = person("harbour_radio", "Harbour Radio Penarth", 5_400);
    return inOrder([
      {
        at: 0,
        who: first,
        do: "post",
        thread: "first",
        text: "Listeners ring us on the landline: no @northwind in Penarth and Barry since twenty to six. Anybody?",
      },
      ...crowd(seed, { from: 1, minutes: 45, count: 399, kinds: ["outage"], places: REGION, curve: (c) => c ** 0.6 }),
      {
        at: 118,
        who: first,
        do: "reply",
        thread: "first",
        afterAnswer: true,
        text: "Back in Penarth at twenty to eight. Thank you for the straight answers tonight, @northwind.",
      },
    ]);
  },
};

/** A handset goes on sale at midnight. */
export const launchNight: Story = {
  name: "launch-night",
  summary: "a handset goes on sale at midnight: twenty times the usual traffic for half an hour",
  minutes: 30,
  patience: 10,
  steps(random) {
    // An hour of middling business brings sixty matters.
    return inOrder(
      crowd(`launch ${random.int(1e6)}`, {
        from: 0,
        minutes: 30,
        count: 600,
        kinds: ["device", "delivery", "question", "question", "billing", "sarcasm", "spam"],
        curve: (c) => c ** 1.4,
      }),
    );
  },
};

/** Ten at night to six in the morning, with the partner's two people. */
export const partnerNight: Story = {
  name: "partner-night",
  summary: "eight hours of night, seventy matters, two partner agents on one queue",
  minutes: 480,
  patience: 60,
  missing:
    "overspill by rule waits for the supervisor's room; sign in as a partner agent (Joost or Thandi) and take the work",
  steps(random) {
    const seed = `night ${random.int(1e6)}`;
    return inOrder([
      ...crowd(seed, { from: 0, minutes: 150, count: 34, kinds: ["outage", "slow", "sarcasm", "direct", "roaming"] }),
      ...crowd(`${seed} deep`, { from: 150, minutes: 210, count: 12, kinds: ["roaming", "urgent", "direct"] }),
      ...crowd(`${seed} dawn`, {
        from: 360,
        minutes: 118,
        count: 24,
        kinds: ["outage", "engineer", "delivery", "billing", "question"],
      }),
    ]);
  },
};
