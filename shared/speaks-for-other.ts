const START = "(?<![\\p{L}\\p{N}])";
const READ_LIMIT = 4_000;

/** Speaks for somebody else: a relative, a colleague, a client. What they name is not theirs. */
const FOR_OTHER_SPACED = [
  "my (?:wife|husband|partner|mother|mum|mom|father|dad|son|daughter|brother|sister|nan|gran|grandmother|grandfather|neighbou?r|friend|client|boss|colleague)(?:'s)?|our (?:son|daughter)(?:'s)?|i (?:act|write|am writing) (?:for|on behalf of)|we act for|on behalf of|accounts here",
  "meine? (?:frau|mann|mutter|vater|sohn|tochter|bruder|schwester|oma|opa|nachbarin?|freundin?|mandantin?|chefin?)|meine[rs]? (?:frau|mannes|mutter|vaters|sohnes|tochter)|ich vertrete|im namen (?:von|meiner|meines)|buchhaltung",
  "m(?:a|on) (?:femme|mari|m[eè]re|p[eè]re|fils|fille|fr[eè]re|s[oœ]eur|s[oœ]ur|voisine?|amie?|client|cliente)|je (?:suis la comptable|suis le comptable|repr[eé]sente)|au nom de",
  "mi (?:mujer|esposa|marido|esposo|madre|padre|hijo|hija|hermano|hermana|vecin[oa]|amig[oa]|suegra|suegro)|represento a|en nombre de|mi[ao] (?:moglie|marito|madre|padre|figlio|figlia|suocera|suocero)|sono la suocera|sono il suocero|per conto di",
  "(?:minha|meu) (?:esposa|mulher|marido|m[aã]e|pai|filho|filha|av[oó]|vizinh[oa])|em nome de|mijn (?:vrouw|man|moeder|vader|zoon|dochter|buurman|buurvrouw)|namens|moja (?:żona|matka|c[oó]rka)|m[oó]j (?:mąż|ojciec|syn)",
  "моя (?:жена|мама|мать|дочь)|мой (?:муж|отец|сын)|eşim|annem|babam|oğlum|kızım|min (?:fru|man|mamma|pappa|son|dotter|kone|mand)",
].join("|");
const FOR_OTHER_ANYWHERE = [
  "(?:妻|夫|母|父|息子|娘)の",
  "아내|남편|어머니|아버지",
  "我(?:妈|爸|太太|老公|妻子|丈夫|儿子|女儿)",
].join("|");
const FOR_OTHER = new RegExp(`${START}(?:${FOR_OTHER_SPACED})(?![\\p{L}\\p{N}])|${FOR_OTHER_ANYWHERE}`, "iu");

/** Whether somebody writes for another one: a relative, a colleague, a client. Looks at the first 4,000 UTF-16 units. */
export function speaksForOther(text: string): boolean {
  return FOR_OTHER.test(text.slice(0, READ_LIMIT));
}
