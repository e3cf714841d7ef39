/**
 * Words that name telephone numbers, PINs and passwords; those of cards stand in card-words.ts. Written as the folded text has them
 * (small letters). Latin, Greek and Cyrillic words stand alone; the rest is written without spaces.
 */
const alone = (words: string) => `(?<![\\p{L}\\p{N}])(?:${words})(?![\\p{L}])`;

export const pinWord = new RegExp(
  `${alone(
    "pin(?:[ -]?(?:code|nummer|number|nr))?|pin-?kod(?:u|e)?|c[óo]digo pin|code pin|codice pin|clave|geheimzahl|code secret|пин(?:[ -]?код)?|passcode|otp|mtan|tan-nummer|one[ -]?time (?:code|password)|telefon-?pin|kundenkennzahl",
  )}|暗証番号|暗証|비밀번호|密码|密碼|الرقم السري|पिन|רמז סודי|קוד סודי|รหัสพิน`,
  "gu",
);

export const passwordWord = new RegExp(
  `${alone(
    "pass ?word|passwd|pwd|pw|passphrase|login code|passwort|kennwort|mot de passe|mdp|contrase[ñn]a|clave|senha|palavra[ -]passe|password|parola(?: d'ordine)?|wachtwoord|l[öo]senord|adgangskode|passord|salasana|has[łl]o|heslo|jelsz[óo]|jelszavam|parol[aă]|[şs]ifrem?|lozinka|geslo|пароль?|парола|κωδικ[όο]ς(?: πρ[όο]σβασης)?|kata sandi|m[ậa]t kh[ẩa]u",
  )}|パスワード|密码|密碼|口令|비밀번호|암호|كلمة (?:المرور|السر)|סיסמה|סיסמא|पासवर्ड|รหัสผ่าน`,
  "gu",
);

export const phoneWord = new RegExp(
  `${alone(
    "tel(?:\\.|efon\\p{L}{0,6}|ephone|[ée]fono|efone|efono|efoon\\p{L}{0,7})?|t[ée]l(?:[ée]phone)?|phone|mobile|mobil\\p{L}{0,6}|handy\\p{L}{0,6}|cell(?:phone|ulare)?|call(?: me| back)?|ring me|text me|sms|whats?app|reach me|contact (?:number|me)|my number|numero di telefono|(?:mon|mijn|mein\\p{L}{0,2}|mi|il mio|meu|moj|mój|můj) (?:num[ée]ro|nummer|n[úu]mero|numer|[čc][íi]slo)|rufnummer|ruft? mich|erreichbar|anrufen|zur[üu]ckrufen|r[üu]ckruf|appelez|rappelez|joignable|portable|ll[áa]m\\p{L}{2,6}|m[óo]vil|celular|telem[óo]vel|ligue|ligar|chiam\\p{L}{1,5}|cellulare|bel(?:len)?|bereikbaar|gsm|ring|kom[óo]rk\\p{L}{1,3}|zadzwo[ńn]\\p{L}{0,3}|numer(?:em)? telefonu|zavol\\p{L}{1,5}|puhelin\\p{L}{0,8}|soita|telefonsz[áa]m\\p{L}{0,3}|h[íi]vj\\p{L}{0,4}|sun[aă]\\p{L}{0,4}|cep|ara(?:y[ıi]n)?|телефон\\p{L}{0,3}|тел|звон\\p{L}{1,5}|номер|моб\\p{L}{0,9}|τηλ\\p{L}{0,8}|κινητ[όο]|hubungi|telepon|hp|[đd]i[ệe]n tho[ạa]i|s[đd]t",
  )}|電話|携帯|手机|手機|电话|微信|전화|연락처|휴대폰|핸드폰|هاتف|جوال|رقمي|اتصل|טלפון|נייד|फ़ोन|फोन|मोबाइल|नंबर|โทร|เบอร์`,
  "u",
);
