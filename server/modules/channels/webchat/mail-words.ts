/** What stands around the words of a chat that go out by mail. */
export interface MailWords {
  continued(brand: string): string;
  answered(brand: string): string;
  why: string;
  transcript(brand: string): string;
  you: string;
  file(name: string): string;
  asked: string;
}

const en: MailWords = {
  continued: (brand) => `Your chat with ${brand}`,
  answered: (brand) => `${brand} has answered you in the chat:`,
  why: "You get this mail because you left your address in our chat. Answer it to go on.",
  transcript: (brand) => `What was said in your chat with ${brand}`,
  you: "You",
  file: (name) => `[File: ${name}]`,
  asked: "Somebody asked for this in our chat and gave your address. If it was not you, throw it away.",
};
const words: Readonly<Record<string, MailWords>> = {
  en,
  de: {
    continued: (brand) => `Ihr Chat mit ${brand}`,
    answered: (brand) => `${brand} hat Ihnen im Chat geantwortet:`,
    why: "Sie bekommen diese Mail, weil Sie in unserem Chat Ihre Adresse hinterlassen haben. Antworten Sie darauf, um weiterzureden.",
    transcript: (brand) => `Was in Ihrem Chat mit ${brand} gesagt wurde`,
    you: "Sie",
    file: (name) => `[Datei: ${name}]`,
    asked: "Jemand hat in unserem Chat darum gebeten und Ihre Adresse genannt. Waren Sie es nicht, werfen Sie sie weg.",
  },
  fr: {
    continued: (brand) => `Votre conversation avec ${brand}`,
    answered: (brand) => `${brand} vous a répondu dans le chat :`,
    why: "Vous recevez ce message parce que vous avez laissé votre adresse dans notre chat. Répondez-y pour continuer.",
    transcript: (brand) => `Ce qui a été dit dans votre conversation avec ${brand}`,
    you: "Vous",
    file: (name) => `[Fichier : ${name}]`,
    asked: "Quelqu’un l’a demandé dans notre chat en donnant votre adresse. Si ce n’était pas vous, ignorez-le.",
  },
  es: {
    continued: (brand) => `Su chat con ${brand}`,
    answered: (brand) => `${brand} le ha respondido en el chat:`,
    why: "Recibe este correo porque dejó su dirección en nuestro chat. Respóndalo para continuar.",
    transcript: (brand) => `Lo que se dijo en su chat con ${brand}`,
    you: "Usted",
    file: (name) => `[Archivo: ${name}]`,
    asked: "Alguien lo pidió en nuestro chat y dio su dirección. Si no fue usted, bórrelo.",
  },
  it: {
    continued: (brand) => `La sua chat con ${brand}`,
    answered: (brand) => `${brand} le ha risposto nella chat:`,
    why: "Riceve questa mail perché ha lasciato il suo indirizzo nella nostra chat. Risponda per continuare.",
    transcript: (brand) => `Quello che è stato detto nella sua chat con ${brand}`,
    you: "Lei",
    file: (name) => `[File: ${name}]`,
    asked: "Qualcuno l’ha chiesto nella nostra chat indicando il suo indirizzo. Se non è stato lei, la ignori.",
  },
  pt: {
    continued: (brand) => `A sua conversa com ${brand}`,
    answered: (brand) => `${brand} respondeu-lhe no chat:`,
    why: "Recebe esta mensagem porque deixou o seu endereço no nosso chat. Responda para continuar.",
    transcript: (brand) => `O que foi dito na sua conversa com ${brand}`,
    you: "Você",
    file: (name) => `[Ficheiro: ${name}]`,
    asked: "Alguém a pediu no nosso chat e indicou o seu endereço. Se não foi você, ignore-a.",
  },
  nl: {
    continued: (brand) => `Uw chat met ${brand}`,
    answered: (brand) => `${brand} heeft u in de chat geantwoord:`,
    why: "U krijgt deze mail omdat u uw adres in onze chat hebt achtergelaten. Beantwoord hem om verder te gaan.",
    transcript: (brand) => `Wat er in uw chat met ${brand} is gezegd`,
    you: "U",
    file: (name) => `[Bestand: ${name}]`,
    asked: "Iemand heeft hierom gevraagd in onze chat en uw adres genoemd. Was u het niet, gooi hem dan weg.",
  },
  ar: {
    continued: (brand) => `محادثتك مع ${brand}`,
    answered: (brand) => `أجابك ${brand} في المحادثة:`,
    why: "وصلتك هذه الرسالة لأنك تركت عنوانك في محادثتنا. أجب عنها لتتابع الحديث.",
    transcript: (brand) => `ما قيل في محادثتك مع ${brand}`,
    you: "أنت",
    file: (name) => `[ملف: ${name}]`,
    asked: "طلبها أحدهم في محادثتنا وذكر عنوانك. إن لم تكن أنت فتجاهلها.",
  },
};

/** In the visitor's language where there are words for it, else in English. */
export function mailWords(locale: string): MailWords {
  const language = locale.toLowerCase().split(/[-_]/)[0] ?? "";
  return Object.hasOwn(words, language) ? words[language]! : en;
}
