"""Finnish, Estonian, Hungarian, and the Baltic languages."""

TABLE = {
    "fi": """
stop: ja on ei se että ovat tämä tämän sivuston sisältö sisältöä tai myös kuin tekstien tekstejä
stop: mukaan meidän emme joka sekä
neg: ei eivät emme älä älkää en
no: mikään mitään ei_mitään kukaan kenelläkään kenenkään kenellekään missään mistään
ban: kielle* kielletty* kiellä* kiellämme kielto* rajattu rajoit* estet* evät* luvaton* luvatto*
ban: laito* poissulj* suljet* pois_suljettu sulkee kieltä* kieltää kieltävät laittom* lainvasta*
ban: ristirii* rikko* rikkom* loukka* torjum* sulkeneet
cannot: ei_saa eivät_saa ei_ole_oikeutta ei_voida ei_sallita ei_ole_sallittua ei_myönnä ei_anneta
cannot: emme_salli emme_anna
res: pidät* varat* varaa itsellään itsellämme jäävät kuuluu
obj: vastust* vastusta* opt_out kieltäydy*
perm: salli* sallittu sallita luvallis* vapaa* vapaasti lupa_on hyväksy* suostu* annamme
perm: saa_vapaasti tervetul* lisensoi* ei_tarvita oikeutettu oikeutettuja valtuutettu
want: toivo* halua* tarkoitettu tarkoitettuja saatavilla käytettävissä tarjol* tarjoamme
need: edellyt* vaati* vaatii tarvitaan tarvitse* tarpee* pyydettävä hankittava pakollis* edellytys
need: edellytyksenä yhteyttä pyydä* hankki* hankkia solmi* pyytää saatava sovittava ostaa maksaa
need: kysyä tehtävä saada_ensin neuvotel*
only: vain ainoastaan yksinomaan
cons: lupa lupaa luvalla luvan lupam* suostumu* lisenssi* sopimu* hyväksyn* korvau* oikeus oikeutta
cons: oikeuden oikeudet kirjallinen lupia käyttölupa*
without: ilman
unless: ellei
modal: saa saavat voi voida voidaan pidä tule saisi
use: käyttä* käytet* käyttö* hyödynt* hyödynnet* kopio* kerä* syött* syötet* luovut* sisällyt*
use: louhia päätyä joutua liittä* siirtä* ottaa muuttaa
except: paitsi lukuun_ottamatta
limit: rajoituks* ehtoja
we: käytämme me
your: sinun teidän käyttäjien asiakkaiden
data: tietoja tietoa viestejä tiedostoja sisältöäsi
veto: tietojasi tietojanne viestejäsi kurssi* kurssin koulutuspäiv* osallistuj* peruutus* palautus*
veto: henkilötie* ilmoittaut* lataamia tiedostojasi viestejänne asiakastie* *kurssi *kurssin
veto: *kurssit *kurssille
others: toimittaj* työntekij* kumppani* palveluntarjo* tuomioistui* oikeus_päätti eduskunta tutkimus
others: hallitus
x: emme_käytä
prod: ohjelmisto alusta laboratorio instituutti tiimi konferenssi kirja
ask: miksi miten mitä luetuimmat lue_myös
incl: mukaan_lukien myös erityisesti sisältäen mukaan_luettuna sekä
allr: kaikki_oikeudet_pidätetään kaikki_oikeudet_pidätetty
holder: oikeudenhaltij* oikeudenomist*
for: varten
mine: tekstinlouhin* tiedonlouhin* datanlouhin* tekstin_ja_tiedonlouhin* tekstin_ja_datan*
mine: tekstin_ja_tiedon louhin* tiedonhak*_louhi tekstin_ja_datanlouhin* louhia_teks* louhia_tieto*
ml: koneoppi* syväoppi* koneoppimi* opetusdata* koulutusdata* opetusaineisto* koulutusaineisto*
ml: harjoitusaineisto* opetusmateriaal* harjoitusdata* oppimisaineisto*
ai: tekoäly* kielimalli* kielimall* tekoälymall* neuroverk* chatbot* ai generatiivi*
ai: kuvageneraattor* tekstigeneraattor* oppiv*_järjestelm* perusmall*
model: malli* mallien mallej* algoritm*
train: koulut* koulutu* kouluttam* opetta* opettam* opetu* valmenn* treena* harjoit* harjaannutt*
train: valmentaa
build: kehittä* kehity* luomi* luoda parant* aineisto* koulutusaineisto* syött* syötet* syötteen*
build: lata* lisäämi* ruokki*
scrape: skreip* raapi* kaavi* crawl* scrap* robot* botit botteja
auto: automaat* automatis* automatisoi* koneelli*
gather: kerää* keruu* keräämi* pääsy* lataamin* luku lukeminen poimi*
made: kirjoitta* tuottam* luom*_kuv* tekem* kääntäm* laatim*
org: instituutti laboratorio laitos keskus tiedekunta osasto yhdistys
""",
    "et": """
stop: ja on ei see et selle meie sisu või ka ning kui saidi lehe tekste tekstide mis ega
neg: ei ega ära ärge
no: mitte ükski mingit_ei keegi kellelgi kellelegi kusagil ükskõik_ei ühtegi mingit mingil
ban: keela* keelat* keelatud keelame keeld välista* välistatud lubamat* ebaseadusl* loata piira*
ban: pole_luba õigusvasta* seadusevasta* keelustat* rikku* rikub takista*
cannot: ei_tohi ei_või ei_ole_lubatud pole_lubatud ei_luba pole_õigust ei_ole_õigust ei_anna
cannot: ei_nõustu ei_ole_mõeldud pole_mõeldud ei_ole_ette_nähtud pole_ette_nähtud ei_lubata
res: reserveeri* jätame_endale jätab_endale kaitstud_sh jätame jätab säilita* kuulub endale
obj: vaidle* vastu oleme_vastu opt_out keeldu*
perm: luba* lubatud lubame lubab vaba* vabalt nõustu* nõus tohib litsentsi_alusel teretulnud
perm: pole_vaja ei_ole_vaja õigustatud volitatud
need: nõua* vaja* vajalik* eelda* tuleb_küsida vajab eeldus* ühendust küsi* hankida saada sõlmida
need: osta taotle* maksta eeltingimus hanki* omandada
only: ainult üksnes vaid
cons: luba loal loata_ei nõusolek* nõusolekul litsents* leping* lepingu* õigus õigust õigused
cons: kirjalik kokkulep* volitus* heakskii*
without: ilma loata nõusolekuta
modal: tohi tohib või_ei saa võib
use: kasuta* kasutada kasutamine kasutami* kopeeri* kogu* kogumine töödel* sööta* sattuda jõuda
use: panna lisada söötmi* sisesta* anda muuta kasutus* lisami*
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
mine: teksti_ja_andmekaevet teksti_ja_andmekaevandam* teksti_ja_andmehõive andmehõive*
ml: masinõp* masinõppe* sügavõp* masinõpe treeningandme* õppeandme* treeningmaterjal* treeningkogum*
ml: koolitusandme* treeningandmestik*
ai: tehisintellekt* tehisaru* keelemudel* TI juturobot* generatiiv* pildigeneraator*
ai: tekstigeneraator* suur*_keelemudel*
model: mudel* algoritm*
train: treeni* treenimi* koolita* õpeta* õpetami* treenida väljaõp*
build: arenda* loomi* luua täiusta* sööta* andmestik* sisesta* laadimi* üleslaadi* sisestami*
build: lisami* toit* söötmi* toidab söödab
scrape: kraapi* kraapimi* crawl* scrap* robot* botid
auto: automaat* automatiseeri*
gather: kogumi* ligipääs* juurdepääs* allalaadi*
want: ette_nähtud saadaval pakutakse
made: kirjutatud loodud genereeritud tõlgitud koostatud
post: jaoks
org: instituut labor keskus teaduskond osakond selts kateeder
others: kohus riigikogu uuring valitsus
""",
    "hu": """
stop: a az és nem is hogy egy van vagy csak ezen ez oldal tartalma tartalmat cikkek cikkeink
stop: valamint
neg: nem ne soha sem nincs
no: semmi semmilyen egyetlen tilos_nem nem senki senkinek sehol semmiféle egyik_sem senkit
ban: tilos tilt* tiltott tiltjuk megtilt* kizár* kizárt elutasít* jogellen* jogosulatlan*
ban: engedély_nélküli nem_engedélyezett korlátoz* megtagad* sért* sérti tilalm* jogszerűtlen*
ban: törvénysért* megsért* visszautasít*
cannot: nem_lehet nem_szabad nem_használhat* nem_jogosult nem_megengedett nem_engedélyez* nem_járul*
cannot: nem_adunk nem_ad nincs_joga nem_szolgál* nem_használható* nem_engedjük tilos_
res: fenntart* fenntartja fenntartva fenntartjuk megtart* magának maradnak illeti illetik
obj: tiltakoz* kifogás* ellenez* ellenezzük opt_out ellenzi ellenz*
perm: engedély* engedélyez* enged megenged* megengedett szabad szabadon hozzájárulunk hozzájárul
perm: beleegyez* lehet jogosult megengedjük jogosult* felhatalmaz* jogosultság*
need: szükség* szükséges kell köteles* igényel igényl* köthet* függ kötött* feltétele előfeltétel*
need: forduljon kérjen kérni beszerez* szerezni kötni megvásárol* fizet* egyeztet* megszerez* köt
need: kössön engedélyt_kér*
only: csak kizárólag csupán
cons: engedély engedélye engedélyével engedéllyel engedélyhez engedélyünk* hozzájárulás*
cons: beleegyezés* licenc* szerződés* megállapodás* jóváhagyás* joga jogot jog jogát írásbeli
cons: engedélyt engedélyét felhatalmazás*
without: nélkül
unless: kivéve_ha
modal: lehet szabad
use: használ* használhat* felhasznál* másol* gyűjt* feldolgoz* alkalmaz* bevon* etetn* szolgál*
use: kerül* kerülhet* bekerül* betápl* betölt* etet* válhat* átad* belefoglal* beemel*
except: kivéve
limit: korlátozás* feltétel*
we: használjuk használunk mi
your: felhasználóink ügyfeleink ön önök
data: adatok adatait üzenetek fájlok
veto: adatait adataidat adataikat üzeneteit fájljait tanfolyam* képzés_díja visszatérít* résztvev*
veto: lemond* személyes_adat* jelentkez* oktatás_díja modelljeink* saját_modell* *tanfolyam
others: munkatárs* partner* szolgáltató* újságír* bíróság parlament országgyűlés tanulmány ítélet
others: kormány
x: nem_használjuk
prod: szoftver platform laboratórium intézet csapat konferencia könyv kft
ask: miért hogyan mi_az legolvasottabb
incl: beleértve ideértve különösen is továbbá
allr: minden_jog_fenntartva minden_jog_fenntartott
holder: jogosultak jogtulajdonos*
for: céljára céljából való
mine: szövegbányász* adatbányász* szöveg_és_adatbányász* adatbányászat szöveg_és_adatbányászat*
mine: szöveg_és_adatbányászat_jog*
ml: gépi_tanul* gépi_tanít* mélytanul* gépi_tanulás* tanítóadat* tanítóanyag* tanítóhalmaz*
ml: tanító_adat* betanítási_adat* képzési_adat* tanulóadat* tanító_adatbáz*
ai: MI mesterséges_intelligenc* nyelvi_modell* mi_modell* MI_modell* chatbot* nagy_nyelvi
ai: neurális_háló* generatív* képgenerátor* szöveggenerátor* nagy_nyelvi_modell*
ai: mesterségesintelligenc*
model: modell* algoritmus*
train: tanít* tanítás* betanít* képz* képzés* tanul* oktat* tréning* kiképz*
build: fejleszt* létrehoz* javít* épít* adathalmaz* adatkészlet* korpusz* betápl* feltölt* bevit*
build: bevinni betölt* betáplálás* etet*
scrape: scrap* kapar* crawl* robotok robot botok
auto: automat* automatiz* gépi
gather: gyűjt* letölt* hozzáfér* kinyer* lekérdez*
want: szánt* szántuk rendelkezésre elérhető* felajánl* szán* lehetséges
made: írt írta készült készített generált* fordított létrehozott
post: céljára céljából számára
org: intézet laboratórium tanszék központ kar osztály egyesület
over: a_
""",
    "lv": """
stop: un ir ar no uz par kas šī šis šo mūsu saturs saturu vai arī lai tiek nav pie
neg: ne nekad nav
no: nekād* neviens neviena nav nevienam nevienu nekur
ban: aizlieg* aizliegt* liegt* liegta izslēgt* noraid* neatļau* prettiesisk* nelikumīg* ierobežo*
ban: nepieļau* neļau* atteik* pretlikumīg* pārkāp* aizliedz* izslēdz* izņemt* liedz*
cannot: nedrīkst nevar nav_tiesību nav_tiesīg* nav_atļaut* neatļauj* nedod* nepiekrīt* nepieļauj*
cannot: neļauj* nav_paredzēt* nav_domāt* netiek_atļaut* netiek_dot*
res: paturēt* patur* rezervē* rezervēt* paturam saglabā* paliek pieder
obj: iebild* iebilst* opt_out iebilstam
perm: atļaut* atļauj* atļauta brīv* brīvi piekrīt* drīkst pieļauj* pieļaujam* nevajag
perm: nav_nepieciešam* nav_vajadzīg* tiesīg* pilnvarot*
need: nepiecieš* vajadzīg* jāsaņem prasa pieprasa vajag vajadz* nosacījums_ir sazin* iegūt saņemt
need: noslēgt parakstīt pirkt iegādāties lūgt maksāt vienoties saņemšan* jāiegūst jānoslēdz jālūdz
only: tikai vienīgi
cons: atļauj* atļauju atļaujas piekrišan* licenc* līgum* vienošan* saskaņo* tiesības tiesību
cons: tiesībām rakstisk* pilnvar*
without: bez
modal: drīkst var
use: izmanto* izmantot lietot* lieto* kopēt* kopēš* vākt* apstrād* nonākt nokļūt iekļau* barot
use: barošan* ievad* pārvērst kļūt nodot iekļūt
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
mine: teksta_un_datu_izrac* datu_izrac* teksta_izrac* tekstrac* datrac* teksta_un_datrac*
ml: mašīnmāc* mašīnmācī* mašīnapmāc* dziļ*_mācī* apmācības_dat* apmācību_dat* apmācības_kop*
ml: apmācību_kop* treniņu_dat* mācību_dat* apmācības_materiāl* apmācību_materiāl*
ai: MI mākslīg*_intelekt* valodas_model* valodu_model* ģeneratīv* attēlu_ģenerator* liel*_valodas
ai: valodas_modeļ*
model: model* algoritm*
train: apmāc* apmācī* apmācīb* trenēt* trenē* mācīt*
build: izstrād* izveid* radīš* uzlabo* ievad* ievadī* ievieto* augšupiel* ielādē* pievieno* barot
build: barošan* baro
scrape: rasmo* skrāp* kasīš* crawl* robot* boti scrap*
auto: automātisk* automatiz*
gather: vākš* piekļuv* lejupiel* ieguv* iegūš*
want: paredzēt* pieejam* domāt* piedāvāt*
made: rakstīt* radīt* ģenerēt* tulkot* sagatavot*
org: institūts laboratorija katedra centrs fakultāte nodaļa biedrība
others: tiesa saeima pētījum* valdība
""",
    "lt": """
stop: ir yra su iš į apie kad ši šis šio mūsų turinys turinio turinį ar arba taip per dėl
neg: ne niekada nėra nei
no: jokia joks jokios jokio jokie nėra niekas ne niekam nieko niekur nė_vien* nė
ban: drau* draudžiam* uždraust* draud* nedraud_ne neleid* neleistin* atsisako* neteisėt* ribo*
ban: išskyrus_draud pašalin* uždraud* pažeid* atmet* priešting*
cannot: negali negalima neturi_teisės neleidžiama neleidžiam* neleidžia neduod* nesuteik* nesutink*
cannot: neskirt* nėra_skirt* nevalia neleistina negalite nedera nenumatyt*
res: saugom* rezerv* pasilie* pasiliek* išlaik* pasilaiko išsaugo lieka priklauso
obj: prieštarau* nesutinkame opt_out nepritari*
perm: leidž* leidžiam* leist* leidžiama laisv* galima sutink* suteik* nereik* nebūtin* įgaliot*
perm: teisėt*
want: pageidau* nori* skirt* prieinam* siūlom* numatyt*
need: reikaling* reikia būtin* privalo* reikalau* gauti gavus sąlyga kreip* įsigyti sudaryti
need: pasirašyti pirkti prašyti mokėti susitarti paprašyti įgyti sudarius suponuo*
only: tik vien išimtinai
cons: leidim* sutikim* licencij* sutart* susitarim* teisė teisę teisės teisių raštišk* įgaliojim*
without: be
modal: gali galima turi
use: naudo* naudojam* naudoti panaudo* kopijuo* rinkti rinki* apdoro* skirt* patekti atsidurti tapti
use: įtraukt* įtrauk* šerti maitint* perduo* įkelt* virsti paversti
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
mine: duomenų_kasyb* gavyba gavybos tekstų_ir_duomenų_gavyb* teksto_ir_duomenų_gavyba duomenų_gavyba
mine: tekstų_ir_duomenų_žvalg* duomenų_gavybą
ml: mašinin*_mokym* gil*_mokym* mašininis_mokymas kompiuterin*_mokym* mokymo_duomen*
ml: treniravimo_duomen* mokymo_rinkin* mokymo_medžiag* apmokymo_duomen* mokomieji_duomenys
ml: mokym*_imt*
ai: DI dirbtin*_intelekt* kalbos_model* kalbin*_model* generatyv* vaizdų_generator* didel*_kalbos
ai: didžiųj*_kalbos
model: model* algoritm*
train: treniruo* moky* mokym* apmok* apmoky* mokinti mokom* treniravim* moko
build: kurti kūrim* tobulin* plėto* kuriam* įkel* įves* įkelt* įvesti įvedim* pateikti maitin*
build: šėrim* šerti šeria
scrape: scrap* nuskait* robot* botai crawl* grandym*
auto: automat* automatin* automatizuot*
gather: rinki* prieig* atsisiun* surink*
made: parašyt* sukurt* sugeneruot* išverst* parengt*
org: institutas laboratorija katedra centras fakultetas skyrius draugija
others: teismas seimas tyrimas vyriausybė
""",
}
