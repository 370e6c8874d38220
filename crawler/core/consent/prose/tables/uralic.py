"""Finnish, Estonian, Hungarian, and the Baltic languages."""

TABLE = {
    "fi": """
stop: ja on ei se että ovat tämä tämän sivuston sisältö sisältöä tai myös kuin tekstien tekstejä
stop: mukaan meidän emme joka sekä
neg: ei eivät emme älä älkää en
no: mikään mitään ei_mitään
ban: kielle* kielletty* kiellä* kiellämme kielto* rajattu rajoit* estet* evät* luvaton* luvatto*
ban: laito* poissulj* suljet* pois_suljettu sulkee
res: pidät* varat* varaa
obj: vastust* vastusta* opt_out kieltäydy*
perm: salli* sallittu sallita luvallis* vapaa* vapaasti lupa_on hyväksy* suostu* annamme
perm: saa_vapaasti tervetul* lisensoi* ei_tarvita tarkoitet*
want: toivo* halua*
need: edellyt* vaati* vaatii tarvitaan tarvitse* tarpee* pyydettävä hankittava pakollis* edellytys
need: edellytyksenä yhteyttä pyydä*
only: vain ainoastaan yksinomaan
cons: lupa lupaa luvalla luvan lupam* suostumu* lisenssi* sopimu* hyväksyn* korvau*
without: ilman
unless: ellei
modal: saa saavat voi voida voidaan pidä tule saisi
use: käyttä* käytet* käyttö* hyödynt* hyödynnet* kopio* kerä* syött* syötet* luovut* sisällyt*
use: louhia
except: paitsi lukuun_ottamatta
limit: rajoituks* ehtoja
we: käytämme me
your: sinun teidän käyttäjien asiakkaiden
data: tietoja tietoa viestejä tiedostoja sisältöäsi
veto: tietojasi tietojanne viestejäsi kurssi* kurssin koulutuspäiv* osallistuj* peruutus* palautus*
veto: henkilötie* ilmoittaut* lataamia tiedostojasi viestejänne asiakastie* *kurssi *kurssin
veto: *kurssit *kurssille
others: toimittaj* työntekij* kumppani* palveluntarjo*
x: emme_käytä
prod: ohjelmisto alusta laboratorio instituutti tiimi konferenssi kirja
ask: miksi miten mitä luetuimmat lue_myös
incl: mukaan_lukien myös erityisesti sisältäen mukaan_luettuna sekä
allr: kaikki_oikeudet_pidätetään kaikki_oikeudet_pidätetty
holder: oikeudenhaltij* oikeudenomist*
for: varten
mine: tekstinlouhin* tiedonlouhin* datanlouhin* tekstin_ja_tiedonlouhin* tekstin_ja_datan*
mine: tekstin_ja_tiedon louhin* tiedonhak*_louhi
ml: koneoppi* syväoppi* koneoppimi*
ai: tekoäly* kielimalli* kielimall* tekoälymall* neuroverk* chatbot* ai
model: malli* mallien mallej* algoritm*
train: koulut* koulutu* kouluttam* opetta* opettam* opetu* valmenn* treena* harjoit*
build: kehittä* kehity* luomi* luoda parant* aineisto* koulutusaineisto* syött* syötet* syötteen*
scrape: skreip* raapi* kaavi* crawl* scrap* robot* botit botteja
auto: automaat* automatis* automatisoi* koneelli*
gather: kerää* keruu* keräämi* pääsy* lataamin* luku lukeminen poimi*
""",
    "et": """
stop: ja on ei see et selle meie sisu või ka ning kui saidi lehe tekste tekstide mis ega
neg: ei ega ära ärge
no: mitte ükski mingit_ei
ban: keela* keelat* keelatud keelame keeld välista* välistatud lubamat* ebaseadusl* loata piira*
ban: ei_tohi ei_ole_lubatud pole_lubatud ei_luba pole_luba
res: reserveeri* jätame_endale jätab_endale kaitstud_sh
obj: vaidle* vastu oleme_vastu opt_out keeldu*
perm: luba* lubatud lubame lubab vaba* vabalt nõustu* nõus tohib litsentsi_alusel teretulnud
perm: pole_vaja ei_ole_vaja mõeldud
need: nõua* vaja* vajalik* eelda* tuleb_küsida vajab eeldus* ühendust küsi*
only: ainult üksnes vaid
cons: luba loal loata_ei nõusolek* nõusolekul litsents* leping* lepingu*
without: ilma loata nõusolekuta
modal: tohi tohib või_ei saa võib
use: kasuta* kasutada kasutamine kasutami* kopeeri* kogu* kogumine töödel* sööta*
except: välja_arvatud v_a
limit: piiranguteta piirang* tingimus*
we: kasutame me
your: teie sinu kasutajate klientide
data: andmeid andmete sõnumeid faile
veto: kursus* koolituse_hind osaleja* tagastus* isikuandme* registreeri* *kursus
x: ei_kasuta
ask: miks kuidas mis
incl: sealhulgas ka kaasa_arvatud eelkõige samuti sh
allr: kõik_õigused_kaitstud kõik_õigused_on_kaitstud kõik_õigused_reserveeritud
for: jaoks
mine: andmekaev* tekstikaev* teksti_ja_andmekaev* teksti_ja_andmekaeve andmekaeve
ml: masinõp* masinõppe* sügavõp* masinõpe
ai: tehisintellekt* tehisaru* keelemudel* TI juturobot*
model: mudel* algoritm*
train: treeni* treenimi* koolita* õpeta* õpetami* treenida
build: arenda* loomi* luua täiusta* sööta* andmestik*
scrape: kraapi* kraapimi* crawl* scrap* robot* botid
auto: automaat* automatiseeri*
gather: kogumi* ligipääs* juurdepääs* allalaadi*
""",
    "hu": """
stop: a az és nem is hogy egy van vagy csak ezen ez oldal tartalma tartalmat cikkek cikkeink
stop: valamint
neg: nem ne soha sem nincs
no: semmi semmilyen egyetlen tilos_nem nem
ban: tilos tilt* tiltott tiltjuk megtilt* kizár* kizárt elutasít* jogellen* jogosulatlan*
ban: engedély_nélküli nem_engedélyezett korlátoz* megtagad* sért* sérti
res: fenntart* fenntartja fenntartva fenntartjuk
obj: tiltakoz* kifogás* ellenez* ellenezzük opt_out
perm: engedély* engedélyez* enged megenged* megengedett szabad szabadon hozzájárulunk hozzájárul
perm: beleegyez* lehet lehetséges jogosult megengedjük
need: szükség* szükséges kell köteles* igényel igényl* köthet* függ kötött* feltétele előfeltétel*
need: forduljon kérjen kérni
only: csak kizárólag csupán
cons: engedély engedélye engedélyével engedéllyel engedélyhez engedélyünk* hozzájárulás*
cons: beleegyezés* licenc* szerződés* megállapodás* jóváhagyás*
without: nélkül
unless: kivéve_ha
modal: lehet szabad
use: használ* használhat* felhasznál* másol* gyűjt* feldolgoz* alkalmaz* bevon* etetn* szolgál*
except: kivéve
limit: korlátozás* feltétel*
we: használjuk használunk mi
your: felhasználóink ügyfeleink ön önök
data: adatok adatait üzenetek fájlok
veto: adatait adataidat adataikat üzeneteit fájljait tanfolyam* képzés_díja visszatérít* résztvev*
veto: lemond* személyes_adat* jelentkez* oktatás_díja modelljeink* saját_modell* *tanfolyam
others: munkatárs* partner* szolgáltató* újságír*
x: nem_használjuk
prod: szoftver platform laboratórium intézet csapat konferencia könyv kft
ask: miért hogyan mi_az legolvasottabb
incl: beleértve ideértve különösen is továbbá
allr: minden_jog_fenntartva minden_jog_fenntartott
holder: jogosultak jogtulajdonos*
for: céljára céljából való
mine: szövegbányász* adatbányász* szöveg_és_adatbányász* adatbányászat
ml: gépi_tanul* gépi_tanít* mélytanul* gépi_tanulás*
ai: MI mesterséges_intelligenc* nyelvi_modell* mi_modell* MI_modell* chatbot* nagy_nyelvi
ai: neurális_háló*
model: modell* algoritmus*
train: tanít* tanítás* betanít* képz* képzés* tanul*
build: fejleszt* létrehoz* javít* épít* adathalmaz* adatkészlet* korpusz*
scrape: scrap* kapar* crawl* robotok robot botok
auto: automat* automatiz* gépi
gather: gyűjt* letölt* hozzáfér* kinyer* lekérdez*
""",
    "lv": """
stop: un ir ar no uz par kas šī šis šo mūsu saturs saturu vai arī lai tiek nav pie
neg: ne nekad nav
no: nekād* neviens neviena nav
ban: aizlieg* aizliegt* liegt* liegta izslēgt* noraid* nedrīkst neatļau* nav_atļaut* prettiesisk*
ban: nelikumīg* ierobežo* nepieļau* nepiekrīt* nedod* neļau* atteik*
res: paturēt* patur* rezervē* rezervēt* paturam
obj: iebild* iebilst* opt_out iebilstam
perm: atļaut* atļauj* atļauta brīv* brīvi piekrīt* drīkst pieļauj* pieļaujam* nevajag
perm: nav_nepieciešam* nav_vajadzīg*
need: nepiecieš* vajadzīg* jāsaņem prasa pieprasa vajag vajadz* nosacījums_ir sazin*
only: tikai vienīgi
cons: atļauj* atļauju atļaujas piekrišan* licenc* līgum* vienošan* saskaņo*
without: bez
modal: drīkst var
use: izmanto* izmantot lietot* lieto* kopēt* kopēš* vākt* apstrād*
except: izņemot
limit: ierobežojum* nosacījum*
we: izmantojam neizmantojam mēs
your: jūsu tavus lietotāju
data: datus datu dati ziņas failus
veto: kurs* apmācības_kurs* atmaks* dalībniek* personas_datus personas_dati
ask: kāpēc kā kas
incl: tostarp arī ieskaitot jo_īpaši kā_arī it_īpaši
allr: visas_tiesības_aizsargātas visas_tiesības_paturētas
for: lai kā ar
mine: datizrac* tekstizrac* teksta_un_datizrac* teksta_un_datu datu_ieguv* tekstizrace datu_rakš*
ml: mašīnmāc* mašīnmācī* mašīnapmāc* dziļ*_mācī*
ai: MI mākslīg*_intelekt* valodas_model* valodu_model*
model: model* algoritm*
train: apmāc* apmācī* apmācīb* trenēt* trenē* mācīt*
build: izstrād* izveid* radīš* uzlabo*
scrape: rasmo* skrāp* kasīš* crawl* robot* boti scrap*
auto: automātisk* automatiz*
gather: vākš* piekļuv* lejupiel* ieguv* iegūš*
""",
    "lt": """
stop: ir yra su iš į apie kad ši šis šio mūsų turinys turinio turinį ar arba taip per dėl
neg: ne niekada nėra nei
no: jokia joks jokios jokio jokie nėra niekas ne
ban: drau* draudžiam* uždraust* draud* negalima nedraud_ne neleid* neleidžiam* neleistin* negali
ban: atsisako* nesutink* neteisėt* ribo* išskyrus_draud nesuteik* neduod* pašalin*
res: saugom* rezerv* pasilie* pasiliek* išlaik*
obj: prieštarau* nesutinkame opt_out nepritari*
perm: leidž* leidžiam* leist* leidžiama laisv* galima sutink* suteik* nereik* nebūtin*
want: pageidau* nori*
need: reikaling* reikia būtin* privalo* reikalau* gauti gavus sąlyga kreip*
only: tik vien išimtinai
cons: leidim* sutikim* licencij* sutart* susitarim*
without: be
modal: gali galima turi
use: naudo* naudojam* naudoti panaudo* kopijuo* rinkti rinki* apdoro* skirt*
except: išskyrus
limit: apribojim* sąlyg*
we: naudojame nenaudojame mes
your: jūsų tavo naudotojų
data: duomenis duomenų žinutes failus
veto: kursai kursas kursų mokymų dalyvi* grąžin* asmens_duomen* jūsų_duomen* mokymai
ask: kodėl kaip kas
incl: įskaitant taip_pat ypač tarp_jų
allr: visos_teisės_saugomos visos_teisės_ginamos
for: kaip su į
mine: duomenų_gavyb* teksto_ir_duomenų_gavyb* tekstų_ir_duomenų teksto_gavyb* tekstų_gavyb*
mine: duomenų_kasyb* gavyba gavybos
ml: mašinin*_mokym* gil*_mokym* mašininis_mokymas kompiuterin*_mokym*
ai: DI dirbtin*_intelekt* kalbos_model* kalbin*_model*
model: model* algoritm*
train: treniruo* moky* mokym* apmok* apmoky* mokinti mokom*
build: kurti kūrim* tobulin* plėto* kuriam*
scrape: scrap* nuskait* robot* botai crawl* grandym*
auto: automat* automatin* automatizuot*
gather: rinki* prieig* atsisiun* surink*
""",
}
