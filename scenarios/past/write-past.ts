import { busyness, type Event, eventAt, londonHour, season } from "../calendar.ts";
import { Fresh } from "../fresh.ts";
import { Facts } from "../northwind/facts.ts";
import { notices, outageNotices } from "../northwind/notices.ts";
import { topics } from "../northwind/topics/index.ts";
import type { Topic } from "../northwind/topics/topic.ts";
import { places, tails } from "../northwind/words.ts";
import { type Random, seeded } from "../random.ts";
import { tell } from "./courses.ts";
import { People } from "./people.ts";
import { iso, type Line } from "./rows.ts";
import { MINUTE, Numbers, ourHandle, Telling, type World } from "./telling.ts";

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Matters in an ordinary week, before season and growth. */
const MATTERS_A_WEEK = 205;
const HOURS_A_WEEK = 168;
/** Messages among which no two are equal. */
const VIEW = 60;

export interface PastPlan {
  seed: string;
  /** Where the past ends (epoch ms); nothing is dated later. */
  until: number;
  weeks?: number;
}

/**
 * The company's life before today, line by line in order of time: what customers said on every network but the playground, what
 * we answered, how it ended. Pure: the same plan gives the same bytes. Memory holds what is not yet over, never the whole.
 */
export function* writePast({ seed, until, weeks = 26 }: PastPlan): Generator<Line> {
  const random = seeded(seed);
  const world: World = { random, fresh: new Fresh(random), numbers: new Numbers() };
  const people = new People(random);
  const begin = Math.ceil((until - weeks * 7 * DAY) / HOUR) * HOUR;
  const usual = MATTERS_A_WEEK / weekWeight();
  let pending: Line[] = [];
  const inView: string[] = [];

  /** The last word on it: what stands on one screen is never the same twice. */
  function unlikeItsNeighbours(line: Line): Line {
    if (line.type === "outcome") return line;
    let { text } = line;
    const facts = new Facts(random, line.lang ?? "en", Date.parse(line.at));
    const { ours, theirs } = tails[facts.language] ?? tails.en!;
    while (inView.includes(text)) text = `${text} ${facts.say(random.pick(line.by === "company" ? ours : theirs))}`;
    inView.push(text);
    if (inView.length > VIEW) inView.shift();
    return { ...line, text };
  }

  for (let hour = begin; hour < until; hour += HOUR) {
    const event = eventAt(hour, until);
    const age = (hour - begin) / (until - begin);
    const growth = 0.8 + 0.45 * age;
    const { hour: clock, weekday } = londonHour(hour);
    const expected = usual * busyness(clock, weekday) * season(hour) * growth * (event?.factor ?? 1);
    const matters = Math.floor(expected + random.next());
    for (let i = 0; i < matters; i++) pending.push(...oneMatter(hour + random.int(HOUR), event));
    if (clock === 10 && [1, 3, 5].includes(weekday)) pending.push(...notice(hour + random.int(HOUR), notices));
    if (event?.kinds[0] === "outage" && event.days === 1 && [17, 19, 22].includes(clock))
      pending.push(...notice(hour, [outageNotices[[17, 19, 22].indexOf(clock)]!]));
    const due = pending.filter((line) => Date.parse(line.at) < hour + HOUR);
    pending = pending.filter((line) => Date.parse(line.at) >= hour + HOUR);
    due.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    for (const line of due) if (Date.parse(line.at) <= until) yield unlikeItsNeighbours(line);
  }

  function oneMatter(at: number, event: Event | undefined): Line[] {
    const topic = drawTopic(random, event);
    const who = people.someone(topic.language, topic.followers);
    const facts = new Facts(random, topic.language, at, { first: who.first });
    // A big outage is in one region.
    if (event && topic.kind === "outage" && random.chance(0.8))
      facts.set("place", places[(event.daysBefore + random.int(5)) % places.length]!);
    const telling = new Telling(world, topic, who, facts, at);
    if (event && event.factor > 2) telling.slowness = 3;
    tell(telling, { random, other: (language) => people.someone(language) });
    return telling.lines;
  }

  /** We say something below which people talk: each begins a matter of their own. */
  function notice(at: number, templates: readonly string[]): Line[] {
    const facts = new Facts(random, "en", at);
    const network = random.pick(["x", "fb", "ig"]);
    const text = world.fresh.say(facts, templates);
    const id = world.numbers.next(network);
    const lines: Line[] = [
      {
        ...{
          type: "message",
          id,
          at: iso(at),
          channel: network,
          private: false,
          by: "company",
          from: ourHandle(network),
        },
        ...{
          name: "Northwind Mobile",
          text,
          lang: "en",
          kind: "post",
          agent: random.chance(0.5) ? "marek@northwind.example" : "sadia@northwind.example",
        },
      },
    ];
    const comments = random.int(7);
    for (let i = 0; i < comments; i++) {
      const topic = drawTopic(
        random,
        undefined,
        (t) => t.language === "en" && ["question", "praise", "outage", "sarcasm", "spam", "prices"].includes(t.kind),
      );
      const who = people.someone("en", topic.followers);
      const own = new Facts(random, "en", at, {
        first: who.first,
        place: facts.knows("place") ? facts.say("{place}") : random.pick(places),
      });
      const telling = new Telling(world, topic, who, own, at + Math.round(random.around(90) * MINUTE) + MINUTE);
      const comment = telling.customer(network, topic.voice.open, { glad: topic.kind === "praise" });
      Object.assign(comment, { reply_to: id, kind: "comment" });
      if (topic.course !== "talk" && random.chance(0.7)) {
        telling.house(network, "public");
        telling.end("answered");
      }
      lines.push(...telling.lines);
    }
    return lines;
  }
}

function drawTopic(random: Random, event: Event | undefined, fits: (t: Topic) => boolean = () => true): Topic {
  const among = topics.filter(fits);
  const weight = (t: Topic) => t.weight * (event?.kinds.includes(t.kind) ? event.factor * 2 : 1);
  let left = random.next() * among.reduce((sum, t) => sum + weight(t), 0);
  for (const t of among) {
    left -= weight(t);
    if (left <= 0) return t;
  }
  return among[0]!;
}

/** What the hours of a week sum up to. */
function weekWeight(): number {
  let sum = 0;
  for (let h = 0; h < HOURS_A_WEEK; h++) sum += busyness(h % 24, Math.floor(h / 24));
  return sum;
}
