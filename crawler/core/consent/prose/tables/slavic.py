"""The Slavic languages in Latin letters; Serbian and Bosnian are read with Croatian."""

TABLE = {
    "pl": """
stop: i w z na do nie jest są się że o od dla przez oraz lub tej tego naszych nasze treści a po za
stop: bez
neg: nie nigdy ani
no: żaden żadna żadne żadnej żadnych bez_żadn* brak nic
fact: nie_są nie_jest nie_będą
ban: zabron* zabrania* zakaz* zakazan* zakazuj* wyklucz* wyłącz* odmaw* niedozwolon* niedopuszczaln*
ban: nielegaln* bezprawn* sprzeciwia ogranicz* narusz* nieuprawnion* wzbron* wzbrania* nie_wolno
ban: niezgodne zabrani*
res: zastrze* zastrzeg* zastrzeżon* zastrzeżenie
obj: sprzeciw* opt_out nie_zgadzamy nie_wyrażamy
perm: dozwol* dozwolon* pozwal* zezwal* zezwol* dopuszcz* dopuszczaln* wolno możn* swobodn* zgadzamy
perm: wyrażamy_zgod* wyraża_zgod* licencjonowan* upoważn* zachęc* bez_przeszkód chętnie przeznaczon*
need: wymag* wymaga* potrzeb* niezbędn* konieczn* uzysk* uprzedni* uzależnion* trzeba warunkiem
need: skontakt* kontakt* zwróc*
only: tylko jedynie wyłącznie
cons: zgod* zgody zgodą zezwoleni* pozwoleni* licencj* umow* porozumieni* opłat*
without: bez
unless: chyba
modal: może mogą można powinny powinno powinien należy
use: używ* użyć użycie użyt* wykorzyst* wykorzystyw* stosow* kopiow* pobier* przetwarz* zwielokrotn*
use: posłuży* służ* korzyst* zasil* włącz* gromadz* karm*
except: z_wyjątkiem poza oprócz
limit: ograniczeń ograniczenia warunków warunku
we: używamy wykorzystujemy trenujemy przetwarzamy stosujemy
your: twoich twoje twój twoją państwa użytkowników klientów pana
data: danych dane wiadomości pliki treści zdjęcia plików
veto: kurs kursy kursu szkolenie_dla szkoleniach uczestni* zwrot* rezygnac* warsztat* zapisy
veto: dane_osobowe danych_osobowych przesłan* certyfikat* na_tym_urządzeniu nasze_modele
veto: naszych_modeli naszej_ai naszego_modelu
others: dziennikarze pracownicy dostawc* partner* recenzen* redaktorzy
prod: oprogramowanie platforma laboratorium instytut akademia zespół konferencja książka spółka
ask: dlaczego jak co czym najczęściej_czytane wyjaśniamy
incl: w_tym także również włącznie w_szczególności zwłaszcza łącznie obejmuj*
allr: wszelkie_prawa_zastrzeżone wszystkie_prawa_zastrzeżone
holder: uprawnieni_mogą podmioty_uprawnione uprawniony_może
for: do dla w na przez za w_celu
mine: eksploracj* eksploracj*_tekst* eksploracj*_danych drąż*_danych wydobywan*_danych
mine: zautomatyzowan*_analiz*
ml: uczen*_maszynow* maszynow*_uczen* uczenie_głębokie głębokie_uczenie
ai: SI sztuczn*_inteligencj* model*_językow* sieci*_neuronow* chatbot* systemów_ai
model: model* algorytm*
train: tren* treno* trenow* szkol* wytrenow* uczeni* nauczan* treningow* uczyć uczenia
build: rozwij* rozwoju tworz* ulepsz* budow* zasil* zbior*_danych korpus*
law: 26³ art_26
scrape: scrap* crawl* robot* boty botów bot pająk*
auto: automatycz* zautomatyzowan* systematyczn* masow*
gather: pobieran* dostęp* zbier* gromadz* kopiow* odczyt* ekstrah* narzędzi
""",
    "cs": """
stop: a v ve na je jsou se že z ze do o pro od by tento tyto této našich naše obsah nebo i s k ke
neg: ne nikdy ani
no: žádn* žádná žádný žádné nic není nejsou
ban: zakáz* zakaz* zakázán* zákaz vylouč* vyloučen* odmít* nedovol* nepovol* nesmí nesmějí nesmíte
ban: nelze nemůže nemohou nesouhlas* nepřípustn* neoprávněn* protiprávn* nezákon* omez* brán*
ban: není_dovoleno není_povoleno není_možné neuděl* nejsou_povoleny nepřejeme nejsou_dovoleny
ban: nepřipoušt*
res: vyhraz* výhrad* vyhrazen*
obj: námitk* nesouhlasíme opt_out vznáší protestuj*
perm: dovol* povol* povolen* dovolen* souhlasíme svol* oprávn* volně umožň* přípustn* vítán* smí
perm: licencov* uděluj* nevyžad* není_třeba určen*
need: vyžaduj* vyžad* potřeb* nutn* podmín* třeba nezbytn* získat podmínkou předpoklad* kontakt*
need: vyžádat požád*
only: pouze jen výhradně výlučně
cons: souhlas* souhlasu povolení licen* licenc* smlouv* dohod* svolení oprávnění
without: bez
unless: pokud_ne ledaže
modal: smí může mohou lze musí
use: použ* použív* použit* využ* využív* užít užití zpracov* kopírov* shromažď* sloužit sloužil
use: zařa* krm*
except: kromě vyjma s_výjimkou
limit: omezení podmínek
we: používáme nepoužíváme využíváme nevyužíváme trénujeme
your: vaše vašich vaší tvé tvoje uživatelů zákazníků
data: dat data údaje údajů zprávy soubory obsah fotografie
veto: kurz* školení_pro účastn* vrác* storn* přihláš* seminář* osobní_údaje osobních_údajů nahran*
veto: certifik* na_tomto_zařízení naše_modely našich_modelů naší_ai
others: novináři zaměstnanci dodavatel* partner* redaktoři poskytovatel*
prod: software platforma laboratoř institut akademie tým konference kniha
ask: proč jak co nejčtenější
incl: včetně také zejména rovněž i_pro a_to
allr: všechna_práva_vyhrazena veškerá_práva_vyhrazena
holder: nositelé_práv držitelé_práv
for: pro k na v do za
mine: vytěž* vytěžován* vytěžování_textů vytěžov*_text* vytěžov*_dat* dolování_dat dolov*_dat*
mine: dolov*_text* automatizovan*_analýz*
ml: strojov*_učen* strojov*_uč* hlubok*_učen* hloubkov*_učen*
ai: UI uměl*_inteligenc* jazykov*_model* neuronov*_sít* chatbot*
model: model* algoritm*
train: trén* trénink* trénov* natrén* vytrén* výcvik* učení učit školen*
build: vývoj* vyvíj* tvorb* vytvář* zlepš* datov*_sad* korpus*
law: §_39c_aut
scrape: scrap* crawl* robot* boty botů bot
auto: automat* automatiz* systematick* hromadn*
gather: stahov* přístup* shromažď* sběr* extrakc* získáv* vytěž* prostředk*
""",
    "sk": """
stop: a v vo na je sú sa že z zo do o pre od by tento tieto tejto našich naše obsah alebo i s k ku
neg: nie nikdy ani
no: žiadn* žiadna žiadny nič
ban: zakáz* zakaz* zákaz vylúč* odmiet* nedovol* nepovol* nesmie nesmú nesmiete nemožno nemôže
ban: nemôžu nesúhlas* neprípustn* neoprávnen* protiprávn* nezákon* obmedz* nie_je_dovolené
ban: nie_je_povolené neudeľ* neželáme
res: vyhrad* výhrad* vyhraden*
obj: námiet* nesúhlasíme opt_out vznáš* protestuj*
perm: dovol* povol* povolen* súhlasíme oprávn* voľne umožň* prípustn* vítan* smie smú licencov*
perm: nevyžad* netreba určen*
need: vyžaduj* vyžad* potreb* nutn* podmien* nevyhnutn* získať treba podmienkou predpoklad* kontakt*
need: vyžiadať požiad*
only: len iba výhradne výlučne
cons: súhlas* povoleni* povolenia licenc* licenč* zmluv* dohod* oprávneni*
without: bez
modal: smie môže môžu možno musí
use: použ* použív* použit* využ* využív* spracúv* kopírov* zhromažď* slúžiť zarad*
except: okrem s_výnimkou
limit: obmedzen* podmienok
we: používame nepoužívame využívame nevyužívame trénujeme
your: vaše vašich vašej tvoje používateľov zákazníkov
data: dáta údaje údajov dát správy súbory obsah
veto: kurz* školenie_pre účastn* vráten* storn* prihlás* seminár* osobné_údaje osobných_údajov
veto: certifik*
others: novinári zamestnanci dodávateľ* partner* redaktori
prod: softvér platforma laboratórium inštitút akadémia tím konferencia kniha
ask: prečo ako čo najčítanejšie
incl: vrátane tiež najmä rovnako aj
allr: všetky_práva_vyhradené
holder: nositelia_práv
for: pre k na v do za
mine: vyťaž* ťaženi*_text* ťaženi*_dát ťaženie_údajov hĺbkov*_analýz* dolovan*_dát dolovan*_text*
mine: hĺbkov*_dát hĺbenie_dát
ml: strojov*_učen* strojov*_uč* hĺbkov*_učen* hlbok*_učen*
ai: UI umel*_inteligenc* jazykov*_model* neurónov*_siet* chatbot*
model: model* algoritm*
train: trén* tréning* natrén* výcvik* učenie učiť školen*
build: vývoj* vyvíj* tvorb* vytvár* zlepš* dátov*_sad* korpus*
scrape: scrap* crawl* robot* boty botov bot
auto: automat* automatiz* systematick* hromadn*
gather: sťahov* prístup* zhromažď* zber* extrakc* získav* ťaž*
""",
    "sl": """
stop: in v na je so se da z s za o od do ta te to ali naših naše vsebin vsebine pri po kot ni
neg: ne nikoli niti ni niso
no: noben* nobena nič brez_vsak*
ban: prepoved* prepovedan* izključ* zavrač* zavrni* nedovoljen* nedopust* nezakonit* omej* onemog*
ban: neupravičen* preprečuj*
res: pridrž* pridržan* pridržuje* pridržujemo
obj: nasprot* nasprotujemo ugovar* ugovor* opt_out
perm: dovol* dovoljen* dopust* soglaš* odobr* prost* sme smejo licencir* dobrodoš* strinja*
need: potreb* zahtev* treba nujn* pogoj* pridobi* pogoj_za predpogoj obrnite
only: samo le zgolj izključno
cons: soglasj* dovoljenj* dovoljenja licenc* pogodb* dogovor* privol*
without: brez
modal: sme smejo lahko mogoče dovoljeno_je morate
use: uporab* uporablja* izkorišč* obdel* kopir* zbir* služ* namenjen* vključ*
except: razen
limit: omejit* pogojev
we: uporabljamo mi
your: vaše vaših vaši tvoje uporabnikov
data: podatkov podatke podatki sporočila datoteke vsebine
veto: tečaj* delavnic* udeležen* vračil* odpoved* osebni_podatki osebnih_podatkov prijav*
others: novinarji zaposleni dobavitelj* partner* ponudnik*
prod: programska_oprema platforma laboratorij inštitut ekipa konferenca knjiga
ask: zakaj kako kaj najbolj_brano
incl: vključno tudi zlasti posebej predvsem
allr: vse_pravice_pridržane vse_pravice_so_pridržane
holder: imetniki_pravic
for: za v pri na
mine: rudarjenj* rudarjenje_besedil podatkovn*_rudar* rudarj*_podatk* rudarj*_besedil*
ml: strojn*_učenj* strojn*_uče* globok*_učenj*
ai: UI umetn*_inteligenc* jezikovn*_model* nevronsk*_mrež* klepetalni*
model: model* algoritm*
train: uče* učenj* usposab* uri* trenir* urjenj*
build: razvoj* razvij* ustvarj* gradnj* izboljš* podatkovn*_zbirk*
scrape: scrap* strgan* crawl* robot* boti
auto: avtomat* avtomatiz* samodejn* sistematičn*
gather: zbir* dostop* prenos* zajem* izvlek*
""",
    "hr": """
stop: i u na je su se da za od do o s sa ova ovaj ovog ove naših naš naše naši sadržaj ili te kao
stop: koji iz po nije našeg
neg: ne nikada nikad niti nije nisu ni
no: nijedan nijedna nijedno nikakv* ništa niti_jedan nema
ban: zabran* zabranjen* zabranjuje* isključ* odbij* nedopušten* nedozvoljen* protivno nezakonit*
ban: onemoguć* ograničen* ograničav* neovlašten* neovlašćen* uskrać* kršenje izuzet* izuzima*
ban: zabranjivanje
res: pridrž* zadrž* zadržav* pridržan* zadržan* rezervis* rezervir*
obj: protiv* protivimo prigovor* prigovar* opt_out uskraćujemo
perm: dopušten* dopušt* dozvol* dozvoljen* dozvoljava* odobr* slobodn* pristaj* suglasn* saglasn*
perm: dopušten licencir* dobrodoš* dopuštamo smije smiju sme smeju
need: potreb* potrebn* zahtij* zahtev* nužn* neophodn* uvjet* uslov* traži* pribav* preduvjet
need: preduslov kontakt* zatraž*
only: samo isključivo jedino
cons: suglasnost* saglasnost* dozvol* odobrenj* licenc* ugovor* pristank* pristanak dopuštenj*
cons: sporazum* dogovor* naknad*
without: bez
unless: osim_ako
modal: smije smiju sme smeju može mogu moraju mora
use: korist* koristi koristiti upotreb* uporab* iskorist* obrađ* kopir* prikuplj* služ* namijenjen*
use: namenjen* unos*
except: osim izuzev
limit: ograničenj* uvjeta uslova
we: koristimo upotrebljavamo mi
your: vaše vaših vaši tvoje korisnika vama
data: podataka podatke podaci poruke datoteke sadržaje
veto: tečaj* kurs kursa kursevi radionic* polaznik* povrat* otkaz* osobni_podaci osobnih_podataka
veto: lični_podaci prijav* obuka_za
others: novinari zaposleni dobavljač* partner* pružatelj*
prod: softver platforma laboratorij laboratorija institut tim konferencija knjiga
ask: zašto kako što šta najčitanije
incl: uključujući također takođe posebice posebno naročito ubrajajući
allr: sva_prava_pridržana sva_prava_zadržana sva_prava_su_pridržana sva_prava_su_zadržana
holder: nositelji_prava nosioci_prava
for: za u na pri kroz radi
mine: rudarenj* rudarenje_teksta rudarenje_podataka rudar*_tekst* rudar*_podat* istraživ*_podataka
mine: istraživanje_teksta prekopav* kopanje_podataka
ml: strojn*_učenj* strojn*_uče* mašinsk*_učenj* dubok*_učenj* dubinsk*_učenj*
ai: UI umjetn*_inteligencij* veštačk*_inteligencij* vještačk*_inteligencij* jezičn*_model*
ai: jezičk*_model* neuronsk*_mrež* chatbot*
model: model* algorit*
train: treni* treniranj* trening* uče* učenj* obuk* obuča* uvježb* podučav* obučav*
build: razvoj* razvij* stvaranj* izrad* gradnj* poboljš* skup*_podataka korpus*
scrape: scrap* struganj* crawl* robot* botov* bot* grebanj*
auto: automat* automatiz* sustavn* sistematsk*
gather: prikuplj* pristup* preuzim* ekstrak* izvlač*
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
