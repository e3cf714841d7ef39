import type { FastifyInstance } from "fastify";
import { type Html, html, trusted } from "#shared/html";
import { company } from "../../../scenarios/northwind/company.ts";

/**
 * A page of the demo company's shop, as any site that has our chat on it: one line of script, nothing else of ours. Only
 * where the demo runs. `chatKey` names the chat.
 */
export function demoShop(app: FastifyInstance, chatKey: () => Promise<string | null>): void {
  app.get("/demo/shop/style.css", { schema: { hide: true } }, async (_request, reply) =>
    reply.header("cache-control", "no-cache").type("text/css; charset=utf-8").send(STYLE),
  );
  for (const path of ["/demo/shop", "/demo/shop/delivery"])
    app.get(path, { schema: { hide: true } }, async (_request, reply) => {
      const page = shopPage(await chatKey(), path.endsWith("delivery"));
      return reply.header("cache-control", "no-store").type("text/html; charset=utf-8").send(page.toString());
    });
}

const PHONES = [
  { name: "Fulmar 8", words: "Six inches, two days of battery, five years of updates.", price: "£389", tone: "a" },
  {
    name: "Petrel Mini",
    words: "Fits one hand and every pocket. Mends with one screwdriver.",
    price: "£249",
    tone: "b",
  },
  { name: "Gannet Fold", words: "A phone by the door, a notebook on the train.", price: "£899", tone: "c" },
] as const;
const PLANS = [
  { name: "Plain", data: "10 GB", price: "£9", words: "Calls and texts without counting." },
  { name: "Ample", data: "60 GB", price: "£15", words: "With 12 GB for 30 countries abroad.", isLiked: true },
  { name: "Boundless", data: "No limit", price: "£22", words: "And a second SIM for a tablet." },
] as const;

export function shopPage(chatKey: string | null, delivery: boolean): Html {
  const name = company.brand.name;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${delivery ? "Delivery and returns" : "Phones and plans"} · ${name}</title><link rel="stylesheet" href="/demo/shop/style.css">
${chatKey !== null && html`<script src="/widget/widget.js" data-chat="${chatKey}" async></script>`}</head>
<body><a class="skip" href="#main">To the page</a>
<header><a class="brand" href="/demo/shop">${SIGN}${name}</a>
<nav aria-label="Shop"><a href="/demo/shop#phones">Phones</a><a href="/demo/shop#plans">Plans</a><a href="/demo/shop/delivery">Delivery</a></nav></header>
<main id="main">${delivery ? deliveryWords() : front()}</main>
<footer><p>A made-up shop of the demo company. Nothing can be bought here; the chat in the corner is real, and answered from <a href="/">the desk</a>.</p></footer>
</body></html>`;
}

function front(): Html {
  return html`<section class="hero"><div><h1>A phone that lasts, a plan that stays put.</h1>
<p>No price goes up in the middle of a contract. If the network lets you down for a day, that day is free.</p>
<p><a class="act" href="#plans">See the plans</a> <a href="#phones">or the phones</a></p></div>${MAST}</section>
<section id="phones" aria-labelledby="phones-title"><h2 id="phones-title">Phones</h2><ul class="cards">
${PHONES.map((p) => html`<li><div class="shot ${p.tone}">${p.tone === "c" ? FOLD : HANDSET}</div><h3>${p.name}</h3><p>${p.words}</p><p class="price">${p.price}</p></li>`)}</ul></section>
<section id="plans" aria-labelledby="plans-title"><h2 id="plans-title">Plans</h2><ul class="plans">
${PLANS.map((p) => html`<li${"isLiked" in p ? trusted(' class="liked"') : null}><h3>${p.name}</h3><p class="data">${p.data}</p><p>${p.words}</p><p class="price">${p.price} <span>a month</span></p></li>`)}</ul>
<p class="small">Thirty days’ notice, either way. Keep your number: text PAC to 65075 and tell us the code.</p></section>`;
}

function deliveryWords(): Html {
  return html`<section class="text"><h1>Delivery and returns</h1>
<h2>When it comes</h2><p>Ordered before six, it is with you on the next working day. SIM cards come by letter and fit through the door.</p>
<h2>If it is not what you thought</h2><p>You have thirty days. Put it back into its box, keep the receipt of the post office, and the money is yours again within five days.</p>
<h2>If it is broken</h2><p>Tell us in the chat. We send a new one first and collect the old one afterwards.</p></section>`;
}

const SIGN = trusted(`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M4 19V6l8 8 8-8v13"/></svg>`);
const HANDSET = trusted(
  `<svg viewBox="0 0 120 150" aria-hidden="true"><rect x="34" y="12" width="52" height="112" rx="9"/><path d="M54 19h12"/><rect class="lit" x="40" y="27" width="40" height="84" rx="3"/></svg>`,
);
const FOLD = trusted(
  `<svg viewBox="0 0 120 150" aria-hidden="true"><path d="M60 22 22 14v104l38 8zM60 22l38-8v104l-38 8z"/><path class="lit" d="m54 31-26-6v85l26 6zM66 31l26-6v85l-26 6z"/></svg>`,
);
const MAST = trusted(
  `<svg class="mast" viewBox="0 0 220 180" aria-hidden="true"><path d="M0 180c28-40 64-56 110-56s82 16 110 56z" class="hill"/><path d="M110 124V54m0 0-14 70m14-70 14 70M100 100h20M104 80h12"/><path d="M94 50a20 20 0 0 1 0-28M126 50a20 20 0 0 0 0-28M84 60a36 36 0 0 1 0-48M136 60a36 36 0 0 0 0-48" class="wave"/></svg>`,
);

const STYLE = `:root{color-scheme:light dark;--ground:light-dark(#fbfaf7,#151514);--ink:light-dark(#1d2321,#e9ece9);--mid:light-dark(#52605b,#aab6b0);--line:light-dark(#dcdfd8,#31352f);--sea:light-dark(#0a655f,#72d2c6);--wash:light-dark(#e6f1ee,#14302d);font:17px/1.55 "Source Sans 3",system-ui,sans-serif;background:var(--ground);color:var(--ink)}
*{box-sizing:border-box}body{margin:0}h1,h2,h3,p,ul{margin:0;padding:0}ul{list-style:none}a{color:var(--sea);text-underline-offset:3px}
:focus-visible{outline:2px solid var(--sea);outline-offset:3px}.skip{position:absolute;inset-inline-start:-99rem}.skip:focus{position:static}
header,main,footer{width:min(68rem,100% - 2.5rem);margin-inline:auto}header{display:flex;flex-wrap:wrap;gap:.5rem 2rem;align-items:center;padding:1.1rem 0}
.brand{display:inline-flex;align-items:center;gap:.55rem;font-weight:680;font-size:1.15rem;color:var(--ink);text-decoration:none}.brand svg{width:30px;padding:4px;border-radius:8px;background:var(--sea);stroke:var(--ground)}
svg{fill:none;stroke:currentColor;stroke-width:2.4;stroke-linejoin:round;stroke-linecap:round}nav{display:flex;gap:1.4rem;margin-inline-start:auto}nav a{color:var(--ink);text-decoration:none;padding:.3rem 0}nav a:hover{text-decoration:underline}
.hero{display:grid;grid-template-columns:minmax(0,1.35fr) minmax(0,1fr);gap:2rem;align-items:center;padding:clamp(1.5rem,5vw,4rem);border-radius:24px;background:var(--wash)}
h1{font-size:clamp(2rem,4.6vw,3.3rem);line-height:1.08;letter-spacing:-.02em;text-wrap:balance;font-weight:700}.hero p{margin-block-start:1.1rem;max-width:34rem;color:var(--mid)}.hero a{white-space:nowrap}.act{display:inline-block;margin-inline-end:.8rem;padding:.65rem 1.3rem;border-radius:99px;background:var(--sea);color:var(--ground);font-weight:620;text-decoration:none}
.hero{padding-block-end:0}.hero>div{padding-block-end:clamp(1.5rem,5vw,4rem)}.mast{display:block;align-self:end;width:100%;color:var(--sea);stroke-width:3}.mast .hill{fill:light-dark(#cfe3de,#1d443f);stroke:none}.mast .wave{opacity:.55}
section+section{margin-block-start:3.2rem}h2{font-size:1.6rem;letter-spacing:-.01em;margin-block-end:1.1rem}h3{font-size:1.15rem}
.cards,.plans{display:grid;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr));gap:1.2rem}.cards p,.plans p{color:var(--mid);margin-block-start:.25rem}.price{font-weight:680;color:var(--ink)!important;font-size:1.15rem}
.shot{display:grid;place-items:center;height:230px;border-radius:18px;margin-block-end:.9rem}.shot svg{height:180px;stroke-width:2.2}.shot .lit{fill:var(--ground);stroke:none;opacity:.7}.a{background:light-dark(#e9e4f4,#2a2438)}.b{background:light-dark(#f6e6d8,#3a2a1d)}.c{background:light-dark(#dfeaf5,#1f2c3a)}
.plans li{padding:1.5rem;border:1px solid var(--line);border-radius:18px}.plans .liked{border:2px solid var(--sea)}.data{font-size:1.9rem;font-weight:680;letter-spacing:-.02em;color:var(--ink)!important}.price span{font-weight:400;font-size:.95rem;color:var(--mid)}.small{margin-block-start:1.1rem;font-size:.9rem;color:var(--mid)}
.text{max-width:38rem}.text h2{margin-block:1.8rem .4rem;font-size:1.25rem}.text p{color:var(--mid)}
footer{margin-block:4rem 6.5rem;padding-block-start:1.2rem;border-block-start:1px solid var(--line);color:var(--mid);font-size:.9rem}
@media(max-width:640px){.hero{grid-template-columns:1fr}.hero{padding-block-end:0;gap:0}.hero>div{padding-block-end:1rem}.mast{max-width:260px;justify-self:center}nav{margin-inline-start:0;gap:1.1rem}}`;
