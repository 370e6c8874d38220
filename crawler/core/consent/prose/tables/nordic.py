"""Swedish, Danish, Norwegian in both its forms, Icelandic."""

TABLE = {
    "sv": """
stop: och att det som en på är för av den med till inte har om ett våra vår eller från detta denna
neg: inte ej aldrig icke varken
no: ingen inget nej ingenting ingen_del
ban: förbjud* förbud* otillåt* undantas undantagen undantagna avböj* motsätt* nekas vägra* avvis*
ban: begräns* hindra* förhindra* får_ej olaglig* utesluts utesluten uteslutet
res: förbeh* reserver*
obj: motsätter invänd* opt_out protest*
perm: tillåt* tillåten tillåtet tillåtna godkän* medge* licensiera* fritt fri välkom* får_gärna
perm: samtycker medger accepter* tolerer* avsedd* avsett
need: kräv* behöv* fordra* förutsätt* erfordra* förutsättning kontakta begär*
only: endast enbart bara uteslutande
cons: tillstånd* samtyck* licens* medgivande avtal* godkännande tillåtelse ersättning betalning
without: utan
unless: såvida om_inte
modal: får kan ska skall måste bör må
use: använd* nyttja* utnyttj* bruka* behandla* kopiera* samla* ingå inga mata* matas bearbeta*
use: läggas
except: utom förutom med_undantag
limit: begränsning* inskränkning* villkor
we: vi jag
your: din dina ditt er era användarnas kundernas
data: data uppgifter meddelanden filer texter_du innehåll bilder samtycke meddelandena uppgifterna
data: filerna
veto: kurs kursen kurser utbildningen personuppgifter kunddata uppladdad* återbetal* deltagar*
veto: avbok* avboka* anmälan certifikat* vår_ai våra_modeller våra_ai *kurs *kursen *kurser
others: journalister medarbetare leverantör* redaktör* partner
x: används_inte används_aldrig
prod: programvara plattform labb institut team konferens bok ab
ask: varför hur vad mest_läst läs_mer
incl: inklusive även bland_annat inbegripet särskilt också däribland uttryckligen
allr: alla_rättigheter_förbehållna alla_rättigheter_förbehålles alla_rättigheter_förbehålls
holder: rättsinnehavare* rättighetshavare* upphovsmän
for: till för i av med som på
mine: text_och_data* textutvinning* datautvinning* text_och_datautvinning text_och_datamining
mine: informationsutvinning textmining data_utvinning automatiserad_analys
ml: maskininlär* maskin_inlärning djupinlär* djup_inlärning
ai: artificiell*_intelligens* språkmodell* ai_modell* ai_system* chattbot* chatbot*
model: modell* algoritm*
train: träna* *träning* tränas tränade upplär* träning*
build: utveckl* skapa* förbättra* bygga mata* datamängd* dataset korpus lära lär
scrape: skrap* skrapning* crawl* spindlar botar robotar bottar
auto: automatis* automatisk* maskinell* systematisk*
gather: insaml* hämt* åtkomst nedladd* läs* inläs* uttag*
""",
    "da": """
stop: og at det som en på er for af den med til ikke har om et vores eller fra dette denne de må sig
neg: ikke aldrig hverken ej
no: ingen intet nej ingenting ingen_del
fact: bliver_ikke
ban: forbudt forbyd* forbud* udeluk* undtag* ulovlig* nægt* afvis* uberettig* utillad* begræns*
ban: forhindr*
res: forbeh* forbeholdt forbeholdes
obj: modsætter gør_indsigelse indsigelse* opt_out protest* frabed* frabeder
perm: tillad* tilladt tillade godkend* licenser* frit fri velkom* samtykker accepter* bestemt
need: kræv* nødvendig* forudsæt* påkræv* behøv* brug_for forudsætning kontakt indhent* spørg*
only: kun alene udelukkende
cons: tilladelse* samtykke* licens* aftale* godkendelse betaling
without: uden
unless: medmindre
modal: må kan skal bør måtte
use: brug* anvend* benyt* udnyt* behandl* kopier* indgå indsaml* fodr* optages
except: undtagen bortset
limit: begrænsning* vilkår
we: vi jeg
your: din dine dit jeres deres brugernes kundernes
data: data oplysninger beskeder filer indhold billeder samtykke beskederne oplysningerne filerne
veto: kursus* kurser persondata personoplysninger kundedata uploadede tilbagebetal* deltager*
veto: afbestil* tilmeld* vores_ai vores_modeller *kursus
others: journalister medarbejdere leverandør* redaktører partner
x: bruges_ikke anvendes_ikke bruges_aldrig
prod: software platform laboratorium institut team konference bog
ask: hvorfor hvordan hvad mest_læste læs_også
incl: herunder også inklusive inkl særligt især navnlig udtrykkeligt
allr: alle_rettigheder_forbeholdes alle_rettigheder_forbeholdt
holder: rettighedshaver*
for: til for i af med som på
mine: tekst_og_data* tekst_og_datamining tekst_og_dataudvinding datamining dataudvinding tekstmining
mine: udvinding_af_tekst automatiseret_analyse
ml: maskinlæring* machinelæring dyb_læring
ai: kunstig*_intelligens* sprogmodel* ai_model* ai_system* chatbot*
model: model modeller* algoritm*
train: træn* *træning* oplær*
build: udvikl* skab* forbedr* bygg* fodr* datasæt korpus lære indlær*
scrape: scrap* skrab* crawl* robotter botter bots
auto: automatis* automatisk* maskinel* systematisk*
gather: indsaml* adgang hent* udtræk* download* aflæs*
""",
    "no": """
stop: og at det som en på er for av den med til ikke har om et vårt våre eller fra dette denne de må
stop: å ein ei frå ikkje vi innhald innhold
neg: ikke ikkje aldri verken ei
no: ingen intet ingenting nei inkje ingen_del
fact: blir_ikke
ban: forbudt forbode forby* forbud* utelukk* unntatt unnateke ulovlig* nekt* avvis* uberettig*
ban: begrens* hindr* forhindr* utestengt
res: forbeh* forbeholdt reserver*
obj: motsetter innsigelse* opt_out protest* reserverer_oss motset
perm: tillat* tillate tillatt løyv* lisensiert fritt fri velkom* samtykker samtykkjer godta*
perm: godkjen*
need: krev* nødvendig* forutset* føreset* påkrev* treng* behov forutsetning kontakt innhent*
only: kun bare berre utelukkende
cons: tillatelse* samtykke* lisens* avtale* løyve* godkjenning* betaling
without: uten utan
unless: med_mindre
modal: må kan skal bør måtte får
use: bruk* brukes brukast anvend* benytt* utnytt* nytt* behandl* kopier* inngå samle* samles hentes
use: mates mating
except: unntatt_for bortsett
limit: begrensning* avgrens* vilkår
we: vi jeg eg
your: din dine ditt deres dykkar brukernes kundenes
data: data opplysninger meldinger filer innhold bilder samtykke meldingene opplysningene filene
data: bildene innholdet_ditt
veto: kurs kurset kurser personopplysninger kundedata opplastede refusjon* deltaker* avbestill*
veto: påmelding* vår_ki våre_modeller vår_ai våre_ki *kurs
others: journalister medarbeidere leverandør* redaktører partner
x: brukes_ikke brukes_aldri
prod: programvare plattform laboratorium institutt team konferanse bok
ask: hvorfor hvordan hva mest_lest les_også kvifor
incl: herunder også inkludert inkl særlig medrekna uttrykkelig
allr: alle_rettigheter_forbeholdt alle_rettar_reserverte alle_rettigheter_reservert
holder: rettighetshaver* rettshavar*
for: til for i av med som på
mine: tekst_og_data* datautvinning* tekst_og_datautvinning tekstutvinning tekst_og_datautvinninga
mine: datamining tekstmining automatisert_analyse
ml: maskinlæring* djuplæring maskin_læring dyp_læring
ai: ki kunstig*_intelligens* språkmodell* ki_modell* ai_modell* samtalerobot* chatbot*
model: modell* algoritm*
train: tren* *trening* opplær* trenast trene
build: utvikl* skap* forbedr* bygg* mat* datasett korpus lære
scrape: scrap* skrap* crawl* roboter boter bots
auto: automatis* automatisk* maskinell* systematisk*
gather: innsaml* tilgang hent* uttrekk* nedlast* avles*
""",
    "is": """
stop: og að í er á sem til við með um af ekki þessi þetta frá eða fyrir
neg: ekki aldrei né hvorki
no: engin ekkert enginn nei
ban: bannað bönnuð bannaður óheimil* óheimilt bann* undanskil* hafna*
res: áskil* áskilinn áskilin réttur_áskilinn
obj: mótmæl* andmæl* opt_out
perm: heimil* heimilt leyfil* leyft leyfð frjáls* velkomið samþykkj*
need: þarf krefst krafist nauðsynleg*
only: aðeins eingöngu einungis
cons: leyfi* samþykki* heimild* samning*
without: án
unless: nema
modal: má mega skal
use: nota* notað notuð nýta* nýtt afrita* safna*
except: nema_að
limit: takmarkan* skilyrði
we: notum við
your: þín þínar þinn ykkar
data: gögn skilaboð upplýsingar
veto: námskeið* endurgreið* persónuupplýs*
ask: hvers_vegna hvernig af_hverju
incl: þar_með þ_m_t einkum sérstaklega einnig
allr: allur_réttur_áskilinn öll_réttindi_áskilin
for: til í við fyrir
mine: texta_og_gagna* gagnanám* textanám* gagnagröft* námugröft* textanám_og_gagnanám
ml: vélnám* vélanám* vélræn*_nám*
ai: gervigreind* mállíkan* spunagreind*
model: líkan* líkön
train: þjálf* þjálfun* kenna
build: þróun þróa mata
scrape: skrap* skriðil* vefskröpun
auto: sjálfvirk*
gather: söfnun safna* aðgang*
""",
}
