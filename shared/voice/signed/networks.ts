/** Which networks a clause of a rule is about. Ids are the lower-case names by which drafts name their network. */
export interface Networks {
  own: ReadonlySet<string>;
  /** Named only by a class: "store reviews". */
  byClass: ReadonlySet<string>;
  /** "Elsewhere": what no other clause names. */
  rest: boolean;
  /** "Everywhere except on these". */
  except: boolean;
}
/** A run of names in a clause, as "x, bluesky and mastodon". `start`/`end`: UTF-16 units, end exclusive. */
export interface Mention extends Networks {
  start: number;
  end: number;
}

const bounded = (list: string, flags = "giu") =>
  new RegExp(String.raw`(?<![\p{L}\p{N}^\[~#])(?:${list})(?![\p{L}\p{N}])`, flags);

const names: readonly (readonly [string, RegExp])[] = [
  ["x", bounded("x|twitter|tweets?|tuits?")],
  ["bluesky", bounded("bluesky|bsky")],
  ["mastodon", bounded("mastodon|fediverse|fediverso|toots?")],
  ["threads", bounded("threads")],
  ["facebook", bounded("facebook|fb")],
  ["instagram", bounded("instagram|insta|ig")],
  ["linkedin", bounded("linkedin")],
  ["xing", bounded("xing")],
  ["tiktok", bounded("tik ?tok")],
  ["youtube", bounded("you ?tube|yt")],
  ["pinterest", bounded("pinterest")],
  ["snapchat", bounded("snapchat")],
  ["twitch", bounded("twitch")],
  ["discord", bounded("discord")],
  ["reddit", bounded("(?:sub)?reddits?")],
  ["steam", bounded("steam")],
  ["play", bounded("(?:google )?play(?:[ -]?store)?")],
  ["appstore", bounded("(?:apple )?app[ -]?store")],
  ["appgallery", bounded("app ?gallery")],
  ["trustpilot", bounded("trust ?pilot")],
  ["google", bounded("google[ -](?:maps|business|my business|reviews?|rezensionen|bewertungen|reseñas|avis)")],
  ["tripadvisor", bounded("trip ?advisor")],
  ["yelp", bounded("yelp")],
  ["email", bounded(String.raw`e-?mails?|e-?mail-\p{L}+|mails?|correos?(?: electrónicos?)?|courriels?`)],
  ["sms", bounded(String.raw`sms(?:-\p{L}+)?|text messages?|by text`)],
  ["chat", bounded("(?:live|web|website)?[ -]?chats?|chat-?nachrichten|widget")],
  ["ticket", bounded(String.raw`tickets?|ticket-?system\p{L}*|help ?desk`)],
  ["whatsapp", bounded("whats ?app")],
  ["telegram", bounded("telegram")],
  ["signal", bounded("Signal", "gu")],
  ["line", bounded("LINE", "gu")],
  ["viber", bounded("viber")],
  ["wechat", bounded("we ?chat")],
];

const messengers = "whatsapp messenger telegram signal line viber wechat kakaotalk";
const stores = "play appstore appgallery steam microsoftstore galaxystore itch epic";
const classes: readonly (readonly [string, RegExp])[] = [
  [
    stores,
    bounded(
      String.raw`(?:app[ -]?)?stores?(?:[ -](?:reviews?|ratings?|bewertung\p{L}*|rezension\p{L}*))?|app[ -](?:stores|reviews?|bewertung\p{L}*)|(?:reseñas|valoraciones|opiniones) (?:de|en) (?:las? )?tiendas?|tiendas? de (?:apps|aplicaciones)|avis (?:des|sur les|dans les) (?:stores|boutiques)|boutiques? d['’]applications?`,
    ),
  ],
  [
    `${stores} trustpilot google tripadvisor yelp booking amazon holidaycheck kununu glassdoor capterra g2`,
    bounded(
      String.raw`reviews?(?: (?:sites?|platforms?|portals?))?|bewertung(?:en|s-?\p{L}+)?|rezension(?:en|s-?\p{L}+)?|reseñas?|valoraciones|avis(?: clients?)?`,
    ),
  ],
  [
    "x bluesky mastodon threads",
    bounded(
      String.raw`short (?:networks?|posts?|channels?|platforms?|forms?)|short-form(?: \p{L}+)?|micro-?blog\p{L}*|kurze[nrs]? (?:netz\p{L}*|post\p{L}*|kanäl\p{L}*)|kurz(?:netz|post|nachrichtennetz)\p{L}*|(?:redes|canales) (?:cort[ao]s|breves)|réseaux (?:courts|brefs)|(?:posts|publications) court[es]s?`,
    ),
  ],
  [
    "facebook linkedin instagram youtube reddit",
    bounded(
      String.raw`long(?:er)? (?:networks?|posts?|channels?|platforms?|forms?)|lange[nrs]? (?:netz\p{L}*|post\p{L}*|kanäl\p{L}*)|(?:redes|canales) larg[ao]s|réseaux longs`,
    ),
  ],
  [
    "forum reddit discourse community stackoverflow quora lemmy",
    bounded(
      "forums?|foren|foros?|boards?|message boards?|communit(?:y|ies)(?! (?:team|manager))|comunidades|communautés?",
    ),
  ],
  [
    messengers,
    bounded(
      String.raw`messengers?|messenger-?dienst\p{L}*|messaging(?: apps?)?|(?:apps? de )?mensajería|messageries?(?: instantanées?)?`,
    ),
  ],
  [
    "youtube tiktok twitch vimeo",
    bounded(
      String.raw`video (?:sites?|networks?|platforms?|comments?)|video-?(?:plattform|netz)\p{L}*|(?:redes|plataformas) de v[ií]deos?|plateformes? vidéos?`,
    ),
  ],
  [
    "instagram pinterest snapchat flickr",
    bounded(
      String.raw`(?:photo|picture|image) (?:networks?|sites?|apps?|platforms?)|(?:bilder|foto)-?(?:netz|plattform|dienst)\p{L}*|redes de (?:fotos|imágenes)|réseaux (?:de photos|d['’]images)`,
    ),
  ],
  ["facebook instagram threads messenger whatsapp", bounded("meta(?:['’]s)? (?:networks?|platforms?|apps?)")],
  [
    "x bluesky mastodon threads facebook instagram linkedin xing tiktok youtube pinterest snapchat reddit",
    bounded(
      String.raw`social (?:media|networks?|channels?|posts?|sites?)|sozial\p{L}* (?:netz\p{L}*|medien|kanäl\p{L}*)|redes sociales|réseaux sociaux`,
    ),
  ],
];

const elsewhere = bounded(
  String.raw`elsewhere|(?:every|any)(?:where|thing) else|(?:on |in )?(?:(?:all|any|every) (?:the )?|the )?other (?:public )?(?:channels?|networks?|places?|sites?|platforms?)|(?:all|on|in) (?:the )?others|(?:on |for )?the rest|otherwise|überall sonst|sonst(?: überall)?|ansonsten|anderswo|woanders|(?:auf |in |bei |für )?(?:allen? |den |die )?(?:anderen|übrigen|restlichen)(?: (?:kanäl|netz|platt|ort|seit|dienst)\p{L}*)?|(?:en )?(?:todos |todas )?(?:los|las|el) (?:demás|otros|otras|resto)(?: (?:de )?(?:los |las )?(?:canales|redes|sitios|plataformas|lugares))?|en otr[oa]s (?:canales|redes|sitios|plataformas|lugares)|en otro lugar|(?:partout )?ailleurs|(?:sur |dans |pour )?(?:tous |toutes )?les autres(?: (?:réseaux|canaux|plateformes|sites))?|(?:sur |dans )?d['’]autres (?:réseaux|canaux|plateformes|sites)|(?:pour )?le reste|sinon|altrove|(?:su )?altri (?:canali|siti)|noutros \p{L}+|em outros \p{L}+|(?:overal )?elders`,
);

/** A network no list has: "on Nebenan". */
const unknown =
  /(?<![\p{L}\p{N}])(?:on|via|sur)\s+(?!(?:X|Mondays?|Tuesdays?|Wednesdays?|Thursdays?|Fridays?|Saturdays?|Sundays?|Initials?|Kürzel|Public|Private)(?!\p{L}))(\p{Lu}[\p{L}\p{N}]+)/gu;

const except =
  /(?:except(?:ing)?(?: for)?|apart from|other than|save(?: for)?|outside(?: of)?|(?:every|any)where but|(?:all|every) \p{L}+ but|but not|außer|ausser|ausgenommen|bis auf|(?<!\p{L})nur nicht|salvo|excepto|menos|fuera de|sauf|excepté|hormis|hors|à part|tranne|eccetto|exceto|behalve)\s+(?:(?:on|in|at|by|auf|bei|in|per|en|sur|dans|a|por|par)\s+)?(?:the |den |der |las? |los |el |les? |l['’])?$/iu;

const otherNames: Record<string, string> = {
  ...{ twitter: "x", bsky: "bluesky", fediverse: "mastodon", fb: "facebook", ig: "instagram", yt: "youtube" },
  ...{ playground: "play", googleplay: "play", playstore: "play", ios: "appstore", apple: "appstore" },
  ...{ appleappstore: "appstore", googlebusiness: "google", googlemaps: "google", googlereviews: "google" },
  ...{ mail: "email", text: "sms", livechat: "chat", webchat: "chat", widget: "chat" },
  ...{ tickets: "ticket", helpdesk: "ticket", forums: "forum", facebookmessenger: "messenger" },
};
/** The id of a network as drafts or rules write it: "Google Play" is "play". */
export function networkId(name: string): string {
  const plain = name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
  return otherNames[plain] ?? plain;
}

const inPrivateOnly = new Set(`email sms chat ticket ${messengers}`.split(" "));
/** All of them are places where only two read. */
export const areClosed = ({ own, byClass, except: but }: Networks) =>
  !but && own.size + byClass.size > 0 && [...own, ...byClass].every((one) => inPrivateOnly.has(one));

/** How narrowly a clause speaks of a network: 4 by its name, 3 by a class, 2 as one of the rest, 1 of all alike, 0 not of it. */
export function reach(networks: Networks | null, network: string): 0 | 1 | 2 | 3 | 4 {
  if (!networks) return 1;
  const named = networks.own.has(network) ? 4 : networks.byClass.has(network) ? 3 : 0;
  if (networks.except) return named > 0 ? 0 : 2;
  return named || (networks.rest ? 2 : 0);
}

const quoted = /"[^"\n]*"|“[^”\n]*”|„[^“”\n]*[“”]|«[^»\n]*»/gu;
const shownAfter =
  /(?<![\p{L}])(?:like|as in|e\. ?g\.|for example|such as|wie|zum beispiel|z\. ?b\.|etwa|como|por ejemplo|p\. ?ej\.|comme|par exemple|p\. ?ex\.)[\s,:]*/giu;
const glue =
  /^(?:[\s,/&+()–—-]|(?<![\p{L}])(?:and|or|as well as|plus|also|including|und|oder|sowie|y|e|o|u|et|ou|on|in|at|by|via|for|auf|bei|per|für|en|sur|dans|por|par|the|an?|eine[mnr]?|der|die|den|dem|im|los|las|la|el|les|le|l['’]|google|apple|replies to|answers to|antworten auf|respuestas a|réponses aux?|posts|replies|comments|beiträge[n]?|messages?)(?![\p{L}]))*$/iu;

/** The names of networks in a clause, those that stand together as one; `also`: one more name to look for. */
export function mentionsIn(clause: string, also?: string): Mention[] {
  let text = clause.replaceAll(quoted, (part) => "·".repeat(part.length));
  const hits: { start: number; end: number; own: string[]; byClass: string[]; rest: boolean }[] = [];
  const lists: (readonly [RegExp, "own" | "byClass" | "rest", string])[] = [
    ...names.map(([id, pattern]) => [pattern, "own", id] as const),
    ...classes.map(([ids, pattern]) => [pattern, "byClass", ids] as const),
    [elsewhere, "rest", ""],
  ];
  if (also && /^[\p{L}\p{N}]{3,}$/u.test(also)) lists.push([bounded(also), "own", also]);
  const look = () => {
    hits.length = 0;
    for (const [pattern, kind, ids] of lists)
      for (const hit of text.matchAll(pattern)) {
        const at = { start: hit.index, end: hit.index + hit[0].length };
        const list = ids.split(" ");
        hits.push({
          ...at,
          own: kind === "own" ? list : [],
          byClass: kind === "byClass" ? list : [],
          rest: kind === "rest",
        });
      }
  };
  look();
  // What is shown as an example names no network: "like Ida / Forum Nord", but "short networks like x" does.
  for (const lead of text.matchAll(shownAfter)) {
    const from = lead.index + lead[0].length;
    if (hits.some((one) => one.start >= from && one.start <= from + 12 && glue.test(text.slice(from, one.start))))
      continue;
    const to = /[.,;]\s|[.;]$/u.exec(text.slice(from))?.index;
    const end = to === undefined ? text.length : from + to;
    text = text.slice(0, from) + "·".repeat(end - from) + text.slice(end);
  }
  look();
  for (const hit of text.matchAll(unknown)) {
    const start = hit.index + hit[0].length - (hit[1] as string).length;
    hits.push({ start, end: hit.index + hit[0].length, own: [networkId(hit[1] as string)], byClass: [], rest: false });
  }
  const widest = hits
    .filter((one) => !hits.some((o) => o !== one && o.start <= one.start && o.end >= one.end && size(o) > size(one)))
    .filter((one, i, all) => all.findIndex((o) => o.start === one.start && o.end === one.end) === i)
    .sort((a, b) => a.start - b.start);
  const found: Mention[] = [];
  for (const { start, end, own, byClass, rest } of widest) {
    const last = found.at(-1);
    if (last && glue.test(text.slice(last.end, start)) && last.rest === rest) {
      last.end = Math.max(last.end, end);
      last.own = new Set([...last.own, ...own]);
      last.byClass = new Set([...last.byClass, ...byClass]);
    } else
      found.push({
        ...{ start, end, own: new Set(own), byClass: new Set(byClass), rest },
        except: except.test(text.slice(0, start)),
      });
  }
  return found;
}
const size = (one: { start: number; end: number }) => one.end - one.start;
