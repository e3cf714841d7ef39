import { describe, expect, it } from "vitest";
import { ownWork } from "../../../../../tests/support/own-work.ts";
import { wordsOfHtml } from "./html-words.ts";
import { foldQuoted, withoutSignature } from "./quoted.ts";

const QUOTE = "> Your order leaves tomorrow.\n> Northwind";

/** [program and language, how it introduces what it quotes, what it puts below]. The customer's own words stand above each. */
const BELOW: [string, string, string?][] = [
  ["Gmail, English", "On Fri, 20 Nov 2026 at 10:12, Northwind Support <support@northwind.example> wrote:"],
  [
    "Gmail, English, broken in two",
    "On Fri, 20 Nov 2026 at 10:12, Northwind Support\n<support@northwind.example> wrote:",
  ],
  ["Gmail, German", "Am Fr., 20. Nov. 2026 um 10:12 Uhr schrieb Northwind Support <support@northwind.example>:"],
  ["Gmail, French", "Le ven. 20 nov. 2026 à 10:12, Northwind Support <support@northwind.example> a\nécrit :"],
  ["Gmail, Spanish", "El vie, 20 nov 2026 a las 10:12, Northwind (<support@northwind.example>) escribió:"],
  ["Gmail, Italian", "Il giorno ven 20 nov 2026 alle ore 10:12 Northwind <support@northwind.example> ha scritto:"],
  ["Gmail, Dutch", "Op vr 20 nov 2026 om 10:12 schreef Northwind <support@northwind.example>:"],
  ["Gmail, Portuguese", "Em sex., 20 de nov. de 2026 às 10:12, Northwind <support@northwind.example> escreveu:"],
  ["Gmail, Swedish", "Den fre 20 nov. 2026 kl 10:12 skrev Northwind <support@northwind.example>:"],
  ["Gmail, Norwegian", "fre. 20. nov. 2026 kl. 10:12 skrev Northwind <support@northwind.example>:"],
  ["Gmail, Finnish", "pe 20. marrask. 2026 klo 10.12 Northwind (support@northwind.example) kirjoitti:"],
  ["Gmail, Polish", "pt., 20 lis 2026 o 10:12 Northwind <support@northwind.example> napisał(a):"],
  ["Gmail, Czech", "pá 20. 11. 2026 v 10:12 odesílatel Northwind <support@northwind.example> napsal:"],
  ["Gmail, Turkish", "Northwind <support@northwind.example>, 20 Kas 2026 Cum, 10:12 tarihinde şunu yazdı:"],
  ["Gmail, Russian", "пт, 20 нояб. 2026 г. в 10:12, Northwind <support@northwind.example>:"],
  ["Gmail, Ukrainian", "пт, 20 лист. 2026 р. о 10:12 Northwind <support@northwind.example> пише:"],
  ["Gmail, Japanese", "2026年11月20日(金) 10:12 Northwind <support@northwind.example>:"],
  ["Gmail, Chinese", "Northwind <support@northwind.example> 于2026年11月20日周五 10:12写道:"],
  ["Gmail, Korean", "2026년 11월 20일 (금) 오전 10:12, Northwind <support@northwind.example>님이 작성:"],
  ["Apple Mail, English", "On 20 Nov 2026, at 10:12, Northwind Support <support@northwind.example> wrote:"],
  ["Apple Mail, German", "Am 20.11.2026 um 10:12 schrieb Northwind Support <support@northwind.example>:"],
  ["Apple Mail, Japanese", "2026/11/20 10:12、Northwind <support@northwind.example>のメール："],
  ["Thunderbird, English", "On 20/11/2026 10:12, Northwind Support wrote:"],
  ["Thunderbird, Dutch", "Op 20-11-2026 om 10:12 schreef Northwind Support:"],
  ["Yahoo, English", "On Friday, November 20, 2026 at 10:12:44 AM GMT, Northwind <support@northwind.example> wrote:"],
  ["a mailing list", "Northwind Support <support@northwind.example> writes:"],
  ["by hand", "On Friday Northwind wrote:"],
  ["Outlook, English", "-----Original Message-----\nFrom: Northwind\nSent: Friday", "Your order leaves tomorrow."],
  ["Outlook, French", "-----Message d'origine-----\nDe : Northwind", "Votre commande part demain."],
  [
    "Outlook for Windows, English",
    "From: Northwind Support <support@northwind.example>\nSent: Friday, November 20, 2026 10:12 AM\nTo: Carla Ruiz <carla@mail.example>\nSubject: Re: Order",
    "Your order leaves tomorrow.",
  ],
  [
    "Outlook on the web, with a rule",
    "________________________________\nFrom: Northwind <support@northwind.example>\nSent: 20 November 2026 10:12\nTo: Carla\nSubject: Re: Order",
    "Your order leaves tomorrow.",
  ],
  [
    "Outlook, German",
    "Von: Northwind <support@northwind.example>\nGesendet: Freitag, 20. November 2026 10:12\nAn: Carla\nBetreff: AW: Bestellung",
    "Ihre Bestellung geht morgen ab.",
  ],
  [
    "Outlook, French",
    "De : Northwind <support@northwind.example>\nEnvoyé : vendredi 20 novembre 2026 10:12\nÀ : Carla\nObjet : RE: Commande",
    "Votre commande part demain.",
  ],
  [
    "Outlook, Spanish",
    "De: Northwind <support@northwind.example>\nEnviado el: viernes, 20 de noviembre de 2026 10:12\nPara: Carla\nAsunto: RE: Pedido",
    "Su pedido sale mañana.",
  ],
  [
    "Outlook, Italian",
    "Da: Northwind <support@northwind.example>\nInviato: venerdì 20 novembre 2026 10:12\nA: Carla\nOggetto: R: Ordine",
    "Il suo ordine parte domani.",
  ],
  [
    "Outlook, Dutch",
    "Van: Northwind <support@northwind.example>\nVerzonden: vrijdag 20 november 2026 10:12\nAan: Carla\nOnderwerp: RE: Bestelling",
    "Uw bestelling gaat morgen weg.",
  ],
  [
    "Outlook, Japanese",
    "差出人: Northwind <support@northwind.example>\n送信日時: 2026年11月20日 10:12\n宛先: Carla\n件名: RE: 注文",
    "明日発送します。",
  ],
  [
    "Outlook, Chinese",
    "发件人: Northwind <support@northwind.example>\n发送时间: 2026年11月20日 10:12\n收件人: Carla\n主题: RE: 订单",
    "明天发货。",
  ],
  [
    "Outlook for Mac, with stars",
    "*From: *Northwind <support@northwind.example>\n*Date: *Friday, 20 November 2026 at 10:12\n*To: *Carla\n*Subject: *Re: Order",
    "Your order leaves tomorrow.",
  ],
  ["marks alone", ">", QUOTE],
];

const TELEPHONES = [
  "Sent from my iPhone",
  "Sent from my Samsung Galaxy smartphone.",
  "Sent from Yahoo Mail on Android",
  "Sent via Proton Mail for Android",
  "Get Outlook for iOS<https://aka.example/o0ukef>",
  "Von meinem iPhone gesendet",
  "Gesendet mit der GMX Mail App",
  "Outlook für Android beziehen",
  "Diese Nachricht wurde von meinem Android-Gerät mit WEB.DE Mail gesendet.",
  "Envoyé de mon iPhone",
  "Obtenir Outlook pour iOS",
  "Enviado desde mi iPhone",
  "Inviato da iPhone",
  "Verstuurd vanaf mijn iPhone",
  "Enviado do meu iPhone",
  "Skickat från min iPhone",
  "Wysłane z iPhone'a",
  "Отправлено с iPhone",
  "iPhoneから送信",
  "发自我的iPhone",
];

describe("what mail programs quote", () => {
  it.each(BELOW)("%s", (_, introduction, quoted = QUOTE) => {
    const said = "Thank you, Ölpreis 12 €.\n\nCarla";
    const folded = foldQuoted(`${said}\n\n${introduction}\n\n${quoted}\n`);
    expect(folded.said).toBe(said);
    expect(folded.quoted).toContain(quoted.split("\n").at(-1));
  });

  it.each(TELEPHONES)("%s", (line) => {
    expect(foldQuoted(`It came.\n\n${line}\n`)).toEqual({ said: "It came.", quoted: line });
    expect(foldQuoted(`It came.\n\n${line}\n\nOn Friday x wrote:\n> When?\n`).said).toBe("It came.");
  });

  it.each([
    ["a sentence that begins like one", "On Monday I wrote to you: nothing came.\nPlease look."],
    ["a colon without a date", "Le problème : la boîte est vide.\nMerci"],
    ["an order's lines", "From: Berlin\nI want it sent to Hamburg."],
    ["a telephone that is the matter", "My iPhone does not work.\nIt says: sent from the past."],
    [
      "answers between the lines",
      "On Friday, 20 Nov 2026 at 10:12 x@y.example wrote:\n> Colour?\nGreen.\n> Size?\nLarge.",
    ],
    [
      "what was forwarded",
      "Look at this:\n\n---------- Forwarded message ---------\nFrom: Shop <s@shop.example>\nDate: Fri, 20 Nov 2026\nSubject: Bill\nTo: Carla\n\n> You owe 5 €.",
    ],
    ["nothing but a quotation", "On 20 Nov 2026, at 10:12, Northwind <s@n.example> wrote:\n\n> Are you there?"],
    ["nothing but a telephone", "Sent from my iPhone"],
  ])("leaves %s whole", (_, text) => {
    expect(foldQuoted(text).said).toBe(text);
  });

  it("finds the answer that stands below", () => {
    const folded = foldQuoted(
      "On 20 Nov 2026, at 10:12, Northwind wrote:\n> Are you there?\n> Northwind\n\nYes, I am.\n",
    );
    expect(folded.said).toBe("Yes, I am.");
    expect(folded.quoted).toContain("> Are you there?");
  });

  it.each([
    [
      "Gmail",
      '<div dir="ltr">Yes</div><br><div class="gmail_quote"><div class="gmail_attr">On a day:</div><blockquote>No?</blockquote></div>',
    ],
    [
      "Outlook",
      '<p>Yes</p><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> x</div><div>No?</div>',
    ],
    ["Apple Mail", '<div>Yes</div><blockquote type="cite"><div>No?</div></blockquote>'],
    ["Yahoo", '<div>Yes</div><div id="ydp1" class="yahoo_quoted"><div>No?</div></div>'],
    ["Proton", '<div>Yes</div><div class="protonmail_quote">No?</div>'],
    ["Thunderbird", '<p>Yes</p><div class="moz-cite-prefix">x:</div><blockquote>No?</blockquote>'],
  ])("believes the HTML of %s", (_, html) => {
    expect(foldQuoted(wordsOfHtml(html)).said).toBe("Yes");
    expect(foldQuoted(wordsOfHtml(html)).quoted).toContain("No?");
  });

  it.each(["<div class=", "<div class='a' ", "<", '<blockquote x="', "<div>"])(
    "two million letters of %j come to an end",
    (unit) => {
      const began = ownWork();
      wordsOfHtml(unit.repeat(2_000_000 / unit.length));
      expect(ownWork() - began).toBeLessThan(20_000);
    },
  );

  it("takes our own signature off what we filed", () => {
    expect(withoutSignature("Hello\n\n-- \nNorthwind")).toBe("Hello");
    expect(withoutSignature("-- \nNorthwind")).toBe("-- \nNorthwind");
  });
});
