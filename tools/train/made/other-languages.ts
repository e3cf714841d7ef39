/** Whole posts in other languages, by hand: [negative, neutral, positive], one post a line. */
export const OTHER_LANGUAGES: Record<string, readonly [string, string, string]> = {
  de: [
    `seit zwei Stunden in der Warteschleife, unfassbar
mein Paket ist seit einer Woche verschwunden und keiner antwortet
schon wieder Zugausfall, es reicht
nie wieder bei euch bestellt
ihr habt mir zweimal Geld abgebucht
der Techniker ist einfach nicht gekommen
das Internet ist seit gestern tot
unfreundlichstes Personal aller Zeiten
warum geht bei euch niemand ans Telefon?
mein Koffer ist weg und es interessiert niemanden
so eine Frechheit, Termin abgesagt ohne Bescheid
die App stürzt ständig ab
ich warte noch immer auf mein Geld
enttäuscht von eurem Service
kaputt angekommen, Rückgabe verweigert
Flug gestrichen und am Schalter keine Auskunft
ihr solltet euch schämen
das ist doch ein Witz
keine Entschuldigung, gar nichts
Essen kalt, Kellner frech`,
    `habt ihr am Montag offen?
wo finde ich die Rechnung?
wie kann ich meine Adresse ändern?
fährt der Bus auch sonntags?
gibt es das auch in blau?
was kostet der Versand nach Österreich?
ich habe euch eine DM geschickt
meine Kundennummer ist 4471
ab wann kann man Karten kaufen?
ist der Flug pünktlich?
brauche ich einen Ausweis?
könnt ihr mir die Unterlagen schicken?
bitte meldet euch per Mail
welche Größe soll ich nehmen?
ich bin am Freitag in Köln
kann ich die Bestellung noch ändern?
neue Filiale öffnet im Mai
danke, und wie lange dauert das?`,
    `danke für die schnelle Hilfe!
super Service, vielen Dank
der Fahrer war so nett
ich bin begeistert
alles bestens, gerne wieder
tolle Beratung heute
ihr seid die Besten
endlich da und wunderschön
hat alles geklappt, danke euch
großes Lob an euer Team
sehr freundlich am Telefon
pünktlich und sauber, weiter so
das beste Frühstück seit langem
klasse, wie schnell das ging
mein neues Lieblingsgeschäft`,
  ],
  fr: [
    `toujours pas de remboursement, c'est honteux
deux heures d'attente au téléphone pour rien
mon colis est perdu et personne ne répond
encore un train supprimé, merci bien
service client inexistant
plus jamais chez vous
vous m'avez débité deux fois
le technicien n'est jamais venu
plus d'internet depuis trois jours
vol annulé, aucune information
c'est inadmissible
personnel très désagréable
l'appli plante tout le temps
ma valise est cassée et vous refusez de payer
on se moque de nous
produit arrivé en miettes
déçu, vraiment déçu
pourquoi personne ne décroche ?
j'en ai marre de vos retards
quelle arnaque`,
    `à quelle heure ouvrez-vous ?
où trouver ma facture ?
livrez-vous en Belgique ?
est-ce que le vol est à l'heure ?
comment changer mon adresse ?
je vous ai envoyé un MP
mon numéro de dossier est 5512
y a-t-il un parking ?
combien coûte l'envoi ?
peut-on venir avec un chien ?
quelle taille choisir ?
pouvez-vous me rappeler lundi ?
je cherche une chambre pour deux
c'est disponible en noir ?
nouveau magasin à Lille en mai
merci, et pour les enfants ?
je pars demain pour Rome`,
    `merci pour votre aide, tout est réglé
excellent service, bravo
équipe adorable
je suis ravie de mon achat
livré en avance, parfait
vous êtes au top
un grand merci à Julie
le meilleur hôtel de la ville
très satisfait, je recommande
rapide et efficace, merci
super accueil ce matin
j'adore la nouvelle appli
enfin reçu, magnifique
chapeau à toute l'équipe`,
  ],
  es: [
    `llevo dos horas esperando y nadie contesta
mi paquete no ha llegado y no me dan solución
otra vez sin internet, qué vergüenza
pésimo servicio, nunca más
me habéis cobrado dos veces
me perdieron la maleta y les da igual
vuelo cancelado y nadie informa
el técnico no apareció
la aplicación no funciona
llegó roto y no me lo cambian
estoy harto de ustedes
es una estafa
qué falta de respeto
sigo esperando mi reembolso
trato horrible en la tienda
¿por qué nadie responde?
la peor compañía
comida fría y camarero grosero
tres semanas y sin respuesta
inaceptable`,
    `¿a qué hora abren?
¿dónde veo mi factura?
¿hacen envíos a Canarias?
¿el vuelo sale a tiempo?
¿cómo cambio mi dirección?
les mandé un DM
mi número de pedido es 3321
¿tienen parking?
¿cuánto cuesta el envío?
¿se puede ir con perro?
¿qué talla me recomiendan?
¿me pueden llamar el lunes?
busco habitación para cuatro
¿hay en color negro?
nueva tienda en Bilbao
gracias, ¿y para niños?
mañana viajo a Lima`,
    `gracias por la ayuda, todo resuelto
excelente atención, muy amables
me encanta mi compra
llegó antes de tiempo, perfecto
sois los mejores
mil gracias a Carmen
el mejor hotel de la ciudad
muy contenta con el servicio
rápido y fácil, gracias
qué gusto volar con ustedes
súper recomendable
por fin llegó y es precioso
enhorabuena al equipo
un trato de diez`,
  ],
  it: [
    `due ore di attesa e nessuno risponde
pacco mai arrivato, vergogna
ancora senza internet
servizio pessimo, mai più
mi avete addebitato due volte
volo cancellato e nessuna informazione
il tecnico non si è visto
l'app non funziona mai
arrivato rotto, reso rifiutato
sono stufo
valigia persa e nessuno che aiuta
personale maleducato
aspetto ancora il rimborso
una truffa
treno in ritardo come sempre`,
    `a che ora aprite?
dove trovo la fattura?
spedite in Svizzera?
il volo è in orario?
come cambio indirizzo?
vi ho scritto in DM
il numero d'ordine è 771
c'è il parcheggio?
quanto costa la spedizione?
che taglia mi consigliate?
potete chiamarmi lunedì?
esiste in nero?
apre un nuovo negozio a Torino
grazie, e per i bambini?`,
    `grazie per l'aiuto, tutto risolto
servizio eccellente, complimenti
adoro il mio acquisto
arrivato in anticipo, perfetto
siete i migliori
personale gentilissimo
super soddisfatta
veloci e cortesi, grazie
il miglior albergo della zona
consigliatissimo
bravi tutti`,
  ],
  pt: [
    `duas horas à espera e ninguém atende
encomenda nunca chegou, que vergonha
sem internet outra vez
péssimo atendimento, nunca mais
cobraram duas vezes
voo cancelado e nenhuma informação
o técnico não apareceu
o app não funciona
chegou quebrado e não trocam
cansado de esperar o reembolso
perderam minha mala
atendente grosseiro
isso é um absurdo
pior empresa que já vi`,
    `que horas abrem?
onde vejo a fatura?
entregam nos Açores?
o voo está no horário?
como mudo o endereço?
mandei DM
o número do pedido é 991
tem estacionamento?
quanto custa o frete?
qual tamanho devo escolher?
podem me ligar segunda?
tem em preto?
nova loja no Porto
obrigado, e para crianças?`,
    `obrigada pela ajuda, tudo certo
ótimo atendimento, parabéns
amei minha compra
chegou antes do prazo, perfeito
vocês são demais
equipe muito simpática
super satisfeito
rápido e fácil, valeu
melhor hotel da cidade
recomendo a todos`,
  ],
  nl: [
    `al twee uur in de wacht, belachelijk
pakket nooit aangekomen en niemand reageert
weer geen internet
slechte service, nooit meer
twee keer geld afgeschreven
trein valt alweer uit
monteur is niet komen opdagen
de app werkt niet
kapot aangekomen en jullie doen niks
koffer kwijt en niemand helpt
onbeschoft personeel
ik wacht nog steeds op mijn geld
schandalig
wat een waardeloos bedrijf`,
    `hoe laat gaan jullie open?
waar vind ik de factuur?
leveren jullie in België?
is de vlucht op tijd?
hoe wijzig ik mijn adres?
ik heb een DM gestuurd
mijn ordernummer is 882
is er parkeerplek?
wat kost verzenden?
welke maat moet ik nemen?
kunnen jullie me maandag bellen?
is die er ook in het zwart?
nieuwe winkel in Breda
bedankt, en voor kinderen?`,
    `bedankt voor de hulp, alles opgelost
top service, complimenten
blij met mijn aankoop
eerder bezorgd, perfect
jullie zijn geweldig
heel vriendelijk personeel
super tevreden
snel en makkelijk, dank
beste hotel van de stad
echte aanrader`,
  ],
};
