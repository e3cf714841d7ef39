/** How people say in many languages that a handle, an address or a number is theirs. */

const NAME = "@([\\p{L}\\p{N}_.-]{2,40})";
const START = "(?<![\\p{L}\\p{N}])";
const NETS = "(?:twitter|x|instagram|insta|facebook|fb|bluesky|mastodon|telegram|tiktok|reddit)";

/** "I am @x": between the words and the handle stands at most an article. */
const I_AM = [
  "i am|i'm|this is|it'?s me,?|it is me,?|(?:aka|alias|known as)|i (?:wrote|posted|tweeted|messaged|contacted you)(?: \\p{L}{1,12}){0,3} as|(?:there|here|online) (?:i am|i'm|as)",
  "ich bin|hier (?:ist|schreibt)|je suis|c'est|soy|yo soy|sono|ik ben|hier is|(?:eu )?sou|jestem|to ja,?|jag är|det är|jeg er|det er|minä olen|olen|jsem|som|ben|saya|aku|sunt|én vagyok|είμαι|tôi là",
  "я|это|меня зовут|это я,?|я -|ось|це|אני|أنا|मैं|我是|我叫|ผมคือ|ฉันคือ",
].join("|");
const ARTICLE =
  "(?:the |one |der |die |l'|le |la |el |o |a |de |den |ο |η |yo |auch |anche |auf \\p{L}{1,12} |bei \\p{L}{1,12} |on \\p{L}{1,12} |en \\p{L}{1,12} )?";
/** "My name there is @x", "on Instagram I am @x": a few words may stand between. */
const CALLED = [
  "my (?:handle|account|name|user ?name|nick(?:name)?|profile|page|twitter|x|instagram|insta|facebook|fb)",
  "me(?:in|ine?) (?:name|nick(?:name)?|konto|account|profil|handle|x-name|benutzername|\\p{L}{1,12}-(?:name|konto|account|profil))|mon (?:pseudo|compte|nom|profil)|mi (?:usuario|cuenta|nombre|perfil)|il mio (?:nome|profilo|account|utente)|mijn (?:naam|account|profiel)|(?:o )?meu (?:nome|perfil|usuário|utilizador)|m[oó]j (?:nick|profil|login)|mitt (?:namn|konto)|mit navn|můj (?:profil|účet)|benim hesabım|kullanıcı adım|мой (?:ник|аккаунт|профиль)",
  `(?:on|auf|bei|sur|en|su|op|no|na|på|in|w) ${NETS} (?:i am|i'm|as|bin ich|heiße ich|je suis|soy|sono|ben ik|sou|jestem|är jag|er jeg)`,
].join("|");

export const OWN_HANDLE = new RegExp(
  `${START}(?:(?:${I_AM})\\s+${ARTICLE}|(?:${CALLED})(?:(?: is|:| ist| est| es| è| é| to| är| er| je|-)|(?: [\\p{L}]{1,12}){0,3})*\\s+|(?:我是|我叫|X的|Xの)\\s*|${NETS}(?:の|'te|'de|의)\\s*)${NAME}`,
  "giu",
);
/** "@x here", "@x です". */
export const OWN_HANDLE_AFTER = new RegExp(
  `${NAME}\\s*(?:(?:here|again here|speaking|hier|ici|benim|hoon|हूँ|हूं)(?![\\p{L}\\p{N}])|です|と申します|입니다|이에요|예요)`,
  "giu",
);

const THINGS = [
  "order|booking|reservation|case|ticket|invoice|reference|ref|pass|account|customer|contract|policy|parcel|tracking|tag|delivery|claim|card|tenancy|membership|licen[cs]e|serial|repair",
  "bestellung|bestellnummer|auftrag(?:snummer)?|kundennummer|rechnung(?:snummer)?|vertrag(?:snummer)?|buchung(?:snummer)?|sendung(?:snummer)?|lieferschein|ausweis|betrifft|betreff",
  "commande|r[ée]servation|facture|contrat|dossier|colis|client|pedido|factura|contrato|reserva|env[íi]o|albar[áa]n|expediente|ordine|fattura|contratto|prenotazione|spedizione|encomenda|fatura|nota",
  "bestelling|factuur|pakket|zam[óo]wieni[ea]|faktur[aęy]|paczk[aię]|umow[aęy]|order|faktura|beställning|ordre|tilaus|lasku|objedn[áa]vk[ayu]|z[áa]silk[ayu]|sipariş(?:im)?|fatura|pesanan|paket|đơn hàng|comanda|rendelés",
  "заказ[уа]?|посылк[аиу]|договор[уа]?|счет|замовлення|посилк[аиу]|παραγγελία|δέμα|הזמנה|طلب|फर्माइश|ऑर्डर",
].join("|");
const NUMBER = "([\\p{L}]{0,4}-?\\p{N}[\\p{L}\\p{N}-]{3,24})(?![\\p{L}\\p{N}])";
export const REFERENCE = new RegExp(
  `(?:${START}(?:${THINGS})\\s*(?:number|nummer|num[ée]ro|n[úu]mero|numer|номер|no\\.?|nr\\.?|id|#|is|was|ist|:|n°|№)*|注文番号|受付番号|주문번호|订单号?|訂單|運單)\\s*[#:：]?\\s*${NUMBER}`,
  "giu",
);
/** "TR-90218 numaralı siparişim": the number stands before the thing. */
export const REFERENCE_BEFORE = new RegExp(`(?<![\\p{L}\\p{N}-])${NUMBER}\\s+(?:numaralı|nolu|sayılı)`, "giu");

/** Things many people have in common: hotlines, codes of promotions, flights. */
export const OF_MANY = new RegExp(
  `${START}(?:hotline|call (?:us|them)|their number|your number|promo|voucher|discount|coupon|flight|gutschein\\p{L}*|flug|vol|vuelo|volo|voo|vlucht|my (?:friend|neighbou?r|colleague)(?:'s|s)?)(?![\\p{L}\\p{N}])`,
  "iu",
);
