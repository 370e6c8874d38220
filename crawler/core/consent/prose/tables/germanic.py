"""English, German, Dutch, Afrikaans."""

TABLE = {
    "en": """
stop: the of and to in on is are by our this that with any or be it as an at from you which these
neg: not never nor neither
no: no none nothing nobody nowhere no_part no_one anybody_not not_anyone zero
fact: is_not are_not is_never are_never was_not were_not will_not will_never is_neither are_neither
ban: prohibit* forbid* forbad* ban bans banned barred disallow* exclud* refus* declin* deny denied
ban: denies withhold* withheld restrict* outlaw* unlawful* illegal* infring* violat* breach*
ban: off_limits prosecut* fall_outside falls_outside outside_the_scope reject* revok* unauthori*
ban: forbids keep_out stop_using refrain_from cease unlicensed unlicenced hands_off keep_off
ban: stay_away say_no says_no said_no no_go unwelcome ask_first ask_us_first are_against is_against
ban: am_against against_our against_the_terms against_these must_be_licensed must_be_authorised
ban: must_be_authorized must_be_approved must_be_agreed must_be_negotiated must_be_cleared closed_to
ban: lies_outside lie_outside lying_outside not_part_of no_business outside_this outside_that
ban: stay_out must_not not_open_to void prejudic* contraven* curtail* halt* unwanted debar* forfeits
ban: out_of_it out_of_your out_of_their out_of_any out_of_ai off_the_table exclusive_preserve
cannot: not_include not_cover not_extend does_not_allow no_longer_permitted no_longer_allowed
cannot: no_longer_licensed
hinder: prevent* preclud* hinder* stop stops block blocks blocked blocking
res: reserv* retain_all_rights retains_all_rights rights_are_held rights_held remain_with
res: remains_with stays_with stay_with keep_to_ourselves keeps_to_itself keep_for_ourselves
res: keeps_for_itself remain_ours is_ours_alone remains_ours keep_to_myself keeps_to_himself
res: keeps_to_herself belongs_solely belong_solely belongs_exclusively retain* withheld vested
res: rest_with rests_with lie_with lies_with belongs_to_us kept_back claim* assert* preserve_of
obj: objected objection* opt_out opts_out opted_out opting_out dissent we_object i_object object_to
obj: objects_to opposed oppose opposes opposition opting
perm: permit permits permitted permitting allow* authorise* authoriz* authorize* licensed welcome
perm: free freely open encourag* consents agree agrees agreed grant* tolerat* accept* invited happy
perm: entitled approv* condon* lawful cleared give_permission given_permission covered covers given
perm: possible_with
want: want* wish* desire* destined at_the_disposal on_offer for_sale offered on_sale made_available
want: invite intended meant suitable possible eligible available
need: require* need needs needed must_be_obtained must_be_sought must_obtain must_ask must_first
need: must_seek subject_to conditional_on obtain obtained obtaining sought seek seeking depends_on
need: must_have must_be_agreed must_be_licensed must_hold ask_us must_be_cleared come_to_us apply_to
need: apply_for have_to_obtain have_to_ask needs_to_be on_request on_application buy purchase
need: must_be_requested must_be_bought must_pay precondition prerequisite condition_of necessary
need: mandatory essential get getting acquire contact_us contact write_to negotiat* conclude sign
need: signing purchasing secure request apply applying pay enter_into presuppos*
only: only solely exclusively alone
cons: consent* permission* licence licences license licenses agreement* contract* authorisation
cons: authorization approval paid_licence licensing written_permission clearance say_so go_ahead
cons: sign_off arrangement deal licensing_terms subscription written_terms terms_agreed licensee
cons: licensees licence_holders license_holders leave right_to rights entitle* authority mandate
cons: grant warrant waiver sanction
fee: fee fees payment charge charges royalties
without: without absent
unless: unless until save_with save_by
modal: may might can could shall must should ought
use: used use uses using utilis* utiliz* employ* process* exploit* copy copies copied copying
use: collect* reproduc* extract* ingest* fed feed incorporat* enter* turned harvest* gather*
use: accessed fodder become repurpos* scrape scraped mine mined train_on used_to employed applies
use: apply go_into goes_into end_up ends_up find_its_way find_their_way land_in put_into serve
use: serves served placed put taken take pass passed poured pour made_into turn turning drawn draw
use: read upload uploading submit submitted
except: except other_than apart_from save_for with_the_exception
limit: restriction* limit limits limitation* conditions formalit* rules rule objections
we: we i we'll we_do
your: your user's users customer's customers client's clients members member_s patients students
your: visitors subscribers guests reader_s reader
data: data content messages files inputs prompts chats conversations uploads photos documents emails
data: e_mails information posts submissions recordings voice input images account chat records
data: questions searches drafts transcripts calls work letters thoughts notes
veto: course* bootcamp* lecturer* workshop* seminar* webinar* tuition refund* enrol* certificat*
veto: attendees curriculum cancelling cancellation* experience_required credit_card vacanc*
veto: applicants salary uploaded customer_data customer_content user_data personal_data visitor_data
veto: patient_data this_device diagnosis your_consent you_can_opt_out you_may_opt_out you_can_object
veto: you_may_object you_have_the_right_to_object right_to_object manuscripts coursework homework
veto: assignments module legal_advice you_upload you_share you_send you_type you_enter you_submit
veto: output outputs you_write you_say competing_product quiz tournament faster per_second seconds
veto: politely our_ai our_models our_model our_language_model* our_algorithm* our_machine_learning
veto: our_own_models our_own_ai our_systems our_chatbot api weights competing_model* competing_ai
veto: competing_product* compete_with uncomment private_chats private_messages members_posts
veto: enterprise premium upgrade trial pricing tier subscribers_only tracking trackers privacy
veto: telemetry gym match dojo stadium kennel puppy what_you report_by report_says ministry_says
veto: study_says critics_say confidential_information passwords
others: reporters reporter journalists staff referees reviewers employees partner partner's partners
others: provider providers supplier* contractors contributors editors their_licence their_license
others: his_licence their_terms freelancers correspondents guild union court petition lawsuit
others: lawmakers government minister study survey ruling customers customer parliament congress
others: judge judges regulator regulators researchers
x: ai_provider* ai_partner* ai_compan* third_party_provider* our_ai_policy our_ai_terms
x: our_ai_licence is_not_to are_not_to may_not_be_accurate may_not_be_correct may_not_be_complete
x: may_not_be_available accept_liability accept_any accept_responsibility liable no_longer
prod: software platform lab labs laborator* institute academy engineer* team department conference
prod: book books journal weekly magazine newsletter startup solutions consult* app toolkit library
prod: specialist* expert* podcast centre expo summit community course courses product products
prod: predictions forecasts results translations scores recommendations features feature assistant
prod: tool system service services dataset viewer builder builders environments
ask: why how what_is what_the what explained latest popular trending most_read related read_more
ask: opinion analysis_why
incl: including includes incl also extend* in_particular especially even such_as inclusive namely
incl: particularly as_well_as expressly specifically
allr: all_rights_reserved all_rights_are_reserved all_other_rights_reserved some_rights_reserved
allr: all_other_rights_are_reserved
holder: rightholder* rightsholder* rights_holder* copyright_holders copyright_owners
by: by by_any
for: for into in to as through
mine: mining_our mining_of_our mining_of_this mine_text* mine_data mine_our mine_this mine_the
mine: mining_of_text mining_of_data mining_text automated_analysis analytical_technique*
mine: computational_analysis patterns_trends trends_or_correlations trends_and_correlations
mine: mining_of_its mining_this mining_the mine_its mine_any text_analysis text_or_data_mining
mine: mine_or_scrape data_analytics_mining textual_data_mining text_and_data_analysis tdm_exception
mine: computational_text_analysis corpus_analysis bulk_analysis
ml: machine_learn* machine_intelligence training_data training_material* training_set*
ml: training_corp* machine_training training_fodder training_input statistical_learning
ml: training_sample* learning_algorithm* self_learning representation_learning
ai: artificial_intelligence neural_net* chatbot* generative_model* generative_tool* ai_system*
ai: generative diffusion_model* text_to_image synthetic_media multimodal_model* foundational_model*
ai: neural_model* machine_learned intelligent_system* artificially_intelligent speech_model*
ai: voice_clon*
noai: robots_txt robot_exclusion is_not_trained was_not_trained are_not_trained were_not_trained
noai: been_trained
model: model models algorithm* machines classifier*
train: train trains retrain* pretrain* pre_train* fine_tun* finetun* be_trained being_trained
train: trained_on trained_with trained_using train_up teach* taught schooling school_a learn_from
train: learns_from instruct* tune tuning re_train* pre_trained are_trained get_trained gets_trained
build: develop development developing create creating creation improv* build building dataset*
build: data_set* corpus corpora feed feeds feeding ingest* fed teach* populat* tune tuning test
build: testing evaluat* benchmark* learn learns learning ground developers_of input inputs upload*
build: insert* pouring pass_into import imported importing submitting submitted
input: retrieval_augment* ai_answers ai_overview* ai_summar* answer_engine* ai_grounding
input: llm_grounding retrieval_augmented
scrape: crawl* spider* robots bots bot automated_access automated_means automated_tools
scrape: automated_programs automated_systems automated_queries automated_devices scraping scrape
scrape: scraped scrapes scraper*
auto: automated automatic* programmatic* systematic* bulk
gather: access* collect* quer* retriev* download* extract* copying tools requests
made: written generated created composed translated drafted illustrated drawn produced rendered made
made: was_used were_used has_been_used in_making
org: institute institutes laborator* lab academy centre center department society school chair
org: association conference workshop group faculty programme program club
""",
    "de": """
stop: der die das und des dem den für von mit auf im zu ist sind wird werden unsere unserer unseren
stop: eine einer einem dieser diese dieses sowie oder als nach auch zum zur
neg: nicht nie niemals weder nichts keineswegs mitnichten keinesfalls
no: kein keine keinen keiner keines keinem kein_teil nein niemand niemandem niemanden keinerlei
no: keinesfalls keiner_von nirgends
fact: wird_nicht werden_nicht wird_nie werden_nie wird_niemals werden_niemals wurde_nicht
fact: wurden_nicht
ban: untersag* verboten verbot* verbiete* ausgeschlossen ausschluss ausschließ* ausgenommen
ban: unzulässig* unerlaubt* unbefugt* unterbleib* zu_unterlassen unterlass* verweiger*
ban: widerrechtlich* rechtswidrig* verstößt verstoß* strafbar* unlizenziert* versag* sperr* tabu
ban: lehnen ablehn* abgelehnt verwehrt einschränk* zustimmungspflichtig* lizenzpflichtig*
ban: genehmigungspflichtig* erlaubnispflichtig* vergütungspflichtig* zustimmungsbedürftig*
ban: eingeschränk* missbrauch* zuwiderhandl* rechtsverletz* verbitten verbittet unterbunden
ban: unterbind* fernzuhalten außerhalb aussperr* ungenehmigt* verletz* verstossen
cannot: nicht_umfasst nicht_gestattet nicht_erfasst nicht_abgedeckt nicht_erlaubt
res: vorbehalt* vorbehält behalten behält nutzungsvorbehalt* rechtevorbehalt* vorzubehalten
res: verbleib* bleiben_beim bleiben_bei vorenthalt* allein_beim obliegt vorrang
res: gebrauch_vom_vorbehalt machen_vorbehalt
obj: widersprech* widerspricht widersprochen widerspruch* opt_out verwahr* spricht_sich_gegen
perm: gestatte* gestattung erlaub* zulässig zugelassen lizenziert genehmigt freigegeben erwünscht
perm: willkommen frei einverstanden stimmen_zu zugestimmt zustimmen eingewilligt berechtigt
perm: bewilligt geduldet dulden freigabe bereitgestellt erteil* gewähr* eingeräumt umfasst befugt
perm: ermächtigt statthaft freigestellt offen bevollmächtigt legitimiert
want: möchte* wollen will wünsch* gewünscht zur_verfügung vorgesehen angeboten bereit gedacht
want: freigeschaltet offensteh* überlassen bestimmt möglich geeignet verwendbar nutzbar
need: bedarf bedürfen erforder* benötig* nötig notwendig* voraus setzt vorausgesetzt pflichtig*
need: zustimmungspflichtig* lizenzpflichtig* genehmigungspflichtig* einzuholen eingeholt einholen
need: abhängig vergütungspflichtig* kostenpflichtig* braucht brauchen fragen anfragen zu_lizenzieren
need: hängt vereinbaren einwilligungspflichtig* voraussetzung bedingung treffen kontaktieren wenden
need: erwerben beantragen abschließen schließen erbitten vorlegen lizenzieren kaufen zahlen
need: entrichten beschaffen verlangt verlangen vorbedingung anzufragen
only: nur ausschließlich lediglich allein erst
cons: zustimmung* genehmigung* einwilligung* erlaubnis* lizenz* vereinbarung* vertrag* freigabe*
cons: gestattung einverständnis* absprache rücksprache genehmigungen lizenzvertrag* recht rechte
cons: zusage bewilligung* ermächtigung* befugnis* einvernehmen absprachen anfrage berechtigung*
cons: abkommen gegenleistung zusicherung* konsens placet
fee: vergütung* entgelt gebühr gebühren kosten bezahlung
without: ohne
unless: sofern falls soweit_nicht sofern_nicht wenn_nicht es_sei_denn
modal: darf dürfen dürfte kann können soll sollen muss müssen
use: verwende* verwendet verwendung genutzt nutzen nutzung benutz* einsetzen eingesetzt verarbeite*
use: kopier* übernehm* übernommen aufgenommen aufnehm* herangezogen ausgewertet auswert* gespeist
use: eingespeist füttern gefüttert gesammelt vervielfältig* zugeführt dienen einfließen fließen
use: gelangen landen wandern überführ* überlassen zuführ* weitergeb* weitergegeben auslesen
use: abgreifen einlesen eingelesen eingeben eingegeben verwertet verwertung verwerten übergeben
use: hochladen gewinnen bezogen heranzieh* heranzuziehen dient verwandt einverleib* zu_nutzen
except: außer ausgenommen_ist mit_ausnahme abgesehen
limit: einschränkung* beschränkung* bedingung* auflagen vorbehaltlos
we: wir ich
your: ihre ihrer ihren ihr ihrem deine deiner deinen euer eure eurer nutzer nutzern nutzers kunden
data: daten dateien nachrichten eingaben inhalte inhalten fotos chats gespräche texteingaben angaben
data: beiträge uploads dokumente einwilligung zustimmung
veto: hochgeladen* kundendaten nutzerdaten personenbezogen* stornierung* kurs kurse seminar*
veto: workshop* schulung* führungskräfte teilnehm* dozent* gebühr* anmeldung* rückerstattung*
veto: weiterbildung* lehrgang* lehrgänge diesem_gerät gerät endgerät* stellenangebot* bewerb*
veto: lehrplan zertifikat* rechtsberatung verbindlich prüfung* hausarbeit* ihrer_einwilligung
veto: ihre_einwilligung mitarbeitende unsere_ki unserer_ki unsere_modelle unserer_modelle
veto: unser_ki_modell unseres_ki_modells unseren_modellen unser_modell enterprise tarif abo
veto: testversion tracking datenschutz fitnessstudio verein_für turnhalle *kurs *seminar *lehrgang
veto: *workshop vertraulich* passwörter
others: dienstleister* redakteur* mitarbeiter* journalist* gutachter* partner partners anbieter
others: lieferant* auftragnehmer* unsere_redaktion studierende autor*innen gericht landgericht*
others: oberlandesgericht* bundesgerichtshof bundestag gesetzgeber urteil* studie umfrage gutachten
others: bundesregierung regierung bundesrat
x: ki_anbieter* ki_unternehmen ki_dienstleister* unsere_ki_richtlinie*
prod: software plattform labor labore institut akademie team abteilung konferenz buch zeitschrift
prod: gmbh beratung agentur kurs experten expertin ingenieur* verein magazin lösungen produkte
prod: ergebnisse vorhersagen dienst
ask: warum wie was wieso weshalb erklärt meistgelesen aktuell beliebt lesen_sie meinung
incl: auch insbesondere einschl* inkl* ausdrücklich vornehmlich namentlich sowie ebenso
allr: alle_rechte_vorbehalten alle_rechte_sind_vorbehalten alle_rechte_bleiben_vorbehalten
allr: sämtliche_rechte_vorbehalten
holder: rechtsinhaber* rechteinhaber* urheber_können
by: von durch von_einer von_der durch_eine
for: für in zu zum zur als
mine: text_und_data_mining text_und_datamining text_und_data *data_mining *datamining daten_mining
mine: text_data_mining automatisiert*_analys* mustern_trends muster_trends *textmining
mine: trends_und_korrelation* mustern_,_trends muster_,_trends datenanalyse_in
mine: text_und_datenauswertung *mining datenschürf* automatisierte_auswert* automatisiert*_auswert*
ml: maschinell*_lern* maschinenlern* maschinelles_lern* machinelles_lern* maschinell_lern*
ml: trainingsdaten trainingsmaterial* trainingsdatens* trainingskorp* lernmaterial_für_maschin*
ml: trainingsset* trainingszweck* lernalgorithm* tiefes_lernen tiefen_lernen
ml: maschinenlesbare_analyse statistisches_lernen selbstlernend* trainingsvorlage*
ai: ki kis künstlich*_intelligenz* sprachmodell* ki_system* ki_modell* chatbot* neuronal*_netz*
ai: basismodell* grundlagenmodell* generativ* bildgenerator* textgenerator* large_language_model*
ai: lernende_system* lernender_system* lernenden_system* sprach_ki bild_ki diffusionsmodell*
ai: chatassistent* sprachassistent* sprach_und_bildmodell* bildmodell*
model: modell* algorithm*
train: train* *training* anlern* angelernt antrainier* trainingsdat* *trainieren *trainiert
train: *trainierung anzulernen nachzutrainier* einzulernen schulen beibring* lehren einzutrainieren
train: abricht* abgerichtet
build: entwickl* erstell* verbesser* aufbau* lernen lernt datensätz* korpus korpora fütter* füttern
build: eingespeist einspeis* speis* gefüttert feinabstimm* eingabe eingeben einzugeben hochlad*
build: hochzulad* einfüg* einles* überführ* einlesen eintrag*
input: ki_antworten ki_suche ki_zusammenfassung*
scrape: scrap* crawl* spider* robots bots bot auslesen abgreifen robotern *scraping *crawler
scrape: *crawling
auto: automat* maschinell massenhaft* systematisch*
gather: auslesen abruf* zugriff* erfass* sammel* download* herunterlad* abfrag* extra* kopier*
made: erstellt geschrieben generiert* erzeugt verfasst übersetzt illustriert bearbeitet erzeugte
made: wurde_verwendet wurden_verwendet wurde_eingesetzt wurden_eingesetzt
org: institut institute labor lehrstuhl zentrum fakultät akademie abteilung gesellschaft verein
org: konferenz professur arbeitskreis forschungsstelle forschungsgruppe zentren
over: an auf zum zur
""",
    "nl": """
stop: de het een van en in op te voor met is zijn wordt worden deze dit door aan onze ons of bij die
neg: niet nooit evenmin noch niets geenszins nimmer
no: geen nee niets niemand geen_enkel* geen_enkele nergens nooit
fact: worden_niet wordt_niet worden_nooit wordt_nooit
ban: verboden verbied* verbod uitgesloten sluit ontoegestaan weiger* uitsluit* ongeoorloofd*
ban: onrechtmatig* uit_den_boze afgewezen wijzen_af niet_toegelaten beperk* verhinder* inbreuk
ban: onbevoegd* staan_niet_toe staat_niet_toe stemmen_niet_in ontzegd ontzeggen onaanvaardbaar
ban: onwettig* strafbaar misbruik* ongewenst geweigerd afgeraden voorbij buiten_de valt_buiten
ban: schendt schending maakt_inbreuk hoort_niet_thuis
res: voorbehoud* voorbehouden behoudt behouden voorbehoud behoud_van behouden_aan toekomen
res: behoudt_zich
obj: bezwaar* maken_bezwaar opt_out verzet verzetten protest
perm: toegestaan toegelaten toestaan staat_toe geoorloofd akkoord gelicentieerd gemachtigd vrij
perm: welkom instemm* stemmen_in stemt toelaten verleend verlenen bevoegd gerechtigd toestemmen
perm: vrijgegeven veroorloofd vergund staat_open gaat_akkoord
want: willen wil wens* bedoeld beschikbaar bestemd aangeboden ter_beschikking mogelijk bruikbaar
want: geschikt akkoord_met
need: vereist vereisen nodig noodzakelijk vraagt behoeft afhankelijk verplicht vooraf_vragen
need: voorwaarde_voor neem_contact vragen verkrijgen verkregen sluiten afsluiten aanvragen verwerven
need: kopen betalen verzoeken dient_te_vragen opvragen vooraf_te_vragen voorwaarde veronderstel*
only: alleen uitsluitend enkel slechts pas
cons: toestemming* licentie* overeenkomst* vergunning* instemming contract* machtiging akkoord
cons: goedkeuring recht rechten toelating permissie afspraak fiat verlof machtigingen
fee: betaling vergoeding kosten
without: zonder
unless: tenzij
modal: mag mogen kan kunnen moet moeten dient dienen zal
use: gebruik* gebruikt benut* verwerk* ingezet inzetten kopi* gekopieerd overgenomen opgenomen
use: verzamel* gevoerd gevoed aangewend ingevoerd toegepast terechtkomen belanden komen aanleveren
use: aangeleverd gestopt stoppen dienen laten hergebruik* ingelezen ingebracht voeren opnemen
use: toepassing
except: behalve uitgezonderd met_uitzondering
limit: beperking* voorwaarden
we: wij we ik
your: uw jouw je jullie gebruikers klanten
data: gegevens berichten bestanden data invoer foto_s inhoud gesprekken toestemming
veto: cursus* workshop* opleiding* docent* inschrijv* annuler* terugbetal* cursist* vacature*
veto: persoonsgegevens klantgegevens geüploade examen* certificaat* dit_apparaat onze_ai
veto: onze_modellen ons_model ons_ai *cursus vertrouwelijke wachtwoorden
others: redacteur* medewerker* journalisten leverancier* partner partners dienstverlener* rechter
others: rechtbank parlement wetgever onderzoek uitspraak regering kabinet tweede_kamer
prod: software platform laboratorium instituut academie team conferentie boek blad bv
ask: waarom hoe wat meest_gelezen populair lees_ook uitgelegd
incl: waaronder ook inclusief met_name in_het_bijzonder uitdrukkelijk alsmede daaronder mede
allr: alle_rechten_voorbehouden alle_rechten_zijn_voorbehouden
holder: rechthebbende* rechtenhouder*
for: voor in door met tot ter als
mine: tekst_en_datamining tekst_en_data tekst_of_datamining datamining tekst_en_gegevens*
mine: tekstmining tekst_en_data_mining gegevensmining geautomatiseerde_analyse
ml: machinaal_leren machinelearning machine_leren machinale_leren zelflerend* trainingsdata
ml: trainingsmateriaal trainingsgegevens oefenmateriaal trainingsset* trainingscorpus diep_leren
ml: machineleren lerende_algoritme* leermateriaal
ai: kunstmatige_intelligentie artificiële_intelligentie taalmodel* chatbot* ai_model* ai_system*
ai: generatie* generatieve beeldgenerator* tekstgenerator* ki_model* beeldmodel* lerende_systemen
ai: neurale_netwerk* grote_taalmodel* spraakmodel*
model: model modellen algoritme*
train: train* getraind trainen training* africht* af_te_richten bijtrain* *trainen oefenen
train: onderricht* scholing te_trainen geoefend aanleren
build: ontwikkel* maken verbeter* bouwen dataset* voeden voed leren corpus invoer* in_te_voer*
build: upload* inbreng* opnem* opname ingevoerd voedt gevoed
scrape: scrap* crawl* spiders robots bots bot uitlezen
auto: geautomatiseerd* automatisch* machinaal systematisch*
gather: uitlezen verzamel* toegang download* opvrag* ophalen
made: geschreven gemaakt gegenereerd* vertaald opgesteld gecreëerd geproduceerd
by: door van_een
org: instituut instituten laboratorium vakgroep leerstoel faculteit centrum afdeling vereniging
org: opleiding conferentie
over: op aan van
""",
    "af": """
stop: die van en in op vir met is word hierdie deur nie ons of wat
neg: nie nooit
no: geen nee niemand niks nêrens
ban: verbode verbied* uitgesluit ongeoorloof* weier belet moenie onwettig onregmatig strafbaar
ban: uitsluit verbod weerhou* moenie_gebruik skend* inbreuk
cannot: mag_nie kan_nie
res: voorbehou* voorbehoud behou behoud
obj: beswaar maak_beswaar opt_out
perm: toegelaat toelaat toegestaan vry toelaatbaar welkom stem_in stem geregtig gemagtig bevoeg
perm: gelisensieer
need: vereis* nodig benodig* verkry bekom vra aansoek aan_te_gaan sluit koop betaal voorwaarde
need: moet_kry
only: slegs uitsluitlik net
cons: toestemming lisensie* ooreenkoms* verlof vergunning betaling reg regte magtiging licensie
cons: toestemmings goedkeuring
without: sonder
unless: tensy
modal: mag kan moet moenie sal
use: gebruik* aangewend verwerk* ingesluit beland ingevoer gevoer opgeneem dien word_ingevoer laat
use: aanwend
except: behalwe
limit: beperking*
we: ek ons_gebruik
your: jou u julle
data: data inligting boodskappe lêers
veto: kursus* terugbetaling* persoonlike
prod: sagteware platform span
ask: hoekom hoe waarom
incl: insluitend ook veral
allr: alle_regte_voorbehou
for: vir in deur om met as
mine: teks_en_data* teksontginning dataontginning data_ontginning teks_en_dataontginning
mine: teks_en_data_ontginning teks_of_data* ontginning
ml: masjienleer masjien_leer masjienleer* opleidingsdata opleidingsmateriaal diepleer afrigdata
ml: opleidingsdatastel*
ai: ki kunsmatige_intelligensie taalmodel* ki_model* ki_stelsel* generatiewe beeldgenerator*
ai: neurale_netwerk* kletsbot*
model: model* modelle
train: oplei opleiding* afrig* leer opgelei train* op_te_lei af_te_rig afgerig leer_van oplei_word
scrape: skraap* kruip* bots
auto: outomatie* geoutomatiseer*
gather: insamel* toegang onttrek*
want: bedoel bestem beskikbaar aangebied
made: geskryf gemaak gegenereer* vertaal opgestel
by: deur
over: op aan
build: ontwikkel* bou skep voer invoer* laai invoeg* voed
others: regering hof parlement
""",
}
