/**
 * Links in running text, as networks count and readers see them. Every character is visited a bounded number of times,
 * so hostile text costs no more than plain text.
 */

export interface Link {
  /** UTF-16 units, end exclusive. */
  start: number;
  end: number;
  /** Written with `http://` or `https://`. */
  scheme: boolean;
  /** False when we cannot say whether the network knows the top-level domain; count such a link at the higher of both costs. */
  sure: boolean;
}

const schemeAt = /https?:\/\//giu;
// Without a scheme a name is Latin: other writing around it needs no space between.
const bareHost = /[a-z0-9\u00c0-\u024f_-]+(?:[.][a-z0-9\u00c0-\u024f_-]+)+/giu;
const mailFollows = /^[\w.+-]{0,64}@/u;
// A link may not begin in the middle of a word or behind a sign that makes it a mention, tag or part of an address.
const beforeScheme = /[a-z0-9\u00c0-\u024f@＠$#＃_]$/iu;
const beforeBare = /[a-z0-9\u00c0-\u024f\p{M}@＠$#＃_./+-]$/iu;
const hostChars = /[\p{L}\p{N}\p{M}._-]+|$/uy;
const hostSymbols = /^[\p{So}\p{Sk}]/u;
const port = /:\d{1,5}(?!\d)/uy;
// Path characters of twitter-text: ASCII, accented Latin, Cyrillic. Writing without spaces (CJK) ends a link.
const pathChars =
  /[a-z0-9!*'();:=+,.$/%#[\]\-–_~@|&?\u00c0-\u024f\u0253-\u0263\u0268-\u0292\p{Mn}\u1e00-\u1eff\u0400-\u04ff]+|$/iuy;
const pathEnd = /[a-z0-9=_#/+\-&~%\u00c0-\u024f\u0253-\u0292\p{Mn}\u1e00-\u1eff\u0400-\u04ff]/iu;

// ISO 3166 codes in use as top-level domains, and the generic ones people meet most; others count as unsure.
const countryCodes =
  "acadaeafagaialamaoaqarasatauawaxazbabbbdbebfbgbhbibjbmbnbobrbsbtbwbybzcacccdcfcgchcickclcmcncocrcucvcwcxcyczdedjdkdmdodzeceeegereseteufifjfkfmfofrgagbgdgegfggghgiglgmgngpgqgrgsgtgugwgyhkhmhnhrhthuidieiliminioiqirisitjejmjojpkekgkhkikmknkpkrkwkykzlalblclilklrlsltlulvlymamcmdmemgmhmkmlmmmnmompmqmrmsmtmumvmwmxmymznancnenfngninlnonpnrnunzompapepfpgphpkplpmpnprpsptpwpyqarerorsrurwsasbscsdsesgshsiskslsmsnsosrssstsusvsxsysztctdtftgthtjtktltmtntotrtttvtwtzuaugukusuyuzvavcvevgvivnvuwfwsyeytzazmzw";
const genericNames = new Set(
  "com org net edu gov mil int info biz name pro aero coop museum jobs mobi travel cat tel asia post xxx app dev page blog shop store online site website tech cloud live news media social community chat email support help care team group company business agency works world global today life style club fun games music video photo photos art design studio space zone network systems solutions services software digital data codes tools finance bank money insurance health clinic dental fitness food cafe restaurant pizza bar hotel tours flights cars bike auto energy green eco earth city town london paris berlin amsterdam wien nyc tokyo scot wales cymru irish eus gal bzh frl click link top xyz icu vip win bid men loan party review science stream trade example test рф рус бел укр срб 中国 中國 香港 台灣 台湾 한국 भारत пaкистан پاکستان ایران مصر السعودية الجزائر المغرب".split(
    " ",
  ),
);

/** True for a top-level domain we know, false for one that merely looks possible, undefined for none at all. */
function topLevel(label: string): boolean | undefined {
  const name = label.toLowerCase();
  if (genericNames.has(name)) return true;
  if (/^[a-z]{2}$/u.test(name)) {
    for (let i = 0; i < countryCodes.length; i += 2) if (countryCodes.startsWith(name, i)) return true;
    return false;
  }
  return /^(?:xn--[a-z0-9-]{2,59}|[\p{L}\p{M}]{2,63})$/u.test(name) ? false : undefined;
}

/** DNS limits, measured on what is sent: a name in another script counts in its Punycode form. */
function hostFits(host: string): boolean {
  let ascii = host;
  if (/[^\0-\x7f]/u.test(host)) {
    if (host.length > 500) return false;
    try {
      ascii = new URL(`http://${host}`).hostname;
    } catch {
      return false;
    }
  }
  if (ascii.length > 253) return false;
  const labels = ascii.split(".");
  return labels.every(
    (label, i) =>
      label.length > 0 &&
      label.length <= 63 &&
      !label.startsWith("-") &&
      !label.endsWith("-") &&
      !label.startsWith("_") &&
      !label.endsWith("_") &&
      !(label.includes("_") && i >= labels.length - 2),
  );
}

const isIpv4 = (host: string) =>
  /^(?:\d{1,3}[.]){3}\d{1,3}$/u.test(host) && host.split(".").every((n) => Number(n) <= 255);

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? "";
}

/** Where path, query and fragment end: closing brackets without an opening one and sentence marks stay outside. */
function pathEndsAt(text: string, at: number): number {
  if (text[at] !== "/" && text[at] !== "?" && text[at] !== "#") return at;
  const run = match(pathChars, text, at);
  const open: string[] = [];
  let end = run.length;
  for (let i = 0; i < run.length; i++) {
    const c = run[i] as string;
    if (c === "(" || c === "[") open.push(c === "(" ? ")" : "]");
    else if ((c === ")" || c === "]") && open.pop() !== c) {
      end = i;
      break;
    }
  }
  // What closes a bracket opened inside may end a link; a lone opening bracket may not.
  while (end > 1) {
    const c = run[end - 1] as string;
    if (pathEnd.test(c) || ((c === ")" || c === "]") && run.lastIndexOf(c === ")" ? "(" : "[", end - 1) > 0)) break;
    end--;
  }
  return at + Math.max(end, 1);
}

function linkAt(text: string, start: number, hostStart: number, host: string, scheme: boolean): Link | undefined {
  let name = host.replace(/[.]+$/u, "");
  // Without a scheme only an ASCII name is linked, and only if its last label is known to exist.
  let known: boolean | undefined = isIpv4(name) ? scheme || undefined : undefined;
  if (known === undefined) {
    const lastDot = name.lastIndexOf(".");
    if (lastDot <= 0) return undefined;
    let top = name.slice(lastDot + 1);
    known = topLevel(top);
    // "example.comへ": writing without spaces may follow a name directly.
    const ascii = /^[a-z]+(?=[^\0-\x7f])/iu.exec(top)?.[0];
    if (known !== true && ascii && topLevel(ascii) === true) {
      top = ascii;
      known = true;
      name = name.slice(0, lastDot + 1) + top;
    }
  }
  if (known === undefined || !hostFits(name)) return undefined;
  let at = hostStart + name.length;
  if (name.length === host.replace(/[.]+$/u, "").length) at += match(port, text, at).length;
  return { start, end: pathEndsAt(text, at), scheme, sure: known };
}

/** All links of a text in order, never overlapping. E-mail addresses are none. */
export function findLinks(text: string): Link[] {
  // A name has a dot inside: most texts only have them at the ends of sentences.
  if (!/\.[^\s.]/u.test(text)) return [];
  const found: Link[] = [];
  schemeAt.lastIndex = 0;
  for (let hit = schemeAt.exec(text); hit; hit = schemeAt.exec(text)) {
    if (beforeScheme.test(text.slice(Math.max(0, hit.index - 2), hit.index))) continue;
    const hostStart = hit.index + hit[0].length;
    let host = match(hostChars, text, hostStart);
    // Names of one symbol exist (☃.net).
    if (host === "" || host.startsWith(".")) {
      const symbol = hostSymbols.exec(text.slice(hostStart, hostStart + 2))?.[0] ?? "";
      if (symbol) host = symbol + match(hostChars, text, hostStart + symbol.length);
    }
    const link = linkAt(text, hit.index, hostStart, host, true);
    if (link) {
      found.push(link);
      schemeAt.lastIndex = link.end;
    } else schemeAt.lastIndex = hostStart;
  }
  const withScheme = found.length;
  let next = 0;
  bareHost.lastIndex = 0;
  for (let hit = bareHost.exec(text); hit; hit = bareHost.exec(text)) {
    while (next < withScheme && (found[next] as Link).end <= hit.index) next++;
    const covering = next < withScheme ? (found[next] as Link) : undefined;
    if (covering && covering.start < hit.index + hit[0].length) {
      bareHost.lastIndex = Math.max(covering.end, hit.index + hit[0].length);
      continue;
    }
    const start = hit.index;
    const end = start + hit[0].length;
    if (mailFollows.test(text.slice(end, end + 66)) || beforeBare.test(text.slice(Math.max(0, start - 2), start)))
      continue;
    let link = linkAt(text, start, start, hit[0], false);
    // A path may run into the next address (a.example/https://b.example): it ends before it.
    if (link && covering && link.end > covering.start)
      link = linkAt(text.slice(0, covering.start), start, start, hit[0], false);
    if (!link?.sure) continue;
    found.push(link);
    bareHost.lastIndex = Math.max(link.end, start + 1);
  }
  return found.sort((a, b) => a.start - b.start);
}
