"""Swedish, Danish, Norwegian in both its forms, Icelandic."""

TABLE = {
    "sv": """
stop: och att det som en på är för av den med till inte har om ett våra vår eller från detta denna
neg: inte ej aldrig icke varken
no: ingen inget nej ingenting ingen_del ingens någonsin_inte
ban: förbjud* förbud* otillåt* undantas undantagen undantagna avböj* motsätt* nekas vägra* avvis*
ban: begräns* hindra* förhindra* får_ej olaglig* utesluts utesluten uteslutet strider uteslut*
ban: undantar ej_tillåt* ogill* fråns* förvägr* bestrid* nekar intrång kränker bryter_mot
ban: hör_inte_hemma
res: förbeh* reserver* behåller behålls tillkommer ligger_hos kvarstår
obj: motsätter invänd* opt_out protest* valt_bort väljer_bort
perm: tillåt* tillåten tillåtet tillåtna godkän* medge* licensiera* fritt fri välkom* får_gärna
perm: samtycker medger accepter* tolerer* behörig berättigad bemyndigad får_lov fritt_fram lovlig*
perm: uppmuntr* går_med
need: kräv* behöv* fordra* förutsätt* erfordra* förutsättning kontakta begär* få inhämta* teckna
need: söka skaffa fråga kontaktas anhålla förvärva köpa betala be_om ingå_avtal
only: endast enbart bara uteslutande
cons: tillstånd* samtyck* licens* medgivande avtal* godkännande tillåtelse ersättning betalning rätt
cons: rätten rättighet* lov upphovsmannens överenskommelse* medgiv*
without: utan
unless: såvida om_inte
modal: får kan ska skall måste bör må
use: använd* nyttja* utnyttj* bruka* behandla* kopiera* samla* ingå inga mata* matas bearbeta*
use: läggas hamna bli låta lämnas läggas_in läggas_till föras tas_in mata_in utgöra tjäna matas_in
use: läsas_in
except: utom förutom med_undantag
limit: begränsning* inskränkning* villkor
we: vi jag
your: din dina ditt er era användarnas kundernas
data: data uppgifter meddelanden filer texter_du innehåll bilder samtycke meddelandena uppgifterna
data: filerna
veto: kurs kursen kurser utbildningen personuppgifter kunddata uppladdad* återbetal* deltagar*
veto: avbok* avboka* anmälan certifikat* vår_ai våra_modeller våra_ai *kurs *kursen *kurser
others: journalister medarbetare leverantör* redaktör* partner domstol* riksdagen undersökning*
others: tingsrätt* studie dom regeringen
x: används_inte används_aldrig
prod: programvara plattform labb institut team konferens bok ab
ask: varför hur vad mest_läst läs_mer
incl: inklusive även bland_annat inbegripet särskilt också däribland uttryckligen
allr: alla_rättigheter_förbehållna alla_rättigheter_förbehålles alla_rättigheter_förbehålls
holder: rättsinnehavare* rättighetshavare* upphovsmän
for: till för i med som på
mine: text_och_data* textutvinning* datautvinning* text_och_datautvinning text_och_datamining
mine: informationsutvinning textmining data_utvinning automatiserad_analys
ml: maskininlär* maskin_inlärning djupinlär* djup_inlärning träningsdata* träningsmaterial*
ml: träningsmängd* träningsunderlag* inlärningsdata
ai: artificiell*_intelligens* språkmodell* ai_modell* ai_system* chattbot* chatbot* generativ*
ai: bildgenerator* textgenerator* lärande_system neurala_nät* stora_språkmodell* bildmodell*
ai: talmodell*
model: modell* algoritm*
train: träna* *träning* tränas tränade upplär* träning* träna_upp upptränad* inlär* lära_upp
train: vidareträna* finjuster*
build: utveckl* skapa* förbättra* bygga mata* datamängd* dataset korpus lära lär mata_in inmatning*
build: mat* ladda_upp lägga_in läggas_in föra_in läsa_in fodrar
scrape: skrap* skrapning* crawl* spindlar botar robotar bottar
auto: automatis* automatisk* maskinell* systematisk*
gather: insaml* hämt* åtkomst nedladd* läs* inläs* uttag*
want: avsedd avsedda ämnad ämnade tillgänglig* tänkt tänkta till_förfogande erbjud* avsett
made: skrivna skriven skrivit skapad* skapat genererad* genererat framställd* översatt* producerad*
by: av
org: institut* institution* laborator* avdelning centrum högskola sällskap förening konferens
over: till för på
""",
    "da": """
stop: og at det som en på er for af den med til ikke har om et vores eller fra dette denne de må sig
neg: ikke aldrig hverken ej
no: ingen intet nej ingenting ingen_del
fact: bliver_ikke
ban: forbudt forbyd* forbud* udeluk* undtag* ulovlig* nægt* afvis* uberettig* utillad* begræns*
ban: forhindr* strider uønsk* ikke_tillade* modsat hindr* uretmæssig* strafbar* afskær* krænk*
ban: overtræd* hører_ikke_hjemme
res: forbeh* forbeholdt forbeholdes beholder ligger_hos tilkommer
obj: modsætter gør_indsigelse indsigelse* opt_out protest* frabed* frabeder fravalgt fravælger
obj: fravælges fravalg
perm: tillad* tilladt tillade godkend* licenser* frit fri velkom* samtykker accepter* berettiget
perm: bemyndiget beføjet lovlig* hjemmel går_med
need: kræv* nødvendig* forudsæt* påkræv* behøv* brug_for forudsætning kontakt indhent* spørg* få
need: søge bede anmode købe betale tegne erhverve betingelse betinger bedes kontakte indgå_aftale
need: indgås_aftale
only: kun alene udelukkende
cons: tilladelse* samtykke* licens* aftale* godkendelse betaling lov ret retten rettigheder
cons: overenskomst* godkendelser bemyndigelse accept rettighed
without: uden
unless: medmindre
modal: må kan skal bør måtte
use: brug* anvend* benyt* udnyt* behandl* kopier* indgå indsaml* fodr* optages ende havne blive lade
use: indgår ende_i tjene lægges tages mates indlæses indsættes overføres
except: undtagen bortset
limit: begrænsning* vilkår
we: vi jeg
your: din dine dit jeres deres brugernes kundernes
data: data oplysninger beskeder filer indhold billeder samtykke beskederne oplysningerne filerne
veto: kursus* kurser persondata personoplysninger kundedata uploadede tilbagebetal* deltager*
veto: afbestil* tilmeld* vores_ai vores_modeller *kursus
others: journalister medarbejdere leverandør* redaktører partner domstol* folketinget undersøgelse*
others: højesteret studie dommen regeringen
x: bruges_ikke anvendes_ikke bruges_aldrig
prod: software platform laboratorium institut team konference bog
ask: hvorfor hvordan hvad mest_læste læs_også
incl: herunder også inklusive inkl særligt især navnlig udtrykkeligt
allr: alle_rettigheder_forbeholdes alle_rettigheder_forbeholdt
holder: rettighedshaver*
for: til for i med som på
mine: tekst_og_data* tekst_og_datamining tekst_og_dataudvinding datamining dataudvinding tekstmining
mine: udvinding_af_tekst automatiseret_analyse
ml: maskinlæring* machinelæring dyb_læring træningsdata træningsmateriale* træningssæt*
ml: træningsgrundlag oplæringsdata dyb_indlæring dybdelæring
ai: kunstig*_intelligens* sprogmodel* ai_model* ai_system* chatbot* generativ* billedgenerator*
ai: tekstgenerator* lærende_system* neurale_netværk* billedmodel* talemodel*
model: model modeller* algoritm*
train: træn* *træning* oplær* optræn* lære_op finjuster* videretræn*
build: udvikl* skab* forbedr* bygg* fodr* datasæt korpus lære indlær* indlæs* indtast* upload*
build: indfør* lægge_ind indsæt* lægges_ind mader
scrape: scrap* skrab* crawl* robotter botter bots
auto: automatis* automatisk* maskinel* systematisk*
gather: indsaml* adgang hent* udtræk* download* aflæs*
want: beregnet tiltænkt tilgængelig* til_rådighed stillet_til bestemt egnet
made: skrevet skrevne skabt genereret* lavet oversat fremstillet udarbejdet produceret
by: af
org: institut* laborator* center afdeling fakultet selskab forening konference
over: til på
""",
    "no": """
stop: og at det som en på er for av den med til ikke har om et vårt våre eller fra dette denne de må
stop: å ein ei frå ikkje vi innhald innhold
neg: ikke ikkje aldri verken ei
no: ingen intet ingenting nei inkje ingen_del ingen_har inga ingi nokon_gong_ikkje
fact: blir_ikke
ban: forbudt forbode forby* forbud* utelukk* unntatt unnateke ulovlig* nekt* avvis* uberettig*
ban: begrens* hindr* forhindr* utestengt strider uønskt uønsket ulovleg* avslå* stengt stengde
ban: mot_vilkårene rettsstridig* krenk* lovstridig* seier_nei sier_nei vi_nektar bryt
ban: høyrer_ikkje_heime hører_ikke_hjemme bryter
res: forbeh* forbeholdt reserver* atterheld* tek_atterhald atterhald beholder behold* ligger_hos
res: ligg_hos tilligger tilfaller tilhøyrer
obj: motsetter innsigelse* opt_out protest* reserverer_oss motset reservert_oss reservert_seg
obj: reserverer_seg valgt_bort
perm: tillat* tillate tillatt løyv* lisensiert fritt fri velkom* samtykker samtykkjer godta*
perm: godkjen* berettiget bemyndiget hjemmel lovlig* lovleg* går_med
need: krev* nødvendig* forutset* føreset* påkrev* treng* behov forutsetning kontakt innhent* få søke
need: be_om kjøpe betale tegne skaffe spørre spørje skaffast vilkår_for inngå_avtale
only: kun bare berre utelukkende
cons: tillatelse* samtykke* lisens* avtale* løyve* godkjenning* betaling lov rett retten rettar
cons: rettighet* rettigheter medhald overenskomst* rettane
without: uten utan
unless: med_mindre
modal: må kan skal bør måtte får
use: bruk* brukes brukast anvend* benytt* utnytt* nytt* behandl* kopier* inngå samle* samles hentes
use: mates mating ende havne bli la inngår leggast legges tas_i_bruk takast hamne tjene bli_brukt
use: mates_inn lese_inn
except: unntatt_for bortsett
limit: begrensning* avgrens* vilkår
we: vi jeg eg
your: din dine ditt deres dykkar brukernes kundenes
data: data opplysninger meldinger filer innhold bilder samtykke meldingene opplysningene filene
data: bildene innholdet_ditt
veto: kurs kurset kurser personopplysninger kundedata opplastede refusjon* deltaker* avbestill*
veto: påmelding* vår_ki våre_modeller vår_ai våre_ki *kurs
others: journalister medarbeidere leverandør* redaktører partner domstol* tingrett* stortinget
others: undersøking* undersøkelse* studie dommen regjeringen regjeringa
x: brukes_ikke brukes_aldri
prod: programvare plattform laboratorium institutt team konferanse bok
ask: hvorfor hvordan hva mest_lest les_også kvifor
incl: herunder også inkludert inkl særlig medrekna uttrykkelig
allr: alle_rettigheter_forbeholdt alle_rettar_reserverte alle_rettigheter_reservert
holder: rettighetshaver* rettshavar*
for: til for i med som på
mine: tekst_og_data* datautvinning* tekst_og_datautvinning tekstutvinning tekst_og_datautvinninga
mine: datamining tekstmining automatisert_analyse
ml: maskinlæring* djuplæring maskin_læring dyp_læring treningsdata treningsmateriale* treningssett*
ml: treningsgrunnlag opplæringsdata dyplæring opplæringsmateriale
ai: ki kunstig*_intelligens* språkmodell* ki_modell* ai_modell* samtalerobot* chatbot* generativ*
ai: bildegenerator* biletgenerator* tekstgenerator* nevrale_nettverk* lærende_system* bildemodell*
ai: kunstig_intelligens
model: modell* algoritm*
train: tren* *trening* opplær* trenast trene trene_opp opptren* lære_opp finjuster*
build: utvikl* skap* forbedr* bygg* mat* datasett korpus lære lese_inn innles* laste_opp legge_inn
build: legges_inn føre_inn putte fôrer
scrape: scrap* skrap* crawl* roboter boter bots
auto: automatis* automatisk* maskinell* systematisk*
gather: innsaml* tilgang hent* uttrekk* nedlast* avles*
want: ment meint beregnet berekna tiltenkt tilgjengelig* tilgjengeleg* egnet eigna til_rådighet
want: til_disposisjon tenkt
made: skrevet skrevne skrive_av laget laga skapt generert* oversatt omsett omsette produsert
by: av
org: institutt* laborator* senter avdeling fakultet selskap forening konferanse
over: til på
""",
    "is": """
stop: og að í er á sem til við með um af ekki þessi þetta frá eða fyrir
neg: ekki aldrei né hvorki
no: engin ekkert enginn nei engum engan engu ekkert_af
ban: bannað bönnuð bannaður óheimil* óheimilt bann* undanskil* hafna* óleyfileg* ólögleg* banna_*
ban: synjað útilok* mótfall* brýtur brot_gegn brot_á
res: áskil* áskilinn áskilin réttur_áskilinn heldur_eftir
obj: mótmæl* andmæl* opt_out
perm: heimil* heimilt leyfil* leyft leyfð frjáls* velkomið samþykkj* leyfist leyfa réttháf*
need: þarf krefst krafist nauðsynleg* þarf_að_fá afla skilyrði sækja_um óska_eftir aflað háð háðar
only: aðeins eingöngu einungis
cons: leyfi* samþykki* heimild* samning* rétt rétti réttinn réttindi rétturinn leyfum umboð
without: án
unless: nema
modal: má mega skal
use: nota* notað notuð nýta* nýtt afrita* safna* nýting notkun enda lenda setja settar verða fara
use: mata fóðra vinna unnar notist
except: nema_að
limit: takmarkan* skilyrði
we: notum við
your: þín þínar þinn ykkar þína þinna þínum
data: gögn skilaboð upplýsingar gögn* skilaboð* upplýsing*
veto: námskeið* endurgreið* persónuupplýs*
ask: hvers_vegna hvernig af_hverju
incl: þar_með þ_m_t einkum sérstaklega einnig
allr: allur_réttur_áskilinn öll_réttindi_áskilin
for: til í við fyrir sem
mine: texta_og_gagna* gagnanám* textanám* gagnagröft* námugröft* textanám_og_gagnanám
mine: texta_og_gagnanám* námavinnsl* gagnavinnsl*_texta
ml: vélnám* vélanám* vélræn*_nám* þjálfunargögn* þjálfunarefni* djúpnám*
ai: gervigreind* mállíkan* spunagreind* myndgreind* tungumálalíkan* spjallmenni* tauganet* mállík*
model: líkan* líkön
train: þjálf* þjálfun* kenna kenna_
build: þróun þróa mata færa_inn setja_inn hlaða innslátt* mötun matar fóðrar læra lærir kenna
scrape: skrap* skriðil* vefskröpun
auto: sjálfvirk*
gather: söfnun safna* aðgang*
want: ætlað ætluð ætlaðar ætlaður ætlaðir til_ráðstöfunar boðin
made: skrifað skrifuð samið búið_til búin_til þýtt framleitt myndað
by: af
over: til á
others: dómstól* alþingi ríkisstjórn*
""",
}
