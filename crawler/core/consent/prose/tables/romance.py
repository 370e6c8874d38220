"""French, Spanish, Italian, Portuguese, Romanian, Catalan, Galician; Basque beside them."""

TABLE = {
    "fr": """
stop: le la les de des du et à au aux en un une pour par sur dans que qui est sont nos notre ce
stop: cette ou avec toute tout d l ces
neg: ne n ni jamais
no: pas aucun aucune nul nulle rien ni non pas_de pas_d
fact: n_est_pas ne_sont_pas n_est_jamais ne_sont_jamais ne_sera_pas ne_seront_pas n_a_pas
ban: interdi* proscri* prohib* défend* exclu* exclut refus* bannie bannis illicite* illégal*
ban: contrefa* bloqu* empêch* écart* restrein* hors_licence non_autoris* non_permis soustrai*
res: réserv* réserve réserves réservés
obj: oppos* s_oppose opposition opt_out retrait déclin*
perm: autoris* permis permise permises permet permett* permettre libre libres librement accept*
perm: consent consentons consentent agré* licite tolér* bienvenu* accord_pour admis* accueill*
perm: accordé* octroy* donné* destin* possible utilisable* exploitable* licites
want: voul* souhait* désir*
need: requiert requièrent requis requise nécessit* soumis soumise soumises soumettre exig*
need: subordonn* faut obtenir obtenu demander demandé doit_faire doivent_faire sollicit* suppose
need: dépend besoin nécessaire* préalable* condition_préalable contacter contactez acquérir
only: uniquement seulement exclusivement que_sur seul seule qu qu_après qu_avec
cons: autorisation* licence* accord consentement* permission* contrat* convention agrément
fee: rémunération paiement frais redevance
without: sans hors
unless: sauf
modal: peut peuvent pourra pourront saurait sauraient doit doivent devra devront puisse puissent
modal: pouvez pourrez devez
use: utilis* exploit* employ* servir sert servent traite* copi* reproduc* reproduit* collect*
use: extrai* aliment* intégr* incorpor* usage réutilis* moissonn*
except: excepté hormis à_l_exception à_l_exclusion
limit: restriction* limite* limitation* condition* entrave*
we: utilisons nous je on_n
your: vos votre utilisateurs clients tes ton
data: données messages fichiers contenus photos conversations saisies textes_que documents
data: consentement informations
veto: formation formations stage stages atelier* cours_de inscription* rembours* annul* participant*
veto: données_personnelles téléversés importés vous_opposer pouvez_vous_opposer certificat* examen
veto: club judo cet_appareil formateur* élèves conseil_juridique votre_droit_d_opposition notre_ia
veto: nos_modèles nos_ia nos_algorithmes notre_modèle abonnement version_d_essai pistage traceurs
veto: salle gymnase slogan
others: journalistes salariés prestataire* partenaire* fournisseur* collaborateurs rédacteurs
others: leur_licence
prod: logiciel logiciels plateforme laboratoire institut académie équipe conférence livre revue
prod: cours société cabinet agence experts
ask: pourquoi comment quoi qu_est à_lire les_plus_lus expliqué
incl: notamment y_compris en_particulier compris inclus incluant également aussi spécialement dont
incl: expressément
allr: tous_droits_réservés tous_les_droits_réservés tous_droits_de_reproduction_réservés
allr: tous_droits_sont_réservés tous_les_droits_sont_réservés
holder: titulaires_de_droits ayants_droit titulaires_des_droits titulaire_de_droits
by: par
for: pour par dans en avec à aux de d comme
mine: fouille* fouille_de_textes fouille_de_données exploration_de_textes exploration_de_données
mine: exploration_des_textes extraction_de_textes fouille_et_exploration exploration_de_texte
mine: forage_de_données forage_de_textes analyse_automatisée analyse_automatique
ml: apprentissage_automatique apprentissage_machine apprentissage_profond apprentissage_statistique
ml: apprentissages_automatique*
ai: ia ias intelligence*_artificielle* modèle*_de_langage modèle*_de_langue grand*_modèle*
ai: modèles_d_ia agent_conversationnel agents_conversationnels réseau*_de_neurones système_d_ia
noai: ai
model: modèle* algorithme*
train: entrain* entraîn* ré_entraîn* apprentissage* apprenne apprendre former formation_des_modèles
build: développ* créer création amélior* aliment* nourri* constitu* corpus jeux_de_données
build: jeu_de_données mettre_au_point
scrape: scrap* crawl* robots robot bots moissonn* aspir* araignées aspirateurs
auto: automatis* automatique* systématique* massif massive
gather: extra* collect* accès récup* téléchar* consult* moyens outils
""",
    "es": """
stop: el la los las de del y en un una para por con que es son nuestro nuestra nuestros nuestras
stop: este esta o al se lo su sus estos estas
neg: no nunca ni tampoco
no: ningún ninguna ninguno no nada ninguna_parte
fact: no_son no_es no_serán
ban: prohib* prohíbe* vetad* veta exclu* rechaz* ilegal* ilícit* deneg* deniega* niega* impid*
ban: restring* queda_fuera vulner* infring* desautoriz* bloque* no_autoriz* vedad*
res: reserv* reservado reserva
obj: opone oponemos oponen opongo oposición oponerse opt_out exclusión_voluntaria
perm: permit* permite permitid* autoriz* autorice* libre libremente consent* consiente consiento
perm: consentimos acept* bienvenid* admit* admite lícit* tolera* licenciad* conced* otorg* destin*
perm: posible utilizable* apto
want: quer* dese*
need: requier* requiere necesit* necesari* precis* exig* depende* sujet* supedit* deberá_solicitar
need: solicit* obten* falta requisito condición_previa contacte contactar adquirir
only: solo sólo únicamente exclusivamente solamente
cons: autorización* permiso* consentimiento* licencia* acuerdo* contrato* convenio
fee: pago remuneración coste cargo
without: sin
unless: salvo_que salvo_con
modal: puede pueden podrá podrán podría debe deben deberá deberán pueda puedan
use: utiliz* usar usarse usado usada usados usadas uso emple* aprovech* explot* proces* copi*
use: reproduc* recopil* extra* incorpor* alimentar aliment* servir introduc* inclu* entregar
except: salvo excepto exceptuando a_excepción
limit: restricci* límite* limitaci* condicion* traba*
we: utilizamos usamos entrenamos nosotros
your: tus tu usuarios clientes vuestros vuestras su_cuenta
data: datos mensajes archivos ficheros fotos conversaciones documentos contenidos
veto: sus_datos sus_archivos sus_mensajes sus_ficheros sus_fotos sus_contenidos sus_conversaciones
veto: curso* taller* inscripci* reembolso* devoluci* matrícula* gimnasio toalla profesor*
veto: datos_personales alumn* cancel* certificad* este_dispositivo código_propio nuestra_ia
veto: nuestros_modelos nuestro_modelo nuestros_algoritmos versión_de_prueba suscripción rastreadores
veto: gimnasios
others: proveedor* periodistas empleados redactores socio socios colaboradores
x: no_se_utiliz* no_se_usa* no_se_emple*
prod: software plataforma laboratorio instituto academia equipo congreso libro revista empresa curso
ask: por_qué cómo qué lo_más_leído explicado lea_también
incl: incluid* inclus* incluyendo en_particular especialmente también en_especial expres* específic*
allr: todos_los_derechos_reservados reservados_todos_los_derechos quedan_reservados_todos
allr: derechos_reservados
holder: titulares_de_derechos titulares_de_los_derechos titular_de_derechos
for: para por en con a como de
mine: minería minería_de_textos minería_de_datos minado_de_datos minar_textos prospección_de_textos
mine: minado_de_texto explotación_de_textos_y_datos análisis_automatizado
mine: extracción_de_textos_y_datos minería_de_texto
ml: aprendizaje_automático aprendizaje_de_máquina* aprendizaje_máquina aprendizaje_profundo
ml: aprendizaje_automatizado aprendizaje_computacional
ai: ia ias inteligencia*_artificial* modelo*_de_lenguaje modelo*_del_lenguaje modelo*_lingüístic*
ai: gran*_modelo* modelos_de_ia sistemas_de_ia redes_neuronales
model: modelo* algoritmo*
train: entren* reentren* adiestr* aprendizaje
build: desarroll* crear creación mejor* aliment* construi* dataset* corpus conjuntos_de_datos
build: conjunto_de_datos generar_modelos
law: 67_3 rdl_24 67_rdley
scrape: scrap* rastre* crawl* arañas robots bots robot raspado araña
auto: automatiz* automátic* masiv* sistemátic*
gather: acceso* extra* recopil* descarg* recolec* consult* medios recog* captur*
""",
    "it": """
stop: il lo la i gli le di del della dei delle e in un una per con che è sono nostri nostre nostro
stop: questo questa o al alla da dal dalla si su
neg: non né mai neppure
no: nessun nessuna nessuno no niente nessuna_parte non
fact: non_vengono non_viene non_sono non_è non_saranno
ban: vieta* vietat* proib* esclus* esclud* rifiut* illecit* illegal* neg* divieto divieti preclu*
ban: interdett* impedi* limit* abusiv* fuori_licenza non_autorizz*
res: riserv* riserva
obj: oppone oppongo opponiamo opposizione opporsi opt_out oppongono
perm: consent* permess* permett* autorizz* liber* ammess* accett* acconsent* lecit* gradit* toller*
perm: concess* concede concediamo rilasci* accordat* destinat* possibile utilizzabil*
want: vogl* desider*
need: richied* richiest* necessari* occorr* serve bisogn* subordinat* previo previa soggett* dipende
need: ottenere ottenut* chiedere presupposto contattare contattateci acquisire requisito
only: solo soltanto esclusivamente unicamente
cons: autorizzazione autorizzazioni permesso consenso licenza licenze accordo contratto assenso
fee: pagamento compenso costi
without: senza
unless: salvo_consenso
modal: può possono potrà potranno deve devono dovrà possa possano
use: utilizz* usare usat* uso impieg* sfrutt* elabor* copi* riprodu* raccog* raccolt* estra*
use: aliment* incorporat* inserit* servire immess* fornit* impiego
except: salvo tranne eccetto ad_eccezione
limit: restrizion* limiti limitazion* condizion* vincol*
we: utilizziamo usiamo addestriamo noi
your: tuoi tue tuo vostri vostre utenti clienti
data: dati messaggi file contenuti foto conversazioni documenti consenso
veto: suoi_dati i_suoi_messaggi corso corsi laboratorio_didattico iscrizion* rimbors* partecipant*
veto: dati_personali caricati docent* annullament* certificat* esame questo_dispositivo nostra_ia
veto: nostri_modelli nostro_modello nostri_algoritmi palestra abbonamento versione_di_prova
veto: tracciamento
others: giornalisti fornitore fornitori dipendenti partner redattori collaboratori
prod: software piattaforma laboratorio istituto accademia team gruppo convegno libro rivista azienda
ask: perché come cosa più_letti spiegato leggi_anche
incl: inclus* compres* in_particolare anche specie specialmente espressamente ivi nonché
allr: tutti_i_diritti_riservati tutti_i_diritti_sono_riservati diritti_riservati
allr: tutti_i_diritti_di_riproduzione_riservati
holder: titolari_dei_diritti titolare_dei_diritti aventi_diritto
for: per in da con a come di nel nell
mine: estrazione_di_testo estrazione_di_testi estrazione_di_dati estrazione_del_testo
mine: estrazione_di_testo_e_di_dati analisi_automatizzata estrazione_e_analisi estrazione_dei_testi
mine: data_mining
ml: apprendimento_automatico apprendimento_macchina apprendimento_profondo
ml: apprendimento_automatizzato
ai: ia intelligenz*_artificial* modell*_linguistic* modelli_di_linguaggio sistemi_di_ia
ai: modelli_di_ia reti_neurali
noai: ai
model: modell* algoritm*
train: addestr* allen* riaddestr* istruire
build: svilupp* crear* creazione miglior* aliment* costru* dataset corpus insiemi_di_dati
scrape: scrap* crawl* robot bot spider ragni
auto: automatizz* automatic* sistematic* massiv*
gather: acces* estra* raccol* scaric* consult* prelev* mezzi strumenti
""",
    "pt": """
stop: o a os as de do da dos das e em um uma para por com que é são nosso nossa nossos nossas este
stop: esta ou ao no na nos nas se pelo pela
neg: não nunca nem tampouco
no: nenhum nenhuma nada não nenhuma_parte
fact: não_são não_é não_serão
ban: proib* vedad* veda interdit* exclu* recus* ilegal* ilícit* neg* impe* restring* restrit*
ban: bloque* rejeit* desautoriz* infring* viola* não_autoriz*
res: reserv* reservado reserva
obj: opomos opõe opor oposição oponho opõem opt_out opomo
perm: permit* permissão_para autoriz* livre livremente consent* aceit* admit* lícit* toler*
perm: bem_vind* conced* licenciad* concord* destin* possível utilizáve*
want: quer* desej*
need: exig* requer* necess* precis* depende* sujeit* carec* condicionad* obter obtid* solicit*
need: mediante requisito contate contactar contacte condição_prévia adquirir
only: só somente apenas exclusivamente unicamente
cons: autorização autorizações permissão consentimento licença* acordo contrato anuência
fee: pagamento remuneração custo
without: sem
unless: salvo_se
modal: pode podem poderá poderão deve devem deverá deverão possa possam
use: utiliz* usar usad* uso empreg* explor* process* copi* reproduz* recolh* colet* extra* aliment*
use: incorpor* servir inclu* inser*
except: exceto salvo excepto com_exceção
limit: restriç* limite* limitaç* condiç*
we: utilizamos usamos treinamos nós
your: seus suas seu sua teus tuas utilizadores usuários clientes vossos
data: dados mensagens arquivos ficheiros conteúdos fotos conversas documentos consentimento
veto: curso* oficina* inscriç* reembols* matrícul* participant* dados_pessoais enviados_por aluno*
veto: cancel* certificad* este_dispositivo formação nossa_ia nossos_modelos nosso_modelo
veto: nossos_algoritmos academia_de ginásio assinatura versão_de_teste
others: fornecedor* jornalistas funcionários redatores parceiro* prestador* colaboradores
prod: software plataforma laboratório instituto academia equipe equipa conferência livro revista
ask: por_que porquê como o_que mais_lidas explicado leia_também
incl: inclui* inclus* incluindo em_particular também especialmente nomeadamente designadamente
incl: expressamente
allr: todos_os_direitos_reservados todos_os_direitos_são_reservados direitos_reservados
holder: titulares_de_direitos titulares_dos_direitos
for: para por em com a como de na no
mine: mineração prospeção_de_textos prospecção_de_textos prospeção_de_dados extração_de_textos
mine: mineração_de_textos mineração_de_dados minerar_textos análise_automatizada garimpagem
mine: prospeção_de_texto exploração_de_textos_e_dados prospecção_de_dados
ml: aprendizagem_automática aprendizado_de_máquina aprendizado_automático aprendizagem_de_máquina*
ml: aprendizagem_profunda aprendizado_profundo aprendizagem_computacional aprendizagem_máquina
ai: ia inteligência*_artific* modelo*_de_linguagem modelo*_linguístic* modelos_de_ia sistemas_de_ia
ai: redes_neurais redes_neuronais
noai: ai
model: modelo* algoritmo*
train: trein* retrein* aprendizado aprendizagem
build: desenvolv* criar criação melhor* aliment* constru* dataset* corpus conjuntos_de_dados
scrape: scrap* raspagem rastre* crawl* robôs robots bots aranhas robot
auto: automatizad* automátic* sistemátic* massiv*
gather: acesso* extra* recolh* colet* descarreg* baix* consult* meios captur*
""",
    "ro": """
stop: și de în la cu pe pentru din este sunt un o al ale care acest această noastre noastră nu sau
stop: prin
neg: nu nici niciodată
no: niciun nicio nimic fără_niciun nu nici_o
ban: interzi* exclu* refuz* neautoriz* ilegal* oprit* respin* interdic* nepermis* restricț*
ban: împiedic*
res: rezerv* rezervat*
obj: opun* opunem opune opoziți* opt_out obiect*
perm: permi* permis* autoriz* liber* admis* accept* consimțim consimt licențiat* îngădui*
perm: acord_pentru sunteți_bineveniți de_acord
need: necesit* necesar* nevoie cere* cer solicit* condiționat* obțin* impune depinde
need: condiție_prealabilă contactați solicitați
only: doar numai exclusiv
cons: acord acordul acordului consimțămân* permisiun* licenț* autorizați* autorizare contract*
cons: aprobar* plată
without: fără
unless: decât_cu
modal: poate pot poți trebuie puteți va_putea
use: folos* utiliz* exploat* preluc* copi* reprodu* colect* extra* aliment* inclu* introdus*
except: cu_excepția exceptând
limit: restricții limită limit* condiții
we: folosim utilizăm noi
your: dvs dumneavoastră tale voastre utilizatorilor clienților
data: datele date mesajele fișierele conținutul fotografiile
veto: curs cursul cursuri atelier* ramburs* înscrier* date_cu_caracter_personal cursan*
others: jurnaliștii furnizor* angajații redactorii parteneri*
prod: software platform* laborator* institut* echip* conferinț* carte
ask: de_ce cum ce cele_mai_citite
incl: inclusiv incluzând în_special îndeosebi precum_și cu_precădere și_pentru
allr: toate_drepturile_rezervate toate_drepturile_sunt_rezervate
holder: titularii_de_drepturi titularul_drepturilor
for: pentru în de prin la cu ca
mine: extragere*_de_text* extragere*_textului extragere*_text* extragere*_de_date extragere*_datelor
mine: extragere*_și mineritul_datelor mineritul_text* minerit*_de_date minare*_text* minare*_dat*
mine: prelucrare*_automată_a_textelor explorare*_textelor explorare*_datelor analiz*_automat*
ml: învățare*_automat* învățarea_automată învățării_automate învățare*_profund*
ai: ia inteligenț*_artificial* model*_lingvistic* model*_de_limb* modele_ai sisteme_ai
noai: ai
model: model modele* modelelor algoritm*
train: antren* antrenare* instrui* instruir*
build: dezvolt* crear* îmbunătăț* aliment* constru* seturi_de_date corpus
scrape: scrap* crawl* roboți boți roboților păianjeni
auto: automat* automatiz* sistematic*
gather: acces* extra* colect* descărc* preluare*
""",
    "ca": """
stop: el la els les de del i en un una per amb que és són nostres nostre aquest aquesta o al es dels
neg: no mai ni tampoc
no: cap no res
ban: prohib* prohibi* vetat* exclo* exclos* rebutj* il_legal* denega* impedi* restring*
res: reserv*
obj: oposem oposa oposo oposició opt_out oposar
perm: perme* permè* permet* autoritz* lliure lliurement accept* admet* consent* llicenciat*
need: requer* cal necess* exig* sol_lic* subject* depèn requisit contacteu
only: només únicament exclusivament sols
cons: autorització permís consentiment llicència* acord contracte pagament
without: sense
modal: pot poden podrà podran ha_de han_de
use: utilitz* usar fer_servir ús emprar empr* explot* copi* reprodu* recoll* extre* aliment*
use: incorpor* servir
except: llevat excepte tret
limit: restricci* límit* condicion*
we: utilitzem fem_servir
your: vostres teves teus seves usuaris
data: dades missatges fitxers continguts
veto: curs cursos taller* inscripci* reemborsament* les_seves_dades dades_personals
prod: programari plataforma laboratori institut equip
ask: per_què com què
incl: inclo* incloent inclosa inclosos especialment també en_particular fins_i_tot
allr: tots_els_drets_reservats
holder: titulars_de_drets
for: per a en amb com de
mine: mineria mineria_de_textos mineria_de_dades prospecció_de_textos mineria_de_text
ml: aprenentatge_automàtic aprenentatge_profund aprenentatge_màquina
ai: ia intel_ligènc* intel_ligència_artificial intel·ligència_artificial model*_de_llenguatge
ai: model*_lingüístic* intelligencia_artificial
model: model models algorisme*
train: entren* aprenentatge
build: desenvolup* crear millor* aliment*
scrape: scrap* rastre* robots bots aranyes
auto: automatitz* automàtic*
gather: accés extra* recoll* descàrreg*
""",
    "gl": """
stop: o a os as de do da dos das e en un unha para por con que é son noso nosa nosos nosas este esta
stop: ou ao aos polo pola
neg: non nunca nin
no: ningún ningunha nada non
ban: prohib* prohíbe* vetad* exclu* excluíd* rexeit* ilegal* nega* denega* restrinx* vedad*
res: reserv*
obj: opoñ* oposición opómonos opt_out opomos
perm: permit* permít* autoriz* libre libremente acept* admit* consent*
need: require* precis* necesit* necesari* esix* depende*
only: só soamente unicamente exclusivamente
cons: autorización permiso consentimento licenza* acordo contrato pagamento
without: sen
modal: pode poden poderá poderán debe deben
use: utiliz* usar* uso empreg* explot* copi* reproduc* recoll* extra* aliment* incorpor* servir
except: agás excepto salvo
limit: restrici* límit* condici*
we: utilizamos usamos
your: seus súas teus túas usuarios
data: datos mensaxes ficheiros contidos
veto: curso* obradoiro* reembols* os_seus_datos datos_persoais
ask: por_que como
incl: incluí* inclus* tamén especialmente en_particular
allr: todos_os_dereitos_reservados
for: para por en con a como de
mine: minaría minería_de_textos minaría_de_textos minaría_de_datos prospección_de_textos
ml: aprendizaxe_automátic* aprendizaxe_profund* aprendizaxe_máquina
ai: ia intelixencia*_artificial* modelo*_de_linguaxe modelo*_lingüístic*
model: modelo* algoritmo*
train: adestr* entren* aprendizaxe
build: desenvolv* crear mellor* aliment*
scrape: scrap* rastre* robots bots arañas
auto: automatiz* automátic*
gather: acceso* extra* recoll* descarg*
""",
    "eu": """
stop: eta da ez du edo dira bat hau honen gure egin dute dela den duen izan
neg: ez inoiz
no: ez inongo ezein
ban: debeku* debekat* galaraz* ukatz* baztert* ezin ezingo
res: erreserbat* gordeta gordeak gorde
obj: kontra_gaude aurka_gaude uko opt_out kontra
perm: baimen* baimend* onart* libre askatasunez zilegi utzi uzten
need: behar beharrezko* eskatu eskatz* nahitaezko*
only: soilik bakarrik
cons: baimena baimenik baimenarekin lizentzia* akordio* hitzarmen* kontratu*
without: gabe
modal: daiteke daitezke
use: erabil* ustiatu kopiatu bildu elikatu
limit: muga* murrizket*
your: zure zuen erabiltzaileen
data: datuak mezuak fitxategiak
veto: ikastaro* itzulketa* zure_datuak datu_pertsonalak
ask: zergatik nola
incl: barne ere bereziki batez_ere
allr: eskubide_guztiak_erreserbatuta eskubide_guztiak_gordeta eskubide_guztiak_erreserbatuak
mine: testu_meatzarit* datu_meatzarit* meatzarit* testu_eta_datu* datuen_meatz* testu_eta_datuen
ml: ikasketa_automatiko* makina_ikasketa* ikaskuntza_automatiko* ikasketa_sakon*
ai: AA ia adimen_artifizial* hizkuntza_eredu* hizkuntza_ereduak
model: eredu* algoritmo*
train: entrena* trebat* prestatu trebatzeko
build: garatu garatzeko elikatu sortu
scrape: scrap* robot bot arakatz*
auto: automatiko* automatizat*
gather: sarbide* bilket* erauzket* atzipen*
""",
}
