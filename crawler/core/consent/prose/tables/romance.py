"""French, Italian, Romanian."""

TABLE = {
    "fr": """
stop: le la les de des du et à au aux en un une pour par sur dans que qui est sont nos notre ce
stop: cette ou avec toute tout d l ces
neg: ne n ni jamais
no: pas aucun aucune nul nulle rien ni non pas_de pas_d nulle_part personne quiconque_n
fact: n_est_pas ne_sont_pas n_est_jamais ne_sont_jamais ne_sera_pas ne_seront_pas n_a_pas
ban: interdi* proscri* prohib* défend* exclu* exclut refus* bannie bannis illicite* illégal*
ban: contrefa* bloqu* empêch* écart* restrein* hors_licence non_autoris* non_permis soustrai*
ban: défens* défense bannir réprimé* sanctionné* passible* hors_de_question en_dehors ni_permis
ban: contraire* irréguli* abusi* frauduleu* indu* non_consenti* inadmis* répréhensible* ferm* viole
ban: violation enfrein* porte_atteinte atteinte
res: réserv* réserve réserves réservés conserve* conservons garde_pour gardons_pour se_réserve
res: demeurent appartiennent appartient retenu* garde* reste_au
obj: oppos* s_oppose opposition opt_out retrait déclin*
perm: autoris* permis permise permises permet permett* permettre libre libres librement accept*
perm: consent consentons consentent agré* licite tolér* bienvenu* accord_pour admis* accueill*
perm: accordé* octroy* donné* licites habilité* fondé_à droit_de_regard légitim* loisible investi*
perm: fondé fondés fondées
want: voul* souhait* désir* vocation disposition destiné* conçu* prévu* offert* disponible* proposé*
want: possible utilisable* exploitable*
need: requiert requièrent requis requise nécessit* soumis soumise soumises soumettre exig*
need: subordonn* faut obtenir obtenu demander demandé doit_faire doivent_faire sollicit* suppose
need: dépend besoin nécessaire* préalable* condition_préalable contacter contactez acquérir conclure
need: signer obtention négocier requérir prendre_contact acheter acquitter passer recueillir
need: disposer_d demande_préalable écrire_à s_adresser présuppos*
only: uniquement seulement exclusivement que_sur seul seule qu qu_après qu_avec
cons: autorisation* licence* accord consentement* permission* contrat* convention agrément droit
cons: droits aval assentiment mandat cession habilitation convention* feu_vert acceptation titre
fee: rémunération paiement frais redevance
without: sans hors
unless: sauf
modal: peut peuvent pourra pourront saurait sauraient doit doivent devra devront puisse puissent
modal: pouvez pourrez devez
use: utilis* exploit* employ* servir sert servent traite* copi* reproduc* reproduit* collect*
use: extrai* aliment* intégr* incorpor* usage réutilis* moissonn* verser versé* nourrir ingér*
use: insér* tir* transform* entrer figurer finir absorb* soumettre servi* donné*_à reprendre repris*
use: puis* aspir* emploi recours
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
veto: salle gymnase slogan confidentiel* mots_de_passe
others: journalistes salariés prestataire* partenaire* fournisseur* collaborateurs rédacteurs
others: leur_licence tribunal* cour parlement législateur étude sondage juge arrêt gouvernement
prod: logiciel logiciels plateforme laboratoire institut académie équipe conférence livre revue
prod: cours société cabinet agence experts
ask: pourquoi comment quoi qu_est à_lire les_plus_lus expliqué
incl: notamment y_compris en_particulier compris inclus incluant également aussi spécialement dont
incl: expressément
allr: tous_droits_réservés tous_les_droits_réservés tous_droits_de_reproduction_réservés
allr: tous_droits_sont_réservés tous_les_droits_sont_réservés
holder: titulaires_de_droits ayants_droit titulaires_des_droits titulaire_de_droits
by: par
for: pour par dans en avec à aux comme
mine: fouille* fouille_de_textes fouille_de_données exploration_de_textes exploration_de_données
mine: exploration_des_textes extraction_de_textes fouille_et_exploration exploration_de_texte
mine: forage_de_données forage_de_textes analyse_automatisée analyse_automatique fouille_des_textes
mine: fouille_des_données analyse_computationnelle forage exploration_et_de_fouille
mine: extraction_de_données moissonnage_de_données
ml: apprentissage_automatique apprentissage_machine apprentissage_profond apprentissage_statistique
ml: apprentissages_automatique* données_d_entraînement données_d_apprentissage jeu*_d_entraînement
ml: matériel_d_entraînement matière_d_entraînement corpus_d_entraînement corpus_d_apprentissage
ml: base*_d_entraînement base*_d_apprentissage entraînement_des_machines apprentissage_d_une_machine
ml: apprentissage_des_machines apprentissage_de_machines apprentissage_de_la_machine
ai: ia ias intelligence*_artificielle* modèle*_de_langage modèle*_de_langue grand*_modèle*
ai: modèles_d_ia agent_conversationnel agents_conversationnels réseau*_de_neurones système_d_ia
ai: générati* générateur* intelligence_artificielle i_a modèle*_d_images modèle*_de_fondation
ai: modèle*_linguistique* systèmes_apprenants agent*_conversationnel*
noai: ai
model: modèle* algorithme*
train: entrain* entraîn* ré_entraîn* apprentissage* apprenne apprendre former formation_des_modèles
train: dress* instruire éduqu* ajust* affin* formation_d_une formation_de_modèles
build: développ* créer création amélior* aliment* nourri* constitu* corpus jeux_de_données
build: jeu_de_données mettre_au_point insér* saisi* ingér* introdui* verser charger intégr* soumett*
build: verse versé versée versées gav*
scrape: scrap* crawl* robots robot bots moissonn* aspir* araignées aspirateurs
auto: automatis* automatique* systématique* massif massive
gather: extra* collect* accès récup* téléchar* consult* moyens outils
made: rédigé* généré* créé* écrit* traduit* produit_par illustré* composé* réalisé*
law: 122_5_3 l_122_5_3 811_3
org: institut laboratoire chaire centre école faculté département association colloque académie
org: formation
over: à sur pour aux au de_la de
""",
    "it": """
stop: il lo la i gli le di del della dei delle e in un una per con che è sono nostri nostre nostro
stop: questo questa o al alla da dal dalla si su
neg: non né mai neppure
no: nessun nessuna nessuno no niente nessuna_parte non nessun* alcun_non niente_di non_alcun
fact: non_vengono non_viene non_sono non_è non_saranno
ban: vieta* vietat* proib* esclus* esclud* rifiut* illecit* illegal* neg* divieto divieti preclu*
ban: interdett* impedi* limit* abusiv* fuori_licenza non_autorizz* inibit* sanzionat* contrari*
ban: violazion* indebit* interdizione inammissibil* fuori_discussione esula esulano viola violano
ban: lede ledono contravv*
res: riserv* riserva conserva mantiene trattiene avoca restano_riservati spettano spetta rimangono
obj: oppone oppongo opponiamo opposizione opporsi opt_out oppongono
perm: consent* permess* permett* autorizz* liber* ammess* accett* acconsent* lecit* gradit* toller*
perm: concess* concede concediamo rilasci* accordat* legittimat* abilitat* facoltà titolat* lice
want: vogl* desider* disponibil* pensat* offert* messi_a_disposizione a_disposizione concepit*
want: previst* destinat* possibile utilizzabil*
need: richied* richiest* necessari* occorr* serve bisogn* subordinat* previo previa soggett* dipende
need: ottenere ottenut* chiedere presupposto contattare contattateci acquisire requisito firmare
need: sottoscrivere stipulare domandare acquistare procurarsi conseguire concordare pagare munirsi
need: rivolgersi vincolat* condizionat* ottenga ottengono presuppon*
only: solo soltanto esclusivamente unicamente
cons: autorizzazione autorizzazioni permesso consenso licenza licenze accordo contratto assenso
cons: diritto diritti nullaosta nulla_osta benestare liberatoria concessione autorizzat* facoltà
cons: licenziatari*
fee: pagamento compenso costi
without: senza
unless: salvo_consenso
modal: può possono potrà potranno deve devono dovrà possa possano
use: utilizz* usare usat* uso impieg* sfrutt* elabor* copi* riprodu* raccog* raccolt* estra*
use: aliment* incorporat* inserit* servire immess* fornit* impiego finire confluire nutrire
use: immettere destinare riutilizz* attingere adoper* darsi dare_in trasformare convogliare
use: includere includerl* aggiunger*
except: salvo tranne eccetto ad_eccezione
limit: restrizion* limiti limitazion* condizion* vincol*
we: utilizziamo usiamo addestriamo noi
your: tuoi tue tuo vostri vostre utenti clienti
data: dati messaggi file contenuti foto conversazioni documenti consenso
veto: suoi_dati i_suoi_messaggi corso corsi laboratorio_didattico iscrizion* rimbors* partecipant*
veto: dati_personali caricati docent* annullament* certificat* esame questo_dispositivo nostra_ia
veto: nostri_modelli nostro_modello nostri_algoritmi palestra abbonamento versione_di_prova
veto: tracciamento password confidenzial*
others: giornalisti fornitore fornitori dipendenti partner redattori collaboratori tribunale corte
others: parlamento legislatore studio sondaggio sentenza governo
prod: software piattaforma laboratorio istituto accademia team gruppo convegno libro rivista azienda
ask: perché come cosa più_letti spiegato leggi_anche
incl: inclus* compres* in_particolare anche specie specialmente espressamente ivi nonché
allr: tutti_i_diritti_riservati tutti_i_diritti_sono_riservati diritti_riservati
allr: tutti_i_diritti_di_riproduzione_riservati
holder: titolari_dei_diritti titolare_dei_diritti aventi_diritto
for: per in da con a come nel nell
mine: estrazione_di_testo estrazione_di_testi estrazione_di_dati estrazione_del_testo
mine: estrazione_di_testo_e_di_dati analisi_automatizzata estrazione_e_analisi estrazione_dei_testi
mine: data_mining estrazione_automatica estrazione_di_testi_o_dati estrazione_dei_dati text_mining
mine: analisi_computazionale estrazione_di_testo_o_dati
ml: apprendimento_automatico apprendimento_macchina apprendimento_profondo
ml: apprendimento_automatizzato dati_di_addestramento dati_per_l_addestramento
ml: materiale_di_addestramento materiale_d_addestramento dataset_di_addestramento
ml: dati_di_allenamento corpora_di_addestramento insieme_di_addestramento
ai: ia intelligenz*_artificial* modell*_linguistic* modelli_di_linguaggio sistemi_di_ia
ai: modelli_di_ia reti_neurali generativ* generator*_di_immagini modell*_fondazional*
ai: modell*_generativ* modelli_ia
noai: ai
model: modell* algoritm*
train: addestr* allen* riaddestr* istruire insegnare istruir* ammaestr* affinare
build: svilupp* crear* creazione miglior* aliment* costru* dataset corpus insiemi_di_dati inser*
build: caric* immett* immiss* introdu* nutrir* dare_in_pasto darli_in_pasto nutre nutrono imparar*
build: impara imparino apprend*
scrape: scrap* crawl* robot bot spider ragni
auto: automatizz* automatic* sistematic* massiv*
gather: acces* estra* raccol* scaric* consult* prelev* mezzi strumenti
made: scritt* generat* creat* redatt* tradott* prodott* illustrat* realizzat*
law: 70_septies
by: da dall dalla
org: istituto laboratorio cattedra centro facoltà dipartimento associazione scuola convegno
org: accademia
over: su sul a per di
""",
    "ro": """
stop: și de în la cu pe pentru din este sunt un o al ale care acest această noastre noastră nu sau
stop: prin
neg: nu nici niciodată
no: niciun nicio nimic fără_niciun nu nici_o nimeni nimănui nicăieri
ban: interzi* exclu* refuz* neautoriz* ilegal* oprit* respin* interdic* nepermis* restricț*
ban: împiedic* ilicit* abuziv* neîngăduit* nelegal* contrar* încalc* opreliște nu_este_permis
ban: încălcă lezează
res: rezerv* rezervat* păstreaz* rămân păstrează_pentru aparțin*
obj: opun* opunem opune opoziți* opt_out obiect*
perm: permi* permis* autoriz* liber* admis* accept* consimțim consimt licențiat* îngădui*
perm: acord_pentru sunteți_bineveniți de_acord îndreptăț* abilitat* împuternic* drept_de_a
need: necesit* necesar* nevoie cere* cer solicit* condiționat* obțin* impune depinde
need: condiție_prealabilă contactați solicitați încheia semna cumpăra plăti negocia dobând* ceară
need: cerut* presupun*
only: doar numai exclusiv
cons: acord acordul acordului consimțămân* permisiun* licenț* autorizați* autorizare contract*
cons: aprobar* plată drept dreptul drepturi drepturile învoire* încuviinț* acorduri
without: fără
unless: decât_cu
modal: poate pot poți trebuie puteți va_putea
use: folos* utiliz* exploat* preluc* copi* reprodu* colect* extra* aliment* inclu* introdus* ajunge
use: ajungă hrăni intra introduce transform* servi întrebuinț* prelua
except: cu_excepția exceptând
limit: restricții limită limit* condiții
we: folosim utilizăm noi
your: dvs dumneavoastră tale voastre utilizatorilor clienților
data: datele date mesajele fișierele conținutul fotografiile
veto: curs cursul cursuri atelier* ramburs* înscrier* date_cu_caracter_personal cursan*
others: jurnaliștii furnizor* angajații redactorii parteneri* tribunal* curtea parlament* instanța
others: studiu guvernul
prod: software platform* laborator* institut* echip* conferinț* carte
ask: de_ce cum ce cele_mai_citite
incl: inclusiv incluzând în_special îndeosebi precum_și cu_precădere și_pentru
allr: toate_drepturile_rezervate toate_drepturile_sunt_rezervate
holder: titularii_de_drepturi titularul_drepturilor
for: pentru în prin la cu ca
mine: extragere*_de_text* extragere*_textului extragere*_text* extragere*_de_date extragere*_datelor
mine: extragere*_și mineritul_datelor mineritul_text* minerit*_de_date minare*_text* minare*_dat*
mine: prelucrare*_automată_a_textelor explorare*_textelor explorare*_datelor analiz*_automat*
mine: extragerea_textului extragerea_textului_și_a_datelor extragere_de_text_și_date minare
mine: extragerea_de_text exploatare*_textelor
ml: învățare*_automat* învățarea_automată învățării_automate învățare*_profund* date_de_antrenare
ml: date_de_antrenament date_pentru_antrenare set*_de_antrenare material_de_antrenament
ml: seturi_de_antrenare datele_de_antrenare
ai: ia inteligenț*_artificial* model*_lingvistic* model*_de_limb* modele_ai sisteme_ai generativ*
ai: generatoare_de_imagini modele_lingvistice sisteme_ia
noai: ai
model: model modele* modelelor algoritm*
train: antren* antrenare* instrui* instruir* învăța educ*
build: dezvolt* crear* îmbunătăț* aliment* constru* seturi_de_date corpus introdu* încărc* inser*
build: hrăn* nutri* învaț* învăț*
scrape: scrap* crawl* roboți boți roboților păianjeni
auto: automat* automatiz* sistematic*
gather: acces* extra* colect* descărc* preluare*
want: destinat* disponibil* menit* oferit* la_dispoziți* gândit*
made: scris* generat* creat* redactat* tradus* realizat* produs_de
by: de_către de
over: asupra pentru la
""",
}
