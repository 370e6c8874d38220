"""Spanish, Portuguese, Catalan, Galician; Basque beside them."""

TABLE = {
    "es": """
stop: el la los las de del y en un una para por con que es son nuestro nuestra nuestros nuestras
stop: este esta o al se lo su sus estos estas
neg: no nunca ni tampoco
no: ningún ninguna ninguno no nada ninguna_parte nadie ningún_caso jamás nada_de
fact: no_son no_es no_serán
ban: prohib* prohíbe* vetad* veta exclu* rechaz* ilegal* ilícit* deneg* deniega* niega* impid*
ban: restring* queda_fuera vulner* infring* desautoriz* bloque* no_autoriz* vedad* proscri* impedid*
ban: indebid* abusiv* inadmisible* improcedente* sancionad* descart* contrari* fuera_del_alcance
ban: queda_excluid* ajen* viola violan infracción
res: reserv* reservado reserva conserva* guarda_para mantiene_para retiene* quedan_en corresponde*
res: retien* pertenece*
obj: opone oponemos oponen opongo oposición oponerse opt_out exclusión_voluntaria oponerte
perm: permit* permite permitid* autoriz* autorice* libre libremente consent* consiente consiento
perm: consentimos acept* bienvenid* admit* admite lícit* tolera* licenciad* conced* otorg* facultad*
perm: legitimad* habilitad* facultar procede_el
want: quer* dese* disponible* destinad* pensad* ofrec* a_disposición previst* concebid* destin*
want: posible utilizable* apto apta aptos aptas
need: requier* requiere necesit* necesari* precis* exig* depende* sujet* supedit* deberá_solicitar
need: solicit* obten* falta requisito condición_previa contacte contactar adquirir firmar suscribir
need: pedir recabar gestionar tramitar pactar comprar pagar recab* contratar dirigirse negociar
need: firm* acordar presupon*
only: solo sólo únicamente exclusivamente solamente
cons: autorización* permiso* consentimiento* licencia* acuerdo* contrato* convenio derecho derechos
cons: facultad visto_bueno anuencia beneplácito autorizaciones cesión aprobación
fee: pago remuneración coste cargo
without: sin
unless: salvo_que salvo_con
modal: puede pueden podrá podrán podría debe deben deberá deberán pueda puedan
use: utiliz* usar usarse usado usada usados usadas uso emple* aprovech* explot* proces* copi*
use: reproduc* recopil* extra* incorpor* alimentar aliment* servir introduc* inclu* entregar acabar
use: nutrir volcar ingerir ingres* cargar destinar convertir dar formar_parte reutiliz* terminar
use: tomar
except: salvo excepto exceptuando a_excepción
limit: restricci* límite* limitaci* condicion* traba*
we: utilizamos usamos entrenamos nosotros
your: tus tu usuarios clientes vuestros vuestras su_cuenta
data: datos mensajes archivos ficheros fotos conversaciones documentos contenidos
veto: sus_datos sus_archivos sus_mensajes sus_ficheros sus_fotos sus_contenidos sus_conversaciones
veto: curso* taller* inscripci* reembolso* devoluci* matrícula* gimnasio toalla profesor*
veto: datos_personales alumn* cancel* certificad* este_dispositivo código_propio nuestra_ia
veto: nuestros_modelos nuestro_modelo nuestros_algoritmos versión_de_prueba suscripción rastreadores
veto: gimnasios puedes_oponerte puede_oponerse podrá_oponerse derecho_a_oponerse confidencial*
veto: contraseñas
others: proveedor* periodistas empleados redactores socio socios colaboradores tribunal* juez
others: parlamento congreso legislador estudio encuesta sentencia gobierno
x: no_se_utiliz* no_se_usa* no_se_emple*
prod: software plataforma laboratorio instituto academia equipo congreso libro revista empresa curso
ask: por_qué cómo qué lo_más_leído explicado lea_también
incl: incluid* inclus* incluyendo en_particular especialmente también en_especial expres* específic*
allr: todos_los_derechos_reservados reservados_todos_los_derechos quedan_reservados_todos
allr: derechos_reservados
holder: titulares_de_derechos titulares_de_los_derechos titular_de_derechos
for: para por en con a como
mine: minería minería_de_textos minería_de_datos minado_de_datos minar_textos prospección_de_textos
mine: minado_de_texto explotación_de_textos_y_datos análisis_automatizado
mine: extracción_de_textos_y_datos minería_de_texto minería_de_contenidos explotación_automatizada
mine: análisis_computacional prospección_de_datos minado minería_de_textos_y_datos
mine: minería_de_texto_y_datos minería_de_datos_y_textos
ml: aprendizaje_automático aprendizaje_de_máquina* aprendizaje_máquina aprendizaje_profundo
ml: aprendizaje_automatizado aprendizaje_computacional datos_de_entrenamiento
ml: material_de_entrenamiento conjunto*_de_entrenamiento corpus_de_entrenamiento datos_para_entrenar
ml: datos_de_aprendizaje
ai: ia ias inteligencia*_artificial* modelo*_de_lenguaje modelo*_del_lenguaje modelo*_lingüístic*
ai: gran*_modelo* modelos_de_ia sistemas_de_ia redes_neuronales generativ* generador*_de_imágenes
ai: generador*_de_texto modelo*_fundacional*
model: modelo* algoritmo*
train: entren* reentren* adiestr* aprendizaje enseñar instruir amaestr* afinar
build: desarroll* crear creación mejor* aliment* construi* dataset* corpus conjuntos_de_datos
build: conjunto_de_datos generar_modelos introduc* introducción carg* insert* ingres* subir volcado
build: volcar vert* incorpora* nutrir nutre nutren aprend* enseñ*
law: 67_3 rdl_24 67_rdley
scrape: scrap* rastre* crawl* arañas robots bots robot raspado araña
auto: automatiz* automátic* masiv* sistemátic*
gather: acceso* extra* recopil* descarg* recolec* consult* medios recog* captur*
made: escrit* generad* cread* redactad* traducid* producid* elaborad* hech*
by: por
org: instituto laboratorio cátedra centro facultad departamento asociación escuela congreso academia
org: máster
over: a sobre para de
""",
    "pt": """
stop: o a os as de do da dos das e em um uma para por com que é são nosso nossa nossos nossas este
stop: esta ou ao no na nos nas se pelo pela
neg: não nunca nem tampouco
no: nenhum nenhuma nada não nenhuma_parte ninguém jamais nenhum_caso
fact: não_são não_é não_serão
ban: proib* vedad* veda interdit* exclu* recus* ilegal* ilícit* neg* impe* restring* restrit*
ban: bloque* rejeit* desautoriz* infring* viola* não_autoriz* obsta* abusiv* indevid* inadmissív*
ban: sancionad* descart* contrári* proíbe* afastad* vedamos infração lesa
res: reserv* reservado reserva conserva* guarda_para mantém_para retém* cabem_a pertence*
obj: opomos opõe opor oposição oponho opõem opt_out opomo
perm: permit* permissão_para autoriz* livre livremente consent* aceit* admit* lícit* toler*
perm: bem_vind* conced* licenciad* concord* habilitad* legitimad* facultad*
want: quer* desej* disponív* destinad* pensad* oferecid* à_disposição previst* concebid* possível
want: utilizáve*
need: exig* requer* necess* precis* depende* sujeit* carec* condicionad* obter obtid* solicit*
need: mediante requisito contate contactar contacte condição_prévia adquirir firmar assinar celebrar
need: pedir comprar negociar pagar contratar dirigir_se obtenção pressup*
only: só somente apenas exclusivamente unicamente
cons: autorização autorizações permissão consentimento licença* acordo contrato anuência direito
cons: direitos aval aprovação cessão concordância contratos
fee: pagamento remuneração custo
without: sem
unless: salvo_se
modal: pode podem poderá poderão deve devem deverá deverão possa possam
use: utiliz* usar usad* uso empreg* explor* process* copi* reproduz* recolh* colet* extra* aliment*
use: incorpor* servir inclu* inser* acabar nutrir ingerir carregar destinar converter dar
use: fazer_parte entregar aproveit* reutiliz* terminar aproveitamento introduz* figurar integrar
except: exceto salvo excepto com_exceção
limit: restriç* limite* limitaç* condiç*
we: utilizamos usamos treinamos nós
your: seus suas seu sua teus tuas utilizadores usuários clientes vossos
data: dados mensagens arquivos ficheiros conteúdos fotos conversas documentos consentimento
veto: curso* oficina* inscriç* reembols* matrícul* participant* dados_pessoais enviados_por aluno*
veto: cancel* certificad* este_dispositivo formação nossa_ia nossos_modelos nosso_modelo
veto: nossos_algoritmos academia_de ginásio assinatura versão_de_teste confidencia* palavras_passe
others: fornecedor* jornalistas funcionários redatores parceiro* prestador* colaboradores tribunal*
others: juiz parlamento congresso legislador estudo sentença governo
prod: software plataforma laboratório instituto academia equipe equipa conferência livro revista
ask: por_que porquê como o_que mais_lidas explicado leia_também
incl: inclui* inclus* incluindo em_particular também especialmente nomeadamente designadamente
incl: expressamente
allr: todos_os_direitos_reservados todos_os_direitos_são_reservados direitos_reservados
holder: titulares_de_direitos titulares_dos_direitos
for: para por em com a como na no
mine: mineração prospeção_de_textos prospecção_de_textos prospeção_de_dados extração_de_textos
mine: mineração_de_textos mineração_de_dados minerar_textos análise_automatizada garimpagem
mine: prospeção_de_texto exploração_de_textos_e_dados prospecção_de_dados
mine: prospeção_de_textos_e_dados prospeção_de_textos_e_de_dados análise_computacional
mine: mineração_de_conteúdo* prospecção_de_textos_e_dados mineração_de_texto extração_de_dados
mine: mineração_de_textos_e_dados mineração_de_texto_e_dados
ml: aprendizagem_automática aprendizado_de_máquina aprendizado_automático aprendizagem_de_máquina*
ml: aprendizagem_profunda aprendizado_profundo aprendizagem_computacional aprendizagem_máquina
ml: dados_de_treino dados_de_treinamento material_de_treino material_de_treinamento
ml: conjunto*_de_treino conjunto*_de_treinamento corpus_de_treino
ai: ia inteligência*_artific* modelo*_de_linguagem modelo*_linguístic* modelos_de_ia sistemas_de_ia
ai: redes_neurais redes_neuronais generativ* gerador*_de_imagens gerador*_de_texto
ai: modelo*_fundacional* modelo*_de_língua
noai: ai
model: modelo* algoritmo*
train: trein* retrein* aprendizado aprendizagem ensinar instruir adestr* afinar
build: desenvolv* criar criação melhor* aliment* constru* dataset* corpus conjuntos_de_dados
build: introdu* carreg* inser* envi* nutrir nutre aprend* ensin*
scrape: scrap* raspagem rastre* crawl* robôs robots bots aranhas robot
auto: automatizad* automátic* sistemátic* massiv*
gather: acesso* extra* recolh* colet* descarreg* baix* consult* meios captur*
made: escrit* gerad* criad* redigid* traduzid* produzid* elaborad* feit*
by: por pela pelo
org: instituto laboratório cátedra centro faculdade departamento associação escola congresso
org: academia
over: a sobre para de à ao
""",
    "ca": """
stop: el la els les de del i en un una per amb que és són nostres nostre aquest aquesta o al es dels
neg: no mai ni tampoc
no: cap no res ningú mai cap_part enlloc
ban: prohib* prohibi* vetat* exclo* exclos* rebutj* il_legal* denega* impedi* restring* vedat*
ban: vedada il·lícit* indegu* proscri* contrari* no_s_autoritza descart* vulnera infringeix
res: reserv* conserva guarda_per es_queda retenim reté
obj: oposem oposa oposo oposició opt_out oposar
perm: perme* permè* permet* autoritz* lliure lliurement accept* admet* consent* llicenciat*
perm: facultat* habilitat* legitimat*
need: requer* cal necess* exig* sol_lic* subject* depèn requisit contacteu obtenir signar subscriure
need: demanar comprar pagar contractar negociar sol·licitar pressupos*
only: només únicament exclusivament sols
cons: autorització permís consentiment llicència* acord contracte pagament dret drets vistiplau
cons: cessió aprovació autoritzacions llicències
without: sense
modal: pot poden podrà podran ha_de han_de
use: utilitz* usar fer_servir ús emprar empr* explot* copi* reprodu* recoll* extre* aliment*
use: incorpor* servir acabar nutrir ingerir bolcar destinar convertir formar_part reutilitz*
use: introdu*
except: llevat excepte tret
limit: restricci* límit* condicion*
we: utilitzem fem_servir
your: vostres teves teus seves usuaris
data: dades missatges fitxers continguts fotos fotografies
veto: curs cursos taller* inscripci* reemborsament* les_seves_dades dades_personals
prod: programari plataforma laboratori institut equip
ask: per_què com què
incl: inclo* incloent inclosa inclosos especialment també en_particular fins_i_tot
allr: tots_els_drets_reservats
holder: titulars_de_drets
for: per a en amb com
mine: mineria mineria_de_textos mineria_de_dades prospecció_de_textos mineria_de_text
mine: mineria_de_textos_i_dades mineria_de_text_i_dades explotació_de_textos
ml: aprenentatge_automàtic aprenentatge_profund aprenentatge_màquina dades_d_entrenament
ml: material_d_entrenament conjunt*_d_entrenament corpus_d_entrenament
ai: ia intel_ligènc* intel_ligència_artificial intel·ligència_artificial model*_de_llenguatge
ai: model*_lingüístic* intelligencia_artificial generati* generador*_d_imatges model*_fundacional*
ai: intel·ligències_artificials intel_ligencies_artificials
model: model models algorisme*
train: entren* aprenentatge ensenyar ensinistr* instruir
build: desenvolup* crear millor* aliment* introdu* carreg* inser* bolc* abocar nodrir apreng*
build: aprend* ensenya*
scrape: scrap* rastre* robots bots aranyes
auto: automatitz* automàtic*
gather: accés extra* recoll* descàrreg*
want: destinat* disponible* pensat* ofert* a_disposició previst*
made: escrit* generat* creat* redactat* traduït* produït* elaborat*
by: per
over: sobre a de
others: tribunal* jutge parlament estudi govern
""",
    "gl": """
stop: o a os as de do da dos das e en un unha para por con que é son noso nosa nosos nosas este esta
stop: ou ao aos polo pola
neg: non nunca nin
no: ningún ningunha nada non ninguén endexamais xamais ningures
ban: prohib* prohíbe* vetad* exclu* excluíd* rexeit* ilegal* nega* denega* restrinx* vedad* prohíb*
ban: ilícit* proscri* contrari* impide* indebid* exclúe* vulnera infrinxe
res: reserv* resérv* conserv* garda_para mantén retén
obj: opoñ* oposición opómonos opt_out opomos
perm: permit* permít* autoriz* libre libremente acept* admit* consent* facultad* lexitimad*
perm: habilitad*
need: require* precis* necesit* necesari* esix* depende* obter obtend* asinar solicit* pedir
need: contratar mercar pagar condición
only: só soamente unicamente exclusivamente
cons: autorización permiso consentimento licenza* acordo contrato pagamento dereito dereitos
cons: visto_e_prace cesión aprobación consentimentos
without: sen
modal: pode poden poderá poderán debe deben
use: utiliz* usar* uso empreg* explot* copi* reproduc* recoll* extra* aliment* incorpor* servir
use: acabar nutrir inxerir volcar destinar converter formar_parte reutiliz* introduc* aproveit*
except: agás excepto salvo
limit: restrici* límit* condici*
we: utilizamos usamos nós
your: teus túas usuarios túas_mensaxes
data: datos mensaxes ficheiros contidos
veto: curso* obradoiro* reembols* os_seus_datos datos_persoais
ask: por_que como
incl: incluí* inclus* tamén especialmente en_particular
allr: todos_os_dereitos_reservados
for: para por en con a como
mine: minaría minería_de_textos minaría_de_textos minaría_de_datos prospección_de_textos
mine: minaría_de_textos_e_datos minaría_de_texto prospección_de_datos
ml: aprendizaxe_automátic* aprendizaxe_profund* aprendizaxe_máquina datos_de_adestramento
ml: material_de_adestramento conxunto*_de_adestramento corpus_de_adestramento
ai: ia intelixencia*_artificial* modelo*_de_linguaxe modelo*_lingüístic* xerativ*
ai: intelixencia*_artificia* xerador*_de_imaxes modelo*_fundacion*
model: modelo* algoritmo*
train: adestr* entren* aprendizaxe ensinar instruír
build: desenvolv* crear mellor* aliment* introdu* carreg* inser* envorcar nutrir aprend* ensin*
scrape: scrap* rastre* robots bots arañas
auto: automatiz* automátic*
gather: acceso* extra* recoll* descarg*
want: destinad* dispoñib* pensad* ofrecid* á_disposición previst*
made: escrit* xerad* cread* redactad* traducid* producid* elaborad* feit*
law: 67_3
by: por pola polo
over: sobre para de á
others: tribunal* xuíz parlamento estudo goberno
""",
    "eu": """
stop: eta da ez du edo dira bat hau honen gure egin dute dela den duen izan
neg: ez inoiz
no: ez inongo ezein inork inor inori ezer inon ezertarako
ban: debeku* debekat* galaraz* ukatz* baztert* ukatu ezetz legez_kanpo urratzen urratu urraketa
cannot: ezin ezingo ez_dago ez_daude ez_da_onartzen ez_dira_onartzen ez_da_baimentzen ez_dago_ados
res: erreserbat* gordeta gordeak gorde gorde* gordetzen gordetzea berarentzat beretzat
obj: kontra_gaude aurka_gaude uko opt_out kontra
perm: baimen* baimend* onart* libre askatasunez zilegi utzi uzten eskubidea_du ahalmena
need: behar beharrezko* eskatu eskatz* nahitaezko* behar_da behar_du lortu lortzea eskatu_behar
need: eskuratu
only: soilik bakarrik
cons: baimena baimenik baimenarekin lizentzia* akordio* hitzarmen* kontratu* eskubide* oniritzi*
cons: adostasun* baimen* idatzizko
without: gabe
modal: daiteke daitezke
use: erabil* ustiatu kopiatu bildu elikatu ustiatzea kopiatzea elikatzea elikatzen sartu sartzea
limit: muga* murrizket*
your: zure zuen erabiltzaileen
data: datuak mezuak fitxategiak
veto: ikastaro* itzulketa* zure_datuak datu_pertsonalak
ask: zergatik nola
incl: barne ere bereziki batez_ere
allr: eskubide_guztiak_erreserbatuta eskubide_guztiak_gordeta eskubide_guztiak_erreserbatuak
mine: testu_meatzarit* datu_meatzarit* meatzarit* testu_eta_datu* datuen_meatz* testu_eta_datuen
mine: testu_eta_datu_meatzarit* testuen_eta_datuen_meatz* testuak_eta_datuak_ustia*
ml: ikasketa_automatiko* makina_ikasketa* ikaskuntza_automatiko* ikasketa_sakon* entrenamendu_datu*
ml: entrenatzeko_datu* ikasketa_automatikorako
ai: AA ia adimen_artifizial* hizkuntza_eredu* hizkuntza_ereduak sortzaile* irudi_sortzaile*
model: eredu* algoritmo*
train: entrena* trebat* prestatu trebatzeko hezteko
build: garatu garatzeko elikatu sortu elikatzeko elikatzea sortzeko sartzea sartu sartzen kargatu
build: txertatu ikasi ikasteko
scrape: scrap* robot bot arakatz*
auto: automatiko* automatizat*
gather: sarbide* bilket* erauzket* atzipen*
want: eskuragarri zuzendu* pentsatu* eskaintzen
made: idatzi* sortu* sortutako itzuli*
others: gobernua epaitegi*
""",
}
