"""Greek, Turkish, Azerbaijani, Albanian, Maltese, Welsh, Irish."""

TABLE = {
    "el": """
stop: και το του της την των τα η ο οι να για με σε από είναι στο στην μας αυτό αυτού που ή δεν κάθε
neg: δεν μην μη ούτε ποτέ
no: όχι κανένα καμία κανένας κανείς τίποτα ουδέν
ban: απαγορεύ* απαγορεύεται απαγόρευση* αποκλεί* εξαιρ* αρνού* παράνομ* ανεπίτρεπτ* αθέμιτ* περιορ*
ban: αντιβαίν* αποκλεισ* απαγορευμέν*
res: επιφύλαξ* επιφυλάσσ* διατηρ* επιφυλάσσεται
obj: αντιτίθ* αντίθετ* αντίρρηση* εναντιών* opt_out αντιτασσ* διαφων*
perm: επιτρέπ* επιτρεπ* συναιν* ελεύθερ* άδεια_για αποδεχ* δεχόμαστε συμφων* εγκρίν* παραχωρ*
perm: προορίζ*
need: απαιτ* απαιτείται χρειάζ* προϋποθ* προαπαιτ* αναγκαί* υπόκει* πρέπει_να_λη* προϋπόθεση
need: επικοινωνήστε ζητήστε
only: μόνο μόνον αποκλειστικά
cons: άδεια* άδειας συγκατάθεσ* έγκριση* συναίνεσ* συμφωνί* σύμβασ* αδειοδότ*
without: χωρίς δίχως άνευ
unless: εκτός_αν εκτός_εάν
modal: μπορεί μπορούν δύναται δύνανται πρέπει επιτρέπεται
use: χρησιμοποι* χρήσ* χρήση αξιοποι* αντιγρ* αναπαρ* συλλ* επεξεργ* τροφοδοτ* ενσωμ*
except: εκτός πλην
limit: περιορισμ* όρους
we: χρησιμοποιούμε εμείς
your: σας σου χρηστών πελατών
data: δεδομένα δεδομένων_σας μηνύματα αρχεία συγκατάθεσή
veto: δεδομένα_σας μηνύματά_σας σεμινάρι* μάθημα μαθήματα εγγραφ* επιστροφ* προσωπικά_δεδομένα
veto: προσωπικών_δεδομένων συμμετεχ* ακύρωσ*
others: δημοσιογράφ* εργαζόμεν* συνεργάτ* πάροχ*
prod: λογισμικό πλατφόρμα εργαστήριο ινστιτούτο ομάδα συνέδριο βιβλίο
ask: γιατί πώς τι δημοφιλή διαβάστε
incl: συμπεριλαμβ* ιδίως ιδιαίτερα μεταξύ_άλλων περιλαμβ* ειδικά καθώς
allr: με_επιφύλαξη_παντός_δικαιώματος με_την_επιφύλαξη_παντός_δικαιώματος
allr: όλα_τα_δικαιώματα_διατηρούνται με_την_επιφύλαξη_κάθε_δικαιώματος
allr: παντός_δικαιώματος_επιφυλασσομένου
holder: δικαιούχοι δικαιούχους
for: για σε ως με στην στη
mine: εξόρυξ* εξόρυξη_κειμένων εξόρυξη_δεδομένων εξόρυξη_κειμένου
ml: μηχανικ*_μάθησ* μηχανικής_μάθησης βαθι*_μάθησ*
ai: τν τεχνητ*_νοημοσύν* γλωσσικ*_μοντέλ* μοντέλ*_τν νευρωνικ*_δίκτυ*
model: μοντέλ* αλγόριθμ* αλγορίθμ*
train: εκπαίδευσ* εκπαιδεύ* εκπαιδευ* εκμάθησ* προπόνησ*
build: ανάπτυξ* δημιουργ* βελτίωσ* σύνολ*_δεδομένων
scrape: scrap* crawl* ρομπότ bots bot απόξεσ*
auto: αυτοματοποιημέν* αυτόματ* συστηματικ*
gather: συλλογ* πρόσβασ* εξαγωγ* λήψ*
""",
    "tr": """
stop: ve bir bu ile için olarak da de veya olan sitedeki içerik içerikler içeriği metinler değil tüm
neg: değil hayır asla değildir
no: hiçbir yok
ban: yasak* yasaktır yasaklan* yasaklanmıştır izin_verilmez izin_verilmemektedir izin_vermiyoruz
ban: verilmez kullanılamaz kullanılmamalı* kullanılmasın kullanamaz* edilemez alınamaz yapılamaz
ban: eğitilemez işlenemez kopyalanamaz toplanamaz aktarılamaz göstermiyoruz vermiyoruz redded*
ban: hukuka_aykırı yetkisiz kabul_etmiyoruz kullanmayın kullanmayınız edemez çıkarılamaz etmeyiniz
ban: kapalıdır izin_yoktur rıza_yoktur *meyin *mayın *meyiniz *mayınız *lamaz *lemez
res: saklı saklıdır saklı_tut* mahfuz* saklıyız
obj: itiraz* karşıyız karşı_çık* opt_out
perm: serbest* izin_verilir izin_veriyoruz izinli kullanılabilir kullanabilir* edilebilir mümkün*
perm: gerekmez* gerektirmez* gerekli_değil
need: gerek* gerekir gerekmekte* gereklidir zorunlu* şart* tabi tabidir gerektirir önkoşul iletişim*
need: başvur*
only: yalnızca sadece ancak
cons: izin izni izniyle izne iznine lisans* onay* sözleşme* rıza* anlaşma*
without: olmadan olmaksızın izinsiz alınmadan alınmaksızın
use: kullan* kullanıl* kullanım*
limit: kısıtlama* sınırlama* koşul*
we: kullanmıyoruz kullanmayız
your: sizin kullanıcıların
data: veriler veri
veto: verileriniz* verilerinizi mesajlarınız* dosyalarınız* kurs* iade* kayıt kayıtlar katılımcı*
veto: eğitmen* kişisel_veri* sertifika* seminer* eğitim_ücret*
prod: yazılım* platform* laboratuvar* enstitü* ekib* konferans* kitab*
ask: neden nasıl nedir
incl: dahil dâhil özellikle de_dahil kapsay* ve_özellikle
allr: tüm_hakları_saklıdır her_hakkı_saklıdır tüm_haklar_saklıdır bütün_hakları_saklıdır
for: için ile amacıyla
mine: veri_madencili* metin_madencili* metin_ve_veri* veri_madenci*
ml: makine_öğren* makina_öğren* derin_öğren* makine_öğrenim*
ai: yapay_zeka* yapay_zekâ* YZ dil_model* büyük_dil_model* sohbet_robot* sinir_ağ*
model: model* algoritma*
train: eğit* eğitim* eğitilme* eğitmek öğret*
build: geliştir* oluştur* besle* veri_set* veri_kümesi*
scrape: kazı* kazıma tarama* botlar* botları bot robotlar* scrap* crawl*
auto: otomat* otomatik
gather: topla* toplan* eriş* indir* çek* çekilme*
""",
    "az": """
stop: və bir bu ilə üçün da də saytın məzmun məzmunu olan materiallar ya
neg: deyil yox
no: heç heç_bir
ban: qadağan* qadağa* qadağandır icazə_verilmir istifadə_oluna_bilməz oluna_bilməz
ban: istifadə_edilə_bilməz edilə_bilməz bilməz yolverilməz* rədd etirazlıdır verilmir
res: qorunur saxlanılır saxlayır qorunan saxlamışdır özümüzdə
obj: etiraz* əleyhinə* opt_out
perm: icazə_verilir sərbəst* icazəlidir mümkündür olar
need: tələb* lazım* vacib* gərək
only: yalnız ancaq
cons: icazə icazəsi icazəsiz razılıq razılığı* lisenziya* müqavilə*
without: olmadan icazəsiz
use: istifadə*
limit: məhdudiyyət*
veto: məlumatlarınız* kurs* şəxsi_məlumat* ödəniş_qayt*
ask: niyə necə
incl: daxil_olmaqla o_cümlədən xüsusilə həmçinin
allr: bütün_hüquqlar_qorunur bütün_hüquqları_qorunur müəllif_hüquqları_qorunur
for: üçün
mine: mətn_və_məlumat* məlumatların_çıxar* data_mayninq verilənlərin_çıxar* məlumatların_hasil*
mine: intellektual_analiz*
ml: maşın_öyrən* dərin_öyrən*
ai: süni_intellekt* süni_zəka* dil_model* SI
model: model* alqoritm*
train: öyrəd* öyrət* təlim* təlimi öyrədilm*
build: inkişaf* yaradı* hazırla*
scrape: skrap* bot botlar* robotlar*
auto: avtomat*
gather: toplan* yığıl* əldə
""",
    "sq": """
stop: dhe e të në një për me nga është janë i së kjo ky tonë tona përmbajtja faqes ose që si
neg: nuk mos asnjëherë jo as
no: asnjë asgjë jo
ban: ndaloh* ndalim* ndaluar përjashto* refuzo* paligjsh* kufizo* ndalojmë
res: rezervo* rezervuar rezervohen ruhen
obj: kundërshto* kundër opt_out
perm: lejo* lejohet lejuar lirisht lirë pranojm* autorizo* pajtohemi
need: kërko* kërkohet nevojit* nevojsh* duhet_marrë
only: vetëm ekskluzivisht
cons: leje* lejen leja pëlqim* miratim* licenc* marrëveshj* kontrat*
without: pa
modal: mund duhet lejohet
use: përdor* shfrytëzo* kopjo* mblidh* mblodh* përpuno*
except: përveç me_përjashtim
limit: kufizim* kusht*
we: përdorim ne
your: tuaja juaj tuaj përdoruesve
data: dhëna dhënat mesazhet të_dhënat skedarët
veto: kurs kursi kurset rimburs* të_dhënat_tuaja të_dhënat_personale
ask: pse si çfarë
incl: përfshirë gjithashtu veçanërisht duke_përfshirë
allr: të_gjitha_të_drejtat_e_rezervuara të_gjitha_të_drejtat_rezervohen
allr: të_gjitha_të_drejtat_të_rezervuara
for: për në me si
mine: nxjerrj*_e_tekst* nxjerrj*_e_të_dhënave minim*_i_të_dhënave nxjerrja_e_teksteve
mine: nxjerrja_e_tekstit gërmim*_i_të_dhënave minimin* minim*_i minierim* gërmim*
ml: mësim*_makinerik* mësim*_i_makin* mësimi_i_makinës mësim*_automatik* të_mësuarit_e_makinës
ml: mësim*_makin* të_mësuarit_makinerik mësimin_e_makinës
ai: ia inteligjenc* inteligjenc*_artificial* modele*_gjuhësor* modelet_gjuhësore
noai: ai
model: model* algoritm*
train: trajn* stërvit* trajnim* mësuar
build: zhvillim* krijim* zhvillo*
scrape: scrap* crawl* robot* bot botet
auto: automatik* automatiz*
gather: mbledh* qasj* shkark* akses*
""",
    "mt": """
stop: u il l ta dan din tal fuq ma li għal jew tagħna kontenut sit bl fil minn hija huwa mill
neg: ma mhux mhuwiex mhijiex qatt la
no: l_ebda ebda xejn mhux
ban: ipprojbi* projbit* pprojbit* ipprojbit* projbizzjoni esklu* miċħud* illegali
res: riżerv* riservat* riżervat* jirriżerva* tirriżerva*
obj: noġġezzjona* oppon* noppon* oġġezzjon* opt_out
perm: permess* jippermetti awtorizzat* libera* hieles ħielsa liberament permessa huma_permessi
perm: aċċett*
need: meħtieġ* jeħtieġ teħtieġ jinħtieġ rikjest* tirrikjedi
only: biss esklussivament
cons: permess_bil kunsens* liċenzja* awtorizzazzjoni ftehim* kuntratt* permess
without: mingħajr
modal: jista tista jistgħu għandu
use: użu jintuża tintuża jintużaw użat* tuża tużaw użata
limit: restrizzjoni* limitu*
we: nużaw aħna
your: tiegħek tagħkom
data: dejta data informazzjoni messaġġi
veto: kors korsijiet dejta_personali
incl: inkluż* inklużi partikolarment ukoll
allr: id_drittijiet_kollha_riżervati drittijiet_kollha_riżervati kull_dritt_riżervat
for: għal għat għall fi bħala biex
mine: estrazzjoni_tat_test* minjiera* estrazzjoni_ta_test* tħaffir_tad_dejta estrazzjoni_ta_dejta
mine: estrazzjoni_tad_data estrazzjoni_tad_dejta minar* tqalliba_fit_test* thaffir* tħaffir*
ml: tagħlim_awtomatiku tagħlim_tal_magni tagħlim_tal_magna tagħlim_bil_magni
ai: ia intelliġenza_artifiċjali mudell*_lingwistiċ* mudelli_tal_lingwa
noai: ai
model: mudell*
train: taħriġ* titħarreġ* tħarreġ jitħarrġ* timrin* tħarrġu
build: żvilupp* iżvilupp*
scrape: scraping bots robots
auto: awtomatik* awtomatizz*
gather: ġbir aċċess*
""",
    "cy": """
stop: a y yr ac i o yn ar ein hwn hon neu am gan ei eu cynnwys gwefan safle mae ni'r
neg: ni nid na nad peidiwch byth
no: dim unrhyw_ran_ni nid_oes
ban: gwahardd* gwaherddir waherddir waharddir gwrthod* anghyfreithlon eithri* ni_chaniateir ni_cheir
ban: ni_ellir
res: cadw_pob cedwir cadwedig neilltu* cadwn gedwir
obj: gwrthwyneb* opt_out
perm: caniat* caniatâd_i caniateir ganiateir rhydd croeso cydsyni* cewch
need: angen rhaid gofynnol ofyn*
only: yn_unig dim_ond
cons: caniatâd ganiatâd trwydded* drwydded* cydsyniad gytundeb cytundeb chaniatâd
without: heb
modal: gellir ellir ceir cheir
use: defnydd* ddefnydd* defnyddio ddefnyddio copïo gasglu
limit: cyfyngiad* gyfyngiad*
your: eich dy
data: data gwybodaeth negeseuon
veto: cwrs cyrsiau gweithdy ad_dali*
incl: gan_gynnwys hefyd yn_enwedig
allr: cedwir_pob_hawl pob_hawl_wedi_i_chadw cedwir_yr_holl_hawliau
for: i ar gyfer at mewn fel
mine: cloddio_testun cloddio_data gloddio_testun gloddio_data cloddio_am_destun* mwyngloddio
mine: chloddio_data cloddio_testun_a_data
ml: dysgu_peirianyddol dysgu_peiriant ddysgu_peirianyddol dysgu_dwfn ddysgu_peiriant
ai: DA deallusrwydd_artiffisial ddeallusrwydd_artiffisial modelau_iaith fodelau_iaith model_iaith
model: model* fodel*
train: hyffordd* hyfforddi hyfforddiant dysgu ddysgu
build: datblyg* ddatblyg* creu
scrape: sgrapio crafu bots robotiaid
auto: awtomat*
gather: casglu gasglu mynediad
""",
    "ga": """
stop: an na agus i le ar a do de is tá atá seo ár nó go ag don ón sa suíomh ábhar
neg: ní níl nach ná cha níor
no: aon ní_cheadaítear níl
ban: cosc* coisc* toirmisc* toirmeasc* dhiúlt* diúlt* neamhdhleath* neamhcheadaithe cosctha eisiata
ban: ní_cheadaítear ní_ceadmhach
res: cosnaí* coim* forchoim* ar_cosaint coimeád* choim*
obj: cur_i_gcoinne agóid* gcoinne opt_out
perm: cead* ceada* ceadaithe ceadaítear saor fáilte aontaím* toilím*
need: gá teastaíonn riachtan* éilí*
only: amháin
cons: cead chead gcead toil* thoil* ceadún* cheadún* comhaontú* scríofa
without: gan
modal: féidir fhéadfar
use: úsáid* úsáidtear chóip*
limit: srian* shrian*
your: do bhur
data: sonraí sonraí_pearsanta
veto: cúrsa cúrsaí chúrsa
incl: lena_n_áirítear san_áireamh freisin go_háirithe
allr: gach_ceart_ar_cosaint gach_ceart_ar_cosnamh
for: chun do le ar haghaidh mar
mine: mianadóireacht* mhianadóireacht* mianadóireacht_téacs mianadóireacht_sonraí
ml: meaisínfhoghlaim* foghlaim_meaisín foghlaim_mheaisín mheaisínfhoghlaim*
ai: intleacht_shaorga hintleachta_saorga intleachta_saorga samhail_teanga samhlacha_teanga
ai: múnla*_teanga
noai: ai
model: samhlacha samhail* múnla*
train: oil* oiliúint* thraen* traen* thraenáil traenáil hoiliúint*
build: forbair* forbairt cruth*
scrape: scríob* scrap* bots róbait
auto: uathoibr*
gather: bail* bailiú* rochtain
""",
}
