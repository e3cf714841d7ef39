/**
 * Words that say what the figures beside them are, in the languages a desk meets. Written as the folded text has them
 * (small letters). Latin, Greek and Cyrillic words stand alone; the rest is written without spaces.
 */
const alone = (words: string) => `(?<![\\p{L}\\p{N}])(?:${words})(?![\\p{L}])`;

/** May stand directly behind a figure ("…1111cvv123"). */
const glued = (words: string) => `(?<!\\p{L})(?:${words})(?![\\p{L}])`;

export const cardWord =
  /(?:credit|debit|prepaid)?[ -]?(?<!\p{L}|(?:sim|sd|gift|loyalty|business|memory|graphics|bus|membership|report|score)[ -])(?:cards?|visa|mastercard|amex|american express|maestro|girocard|cc)(?!\p{L})|karten?(?:nummer|nr)?(?!\p{L})|kreditkarte|kortnummer|(?<!\p{L})(?:kort|kaart|kart[aęeyoıi]?|karty|karta|kártya|kortti)(?!\p{L})|kaartnummer|(?<!\p{L})(?:carte|tarjeta|cartão|cartao|carta di credito|carta|scheda|card[uo]l?)(?!\p{L})|карт[аыуеой]|κάρτα|カード|卡号|卡號|信用卡|银行卡|카드|بطاقة|כרטיס|कार्ड|การ์ด|บัตร|thẻ|kartu/u;

export const cvvWord = new RegExp(
  `${glued(
    "cvv ?2?|cvc ?2?|cav ?2?|csc|cid|cvn|cvd|security (?:code|number|digits)|card (?:verification|security|validation) (?:code|value|number)|verification value|(?:three|3|four|4)[ -]digits?(?: code| number)? (?:on|at|from) (?:the )?(?:back|front)(?: of (?:the|my) card)?|(?:code|number|digits) on the (?:back|front)(?: of (?:the|my) card)?|pr(?:ü|ue)f(?:ziffer|nummer|code)|kartenpr(?:ü|ue)f(?:nummer|ziffer|code)|sicherheits(?:code|nummer)|code de s[ée]curit[ée]|cryptogramme(?: visuel)?|c[óo]digo de segur(?:idad|an[çc]a)|codice di sicurezza|beveiligingscode|s(?:ä|a)kerhetskod|sikkerhedskode|sikkerhetskode|turvakoodi|kod (?:bezpiecze[ńn]stwa|zabezpieczaj[ąa]cy)|bezpe[čc]nostn[íi] k[óo]d|biztons[áa]gi k[óo]d|cod(?:ul)? de securitate|g[üu]venlik kodu|код безопасности|защитн\\p{L}{1,3} код|код на обороте|код безпеки|κωδικ[όο]ς ασφαλε[ίι]ας|kode keamanan|m[ãa] b[ảa]o m[ậa]t",
  )}|セキュリティ・?コード|裏面の[3３]桁|安全码|安全碼|校验码|末三码|보안 ?코드|رمز الأمان|رمز التحقق|קוד אבטחה|सुरक्षा कोड|सीवीवी|รหัสหลังบัตร`,
  "gu",
);

/** What stands before a number that is nobody's telephone, card or identity. */
export const businessNumberWord = new RegExp(
  `(?:${alone(
    "orders?|order (?:no|number|nr|id)|purchase|bestell\\p{L}{0,10}|auftrag\\p{L}{0,10}|commande|pedido|ordine|bestelling|ordrenr|ordre|ordernummer|zam[óo]wieni\\p{L}{1,3}|objedn[áa]vk\\p{L}{1,2}|tilaus\\p{L}{0,8}|rendel[ée]s\\p{L}{0,6}|sipari[şs]|заказ\\p{L}{0,3}|track(?:ing)?(?: (?:no|number|id|code))?|parcel|shipment|sendung\\p{L}{0,10}|paket\\p{L}{0,8}|colis|suivi|env[íi]o|seguimiento|spedizione|tracciamento|zending|track ?& ?trace|przesy[łl]k\\p{L}{1,2}|трек\\p{L}{0,4}|invoice|rechnung\\p{L}{0,8}|facture|factura|fattura|factuur|fatura|ticket|vorgang\\p{L}{0,8}|case|incident|reference|ref|referenz\\p{L}{0,8}|r[ée]f[ée]rence|referencia|riferimento|booking|buchung\\p{L}{0,8}|r[ée]servation|reserva|prenotazione|confirmation|serial|seriennummer|s\\/n|sn|sku|ean|isbn|imei|iccid|artikel\\p{L}{0,8}|article|art[íi]culo|articolo|model|modell|part|flight|flug|vol|vuelo|volo|train|zug|customer (?:no|number|id)|kunden(?:nummer|nr)|num[ée]ro de client|vertrag\\p{L}{0,8}|contract|contrat|policy|account (?:no|number|id)|claim|coupon|voucher|gutschein\\p{L}{0,6}|code promo|promo|version|build|meter|z[äa]hler\\p{L}{0,8}|compteur|contador|contatore|miles|points|punkte|pnr|vin|zip|plz|postcode|cep|pincode|error|fehler(?:code)?|erreur",
  )}|注文(?:番号)?|订单号?|訂單|快递单号|单号|주문(?:번호)?|송장(?:번호)?|طلب|شحنة|הזמנה|ऑर्डर|คำสั่งซื้อ)`,
  "gu",
);
