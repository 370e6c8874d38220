"""Greek, Turkish, Azerbaijani, Albanian, Maltese, Welsh, Irish."""

TABLE = {
    "el": """
stop: και το του της την των τα η ο οι να για με σε από είναι στο στην μας αυτό αυτού που ή δεν κάθε
neg: δεν μην μη ούτε ποτέ
no: όχι κανένα καμία κανένας κανείς τίποτα ουδέν ουδείς ουδεμία ουδεμιά κανέναν κανενός πουθενά
no: κανείς_δεν
ban: απαγορεύ* απαγορεύεται απαγόρευση* αποκλεί* εξαιρ* αρνού* παράνομ* ανεπίτρεπτ* αθέμιτ* περιορ*
ban: αντιβαίν* αποκλεισ* απαγορευμέν* απαγορευτικ* παραβίασ* παραβιάζ* απορρίπτ* μη_επιτρεπτ*
ban: εξαίρεσ*_από_την_άδεια προσβάλλ* προσβολ*
cannot: δεν_επιτρέπ* δεν_μπορ* δεν_δικαιού* δεν_έχει_δικαίωμα δεν_συναιν* δεν_προορίζ* δεν_παρέχ*
cannot: δεν_δίν* απαράδεκτ*
res: επιφύλαξ* επιφυλάσσ* διατηρ* επιφυλάσσεται ανήκ* κρατά παρακρατ* παραμέν*
obj: αντιτίθ* αντίθετ* αντίρρηση* εναντιών* opt_out αντιτασσ* διαφων*
perm: επιτρέπ* επιτρεπ* συναιν* ελεύθερ* άδεια_για αποδεχ* δεχόμαστε συμφων* εγκρίν* παραχωρ*
perm: δικαιούται δικαιούνται εξουσιοδοτ* νόμιμ*
need: απαιτ* απαιτείται χρειάζ* προϋποθ* προαπαιτ* αναγκαί* υπόκει* πρέπει_να_λη* προϋπόθεση
need: επικοινωνήστε ζητήστε λάβει λάβουν συνάψ* υπογράψ* αγορ* πληρώσ* εξασφαλίσ* εξασφάλισ*
need: αποκτήσ* ζητήσ* απευθυν*
only: μόνο μόνον αποκλειστικά
cons: άδεια* άδειας συγκατάθεσ* έγκριση* συναίνεσ* συμφωνί* σύμβασ* αδειοδότ* δικαίωμα δικαιώματα
cons: δικαιώματος εξουσιοδότηση* έγγραφ*_άδει* έγγραφ*_συναίν* αδειών συναινέσ*
without: χωρίς δίχως άνευ
unless: εκτός_αν εκτός_εάν
modal: μπορεί μπορούν δύναται δύνανται πρέπει επιτρέπεται
use: χρησιμοποι* χρήσ* χρήση αξιοποι* αντιγρ* αναπαρ* συλλ* επεξεργ* τροφοδοτ* ενσωμ* ενταξ* ένταξη*
use: εισαγωγ* εισαχθ* καταλήξ* καταλήγ* τροφοδότ* γίν* μετατρ* αξιοποίησ* διάθεσ* υποβολ* χρησιμεύ*
except: εκτός πλην
limit: περιορισμ* όρους
we: χρησιμοποιούμε εμείς
your: σας σου χρηστών πελατών
data: δεδομένα δεδομένων_σας μηνύματα αρχεία συγκατάθεσή
veto: δεδομένα_σας μηνύματά_σας σεμινάρι* μάθημα μαθήματα επιστροφ* προσωπικά_δεδομένα
veto: προσωπικών_δεδομένων συμμετεχ* ακύρωσ* εγγραφές εγγραφών εγγραφείτε εγγραφή_στο
others: δημοσιογράφ* εργαζόμεν* συνεργάτ* πάροχ* δικαστήρι* βουλή κοινοβούλιο μελέτη κυβέρνηση
prod: λογισμικό πλατφόρμα εργαστήριο ινστιτούτο ομάδα συνέδριο βιβλίο
ask: γιατί πώς τι δημοφιλή διαβάστε
incl: συμπεριλαμβ* ιδίως ιδιαίτερα μεταξύ_άλλων περιλαμβ* ειδικά καθώς
allr: με_επιφύλαξη_παντός_δικαιώματος με_την_επιφύλαξη_παντός_δικαιώματος
allr: όλα_τα_δικαιώματα_διατηρούνται με_την_επιφύλαξη_κάθε_δικαιώματος
allr: παντός_δικαιώματος_επιφυλασσομένου
holder: δικαιούχοι δικαιούχους
for: για σε ως με στην στη
mine: εξόρυξ* εξόρυξη_κειμένων εξόρυξη_δεδομένων εξόρυξη_κειμένου εξόρυξη_κειμένων_και_δεδομένων
mine: ανάλυσ*_κειμέν*
ml: μηχανικ*_μάθησ* μηχανικής_μάθησης βαθι*_μάθησ* δεδομέν*_εκπαίδευσ* υλικό_εκπαίδευσ*
ml: σύνολ*_εκπαίδευσ* σύνολα_δεδομένων_εκπαίδευσης αυτόματη_μάθηση
ai: τν τεχνητ*_νοημοσύν* γλωσσικ*_μοντέλ* μοντέλ*_τν νευρωνικ*_δίκτυ* παραγωγικ*_τεχνητ* γεννήτρι*
ai: παραγωγικ*_μοντέλ* παραγωγικών_μοντέλων γενετικ*_τεχνητ* ΤΝ
model: μοντέλ* αλγόριθμ* αλγορίθμ*
train: εκπαίδευσ* εκπαιδεύ* εκπαιδευ* εκμάθησ* προπόνησ* διδασκαλί*_μοντέλ* μάθ*_από
build: ανάπτυξ* δημιουργ* βελτίωσ* σύνολ*_δεδομένων εισαγωγ* εισαχθ* εισάγ* τροφοδότ* τροφοδοσ*
build: φόρτωσ* μεταφόρτωσ* ταΐζ* τάισμ* τροφοδοτ*
scrape: scrap* crawl* ρομπότ bots bot απόξεσ*
auto: αυτοματοποιημέν* αυτόματ* συστηματικ*
gather: συλλογ* πρόσβασ* εξαγωγ* λήψ*
want: προορισμέν* διαθέσιμ* προσφέρ* διατίθ* προορίζ*
made: γραμμέν* γράφτηκ* δημιουργήθηκ* δημιουργημέν* μεταφρασ* παράχθηκ* παραγόμεν* συντάχθηκ*
by: από
org: ινστιτούτο εργαστήριο τμήμα κέντρο σχολή έδρα σύλλογος
over: για επί ως_προς σε
""",
    "tr": """
stop: ve bir bu ile için olarak da de veya olan sitedeki içerik içerikler içeriği metinler değil tüm
neg: değil hayır asla değildir gerekmez gerekmemektedir gerekli_değildir gerektirmez
no: hiçbir yok hiç_kimse hiç_kimsenin hiç_kimseye kimse kimsenin hiçbiri
ban: yasak* yasaktır yasaklan* yasaklanmıştır izin_verilmez izin_verilmemektedir izin_vermiyoruz
ban: verilmez kullanılamaz kullanılmamalı* kullanılmasın kullanamaz* edilemez alınamaz yapılamaz
ban: eğitilemez işlenemez kopyalanamaz toplanamaz aktarılamaz göstermiyoruz vermiyoruz redded*
ban: hukuka_aykırı yetkisiz kabul_etmiyoruz kullanmayın kullanmayınız edemez çıkarılamaz etmeyiniz
ban: kapalıdır izin_yoktur rıza_yoktur *meyin *mayın *meyiniz *mayınız *lamaz *lemez yasağı
ban: izinsizdir engellen* ihlal* suçtur hukuka_aykırıdır kabul_edilmez dışındadır hariçtir
ban: *mamalıdır *memelidir *masın *mesin
cannot: hakkı_yoktur hakkı_yok yetkisi_yoktur edilmez verilmemiştir sunulmamıştır uygun_değildir
cannot: değildir_izin kullanılmaz amaçlanmamıştır onaylamıyoruz rıza_göstermiyoruz
cannot: izin_vermemektedir izin_vermez *amaz *emez rıza_göstermez onaylamaz izin_vermiyor
res: saklı saklıdır saklı_tut* mahfuz* saklıyız saklı_tutar saklı_tutuyoruz saklı_tutmaktadır
res: kendisine_ayır* bizde
obj: itiraz* karşıyız karşı_çık* opt_out karşı_çıkar karşıdır
perm: serbest* izin_verilir izin_veriyoruz izinli kullanılabilir kullanabilir* edilebilir mümkün*
perm: yetkili izinlidir
need: gerek* gerekir gerekmekte* gereklidir zorunlu* şart* tabi tabidir gerektirir önkoşul iletişim*
need: başvur* alınmalıdır alınması almalıdır alması yapmalıdır satın_alma* imzala* ödeme*
need: talep_etme* edinme* gerekli_değildir gerekmez gerektirmez gerekmemektedir
only: yalnızca sadece ancak
cons: izin izni izniyle izne iznine lisans* onay* sözleşme* rıza* anlaşma* hakkı hakları hak yetki*
cons: muvafakat* izin_belgesi yazılı
without: olmadan olmaksızın izinsiz alınmadan alınmaksızın
use: kullan* kullanıl* kullanım* katıl* dönüştür* aktar* yükle* sokul* eklen* ekleme* verilmesi
use: işlen*
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
mine: veri_madencili* metin_madencili* metin_ve_veri* veri_madenci* metin_ve_veri_madenciliği
mine: metin_madenciliği veri_madenciliği veri_madenciliğ*
ml: makine_öğren* makina_öğren* derin_öğren* makine_öğrenim* eğitim_veri* eğitim_set* eğitim_kümesi*
ml: eğitim_malzeme* eğitim_materyal* öğrenme_verisi
ai: yapay_zeka* yapay_zekâ* YZ dil_model* büyük_dil_model* sohbet_robot* sinir_ağ* üretken
ai: görüntü_üret* görsel_üret* yapay_zekânın üretici_yapay
model: model* algoritma*
train: eğit* eğitim* eğitilme* eğitmek öğret*
build: geliştir* oluştur* besle* veri_set* veri_kümesi* yükle* aktar* gir*_yapay ekle*
scrape: kazı* kazıma tarama* botlar* botları bot robotlar* scrap* crawl*
auto: otomat* otomatik
gather: topla* toplan* eriş* indir* çek* çekilme*
want: amaçlan* sunul* yönelik
made: yazıl* üretil* oluşturulmuş hazırlan* çevril* üretilmiş
post: için amacıyla
org: enstitü* laboratuvar* bölümü merkezi fakülte* derneği
others: mahkeme* meclis parlamento hükümet
""",
    "az": """
stop: və bir bu ilə üçün da də saytın məzmun məzmunu olan materiallar ya
neg: deyil yox lazım_deyil tələb_olunmur
no: heç heç_bir heç_kim heç_kəs heç_kəsin heç_kimin heç_kimə
ban: qadağan* qadağa* qadağandır istifadə_oluna_bilməz oluna_bilməz istifadə_edilə_bilməz bilməz
ban: yolverilməz* rədd etirazlıdır qanunsuz* qadağan_olunur istisna* pozuntu* qadağan_edilir pozur
cannot: hüququ_yoxdur icazə_verilmir icazə_vermirik nəzərdə_tutulmayıb yol_verilmir ola_bilməz
cannot: razı_deyilik edilə_bilməz olunmur verilmir *bilməz
res: qorunur saxlanılır saxlayır qorunan saxlamışdır özümüzdə özündə_saxlayır ehtiyatda qalır
res: qalmaqdadır qalırlar
obj: etiraz* əleyhinə* opt_out
perm: icazə_verilir sərbəst* icazəlidir mümkündür olar hüququ_var ixtiyarı
need: tələb* lazım* vacib* gərək almaq almalı bağlamaq imzalamaq ödəmək tələb_olunur alınmalıdır
need: alınması
only: yalnız ancaq
cons: icazə icazəsi icazəsiz razılıq razılığı* lisenziya* müqavilə* hüququ hüquq hüququnu yazılı
without: olmadan icazəsiz
use: istifadə* daxil_edil* ötürül* yüklə* çevril*
limit: məhdudiyyət*
veto: məlumatlarınız* kurs* şəxsi_məlumat* ödəniş_qayt*
ask: niyə necə
incl: daxil_olmaqla o_cümlədən xüsusilə həmçinin
allr: bütün_hüquqlar_qorunur bütün_hüquqları_qorunur müəllif_hüquqları_qorunur
for: üçün
mine: mətn_və_məlumat* məlumatların_çıxar* data_mayninq verilənlərin_çıxar* məlumatların_hasil*
mine: intellektual_analiz* mətn_və_verilənlərin mətn_və_məlumatların mətnlərin_və_məlumat*
mine: data_mining
ml: maşın_öyrən* dərin_öyrən* təlim_məlumat* öyrətmə_məlumat* təlim_verilən*
ai: süni_intellekt* süni_zəka* dil_model* SI generativ süni_intellektin böyük_dil*
model: model* alqoritm*
train: öyrəd* öyrət* təlim* təlimi öyrədilm*
build: inkişaf* yaradı* hazırla* yüklə* daxil_et* ötür* əlavə_ed* bəslə* qidalandır*
scrape: skrap* bot botlar* robotlar*
auto: avtomat*
gather: toplan* yığıl* əldə
want: nəzərdə_tutul* təqdim
made: yazılıb yaradılıb tərcümə hazırlanıb
post: üçün
others: məhkəmə parlament hökumət
""",
    "sq": """
stop: dhe e të në një për me nga është janë i së kjo ky tonë tona përmbajtja faqes ose që si
neg: nuk mos asnjëherë jo as
no: asnjë asgjë jo askush askujt askund asnjëri asnjërit
ban: ndaloh* ndalim* ndaluar përjashto* refuzo* paligjsh* kufizo* ndalojmë shkel* kundërligjsh*
cannot: nuk_lejohet nuk_lejohen nuk_mund nuk_ka_të_drejtë nuk_kanë_të_drejtë nuk_japim nuk_jep
cannot: nuk_pranojmë nuk_pajtohemi
res: rezervo* rezervuar rezervohen ruhen mban ruan i_takon mbajmë
obj: kundërshto* kundër opt_out
perm: lejo* lejohet lejuar lirisht lirë pranojm* autorizo* pajtohemi autorizuar lejuara drejtë_për
need: kërko* kërkohet nevojit* nevojsh* duhet_marrë marrë marrja lidhë nënshkru* blej* paguaj*
need: sigur* merrni kërkuar
only: vetëm ekskluzivisht
cons: leje* lejen leja pëlqim* miratim* licenc* marrëveshj* kontrat* drejtë drejta drejtat
cons: autorizim* shkrim*
without: pa
modal: mund duhet lejohet
use: përdor* shfrytëzo* kopjo* mblidh* mblodh* përpuno* përfundoj* fut* hyj* ushqe* shndërro* bëhen
use: përfshih* jep*
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
mine: nxjerrja_e_tekstit gërmim*_i_të_dhënave minimin* minim*_i minierim* gërmim* nxjerrjen_e_tekst*
mine: nxjerrjen_e_të_dhënave minimi_i_tekst* minimin_e_tekst* nxjerrj*_e_teksteve nxjerrj*_së_tekst*
mine: nxjerrjes_së_tekstit nxjerrjes_së_të
ml: mësim*_makinerik* mësim*_i_makin* mësimi_i_makinës mësim*_automatik* të_mësuarit_e_makinës
ml: mësim*_makin* të_mësuarit_makinerik mësimin_e_makinës dhëna_trajnimi të_dhëna_trajnimi
ml: material_trajnimi dhëna_për_trajnim të_dhënat_e_trajnimit
ai: ia inteligjenc* inteligjenc*_artificial* modele*_gjuhësor* modelet_gjuhësore gjenerativ*
ai: gjenerues* modele_gjuhësore inteligjencës_artificiale IA
noai: ai
model: model* algoritm*
train: trajn* stërvit* trajnim* mësuar mësoj*
build: zhvillim* krijim* zhvillo* futj* ngarko* ngarkim* ushqy* futet futen ushqen mësoj*
scrape: scrap* crawl* robot* bot botet
auto: automatik* automatiz*
gather: mbledh* qasj* shkark* akses*
want: menduar destinuar disponueshme ofruara caktuar
made: shkruar gjeneruar krijuar përkthyer hartuar
by: nga
over: për mbi
others: gjykata parlamenti qeveria
""",
    "mt": """
stop: u il l ta dan din tal fuq ma li għal jew tagħna kontenut sit bl fil minn hija huwa mill
neg: ma mhux mhuwiex mhijiex qatt la
no: l_ebda ebda xejn mhux ħadd_ma ħadd l_ebda_ mkien
ban: ipprojbi* projbit* pprojbit* ipprojbit* projbizzjoni esklu* miċħud* illegali miżmum*
ban: mhux_awtorizzat* kontra_l_liġi jikser tikser ksur
cannot: mhux_permess* mhijiex_permess* ma_jistgħux ma_tistax ma_jistax ma_nippermettux ma_nagħtux
cannot: m_għandux mhix_permess* mhumiex_permess* ma_għandu ma_għandux ma_jaqbilx ma_jaqblux
cannot: ma_naqblux ma_jagħtix ma_jippermettix
res: riżerv* riservat* riżervat* jirriżerva* tirriżerva* jirriserva tirriserva jżomm iżżomm
res: nirriżervaw
obj: noġġezzjona* oppon* noppon* oġġezzjon* opt_out
perm: permess* jippermetti awtorizzat* libera* hieles ħielsa liberament permessa huma_permessi
perm: aċċett*
need: meħtieġ* jeħtieġ teħtieġ jinħtieġ rikjest* tirrikjedi jikseb tikseb jinkiseb jitlob titlob
need: ħtieġa
only: biss esklussivament
cons: permess_bil kunsens* liċenzja* awtorizzazzjoni ftehim* kuntratt* permess dritt drittijiet jedd
cons: bil_miktub
without: mingħajr
modal: jista tista jistgħu għandu
use: użu jintuża tintuża jintużaw użat* tuża tużaw użata jispiċċa jispiċċaw idaħħal jiddaħħal
use: tużahom
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
mine: estrazzjoni_tat_test_u_tad_data estrazzjoni_ta_test_u_data estrazzjoni_tat_test_u
ml: tagħlim_awtomatiku tagħlim_tal_magni tagħlim_tal_magna tagħlim_bil_magni data_ta_taħriġ
ml: dejta_ta_taħriġ materjal_ta_taħriġ data_tat_taħriġ
ai: ia intelliġenza_artifiċjali mudell*_lingwistiċ* mudelli_tal_lingwa ġenerattiv* ġeneratur*
noai: ai
model: mudell*
train: taħriġ* titħarreġ* tħarreġ jitħarrġ* timrin* tħarrġu iħarreġ jħarreġ itħarreġ
build: żvilupp* iżvilupp* ddaħħal* iddaħħal* titma' jittiellg* titella'
scrape: scraping bots robots
auto: awtomatik* awtomatizz*
gather: ġbir aċċess*
want: maħsub* intenzjonat* disponibbli
made: miktub* iġġenerat* maħluq* tradott*
by: minn
others: qorti gvern parlament
""",
    "cy": """
stop: a y yr ac i o yn ar ein hwn hon neu am gan ei eu cynnwys gwefan safle mae ni'r
neg: ni nid na nad peidiwch byth
no: dim unrhyw_ran_ni nid_oes neb nunlle
ban: gwahardd* gwaherddir waherddir waharddir gwrthod* anghyfreithlon eithri* anawdurdodedig torri
ban: wahardd* wrthod* tramgwydd*
cannot: ni_chaniateir ni_cheir ni_ellir nid_oes_hawl nid_yw_ar_gael ni_roddir ni_chaniatawn
cannot: ni_ddylid ni_chewch nid_yw_wedi_i_fwriadu nid_oes_gan_neb nid_ydym_yn_caniatáu
cannot: chewch_chi_ddim nid_yw_cydsynio nid_yw_yn_caniatáu
res: cadw_pob cedwir cadwedig neilltu* cadwn gedwir cadw
obj: gwrthwyneb* opt_out
perm: caniat* caniatâd_i caniateir ganiateir rhydd croeso cydsyni* cewch
need: angen rhaid gofynnol ofyn* gofyn sicrhau cael_caniatâd
only: yn_unig dim_ond
cons: caniatâd ganiatâd trwydded* drwydded* cydsyniad gytundeb cytundeb chaniatâd hawl hawliau
cons: ysgrifenedig awdurdod
without: heb
modal: gellir ellir ceir cheir
use: defnydd* ddefnydd* defnyddio ddefnyddio copïo gasglu bwydo fwydo mynd rhoi cynnwys_mewn
limit: cyfyngiad* gyfyngiad*
your: eich dy
data: data gwybodaeth negeseuon ddata
veto: cwrs cyrsiau gweithdy ad_dali*
incl: gan_gynnwys hefyd yn_enwedig
allr: cedwir_pob_hawl pob_hawl_wedi_i_chadw cedwir_yr_holl_hawliau
for: i ar gyfer at mewn fel
mine: cloddio_testun cloddio_data gloddio_testun gloddio_data cloddio_am_destun* mwyngloddio
mine: chloddio_data cloddio_testun_a_data gloddio_testun_a_data mwyngloddio_data mwyngloddio_testun
mine: fwyngloddio
ml: dysgu_peirianyddol dysgu_peiriant ddysgu_peirianyddol dysgu_dwfn ddysgu_peiriant data_hyfforddi
ml: ddata_hyfforddi deunydd_hyfforddi
ai: DA deallusrwydd_artiffisial ddeallusrwydd_artiffisial modelau_iaith fodelau_iaith model_iaith
ai: cynhyrchiol gynhyrchiol
model: model* fodel*
train: hyffordd* hyfforddi hyfforddiant dysgu ddysgu hyfforddi_ddeallus*
build: datblyg* ddatblyg* creu bwydo fwydo uwchlwytho mewnbynnu lanlwytho
scrape: sgrapio crafu bots robotiaid
auto: awtomat*
gather: casglu gasglu mynediad
want: fwriadu bwriadu bwriedir ar_gael
made: ysgrifennwyd cynhyrchwyd greu_gan
by: gan
others: llys llywodraeth senedd
""",
    "ga": """
stop: an na agus i le ar a do de is tá atá seo ár nó go ag don ón sa suíomh ábhar
neg: ní níl nach ná cha níor
no: aon ní_cheadaítear níl aon_duine neach aon_chuid
ban: cosc* coisc* toirmisc* toirmeasc* dhiúlt* diúlt* neamhdhleath* neamhcheadaithe cosctha eisiata
ban: mídhleathach thoirmisc* chosc* chosctha sárú sáraíonn
cannot: ní_cheadaítear ní_ceadmhach níl_cead níl_sé_ceadaithe ní_fhéadfar ní_thugtar níl_aon_chead
cannot: ní_féidir ní_toilímid ní_mór_gan níl_sé_d_údarás níl_aon_cheart ní_thoilíonn ní_aontaíonn
cannot: ní_cheadaíonn
res: cosnaí* coim* forchoim* ar_cosaint coimeád* choim* coinníonn choinníonn
obj: cur_i_gcoinne agóid* gcoinne opt_out
perm: cead* ceada* ceadaithe ceadaítear saor fáilte aontaím* toilím*
need: gá teastaíonn riachtan* éilí* fháil faigh* lorg iarraidh iarr
only: amháin
cons: cead chead gcead toil* thoil* ceadún* cheadún* comhaontú* scríofa ceart cheart cearta údarás
cons: scríbhinn
without: gan
modal: féidir fhéadfar
use: úsáid* úsáidtear chóip* úsáid_a_bhaint bheathú chur_isteach
limit: srian* shrian*
your: do bhur
data: sonraí sonraí_pearsanta shonraí theachtaireachtaí
veto: cúrsa cúrsaí chúrsa
incl: lena_n_áirítear san_áireamh freisin go_háirithe
allr: gach_ceart_ar_cosaint gach_ceart_ar_cosnamh
for: chun do le ar haghaidh mar
mine: mianadóireacht* mhianadóireacht* mianadóireacht_téacs mianadóireacht_sonraí
mine: mianadóireacht_téacs_agus_sonraí mianadóireacht_téacs_agus
ml: meaisínfhoghlaim* foghlaim_meaisín foghlaim_mheaisín mheaisínfhoghlaim* sonraí_oiliúna
ml: sonraí_traenála ábhar_oiliúna fhoghlaim_mheaisín fhoghlaim_mheaisin
ai: intleacht_shaorga hintleachta_saorga intleachta_saorga samhail_teanga samhlacha_teanga
ai: múnla*_teanga giniúna ghiniúnach giniúnach IS
noai: ai
model: samhlacha samhail* múnla*
train: oil* oiliúint* thraen* traen* thraenáil traenáil hoiliúint*
build: forbair* forbairt cruth* lódáil chur_isteach ionchur bheathú uaslódáil
scrape: scríob* scrap* bots róbait
auto: uathoibr*
gather: bail* bailiú* rochtain
want: beartaithe ceaptha ar_fáil dírithe
made: scríofa_ag gineadh cruthaithe scríobh
others: cúirt rialtas
""",
}
