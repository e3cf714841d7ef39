/** The demo company: a made-up telecom. Everything here is written by hand; any likeness is chance. */
export const company = {
  name: "Northwind Mobile",
  mission:
    "Nobody who speaks of Northwind in public is left alone with a problem. We answer in person, by name, where they spoke, and take it private when it is about them.",
  brand: {
    name: "Northwind Mobile",
    handle: "northwind",
    names: ["northwind", "northwind mobile"],
    voice: "Plain, warm, brief. Say what happened, what we do, by when. No stock apologies.",
    locale: "en",
    disclosure: "full-name" as const,
  },
  calendars: [
    {
      key: "day",
      name: "Every day 07:00–22:00",
      zone: "Europe/London",
      week: Object.fromEntries(["1", "2", "3", "4", "5", "6", "7"].map((d) => [d, [["07:00", "22:00"]]])) as Record<
        string,
        [string, string][]
      >,
      holidays: ["2026-12-25"],
    },
    {
      key: "always",
      name: "Always open",
      zone: "Europe/London",
      week: Object.fromEntries(["1", "2", "3", "4", "5", "6", "7"].map((d) => [d, [["00:00", "24:00"]]])) as Record<
        string,
        [string, string][]
      >,
      holidays: [] as string[],
    },
  ],
  teams: [
    { key: "care", name: "Care" },
    { key: "business", name: "Business care" },
    { key: "lead", name: "Supervisors" },
  ],
  /** Languages are hard skills: they are never relaxed. */
  skills: [
    { key: "lang-en", name: "English", kind: "hard" as const },
    { key: "lang-es", name: "Spanish", kind: "hard" as const },
    { key: "lang-de", name: "German", kind: "hard" as const },
    { key: "lang-pt", name: "Portuguese", kind: "hard" as const },
    { key: "billing", name: "Billing", kind: "soft" as const },
    { key: "network", name: "Network", kind: "soft" as const },
    { key: "devices", name: "Devices", kind: "soft" as const },
  ],
  agents: [
    {
      name: "Priya Nair",
      email: "priya@northwind.example",
      initials: "PN",
      role: "Agent, Care",
      team: "care",
      skills: { "lang-en": 100, "lang-es": 60, billing: 80, network: 60, devices: 50 },
    },
    {
      name: "Dana Okafor",
      email: "dana@northwind.example",
      initials: "DO",
      role: "Agent, Care",
      team: "care",
      skills: { "lang-en": 100, "lang-de": 70, network: 90, devices: 40 },
    },
    {
      name: "Tomas Lindqvist",
      email: "tomas@northwind.example",
      initials: "TL",
      role: "Agent, Care",
      team: "care",
      skills: { "lang-en": 100, "lang-de": 100, billing: 60, devices: 80 },
    },
    {
      name: "Yasmin Hadid",
      email: "yasmin@northwind.example",
      initials: "YH",
      role: "Agent, Care",
      team: "care",
      skills: { "lang-en": 100, "lang-pt": 80, billing: 90 },
    },
    {
      name: "Rhys Morgan",
      email: "rhys@northwind.example",
      initials: "RM",
      role: "Agent, Business care",
      team: "business",
      skills: { "lang-en": 100, billing: 70, network: 70, devices: 70 },
    },
    {
      name: "Marek Wolski",
      email: "marek@northwind.example",
      initials: "MW",
      role: "Supervisor",
      team: "lead",
      skills: { "lang-en": 100, billing: 50, network: 50, devices: 50 },
    },
  ],
  queues: [
    {
      key: "care",
      name: "Care",
      team: "care",
      calendar: "day",
      targets: { urgent: 15, high: 30, normal: 60, low: 240 },
    },
  ],
} as const;

export type AgentSeed = (typeof company.agents)[number];
