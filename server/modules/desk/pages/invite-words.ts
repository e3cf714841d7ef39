const en = {
  title: (brand: string) => `${brand}: go on in private`,
  heading: (brand: string) => `${brand} would like to go on in private`,
  who: (agent: string, brand: string) =>
    `${agent} of ${brand} asked you to come here, so that not everybody reads along.`,
  code: "Your code",
  codeHint: "Send it with your first words: by it we know that it is you. It is for you alone and works once.",
  until: (when: string) => `It works until ${when}.`,
  dm: (label: string) => `Write to ${label} in private`,
  email: (label: string) => `Write an e-mail to ${label}`,
  chat: "Chat with us",
  call: (label: string) => `Call us: ${label}`,
  callback: "Have us call you",
  open: "Open",
  dmHint: "Open your private messages there, write to us and begin with the code.",
  emailHint: "Put the code in the subject.",
  callHint: "Tell the code when you are asked for it.",
  other: "Or in another way",
  name: "Your name",
  number: "Your number, with the code of your country",
  wish: "When does it suit you?",
  about: "What should we look at before? (if you like)",
  ask: "Ask for the call",
  missing: "Please look at the marked fields.",
  nameFault: "Write your name.",
  numberFault: "Write a number that can be called, such as +44 20 7946 0000.",
  consentFault: "Without your consent we may not call.",
  thanks: "Thank you",
  thanksText: (number: string) => `We call you on ${number}.`,
  nothing: "This page holds nothing of what you wrote, and opening it tells nobody who you are.",
  unknown: "This address leads nowhere",
  unknownText: "Perhaps a sign of it was lost. Open the link in our public reply again, or write to us there.",
  ended: "This invitation has ended",
  endedText: "Answer us in public where we spoke, and we send you a new one.",
  used: "This invitation has been used",
  usedText: "If it was you, go on where you wrote to us. If it was not, tell us in public where we spoke.",
  many: "Too many tries",
  manyText: "Wait a minute, then open the link again.",
  broken: "That did not work",
  brokenText: "Go back, and try it once more.",
};

const de: typeof en = {
  title: (brand) => `${brand}: privat weiterreden`,
  heading: (brand) => `${brand} möchte privat weiterreden`,
  who: (agent, brand) => `${agent} von ${brand} hat Sie hierher gebeten, damit nicht alle mitlesen.`,
  code: "Ihr Code",
  codeHint: "Schicken Sie ihn mit Ihren ersten Worten: daran erkennen wir Sie. Er gilt nur für Sie und nur einmal.",
  until: (when) => `Er gilt bis ${when}.`,
  dm: (label) => `Schreiben Sie ${label} privat`,
  email: (label) => `Schreiben Sie eine E-Mail an ${label}`,
  chat: "Chatten Sie mit uns",
  call: (label) => `Rufen Sie uns an: ${label}`,
  callback: "Lassen Sie sich anrufen",
  open: "Öffnen",
  dmHint: "Öffnen Sie dort Ihre privaten Nachrichten, schreiben Sie uns und beginnen Sie mit dem Code.",
  emailHint: "Setzen Sie den Code in den Betreff.",
  callHint: "Nennen Sie den Code, wenn Sie danach gefragt werden.",
  other: "Oder auf anderem Weg",
  name: "Ihr Name",
  number: "Ihre Nummer mit Landesvorwahl",
  wish: "Wann passt es Ihnen?",
  about: "Was sollen wir uns vorher ansehen? (wenn Sie mögen)",
  ask: "Um den Anruf bitten",
  missing: "Bitte sehen Sie sich die markierten Felder an.",
  nameFault: "Schreiben Sie Ihren Namen.",
  numberFault: "Schreiben Sie eine Nummer, die man anrufen kann, etwa +49 30 901820.",
  consentFault: "Ohne Ihre Einwilligung dürfen wir nicht anrufen.",
  thanks: "Vielen Dank",
  thanksText: (number) => `Wir rufen Sie unter ${number} an.`,
  nothing: "Auf dieser Seite steht nichts von dem, was Sie geschrieben haben, und wer sie öffnet, erfährt niemand.",
  unknown: "Diese Adresse führt nirgendwohin",
  unknownText:
    "Vielleicht ging ein Zeichen verloren. Öffnen Sie den Link in unserer öffentlichen Antwort noch einmal, oder schreiben Sie uns dort.",
  ended: "Diese Einladung ist abgelaufen",
  endedText: "Antworten Sie uns öffentlich, wo wir gesprochen haben; wir schicken Ihnen eine neue.",
  used: "Diese Einladung wurde schon benutzt",
  usedText:
    "Waren Sie es, dann schreiben Sie dort weiter. Waren Sie es nicht, sagen Sie es uns öffentlich, wo wir gesprochen haben.",
  many: "Zu viele Versuche",
  manyText: "Warten Sie eine Minute, und öffnen Sie den Link noch einmal.",
  broken: "Das hat nicht geklappt",
  brokenText: "Gehen Sie zurück, und versuchen Sie es noch einmal.",
};

export type PageWords = typeof en;

/** The first language of the browser that we have; English otherwise. */
export function pageWords(acceptLanguage: string | undefined): { language: "en" | "de"; words: PageWords } {
  const asked = (acceptLanguage ?? "").slice(0, 400).toLowerCase().split(",");
  for (const one of asked) {
    const language = one.split(";")[0]!.trim().split("-")[0];
    if (language === "de") return { language, words: de };
    if (language === "en") break;
  }
  return { language: "en", words: en };
}
