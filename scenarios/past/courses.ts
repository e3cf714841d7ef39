import { thanks } from "../northwind/words.ts";
import type { Random } from "../random.ts";
import type { Citizen } from "./people.ts";
import { MINUTE, type Telling } from "./telling.ts";

const HOUR = 60;
const DAY = 24 * HOUR;

/** Where somebody begins, by how often. */
const PUBLIC = { x: 36, fb: 24, ig: 10, forum: 12, reddit: 5, review: 7 } as const;
const PRIVATE = { email: 36, chat: 30, phone: 12, wa: 12, "x dm": 5, "fb dm": 8 } as const;
const HAS_DM = new Set(["x", "fb", "ig"]);

/** From the public to another medium: they say who they are, as people do. */
const MOVED: Readonly<Record<string, readonly string[]>> = {
  email: [
    "I am writing because of my post, you asked me [there|on {network}] for details. My name there is {handle}. {detail}",
    "This is {handle} from {network}. [You wanted the order number|As promised, the papers]: {order}. {detail}",
    "You answered me on {network} (I am {handle} there). {detail} [It is too long for a post|I would rather not have this in public].",
  ],
  chat: [
    "Hi, I'm {handle} from {network}, [your colleague sent me here|we spoke earlier]. {detail}",
    "[hello|hi], it's about my post on {network}, handle {handle}. Order {order}.",
  ],
  wa: [
    "Hello, {handle} from {network} here. {detail}",
    "Hi, [as agreed|you gave me this number] on {network}, I am {handle}. Order {order}.",
  ],
  phone: [
    "Hello, I wrote to you on {network} as {handle}. {detail}",
    "Yes, hello, it is about my post on {network}, the name is {handle}. The order is {order}.",
  ],
};
const AFTER_THE_CALL = [
  "As I said on the phone just now, order {order}. {detail} [Please confirm in writing|I would like this on paper].",
  "I rang you earlier about {order}. [Your colleague asked me to send this|Here is what you asked for]. {detail}",
];
const IN_PUBLIC_AGAIN = [
  "Update: {us} rang me and it is sorted. [Credit where due|Thank you|That is how it should be]{comma_me}.",
  "And here is the end of it: {us} put it right, [within a day|without fuss|with a real person]. Thank you{comma_me}.",
  "For those who asked: solved, {us} has been decent about it. [{place} is happy|I can work again|No complaints].",
];

export const pickBy = <K extends string>(weights: Readonly<Record<K, number>>, random: Random): K => {
  const entries = Object.entries(weights) as [K, number][];
  let left = random.next() * entries.reduce((sum, [, w]) => sum + w, 0);
  for (const [key, weight] of entries) {
    left -= weight;
    if (left <= 0) return key;
  }
  return entries[0]![0];
};
const NAMES: Readonly<Record<string, string>> = { x: "X", fb: "Facebook", ig: "Instagram" };

export interface Cast {
  random: Random;
  /** Another person of the same language. */
  other(language: string): Citizen;
}

/** One matter from the first word to the last, on whatever media it takes. */
export function tell(t: Telling, cast: Cast): void {
  const { random } = cast;
  switch (t.topic.course) {
    case "praise":
      praise(t, cast);
      break;
    case "talk":
      talk(t, cast);
      break;
    case "viral":
      viral(t, cast);
      break;
    case "direct":
      inPrivate(t, cast);
      break;
    default:
      if (random.chance(0.6)) inPublic(t, cast);
      else inPrivate(t, cast);
  }
}

function inPublic(t: Telling, cast: Cast): void {
  const { random } = cast;
  const network = pickBy(PUBLIC, random);
  const stars = network === "review" ? 1 + random.int(3) : undefined;
  const first = t.customer(network, t.topic.voice.open, stars ? { stars } : {});
  if (random.chance(0.02))
    first.edits = [{ at: new Date(t.at + 3 * MINUTE).toISOString(), text: `${first.text} (typo mended)` }];
  passersBy(t, cast, network, 0.3);
  if (random.chance(0.015)) {
    first.deleted_at = new Date(t.at + 40 * MINUTE).toISOString();
    return;
  }
  if (random.chance(0.04)) {
    t.end("no-answer-needed");
    return;
  }
  const inviting =
    HAS_DM.has(network) && (t.topic.house?.invite?.length ?? 0) > 0 && t.topic.voice.private && random.chance(0.4);
  if (inviting) {
    t.house(network, "invite");
    if (random.chance(0.22)) {
      t.end("customer-silent");
      return;
    }
    t.later(25);
    if (t.facts.language === "en" && random.chance(0.25)) wander(t, cast, network);
    else talkItOver(t, cast, network, true);
    return;
  }
  t.house(network, "public");
  passersBy(t, cast, network, 0.1);
  if (random.chance(0.28) && t.topic.voice.notYet) {
    t.later(5 * HOUR);
    t.customer(network, t.topic.voice.notYet);
    t.house(network, t.topic.house?.sorted && random.chance(0.6) ? "sorted" : "public");
  }
  thank(t, cast, network, false, 0.42);
  t.end(random.chance(0.85) ? "solved" : "answered");
  comeBack(t, cast, network, false);
}

function inPrivate(t: Telling, cast: Cast): void {
  const { random } = cast;
  const choice = pickBy(PRIVATE, random);
  const [network, dm] = [choice.split(" ")[0]!, choice.endsWith("dm")];
  t.customer(network, t.topic.voice.open, { dm });
  if (random.chance(0.03)) {
    t.end("no-answer-needed");
    return;
  }
  t.house(network, "public", { dm });
  t.later(network === "email" ? 3 * HOUR : network === "chat" || network === "phone" ? 1 : 12);
  if (t.topic.voice.private && random.chance(0.75)) talkItOver(t, cast, network, dm);
  else {
    thank(t, cast, network, dm, 0.5);
    t.end(random.chance(0.8) ? "solved" : "passed-on");
    comeBack(t, cast, network, dm);
  }
}

/** The customer tells in private what we need, we look and put it right. */
function talkItOver(t: Telling, cast: Cast, network: string, dm: boolean): void {
  const { random } = cast;
  t.customer(network, t.topic.voice.private ?? t.topic.voice.open, { dm });
  t.house(network, "private", { dm });
  if (random.chance(0.3) && t.topic.voice.notYet) {
    t.later(network === "chat" || network === "phone" ? 2 : 7 * HOUR);
    t.customer(network, t.topic.voice.notYet, { dm });
    t.house(network, "private", { dm });
  }
  if (random.chance(0.5) && t.topic.house?.sorted) {
    t.later(network === "chat" || network === "phone" ? 2 : 9 * HOUR);
    t.house(network, "sorted", { dm, wait: 5 });
  }
  thank(t, cast, network, dm, 0.55);
  t.end("solved");
  t.hangUp(network, dm);
  comeBack(t, cast, network, dm);
}

/** Public post → another medium → perhaps a call → a letter → thanks where it began. */
function wander(t: Telling, cast: Cast, from: string): void {
  const { random } = cast;
  const to = pickBy({ email: 4, chat: 3, wa: 2, phone: 3 }, random);
  const over = { network: NAMES[from] ?? from, handle: `@${t.who.handleOn(from)}` };
  const detail = t.facts.say(random.pick(t.topic.voice.private ?? t.topic.voice.open), {
    us: "Northwind",
    at: "Northwind",
  });
  t.customer(to, MOVED[to]!, { over: { ...over, detail } });
  t.house(to, "private");
  if (random.chance(0.5) && to !== "email") {
    t.later(5 * HOUR);
    t.customer("email", AFTER_THE_CALL, { over: { detail } });
    t.house("email", "sorted");
  }
  t.end("solved");
  if (random.chance(0.55)) {
    t.later(8 * HOUR);
    t.customer(from, IN_PUBLIC_AGAIN, { glad: true });
  }
}

function praise(t: Telling, cast: Cast): void {
  const { random } = cast;
  const network = pickBy({ x: 34, fb: 24, ig: 12, review: 20, email: 6, forum: 4 }, random);
  t.customer(network, t.topic.voice.open, {
    glad: true,
    ...(network === "review" ? { stars: 4 + random.int(2) } : {}),
  });
  if (random.chance(0.25)) {
    t.end("no-answer-needed");
    return;
  }
  t.house(network, "public");
  t.end("answered");
}

function talk(t: Telling, cast: Cast): void {
  const { random } = cast;
  const network = pickBy({ x: 50, fb: 14, ig: 16, reddit: 12, forum: 8 }, random);
  t.customer(network, t.topic.voice.open);
  passersBy(t, cast, network, 0.25);
}

function viral(t: Telling, cast: Cast): void {
  const { random } = cast;
  t.customer("x", t.topic.voice.open);
  const crowd = 25 + random.int(40);
  for (let i = 0; i < crowd; i++) {
    t.later(i < crowd / 2 ? 3 : 15);
    t.customer("x", t.topic.voice.bystander!, { by: cast.other(t.facts.language) });
    if (i === 9) t.house("x", "public", { wait: 4 });
    if (i === 22) t.customer("x", t.topic.voice.notYet!);
  }
  t.house("x", "sorted", { wait: 60 });
  t.end("solved");
}

function passersBy(t: Telling, cast: Cast, network: string, share: number): void {
  const { random } = cast;
  const at = t.at;
  for (let n = 0; n < 3 && t.topic.voice.bystander && random.chance(share); n++) {
    t.later(14);
    t.customer(network, t.topic.voice.bystander, { by: cast.other(t.facts.language) });
  }
  // Those who pass by hold nobody up.
  if (t.at - at > 20 * MINUTE) t.at = Math.max(at, t.at - 10 * MINUTE);
}

function thank(t: Telling, cast: Cast, network: string, dm: boolean, share: number): void {
  if (!cast.random.chance(share)) return;
  t.later(network === "chat" || network === "phone" ? 1 : 45);
  t.customer(network, thanks[t.facts.language] ?? thanks.en!, { dm, glad: true });
}

/** Days later it is not as it was promised: the same matter, the same person, often elsewhere. */
function comeBack(t: Telling, cast: Cast, network: string, dm: boolean): void {
  const { random } = cast;
  if (!t.topic.voice.back || !random.chance(0.13)) return;
  t.later((2 + random.int(8)) * DAY);
  const moves = network !== "phone" && random.chance(0.25);
  const [to, toDm] = moves ? (["email", false] as const) : [network, dm];
  t.customer(to, t.topic.voice.back, { dm: toDm });
  t.house(to, "public", { dm: toDm });
  thank(t, cast, to, toDm, 0.4);
  t.end("solved");
}
