/** How mail programs announce what they quote, in the languages they speak. Each looks at one line, bounded before. */

const VERBS =
  /(?:\b(?:wrote|writes|schrieb|schrieb\w*|a écrit|escribió|ha escrito|va escriure|ha scritto|scrisse|schreef|geschreven|escreveu|skrev|skrifaði|napisał|napisała|napisał\(a\)|napsal|napsala|napísal|írta|kirjoitti|yazdı|şunu yazdı|a scris|je napisal|je napisao|rašė|rakstīja|kirjutas|đã viết|menulis|pisze)|писал(?:а|\(а\))?|написал(?:а|\(а\))?|пише|написав|написа|έγραψε|כתב(?:\/ה)?|كتب|เขียนว่า|書きました|のメール|からのメッセージ|写道|寫道|님이 작성|작성)/iu;

/** Words with which such a line begins. */
const LEADS =
  /^[\s*_]*(?:on|am|le|el|il|op|em|den|dnia|dne|w dniu|pe|la|el día|a(?:z)?|tor?k?|в|на|στις|בתאריך|في|在|於|ons|tis|fre|lør|man|vào|pada)\s/iu;

const ENDS = /[:\uFF1A]["”*_\s]*$/u;
const DATED = /\d/;
const ADDRESS = /[^\s<>]@[^\s<>]/;

/**
 * `sure`: it can only be an introduction; `maybe`: it is one if a quoted line follows ("On Monday I wrote:" can be a customer's own words).
 */
export function introduces(line: string): "sure" | "maybe" | null {
  if (line.length > 400 || line.startsWith(">")) return null;
  const ends = ENDS.test(line);
  if (!ends && !/(?:書きました|写道|寫道|작성)[。.\s]*$/u.test(line)) return null;
  const [dated, verb, addressed] = [DATED.test(line), VERBS.test(line), ADDRESS.test(line)];
  if (verb && dated && (addressed || LEADS.test(line) || /\d{4}|\d{1,2}[:.]\d{2}/.test(line))) return "sure";
  // "2026年11月20日(金) 10:00 Northwind <support@…>:"
  if (dated && ends && /<[^\s<>]+@[^\s<>]+>/.test(line) && /\d{1,2}[:.]\d{2}|\d{4}/.test(line)) return "sure";
  return verb && (LEADS.test(line) || addressed) ? "maybe" : null;
}

/** A line that can be the first of an introduction broken in two or three. */
export function mayBeginIntroduction(line: string): boolean {
  return line.length < 300 && !line.startsWith(">") && (LEADS.test(line) || (DATED.test(line) && line.length > 20));
}

const DIVIDERS = [
  /^[\s>]*-{2,}\s*(?:original message|original appointment|ursprüngliche nachricht|originalnachricht|original-nachricht|message d['’]origine|message original|mensaje original|messaggio originale|oorspronkelijk bericht|mensagem original|ursprungligt meddelande|oprindelig meddelelse|opprinnelig melding|alkuperäinen viesti|oryginalna wiadomość|wiadomość oryginalna|původní zpráva|eredeti üzenet|orijinal ileti|mesaj original|исходное сообщение|оригинальное сообщение|原始邮件|原始郵件|元のメッセージ|원본 메시지)\s*-{2,}\s*$/iu,
  /^[\s>]*(?:reply to message|в ответ на|in antwort auf)\s*:?\s*$/iu,
];

export function divides(line: string): boolean {
  return line.length < 200 && DIVIDERS.some((divider) => divider.test(line));
}

const FORWARDS =
  /^[\s>]*(?:-{2,}\s*(?:forwarded message|weitergeleitete nachricht|message transféré|mensaje reenviado|messaggio inoltrato|doorgestuurd bericht|mensagem encaminhada|vidarebefordrat meddelande|пересылаемое сообщение|转发的邮件|転送されたメッセージ)\s*-{2,}|(?:begin forwarded message|anfang der weitergeleiteten nachricht|début du message réexpédié|inicio del mensaje reenviado|inizio messaggio inoltrato|begin doorgestuurd bericht)\s*:)\s*$/iu;

/** What stands below was sent on so that we read it. */
export function forwards(line: string): boolean {
  return line.length < 200 && FORWARDS.test(line);
}

const FROM = field(
  "from|von|de|da|van|från|fra|lähettäjä|od|feladó|kimden|от|от кого|від|από|差出人|发件人|寄件者|보낸 사람|מאת|من",
);
const OTHERS = field(
  "sent|date|to|cc|subject|gesendet|datum|an|betreff|envoyé|envoyé le|date d'envoi|à|objet|enviado|enviado el|fecha|para|asunto|inviato|data|a|oggetto|verzonden|aan|onderwerp|assunto|enviada em|skickat|till|ämne|sendt|dato|til|emne|lähetetty|vastaanottaja|aihe|wysłano|do|temat|odesláno|komu|předmět|küldve|címzett|tárgy|gönderildi|tarih|kime|konu|отправлено|дата|кому|тема|надіслано|送信日時|日時|宛先|件名|发送时间|日期|收件人|主题|寄件日期|收件者|主旨|보낸 날짜|받는 사람|제목",
);

function field(names: string): RegExp {
  return new RegExp(`^[\\s>]*\\*{0,2}(?:${names})\\*{0,2}\\s*\\*{0,2}[:\uFF1A]\\*{0,2}\\s*\\S`, "iu");
}

/** Outlook quotes without marks: a head of the former mail, "From:", then at least two of its fields within the next lines. */
export function isHeadOfQuoted(lines: readonly string[], at: number): boolean {
  if (!FROM.test(lines[at]!.slice(0, 300))) return false;
  let fields = 0;
  for (let i = at + 1; i < Math.min(lines.length, at + 9); i++) if (OTHERS.test(lines[i]!.slice(0, 300))) fields += 1;
  return fields >= 2;
}

const RULE = /^[\s>]*[_\-–—=*]{10,}\s*$/u;
export const isRule = (line: string): boolean => line.length < 300 && RULE.test(line);

const MOBILE =
  /^[\s*_]*(?:(?:sent|envoyé|enviado|enviada|inviato|gesendet|verstuurd|verzonden|skickat|sendt|lähetetty|wysłane|wysłano|odesláno|küldve|trimis|отправлено|надіслано)\s+(?:(?:with|via|using|from|von|vom|mit|depuis|de|à partir de|desde|do|da|dal|dallo|con|vanaf|van|met|från|fra|z|ze|из|с|з)(?=\s).{0,80})|von meinem .{1,60} gesendet|diese nachricht wurde von meinem .{1,80}|(?:get|download) outlook for .{1,60}|(?:holen sie sich|beziehen sie|obtenez|obtenir|obtener|obtén|scarica|ottenere|download|haal|hämta) outlook .{1,60}|outlook für .{1,40} (?:beziehen|herunterladen)|.{0,20}iphone ?から送信|.{0,30}から送信|发自我的.{1,40}|從我的.{1,30}傳送|나의 .{1,40}에서 보냄)[.\s*_]*(?:<?https?:\S{1,200}>?)?[\s*_]*$/iu;

/** "Sent from my iPhone": written by the telephone. */
export function isMobileSignature(line: string): boolean {
  return line.length < 200 && MOBILE.test(line);
}
