type House = [rule: string, kept: [where: string, text: string][], broken: [where: string, text: string][]];
export const houses: House[] = [
  [
    "On x and threads we end with the initials in curly braces, like {TB}. Store reviews are finished with first name and team, such as: Tess | Harbour Crew. Private messages need no signature. Automatic replies start with a gear, ⚙️, everywhere.",
    [
      ["x", "It left. {NC}"],
      ["play", "It left. Nia | Harbour Crew"],
      ["appstore", "It left. Nia, Harbour Crew"],
      ["x private", "It left."],
      ["steam private", "It left."],
      ["steam machine", "⚙️ We open at 8."],
      ["facebook", "It left. – Nia"],
    ],
    [
      ["x", "It left. Nia | Harbour Crew"],
      ["x", "It left. {XY}"],
      ["play", "It left. {NC}"],
      ["play", "It left. Sam | Harbour Crew"],
      ["play", "It left. Nia"],
      ["play", "It left, says the whole Harbour Crew"],
      ["steam machine", "We open at 8."],
      ["facebook", "It left."],
    ],
  ],
  [
    "Short networks: ^ and initials. Forums: a dash and the first name (– Ida). E-mail: full name and company, e.g. Ida Berg, Nordlicht. Elsewhere the first name closes the reply.",
    [
      ["mastodon", "It left. ^NC"],
      ["reddit", "It left. – Nia"],
      ["email private", "It left. Nia Costa, Nordlicht"],
      ["facebook", "It left. Nia"],
    ],
    [
      ["mastodon", "It left. – Nia"],
      ["reddit", "It left. ^NC"],
      ["email private", "It left. Nia"],
      ["facebook", "It left. ^NC"],
    ],
  ],
  [
    "Initials after a caret on x and bluesky, the full name on linkedin and facebook.",
    [
      ["bluesky", "It left. ^NC"],
      ["linkedin", "It left. Nia Costa"],
      ["reddit", "It left. Nia"],
      ["x private", "It left."],
    ],
    [
      ["bluesky", "It left. Nia Costa"],
      ["linkedin", "It left. ^NC"],
      ["reddit", "It left."],
    ],
  ],
  [
    "Agents sign with their initials after a slash (/MK), on trustpilot with the full name.",
    [
      ["x", "It left. /NC"],
      ["trustpilot", "It left. Nia Costa"],
    ],
    [
      ["x", "It left. Nia Costa"],
      ["trustpilot", "It left. /NC"],
    ],
  ],
  [
    "Everywhere except on discord a public reply ends with a tilde and the initials, like ~MK. On discord nobody signs.",
    [
      ["x", "It left. ~NC"],
      ["discord", "It left."],
    ],
    [
      ["x", "It left."],
      ["facebook", "It left. ^NC"],
    ],
  ],
  [
    "Public replies close with the first name on a line of its own. On instagram a hash goes before the initials: #MK.",
    [
      ["facebook", "It left.\n\nNia"],
      ["instagram", "It left. #NC"],
    ],
    [
      ["facebook", "It left."],
      ["facebook", "It left.\n\nSam"],
      ["instagram", "It left.\nNia"],
    ],
  ],
  [
    "Social media: initials in round brackets at the end, (MK). In reviews the full name stands at the end. SMS are not signed.",
    [
      ["tiktok", "It left. (NC)"],
      ["tripadvisor", "It left. Nia Costa"],
      ["sms private", "It left."],
    ],
    [
      ["tiktok", "It left. Nia Costa"],
      ["tripadvisor", "It left. (NC)"],
    ],
  ],
  [
    "Every message ends with the first name after a dash. On x the initials after a caret will do instead: ^MK.",
    [
      ["x", "It left. ^NC"],
      ["facebook", "It left. - Nia"],
      ["facebook private", "It left. – Nia"],
    ],
    [
      ["x", "It left."],
      ["facebook", "It left. ^NC"],
      ["facebook private", "It left."],
    ],
  ],
  [
    "Steam, reddit: first name / studio. X: initials, preceded by a caret.",
    [
      ["steam", "It left. Nia / Paper Fox"],
      ["x", "It left. ^NC"],
    ],
    [
      ["steam", "It left. ^NC"],
      ["steam", "It left."],
      ["x", "It left. Nia / Paper Fox"],
    ],
  ],
  [
    "On youtube replies begin with the first name and a colon (Ida: ...). On all other channels they end with *Ida*.",
    [
      ["youtube", "Nia: it left."],
      ["facebook", "It left. *Nia*"],
    ],
    [
      ["youtube", "It left. *Nia*"],
      ["facebook", "Nia: it left."],
    ],
  ],
  [
    "Messengers: full name at the end. Public posts: either the first name or the initials at the end.",
    [
      ["whatsapp private", "It left. Nia Costa"],
      ["x", "It left. Nia"],
      ["x", "It left. NC"],
      ["x private", "It left."],
    ],
    [
      ["whatsapp private", "It left."],
      ["x", "It left."],
      ["x", "It left. Sam"],
    ],
  ],
  [
    "On x sign with initials in square brackets; on bluesky likewise. On mastodon the first name ends the reply.",
    [
      ["x", "It left. [NC]"],
      ["bluesky", "It left. [NC]"],
      ["mastodon", "It left. Nia"],
    ],
    [
      ["bluesky", "It left. Nia"],
      ["mastodon", "It left. [NC]"],
    ],
  ],
  [
    "Answers on the forum are signed as its customs ask. On x: ^MK.",
    [
      ["forum", "It left. Cheers, Nia"],
      ["forum", "It left. NC"],
      ["x", "It left. ^NC"],
    ],
    [
      ["forum", "It left."],
      ["x", "It left. Nia"],
    ],
  ],
  [
    'Automatic replies on x begin with "[bot]", by e-mail with "Automatic message:". Agents end with ^ and initials.',
    [
      ["x machine", "[bot] We open at 8."],
      ["email machine", "Automatic message: we open at 8."],
      ["reddit machine", "This is an automatic reply. We open at 8."],
      ["x", "It left. ^NC"],
    ],
    [
      ["x machine", "Automatic message: we open at 8."],
      ["email machine", "[bot] We open at 8."],
      ["reddit machine", "We open at 8."],
      ["x", "It left."],
    ],
  ],
  [
    "No public reply leaves without the agent's initials at its end. Tickets end with the full name.",
    [
      ["x", "It left. NC"],
      ["ticket private", "It left. Nia Costa"],
      ["x private", "It left."],
    ],
    [
      ["x", "It left."],
      ["ticket private", "It left."],
      ["ticket private", "It left. NC"],
    ],
  ],
  [
    "On Nebenan the reply ends with the full name. On x with ^ and initials.",
    [
      ["nebenan", "It left. Nia Costa"],
      ["x", "It left. ^NC"],
    ],
    [
      ["nebenan", "It left. ^NC"],
      ["x", "It left. Nia Costa"],
    ],
  ],
  [
    'App store and Google Play: end with first name and company name, like "Ida from Nordlicht". Elsewhere in public: initials after a slash. In private nothing.',
    [
      ["play", "It left. Nia from Nordlicht"],
      ["appstore", "It left. Nia / Nordlicht"],
      ["x", "It left. /NC"],
      ["x private", "It left."],
      ["play private", "It left."],
    ],
    [
      ["play", "It left. Nia"],
      ["appstore", "It left. /NC"],
      ["x", "It left. Nia from Nordlicht"],
    ],
  ],
  [
    "Auf X und Mastodon enden Antworten mit dem Kürzel nach einem Schrägstrich, etwa /KL. Store-Bewertungen schließen mit Vorname und Team, z. B. Lea / Nordlicht. Privat wird nichts unterschrieben. Automatische Antworten beginnen überall mit „Automatisch:“.",
    [
      ["x", "Er kommt. /NC"],
      ["appstore", "Er kommt. Nia / Nordlicht"],
      ["x private", "Er kommt."],
      ["steam machine", "Automatisch: ab 8."],
    ],
    [
      ["x", "Er kommt. Nia / Nordlicht"],
      ["appstore", "Er kommt. /NC"],
      ["appstore", "Er kommt. Tom / Nordlicht"],
      ["steam machine", "Ab 8."],
    ],
  ],
  [
    "In Foren steht am Ende der Vorname nach einem Strich, auf Facebook der volle Name, überall sonst das Kürzel in eckigen Klammern.",
    [
      ["reddit", "Er kommt. – Nia"],
      ["facebook", "Er kommt. Nia Costa"],
      ["x", "Er kommt. [NC]"],
    ],
    [
      ["reddit", "Er kommt. [NC]"],
      ["facebook", "Er kommt. – Nia"],
      ["x", "Er kommt. Nia Costa"],
      ["x", "Er kommt. [XY]"],
    ],
  ],
  [
    "Alle Antworten enden mit den Initialen der Autorin, außer auf Discord. Dort wird nicht unterschrieben.",
    [
      ["x", "Er kommt. NC"],
      ["x private", "Er kommt. NC"],
      ["discord", "Er kommt."],
    ],
    [
      ["x", "Er kommt."],
      ["x", "Er kommt. XY"],
    ],
  ],
  [
    "E-Mails schließen mit Vor- und Nachnamen und der Firma. Öffentliche Antworten enden mit ^ und Kürzel.",
    [
      ["email private", "Er kommt. Nia Costa, Nordlicht"],
      ["x", "Er kommt. ^NC"],
      ["x private", "Er kommt."],
    ],
    [
      ["email private", "Er kommt. ^NC"],
      ["email private", "Er kommt."],
      ["x", "Er kommt. Nia Costa, Nordlicht"],
    ],
  ],
  [
    "En X y Bluesky se firma con las iniciales entre corchetes, como [AB]. Las reseñas de tiendas se cierran con nombre y estudio: Ana / Zorro Azul. En privado no hace falta firmar. Las respuestas automáticas empiezan con 🤖.",
    [
      ["x", "Ya llega. [NC]"],
      ["steam", "Ya llega. Nia / Zorro Azul"],
      ["x private", "Ya llega."],
      ["play machine", "🤖 Abrimos a las 8."],
    ],
    [
      ["x", "Ya llega. Nia / Zorro Azul"],
      ["steam", "Ya llega. [NC]"],
      ["steam", "Ya llega. Gracias de Zorro Azul"],
      ["play machine", "Abrimos a las 8."],
    ],
  ],
  [
    "En los foros, al final, el nombre de pila tras un guion; en las demás redes, las iniciales tras una barra.",
    [
      ["reddit", "Ya llega. - Nia"],
      ["x", "Ya llega. /NC"],
    ],
    [
      ["reddit", "Ya llega. /NC"],
      ["x", "Ya llega. - Nia"],
    ],
  ],
  [
    "Los correos terminan con nombre y apellido. En todas las redes sociales se termina con ~ y las iniciales, salvo en LinkedIn: allí, nombre completo al final.",
    [
      ["email private", "Ya llega. Nia Costa"],
      ["linkedin", "Ya llega. Nia Costa"],
    ],
    [
      ["email private", "Ya llega."],
      ["linkedin", "Ya llega. ~NC"],
    ],
  ],
  [
    "Sur X et Mastodon, on termine par les initiales entre parenthèses, comme (LM). Les avis des stores se terminent par prénom et studio : Léa / Renard Bleu. En privé, rien à signer. Une réponse automatique commence par 🤖.",
    [
      ["mastodon", "Il arrive. (NC)"],
      ["play", "Il arrive. Nia / Renard Bleu"],
      ["x private", "Il arrive."],
      ["x machine", "🤖 Dès 8 h."],
    ],
    [
      ["mastodon", "Il arrive. Nia / Renard Bleu"],
      ["play", "Il arrive. (NC)"],
      ["play", "Il arrive."],
      ["x machine", "Dès 8 h."],
    ],
  ],
  [
    "Sur les forums, le prénom après un tiret à la fin ; ailleurs, les initiales après une barre oblique.",
    [
      ["reddit", "Il arrive. – Nia"],
      ["facebook", "Il arrive. /NC"],
    ],
    [
      ["reddit", "Il arrive. /NC"],
      ["facebook", "Il arrive. – Nia"],
      ["facebook", "Il arrive. /XY"],
    ],
  ],
  [
    "Partout sauf sur TikTok, la réponse se termine par le prénom et le nom. Sur TikTok, par le prénom seul.",
    [
      ["facebook", "Il arrive. Nia Costa"],
      ["tiktok", "Il arrive. Nia"],
    ],
    [
      ["facebook", "Il arrive. Nia"],
      ["tiktok", "Il arrive."],
    ],
  ],
  [
    "Initials between slashes on x, like /TB/. Reviews are signed with the first name and 'Kiwi Crew'. Automatic posts carry [auto] at the start on x and 'automated' at the end on reddit.",
    [
      ["x", "It left. /NC/"],
      ["play", "It left. Nia / Kiwi Crew"],
      ["x machine", "[auto] We open at 8."],
      ["reddit machine", "We open at 8. Automated"],
    ],
    [
      ["x", "It left. Nia"],
      ["play", "It left. /NC/"],
      ["x machine", "We open at 8. Automated"],
      ["reddit machine", "We open at 8."],
    ],
  ],
  // One form for all, with words that look like more.
  [
    "Public replies end with the first name and the house, like: Ida / Old Mill. No more is asked.",
    [
      ["x", "It left. Nia / Old Mill"],
      ["reddit", "It left. Nia / Old Mill"],
    ],
    [
      ["x", "It left. NC / Old Mill"],
      ["x", "Do come to the Old Mill"],
      ["x", "It left with Nia"],
    ],
  ],
  [
    "Replies carry the agent's initials in square brackets on the last line, on every network, in public and in private.",
    [
      ["x", "It left.\n[NC]"],
      ["reddit private", "It left. [NC]"],
    ],
    [
      ["x", "It left. [2]"],
      ["reddit private", "It left."],
    ],
  ],
];
