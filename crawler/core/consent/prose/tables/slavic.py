"""The Slavic languages in Latin letters; Serbian and Bosnian are read with Croatian."""

TABLE = {
    "pl": """
stop: i w z na do nie jest są się że o od dla przez oraz lub tej tego naszych nasze treści a po za
stop: bez
neg: nie nigdy ani
no: żaden żadna żadne żadnej żadnych bez_żadn* brak nic nikt nikomu nigdzie żadnym żadną nikogo
fact: nie_są nie_jest nie_będą
ban: zabron* zabrania* zakaz* zakazan* zakazuj* wyklucz* wyłącz* odmaw* niedozwolon* niedopuszczaln*
ban: nielegaln* bezprawn* sprzeciwia ogranicz* narusz* nieuprawnion* wzbron* wzbrania* niezgodne
ban: zabrani* niedopuszcz* bezpraw* karaln* sprzeczn* odmów* zastrzegają_zakaz uniemożliw*
ban: nie_obejmuje
cannot: nie_może nie_mogą nie_wolno nie_ma_prawa nie_mają_prawa nie_zezwala* nie_wyraża*
cannot: nie_dopuszcza*
res: zastrze* zastrzeg* zastrzeżon* zastrzeżenie pozostaj* zachowuj* należą przysługuj* zatrzymuj*
res: rezerwuj*
obj: sprzeciw* opt_out nie_zgadzamy nie_wyrażamy
perm: dozwol* dozwolon* pozwal* zezwal* zezwol* dopuszcz* dopuszczaln* wolno możn* swobodn* zgadzamy
perm: wyrażamy_zgod* wyraża_zgod* licencjonowan* upoważn* zachęc* bez_przeszkód chętnie uprawnion*
perm: władn* zgadza* godz*_się
need: wymag* wymaga* potrzeb* niezbędn* konieczn* uzysk* uprzedni* uzależnion* trzeba warunkiem
need: skontakt* kontakt* zwróc* zawrzeć podpisać kupić nabyć poprosić zapłacić wystąpić zwrócić_się
need: wynegocj* zawarci* pozyska* obowiązk*
only: tylko jedynie wyłącznie
cons: zgod* zgody zgodą zezwoleni* pozwoleni* licencj* umow* porozumieni* opłat* prawo prawa praw
cons: aprobat* przyzwoleni* uprawnieni*
without: bez
unless: chyba
modal: może mogą można powinny powinno powinien należy
use: używ* użyć użycie użyt* wykorzyst* wykorzystyw* stosow* kopiow* pobier* przetwarz* zwielokrotn*
use: posłuży* służ* korzyst* zasil* włącz* gromadz* karm* trafić trafiać trafia wprowadza* podawać
use: dostarcza* przerabia* stać_się stawać
except: z_wyjątkiem poza oprócz
limit: ograniczeń ograniczenia warunków warunku
we: używamy wykorzystujemy trenujemy przetwarzamy stosujemy
your: twoich twoje twój twoją państwa użytkowników klientów pana
data: danych dane wiadomości pliki treści zdjęcia plików
veto: kurs kursy kursu szkolenie_dla szkoleniach uczestni* zwrot* rezygnac* warsztat* zapisy
veto: dane_osobowe danych_osobowych przesłan* certyfikat* na_tym_urządzeniu nasze_modele
veto: naszych_modeli naszej_ai naszego_modelu poufn*
others: dziennikarze pracownicy dostawc* partner* recenzen* redaktorzy sąd sądu trybunał sejm
others: parlament badanie raport rząd
prod: oprogramowanie platforma laboratorium instytut akademia zespół konferencja książka spółka
ask: dlaczego jak co czym najczęściej_czytane wyjaśniamy
incl: w_tym także również włącznie w_szczególności zwłaszcza łącznie obejmuj*
allr: wszelkie_prawa_zastrzeżone wszystkie_prawa_zastrzeżone
holder: uprawnieni_mogą podmioty_uprawnione uprawniony_może
for: do dla w na przez za w_celu
mine: eksploracj* eksploracj*_tekst* eksploracj*_danych drąż*_danych wydobywan*_danych
mine: zautomatyzowan*_analiz* eksploracj*_tekstów_i_danych analiz*_tekstów_i_danych wydobyci*_danych
mine: eksplorac*
ml: uczen*_maszynow* maszynow*_uczen* uczenie_głębokie głębokie_uczenie dane_treningowe
ml: danych_treningowych danymi_treningowymi zbior*_treningow* zbior*_ucząc* materiał*_treningow*
ml: dane_uczące danych_uczących zestaw*_treningow* głębokiego_uczenia uczenia_głębokiego
ai: SI sztuczn*_inteligencj* model*_językow* sieci*_neuronow* chatbot* systemów_ai generatywn*
ai: generator*_obraz* sieci_neuronowych modeli_generatywnych
model: model* algorytm*
train: tren* treno* trenow* szkol* wytrenow* uczeni* nauczan* treningow* uczyć uczenia uczy przyucz*
train: dotren* doucz* nauk*_modeli
build: rozwij* rozwoju tworz* ulepsz* budow* zasil* zbior*_danych korpus* wprowadz* wprowadza*
build: wgryw* wgrać umieszcz* ładow* wczyt* karm* nakarm*
law: 26³ art_26
scrape: scrap* crawl* robot* boty botów bot pająk*
auto: automatycz* zautomatyzowan* systematyczn* masow*
gather: pobieran* dostęp* zbier* gromadz* kopiow* odczyt* ekstrah* narzędzi
want: przeznacz* udostępni* dostępn* pomyślan* oferowan*
made: napisan* wygenerowan* stworzon* przetłumaczon* utworzon* zredagowan* opracowan*
by: przez
org: instytut laboratorium katedra centrum wydział zakład stowarzyszenie akademia szkoła konferencja
over: do na
""",
    "cs": """
stop: a v ve na je jsou se že z ze do o pro od by tento tyto této našich naše obsah nebo i s k ke
neg: ne nikdy ani
no: žádn* žádná žádný žádné nic není nejsou nikdo nikomu nikoho nikde
ban: zakáz* zakaz* zakázán* zákaz vylouč* vyloučen* odmít* nedovol* nepovol* nesouhlas* nepřípustn*
ban: neoprávněn* protiprávn* nezákon* omez* brán* nejsou_povoleny nepřejeme nejsou_dovoleny
ban: zapovězen* zapovíd* protizákon* zamez* porušen* porušuj* v_rozporu vyjm* vyňat*
cannot: nesmí nesmějí nesmíte nelze nemůže nemohou není_dovoleno není_povoleno není_možné nemá_právo
cannot: nemají_právo neuděl* nedává* neposkyt* nepovoluj* není_oprávněn* nejsou_oprávněn*
cannot: nepřipoušt* nesvol* nedovoluj*
res: vyhraz* výhrad* vyhrazen* ponecháv* zůstáv* náleží rezervuj*
obj: námitk* nesouhlasíme opt_out vznáší protestuj*
perm: dovol* povol* povolen* dovolen* souhlasíme svol* oprávn* volně umožň* přípustn* vítán* smí
perm: licencov* uděluj* nevyžad* není_třeba schvál*
need: vyžaduj* vyžad* potřeb* nutn* podmín* třeba nezbytn* získat podmínkou předpoklad* kontakt*
need: vyžádat požád* uzavřít podepsat koupit zaplatit obstarat sjednat obrátit domluvit
only: pouze jen výhradně výlučně
cons: souhlas* souhlasu povolení licen* licenc* smlouv* dohod* svolení oprávnění právo práva práv
cons: povolením svolením
without: bez
unless: pokud_ne ledaže
modal: smí může mohou lze musí
use: použ* použív* použit* využ* využív* užít užití zpracov* kopírov* shromažď* sloužit sloužil
use: zařa* krm* dostat skončit vkládat vložen* předáv* přidáv* zahrn* stát_se
except: kromě vyjma s_výjimkou
limit: omezení podmínek
we: používáme nepoužíváme využíváme nevyužíváme trénujeme
your: vaše vašich vaší tvé tvoje uživatelů zákazníků
data: dat data údaje údajů zprávy soubory obsah fotografie
veto: kurz* školení_pro účastn* vrác* storn* přihláš* seminář* osobní_údaje osobních_údajů nahran*
veto: certifik* na_tomto_zařízení naše_modely našich_modelů naší_ai důvěrn*
others: novináři zaměstnanci dodavatel* partner* redaktoři poskytovatel* soud* parlament sněmovna
others: studie vláda
prod: software platforma laboratoř institut akademie tým konference kniha
ask: proč jak co nejčtenější
incl: včetně také zejména rovněž i_pro a_to
allr: všechna_práva_vyhrazena veškerá_práva_vyhrazena
holder: nositelé_práv držitelé_práv
for: pro k na v do za
mine: vytěž* vytěžován* vytěžování_textů vytěžov*_text* vytěžov*_dat* dolování_dat dolov*_dat*
mine: dolov*_text* automatizovan*_analýz* vytěžování_textů_a_dat vytěžování_dat vytěžování_textu
mine: těžb*_dat těžb*_text* dolování
ml: strojov*_učen* strojov*_uč* hlubok*_učen* hloubkov*_učen* trénovací*_dat* tréninkov*_dat*
ml: trénovací*_sad* učicí*_dat* trénovací*_množin* trénovacích_dat hluboké_učení
ai: UI uměl*_inteligenc* jazykov*_model* neuronov*_sít* chatbot* generativn* generátor*_obráz*
ai: velk*_jazykov* umělou_inteligenci
model: model* algoritm*
train: trén* trénink* trénov* natrén* vytrén* výcvik* učení učit školen* školit cvič* vycvič*
train: dotrén* výuk*_model*
build: vývoj* vyvíj* tvorb* vytvář* zlepš* datov*_sad* korpus* vklád* vlož* nahráv* nahrát zadáv*
build: vnáš* načít* krm* nakrm*
law: §_39c_aut
scrape: scrap* crawl* robot* boty botů bot
auto: automat* automatiz* systematick* hromadn*
gather: stahov* přístup* shromažď* sběr* extrakc* získáv* vytěž* prostředk*
want: určen* dostupn* nabízen* k_dispozici zamýšlen* míněn*
made: napsan* vytvořen* vygenerovan* přelož* sepsan* zpracovan*
by: od
org: ústav institut laboratoř katedra centrum fakulta oddělení spolek akademie škola
over: k na pro
""",
    "sk": """
stop: a v vo na je sú sa že z zo do o pre od by tento tieto tejto našich naše obsah alebo i s k ku
neg: nie nikdy ani
no: žiadn* žiadna žiadny nič nikto nikomu nikoho nikde
ban: zakáz* zakaz* zákaz vylúč* odmiet* nedovol* nepovol* nesúhlas* neprípustn* neoprávnen*
ban: protiprávn* nezákon* obmedz* neželáme zamedz* protizákon* porušen* porušuj* v_rozpore vyňat*
ban: vylučuj*
cannot: nesmie nesmú nesmiete nemožno nemôže nemôžu nie_je_dovolené nie_je_povolené nemá_právo
cannot: nemajú_právo neposkyt* neudeľ* nedáva* nepovoľuj* nie_je_oprávnen* nie_sú_oprávnen*
cannot: nepripúšť* nedovoľuj*
res: vyhrad* výhrad* vyhraden* ponecháv* zostáv* patria rezervuj*
obj: námiet* nesúhlasíme opt_out vznáš* protestuj*
perm: dovol* povol* povolen* súhlasíme oprávn* voľne umožň* prípustn* vítan* smie smú licencov*
perm: nevyžad* netreba schváli*
need: vyžaduj* vyžad* potreb* nutn* podmien* nevyhnutn* získať treba podmienkou predpoklad* kontakt*
need: vyžiadať požiad* uzavrieť podpísať kúpiť zaplatiť obstarať dojednať obrátiť uzatvoriť
only: len iba výhradne výlučne
cons: súhlas* povoleni* povolenia licenc* licenč* zmluv* dohod* oprávneni* právo práva práv
cons: povolením
without: bez
modal: smie môže môžu možno musí
use: použ* použív* použit* využ* využív* spracúv* kopírov* zhromažď* slúžiť zarad* dostať skončiť
use: vkladať vložen* kŕmiť pridáv* zahrn* stať_sa
except: okrem s_výnimkou
limit: obmedzen* podmienok
we: používame nepoužívame využívame nevyužívame trénujeme
your: vaše vašich vašej tvoje používateľov zákazníkov
data: dáta údaje údajov dát správy súbory obsah
veto: kurz* školenie_pre účastn* vráten* storn* prihlás* seminár* osobné_údaje osobných_údajov
veto: certifik*
others: novinári zamestnanci dodávateľ* partner* redaktori súd* parlament štúdia vláda
prod: softvér platforma laboratórium inštitút akadémia tím konferencia kniha
ask: prečo ako čo najčítanejšie
incl: vrátane tiež najmä rovnako aj
allr: všetky_práva_vyhradené
holder: nositelia_práv
for: pre k na v do za
mine: vyťaž* ťaženi*_text* ťaženi*_dát ťaženie_údajov hĺbkov*_analýz* dolovan*_dát dolovan*_text*
mine: hĺbkov*_dát hĺbenie_dát vyťažovani*_textov vyťažovani*_dát ťaženie_textov_a_dát ťažb*_dát
mine: ťažb*_text* dolovani*
ml: strojov*_učen* strojov*_uč* hĺbkov*_učen* hlbok*_učen* trénovac*_dát* tréningov*_dát*
ml: trénovac*_súbor* tréningov*_údaj* trénovac*_údaj* hlboké_učenie
ai: UI umel*_inteligenc* jazykov*_model* neurónov*_siet* chatbot* generatívn* generátor*_obráz*
ai: veľk*_jazykov*
model: model* algoritm*
train: trén* tréning* natrén* výcvik* učenie učiť školen* školiť cvič* dotrén* výuč*
build: vývoj* vyvíj* tvorb* vytvár* zlepš* dátov*_sad* korpus* vklad* vlož* nahráv* nahrať zadáv*
build: vnáš* načít* kŕm* nakŕm*
scrape: scrap* crawl* robot* boty botov bot
auto: automat* automatiz* systematick* hromadn*
gather: sťahov* prístup* zhromažď* zber* extrakc* získav* ťaž*
want: určen* dostupn* ponúkan* k_dispozícii zamýšľan* mienen*
made: napísan* vytvoren* vygenerovan* prelož* spísan* spracovan*
org: ústav inštitút laboratórium katedra centrum fakulta oddelenie spolok akadémia škola
over: k na pre
""",
    "sl": """
stop: in v na je so se da z s za o od do ta te to ali naših naše vsebin vsebine pri po kot ni
neg: ne nikoli niti ni niso
no: noben* nobena nič brez_vsak* nihče nikomur nikogar nikjer
ban: prepoved* prepovedan* izključ* zavrač* zavrni* nedovoljen* nedopust* nezakonit* omej* onemog*
ban: neupravičen* preprečuj* protipravn* kršitev izvzet* izvzem* krši kršijo
cannot: ne_sme ne_smejo ne_smete ni_dovoljeno ni_mogoče nima_pravice nimajo_pravice ne_dovolj*
cannot: ni_dopustno niso_dovoljen*
res: pridrž* pridržan* pridržuje* pridržujemo ohranja* zadržuj* pripada*
obj: nasprot* nasprotujemo ugovar* ugovor* opt_out
perm: dovol* dovoljen* dopust* soglaš* odobr* prost* sme smejo licencir* dobrodoš* strinja*
perm: upravičen* pooblaščen*
need: potreb* zahtev* treba nujn* pogoj* pridobi* pogoj_za predpogoj obrnite skleniti podpisati
need: kupiti zaprositi zaprosi plačati dogovoriti
only: samo le zgolj izključno
cons: soglasj* dovoljenj* dovoljenja licenc* pogodb* dogovor* privol* pravica pravico pravice
cons: odobritev pisno
without: brez
modal: sme smejo lahko mogoče dovoljeno_je morate
use: uporab* uporablja* izkorišč* obdel* kopir* zbir* služ* namenjen* vključ* končati znajti vnaš*
use: vnesti hraniti krmiti priti postati
except: razen
limit: omejit* pogojev
we: uporabljamo mi
your: vaše vaših vaši tvoje uporabnikov
data: podatkov podatke podatki sporočila datoteke vsebine
veto: tečaj* delavnic* udeležen* vračil* odpoved* osebni_podatki osebnih_podatkov prijav*
others: novinarji zaposleni dobavitelj* partner* ponudnik* sodišč* parlament raziskava vlada
prod: programska_oprema platforma laboratorij inštitut ekipa konferenca knjiga
ask: zakaj kako kaj najbolj_brano
incl: vključno tudi zlasti posebej predvsem
allr: vse_pravice_pridržane vse_pravice_so_pridržane
holder: imetniki_pravic
for: za v pri na
mine: rudarjenj* rudarjenje_besedil podatkovn*_rudar* rudarj*_podatk* rudarj*_besedil*
mine: besedilnega_in_podatkovnega besediln*_rudarjenj* podatkovn*_rudarjenj*
ml: strojn*_učenj* strojn*_uče* globok*_učenj* učn*_podatk* učn*_množic* učn*_gradiv*
ml: podatk*_za_učenje
ai: UI umetn*_inteligenc* jezikovn*_model* nevronsk*_mrež* klepetalni* generativn* generator*_slik*
model: model* algoritm*
train: uče* učenj* usposab* uri* trenir* urjenj* učiti učijo
build: razvoj* razvij* ustvarj* gradnj* izboljš* podatkovn*_zbirk* vnaš* vnes* nalag* nalož* vstavl*
build: vnos* hran* krm*
scrape: scrap* strgan* crawl* robot* boti
auto: avtomat* avtomatiz* samodejn* sistematičn*
gather: zbir* dostop* prenos* zajem* izvlek*
want: namenjen* na_voljo na_razpolago ponujen* dostopn*
made: napisan* ustvarjen* generiran* preveden* izdelan*
org: inštitut laboratorij katedra center fakulteta oddelek društvo akademija
over: do za na
""",
    "hr": """
stop: i u na je su se da za od do o s sa ova ovaj ovog ove naših naš naše naši sadržaj ili te kao
stop: koji iz po nije našeg
neg: ne nikada nikad niti nije nisu ni
no: nijedan nijedna nijedno nikakv* ništa niti_jedan nema nitko niko nikome nikomu nigdje
ban: zabran* zabranjen* zabranjuje* isključ* odbij* nedopušten* nedozvoljen* protivno nezakonit*
ban: onemoguć* ograničen* ograničav* neovlašten* neovlašćen* uskrać* kršenje izuzet* izuzima*
ban: zabranjivanje protupravn* protivpravn* krši kažnjiv* krše kršenj* povređuj* povreda
cannot: ne_smije ne_smiju ne_sme ne_smeju nije_dopušten* nije_dozvoljen* nemaju_pravo nema_pravo
cannot: ne_može ne_mogu
res: pridrž* zadrž* zadržav* pridržan* zadržan* rezervis* rezervir* pripada* ostaje_kod
obj: protiv* protivimo prigovor* prigovar* opt_out uskraćujemo
perm: dopušten* dopušt* dozvol* dozvoljen* dozvoljava* odobr* slobodn* pristaj* suglasn* saglasn*
perm: dopušten licencir* dobrodoš* dopuštamo smije smiju sme smeju ovlašten* ovlašćen*
need: potreb* potrebn* zahtij* zahtev* nužn* neophodn* uvjet* uslov* traži* pribav* preduvjet
need: preduslov kontakt* zatraž* dobiti sklopiti zaključiti potpisati kupiti platiti ishoditi
need: obratiti dogovoriti
only: samo isključivo jedino
cons: suglasnost* saglasnost* dozvol* odobrenj* licenc* ugovor* pristank* pristanak dopuštenj*
cons: sporazum* dogovor* naknad* pravo prava pravu ovlaštenj* ovlašćenj* pismen*
without: bez
unless: osim_ako
modal: smije smiju sme smeju može mogu moraju mora
use: korist* koristi koristiti upotreb* uporab* iskorist* obrađ* kopir* prikuplj* služ* namijenjen*
use: namenjen* unos* završiti dospjeti dospeti ući hraniti puniti postati upotrijeb* iskorištav*
use: iskorišćav*
except: osim izuzev
limit: ograničenj* uvjeta uslova
we: koristimo upotrebljavamo mi
your: vaše vaših vaši tvoje korisnika vama
data: podataka podatke podaci poruke datoteke sadržaje
veto: tečaj* kurs kursa kursevi radionic* polaznik* povrat* otkaz* osobni_podaci osobnih_podataka
veto: lični_podaci prijav* obuka_za
others: novinari zaposleni dobavljač* partner* pružatelj* sud suda parlament sabor studija
others: istraživanje_pokaz* vlada
prod: softver platforma laboratorij laboratorija institut tim konferencija knjiga
ask: zašto kako što šta najčitanije
incl: uključujući također takođe posebice posebno naročito ubrajajući
allr: sva_prava_pridržana sva_prava_zadržana sva_prava_su_pridržana sva_prava_su_zadržana
holder: nositelji_prava nosioci_prava
for: za u na pri kroz radi
mine: rudarenj* rudarenje_teksta rudarenje_podataka rudar*_tekst* rudar*_podat* istraživ*_podataka
mine: istraživanje_teksta prekopav* kopanje_podataka rudarenje_tekstova rudarenja_teksta
mine: rudarenju_teksta
ml: strojn*_učenj* strojn*_uče* mašinsk*_učenj* dubok*_učenj* dubinsk*_učenj* podac*_za_treniranje
ml: podac*_za_obuku podac*_za_trening podac*_za_učenje skup*_za_obuku skup*_za_treniranje
ml: materijal*_za_obuku materijal*_za_treniranje podatk*_za_obuku
ai: UI umjetn*_inteligencij* veštačk*_inteligencij* vještačk*_inteligencij* jezičn*_model*
ai: jezičk*_model* neuronsk*_mrež* chatbot* generativn* generator*_slika generatorim*_slika
model: model* algorit*
train: treni* treniranj* trening* uče* učenj* obuk* obuča* uvježb* podučav* obučav* obuci obučiti
train: učiti uvežbav* vježban*
build: razvoj* razvij* stvaranj* izrad* gradnj* poboljš* skup*_podataka korpus* unos* unij* učitav*
build: umet* ubaciv* hran* nahran*
scrape: scrap* struganj* crawl* robot* botov* bot* grebanj*
auto: automat* automatiz* sustavn* sistematsk*
gather: prikuplj* pristup* preuzim* ekstrak* izvlač*
want: namijenjen* namenjen* dostupn* na_raspolaganju ponuđen* predviđen*
made: napisan* stvoren* generiran* generisan* preveden* izrađen* kreiran*
org: institut laboratorij laboratorija katedra centar fakultet odjel odsek udruga udruženje
org: akademija
over: na za
by: od_strane
""",
}

_CYRILLIC = str.maketrans("abcčćdđefghijklmnoprsštuvzž", "абцчћдђефгхијклмнопрсштувзж")


def _in_cyrillic(table: str) -> str:
    """Return a table of Croatian in the letters of Serbian."""
    lines = []
    for line in table.strip().splitlines():
        kind, _, words = line.partition(":")
        words = words.replace("nj", "њ").replace("lj", "љ").replace("dž", "џ")
        lines.append(f"{kind}:{words.translate(_CYRILLIC)}")
    return "\n".join(lines)


TABLE["sr"] = _in_cyrillic(TABLE["hr"])
