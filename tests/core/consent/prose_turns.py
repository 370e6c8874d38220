"""More turns in which rights are kept or given, by language: the forms `prose_cases` says less of.

Nobody may, not meant for, kept to oneself, only after a contract, entered into a system; and what
others decided, courses, the visitor's data, what a machine wrote.
"""

TEXT = """
af | train | Niemand mag ons artikels gebruik om taalmodelle af te rig nie.
af | train | Ons gee nie toestemming dat hierdie foto's vir die opleiding van KI gebruik word nie.
af | mine | Teks- en dataontginning van hierdie werf word nie toegelaat nie.
af | - | Die universiteit bied 'n kursus in masjienleer aan; fooie word nie terugbetaal nie.
af | train | Sonder skriftelike verlof mag geen KI-model met ons foto's opgelei word nie.
af | - | U data word nie gebruik om KI op te lei nie.
af | mine | Die reg om teks en data te ontgin, word deur die uitgewer voorbehou.
ar | train | لا يحق لأي شخص تدريب نماذج لغوية على مقالاتنا.
ar | train | صورنا ليست مخصصة لتدريب الذكاء الاصطناعي.
ar | mine | يحتفظ الناشر لنفسه بحق التنقيب في النصوص والبيانات.
ar | - | لا تستخدم هيئة التحرير الذكاء الاصطناعي في كتابة الأخبار.
ar | train | يتطلب استخدام صورنا في التعلم الآلي ترخيصا خطيا من الناشر.
ar | - | لا تستخدم بياناتكم لتدريب الذكاء الاصطناعي.
ar | - | التنقيب في النصوص والبيانات مسموح دون إذن مسبق.
ar | train | يحظر إدخال المقالات في أنظمة الذكاء الاصطناعي لأغراض التدريب.
ar | train | نعترض على أن تصبح نصوصنا بيانات تدريب للنماذج اللغوية.
ar | - | يمكن استخدام مجموعة البيانات بحرية لتدريب نماذج الذكاء الاصطناعي.
ar | mine | التنقيب في النصوص والبيانات حكر على الناشر ولا يجوز إلا بترخيص.
ar | - | مختبر التعلم الآلي لا يستقبل الزوار يوم الجمعة.
ar | train | من يغذي النماذج اللغوية بنصوصنا ينتهك حقوق المؤلف.
az | train | Heç kəsin məqalələrimizlə dil modelləri öyrətmək hüququ yoxdur.
az | - | Məlumatlarınız süni intellektin öyrədilməsi üçün istifadə olunmur.
az | train | Mətnlərimizin süni intellekt sistemlərinə yüklənməsi qadağandır.
az | mine | Mətn və verilənlərin intellektual analizi hüququ nəşriyyatda qalır.
az | train | Müəllif şeirlərin maşın öyrənməsində istifadəsinə etiraz edir.
be | train | Ніхто не мае права навучаць моўныя мадэлі на нашых тэкстах.
be | - | Вашы даныя не выкарыстоўваюцца для навучання штучнага інтэлекту.
be | train | Забаронена выкарыстоўваць нашы тэксты для навучання штучнага інтэлекту.
be | mine | Правы на інтэлектуальны аналіз тэксту і даных захаваныя за выдаўцом.
be | train | Без пісьмовага дазволу нельга выкарыстоўваць фота ў машынным навучанні.
bg | train | Никой няма право да обучава езикови модели с нашите статии.
bg | train | Снимките не са предназначени за обучение на изкуствен интелект.
bg | mine | Издателят си запазва правото на извличане на информация от текст и данни.
bg | train | Не сме съгласни текстовете ни да попадат в обучителни данни за генеративни модели.
bg | - | Вашите данни не се използват за обучение на изкуствен интелект.
bg | train | Забранено е въвеждането на статии в системи с изкуствен интелект с цел обучение.
bg | - | Данните могат свободно да се използват за обучение на модели.
bg | train | Авторът се противопоставя на използването на стиховете за машинно обучение.
bg | mine | Извличането на текст и данни изисква писмен лиценз.
bn | train | আমাদের প্রবন্ধ দিয়ে ভাষা মডেল প্রশিক্ষণের অধিকার কারও নেই।
bn | train | প্রকাশকের লিখিত অনুমতি ছাড়া এই ছবি দিয়ে কৃত্রিম বুদ্ধিমত্তা প্রশিক্ষণ দেওয়া যাবে না।
bn | - | আপনার তথ্য এআই প্রশিক্ষণের জন্য ব্যবহার করা হয় না।
bn | mine | টেক্সট ও ডেটা মাইনিংয়ের অধিকার প্রকাশক সংরক্ষণ করেন।
bn | train | লিখিত লাইসেন্স ছাড়া আমাদের লেখা মেশিন লার্নিংয়ে ব্যবহার নিষিদ্ধ।
bn | train | আমরা আমাদের ছবি দিয়ে এআই প্রশিক্ষণে সম্মতি দিই না।
ca | train | Ningú no pot entrenar models de llenguatge amb els nostres articles sense llicència.
ca | mine | L'editorial es reserva la mineria de textos i dades de tot el fons.
ca | train | No es permet fer servir les fotografies per a entrenar intel·ligències artificials.
ca | - | Les vostres dades no s'utilitzen per entrenar intel·ligència artificial.
ca | train | Ens oposem que els nostres textos acabin en dades d'entrenament d'IA.
ca | mine | L'editor es reserva el dret de mineria de textos i dades.
ca | - | Les dades es poden fer servir lliurement per entrenar models d'IA.
ca | train | Queda prohibit alimentar sistemes d'intel·ligència artificial amb aquestes imatges.
cs | train | Nikdo není oprávněn trénovat jazykové modely na našich článcích.
cs | train | Fotografie nejsou určeny k výcviku umělé inteligence.
cs | mine | Vydavatel si vyhrazuje vytěžování textů a dat podle § 39c autorského zákona.
cs | - | Redakce nepoužívá umělou inteligenci k psaní zpráv.
cs | train | Bez licence nesmí být žádný z článků použit k trénování umělé inteligence.
cs | - | Vaše zprávy nepoužíváme k trénování umělé inteligence.
cs | - | K vytěžování textů a dat z této sbírky není třeba souhlasu.
cs | train | Vkládání článků do systémů umělé inteligence je zakázáno.
cs | train | Nedáváme souhlas, aby naše texty sloužily jako trénovací data.
cs | mine | Právo na vytěžování textů a dat náleží výhradně nakladateli.
cs | train | Kdo krmí jazykové modely našimi křížovkami, porušuje autorské právo.
cy | train | Nid oes gan neb hawl i hyfforddi modelau iaith ar ein herthyglau.
cy | train | Ni chaniateir defnyddio ein herthyglau i hyfforddi deallusrwydd artiffisial.
cy | train | Rydym yn gwrthwynebu defnyddio ein lluniau i hyfforddi modelau iaith.
cy | mine | Mae cloddio testun a data wedi'i wahardd.
cy | train | Heb drwydded ysgrifenedig ni chewch ddefnyddio'r archif ar gyfer dysgu peirianyddol.
cy | mine | Cedwir yr hawl i gloddio testun a data gan y cyhoeddwr.
da | train | Forlaget giver ikke lov til, at bøgerne indgår i træningsdata til sprogmodeller.
da | train | Artiklerne må ikke ende i datasæt, som kunstig intelligens trænes på.
da | mine | Udgiveren forbeholder sig retten til tekst- og datamining, jf. ophavsretslovens § 11 b.
da | train | Det kræver forudgående skriftlig aftale at træne AI på vores billeder.
da | - | Avisen bruger ikke kunstig intelligens til at skrive artikler.
da | train | Det er ikke tilladt at fodre sprogmodeller med vores tekster.
da | mine | Vi har fravalgt tekst- og datamining efter artikel 4 i direktiv 2019/790.
da | - | Dine beskeder bruges ikke til at træne AI-modeller.
da | - | Tekst- og datamining er tilladt uden forudgående aftale.
da | train | Enhver brug af fotografierne til maskinlæring er udtrykkeligt forbeholdt fotografen.
da | - | Kunstig intelligens må ikke erstatte journalister, mener forbundet.
da | train | Ophavsmanden modsætter sig enhver anvendelse af værkerne til oplæring af kunstig intelligens.
da | train | Noderne hører ikke hjemme i træningssæt til AI.
de | train | Das Anlernen von Sprachmodellen mit unseren Beiträgen ist nur gegen Lizenz gestattet.
de | mine | Der Rechteinhaber macht von seinem Vorbehalt nach § 44b Abs. 3 UrhG Gebrauch.
de | train | Niemand ist befugt, aus diesem Archiv Trainingsdaten für künstliche Intelligenz zu gewinnen.
de | train | Eine Lizenz zum Trainieren von KI-Modellen wird mit dem Abruf dieser Seite nicht erteilt.
de | train | Unsere Texte stehen für das Training generativer Systeme nicht zur Verfügung.
de | train | Sie verpflichten sich, keine Inhalte des Forums in KI-Systeme einzuspeisen.
de | mine+train | Wir behalten uns das Recht zum Text- und Data-Mining sowie zum maschinellen Lernen an allen Bildern vor.
de | train | Wer hiermit eine KI trainieren will, braucht vorher unsere schriftliche Zusage.
de | - | Wir verwenden keine künstliche Intelligenz, um unsere Beiträge zu schreiben.
de | - | Für das KI-Training unserer Mitarbeitenden gelten die Stornobedingungen nicht.
de | - | Das Text und Data Mining unserer Bestände ist für jedermann ohne Weiteres zulässig.
de | train | Aus unseren Beiträgen dürfen keine Trainingsdatensätze für generative KI gebildet werden.
de | mine | Der Verlag erklärt hiermit einen Nutzungsvorbehalt im Sinne von Art. 4 Abs. 3 DSM-Richtlinie.
de | train | Die Verwertung zum Zwecke des maschinellen Lernens bleibt dem Verlag vorbehalten.
de | train | Ohne vorherige Einwilligung der Autorin ist jede Einspeisung in ein Sprachmodell unzulässig.
de | - | Ihre Eingaben werden nicht zum Training von KI-Modellen verwendet.
de | - | Die Forschungsstelle für maschinelles Lernen ist freitags nicht besetzt.
de | - | Laut Urteil des Landgerichts ist Text und Data Mining zu Forschungszwecken keine Urheberrechtsverletzung.
de | - | Für das Training von KI-Modellen mit diesen Daten ist keine Genehmigung erforderlich.
de | - | Dieser Text wurde ohne künstliche Intelligenz geschrieben und darf nicht verkauft werden.
de | train | Weder Texte noch Bilder dürfen zum Aufbau von KI-Trainingsdaten herangezogen werden.
de | train | Der Einsatz unserer Werke in maschinellen Lernverfahren ist von keiner Lizenz gedeckt und daher verboten.
de | train | Wir haben der Verwendung unserer Texte für KI-Training widersprochen.
de | - | Der Kurs „KI-Modelle trainieren" ist ausgebucht; Anmeldungen sind nicht mehr möglich.
de | - | KI-generierte Zusammenfassungen können Fehler enthalten und sind nicht verbindlich.
de | - | Diese Daten dürfen ohne Einschränkung zum Trainieren von KI-Modellen genutzt werden.
de | - | Künstliche Intelligenz darf unsere Redaktion nicht ersetzen, sagt der Verband.
de | train | Jegliches Auslesen zum Anlernen künstlicher Intelligenz wird hiermit untersagt.
de | mine | Die Vervielfältigung für Zwecke des Text und Data Mining bedarf unserer Lizenz.
de | - | Eine Lizenz für Text und Data Mining ist nicht nötig.
de | train | Wer Sprachmodelle mit unseren Rätseln füttert, verletzt unser Urheberrecht.
de | train | Die Bereitstellung dieser Seiten umfasst keine Erlaubnis, KI-Modelle damit zu trainieren.
de | train | Unsere Noten sind für Musiker gedacht und nicht für neuronale Netze.
de | mine | Text und Data Mining: alle Rechte vorbehalten (§ 44b UrhG).
de | - | Der Einsatz von KI bei Hausarbeiten ist untersagt.
de | - | Unsere Redaktion setzt keine KI ein.
de | train | KI-Firmen ist die Übernahme unserer Inhalte in Trainingskorpora verwehrt.
el | train | Κανείς δεν έχει δικαίωμα να εκπαιδεύει γλωσσικά μοντέλα με τα κείμενά μας.
el | train | Οι φωτογραφίες δεν προορίζονται για την εκπαίδευση τεχνητής νοημοσύνης.
el | mine | Ο εκδότης επιφυλάσσεται του δικαιώματος εξόρυξης κειμένων και δεδομένων.
el | - | Η σύνταξη δεν χρησιμοποιεί τεχνητή νοημοσύνη για τη συγγραφή ειδήσεων.
el | train | Εναντιωνόμαστε στη χρήση των άρθρων μας για μηχανική μάθηση.
el | - | Τα δεδομένα σας δεν χρησιμοποιούνται για την εκπαίδευση τεχνητής νοημοσύνης.
el | - | Δεν απαιτείται άδεια για την εξόρυξη κειμένων και δεδομένων.
el | train | Απαγορεύεται η εισαγωγή των άρθρων σε συστήματα τεχνητής νοημοσύνης.
el | train | Καμία φωτογραφία δεν μπορεί να γίνει υλικό εκπαίδευσης για παραγωγικά μοντέλα.
el | - | Τα δεδομένα διατίθενται ελεύθερα για εκπαίδευση μοντέλων τεχνητής νοημοσύνης.
el | train | Δεν συναινούμε στη χρήση των ποιημάτων μας ως δεδομένων εκπαίδευσης.
el | - | Το εργαστήριο μηχανικής μάθησης δεν δέχεται επισκέπτες.
el | train | Όποιος τροφοδοτεί γλωσσικά μοντέλα με τα σταυρόλεξά μας παραβιάζει τα πνευματικά δικαιώματα.
en | train | The estate gives nobody leave to turn these letters into training data.
en | mine+train | Rights in text and data mining, and in the training of models thereon, stay with the society alone.
en | train | If you wish to train a model on this archive, write to the rights department first; until it answers, the answer is no.
en | train | These lectures are offered to human listeners and are closed to machine learning.
en | train | Readers may quote us. Language models may not be trained on us.
en | mine | The Press opts out, for all its titles, of the exception in Article 4 of Directive (EU) 2019/790.
en | train | Under no circumstances may this code corpus serve as input for the training of generative systems.
en | train | It is a condition of access that you do not use anything found here to improve an AI model.
en | train | AI developers: this collection is not part of your training set, and we do not agree that it should become one.
en | train | The poems may be copied by hand, by press, and by photograph; copying for the purpose of AI training lies outside that leave.
en | - | Our spam filter uses machine learning; it may not catch everything and cannot be used as evidence.
en | - | Nothing you write in the chat is used to train AI models.
en | - | The Institute for Machine Learning is not open to visitors on Mondays.
en | - | Translations on this page were made by AI and may not be reproduced without checking the original.
en | - | The library neither forbids nor restricts text mining of its catalogue.
en | - | A court in Hamburg decided in 2024 that text and data mining by a research association was not an infringement.
en | - | Photographs may not be reproduced without permission. We use AI to sort them.
en | train | Anyone compiling a corpus for a language model must leave our domain out of it.
en | mine | Automated analysis of the archive for patterns, trends or correlations needs the publisher's written approval.
en | train | The museum withholds its consent to machine learning uses of the digitised collection.
en | train | Developers of generative tools may not draw on our back issues without first concluding an agreement.
en | train | Our readers' letters are no training fodder for chatbots.
en | - | Training materials for AI engineers are available from the academy for a fee.
en | - | Your letters are never used for the training of AI.
en | - | Parliament has yet to decide whether AI training requires a licence.
en | - | No AI was used in making this magazine.
en | - | Text and data mining is expressly allowed, provided that the source is named.
en | - | You need no licence from us to train models on this data set; it is in the public domain.
en | - | Our AI assistant may not be available at weekends.
en | - | Publishers reserve the right to forbid AI training, a report by the ministry says.
en | - | Machine learning courses cannot be cancelled within 14 days.
en | train | Machine readers are asked to stay out: nothing printed here may be used to build or refine an AI model.
en | train | The rights to use these recordings for voice cloning and for training speech models have not been granted to anyone.
en | mine | We hereby exercise our right under Article 4(3) of the DSM Directive to exclude text and data mining.
en | train | By entering this archive you undertake that no part of it will find its way into a training set for generative AI.
en | - | You can opt out of having your profile used for AI training in the settings.
en | - | The workshop "Training AI models" is fully booked and no further registrations are accepted.
en | - | The AI-generated captions may contain errors and must not be relied on.
en | - | Anyone may mine this corpus without restriction.
en | - | We are hiring a machine learning engineer; no agencies, please.
en | - | Artificial intelligence will not replace our reporters.
en | train | The Trust does not license its sound recordings for the development of artificial intelligence.
en | mine | Permission to read is not permission to mine: text and data mining stays reserved.
en | train | Kindly refrain from adding these essays to any dataset used in machine learning.
en | train | Save with our prior consent, you shall not permit any AI system to be trained on the database.
en | - | Speech recognition software on the terminals may not be used without supervision; ask the machine learning group.
en | - | Our policy on artificial intelligence is under review.
en | train | These maps are for walkers, not for neural networks: no model may be fed with them.
en | train | Whoever feeds our crosswords to a language model infringes our copyright.
en | mine | Data mining of this gazetteer is the exclusive preserve of the county council.
en | train | The composers have instructed us to refuse all requests to train AI on their scores.
en | train | It is not permitted to scrape recipes in order to assemble datasets for generative AI.
en | train | Bots collecting text for large language models are not welcome here.
en | train | Uses connected with artificial intelligence, its training included, fall outside this licence.
en | train | If your business is building foundation models, our content is off the table unless you hold a contract with us.
en | - | We do not object to text and data mining for any purpose.
en | - | Our journalists never use AI to write stories.
en | - | Use of AI tools in coursework is prohibited by the examination board.
en | - | Machine learning has no place in our bakery: bread is made by hand.
es | train | Nadie está facultado para entrenar inteligencias artificiales con los textos de esta revista.
es | train | Queda terminantemente prohibido alimentar con nuestras fotos sistemas de IA generativa.
es | mine | La editorial se reserva para sí la minería de textos y datos de su fondo.
es | train | Quien desee usar el archivo como datos de entrenamiento deberá firmar antes una licencia.
es | - | Esta noticia no fue escrita por una inteligencia artificial.
es | train | Ningún contenido de este diario podrá destinarse al entrenamiento de sistemas de inteligencia artificial.
es | mine | La minería de textos y datos requiere autorización previa y por escrito.
es | - | Sus mensajes no se usan para entrenar inteligencia artificial.
es | - | El laboratorio de inteligencia artificial no admite visitas.
es | - | No hace falta permiso para la minería de textos de este fondo.
es | train | Rechazamos que nuestras crónicas acaben en los datos de entrenamiento de la IA generativa.
es | - | Los resúmenes generados por IA pueden contener errores y no son vinculantes.
es | - | El curso de aprendizaje automático no admite más inscripciones.
es | train | No consentimos que se entrenen modelos con las ilustraciones.
es | mine | Los derechos de minería de textos y datos corresponden en exclusiva a la editora.
es | train | Quien alimente una inteligencia artificial con nuestros textos vulnera la ley.
es | train | Este contenido no puede terminar en los conjuntos de datos con los que se entrenan los modelos de lenguaje.
es | mine | Minería de textos y datos: derechos reservados.
es | - | El uso de la IA está prohibido durante el examen.
et | train | Kellelgi pole õigust treenida keelemudeleid meie artiklite peal.
et | train | Fotod ei ole mõeldud tehisintellekti treenimiseks.
et | mine | Kirjastaja jätab endale õiguse teksti- ja andmekaeveks.
et | train | Artiklite kasutamine masinõppeks eeldab kirjalikku litsentsi.
et | - | Teie sõnumeid ei kasutata tehisaru treenimiseks.
et | train | Artiklite sisestamine tehisaru süsteemidesse on keelatud.
et | train | Oleme vastu sellele, et meie tekste kasutatakse keelemudelite treenimiseks.
et | - | Andmeid võib vabalt kasutada tehisaru treenimiseks.
et | mine | Teksti- ja andmekaeve on lubatud üksnes kirjastaja nõusolekul.
eu | train | Ezin da gure testurik erabili hizkuntza-ereduak entrenatzeko.
eu | train | Debekatuta dago artikuluak adimen artifiziala elikatzeko erabiltzea.
eu | mine | Testu- eta datu-meatzaritza egiteko eskubidea argitaletxeak beretzat gordetzen du.
eu | train | Argitaletxeak ez du baimenik ematen bere testuak hizkuntza-ereduak entrenatzeko erabiltzeko.
eu | - | Zure datuak ez dira adimen artifiziala entrenatzeko erabiltzen.
eu | train | Gure argazkiak adimen artifizialaren entrenamendurako erabiltzearen aurka gaude.
eu | mine | Debekatuta dago testu- eta datu-meatzaritza.
eu | - | Lan hau libreki erabil daiteke adimen artifiziala entrenatzeko.
eu | train | Argazkiak ez dira adimen artifiziala trebatzeko.
eu | train | Baimen idatzirik gabe ezin da eduki hau ikasketa automatikoan erabili.
fa | train | هیچ کس حق ندارد مدل‌های زبانی را با مقالات ما آموزش دهد.
fa | train | عکس‌ها برای آموزش هوش مصنوعی در نظر گرفته نشده‌اند.
fa | mine | ناشر حق متن‌کاوی و داده‌کاوی را برای خود محفوظ می‌دارد.
fa | - | داده‌های شما برای آموزش هوش مصنوعی استفاده نمی‌شود.
fa | train | بهره‌گیری از مقاله‌های ما در یادگیری ماشین بدون اجازهٔ کتبی ناشر ممنوع است.
fa | train | وارد کردن مقاله‌ها به سامانه‌های هوش مصنوعی برای آموزش ممنوع است.
fa | train | با تبدیل شدن متن‌های ما به داده‌های آموزشی مخالفیم.
fa | mine | متن‌کاوی و داده‌کاوی فقط با مجوز کتبی ناشر مجاز است.
fa | train | خوراندن جدول‌های ما به مدل‌های زبانی نقض حق مؤلف است.
fi | train | Kenelläkään ei ole oikeutta kouluttaa kielimalleja artikkeleillamme.
fi | train | Valokuvia ei ole tarkoitettu tekoälyn opetusaineistoksi.
fi | mine | Kustantaja pidättää itsellään oikeuden tekstin- ja tiedonlouhintaan.
fi | - | Toimitus ei käytä tekoälyä juttujen kirjoittamiseen.
fi | train | Emme suostu siihen, että tekstejämme käytetään koneoppimiseen.
fi | - | Viestejäsi ei käytetä tekoälyn kouluttamiseen.
fi | - | Tekstin- ja tiedonlouhinta on sallittua ilman lupaa.
fi | train | Artikkelien syöttäminen tekoälyjärjestelmiin on kielletty.
fi | - | Aineistoa saa vapaasti käyttää tekoälyn kouluttamiseen.
fi | mine | Tekstin- ja tiedonlouhinta edellyttää kustantajan kirjallista lupaa.
fi | - | Koneoppimisen laboratorio ei ota vastaan vierailijoita.
fi | train | Nuotteja ei saa päätyä aineistoihin, joilla koulutetaan tekoälyä.
fr | train | Il est fait défense d'entraîner un modèle de langage sur nos archives.
fr | train | L'éditeur n'a donné à personne le droit de nourrir une intelligence artificielle de ses articles.
fr | train | Nos photographies n'ont pas vocation à servir de données d'entraînement.
fr | mine | La société exerce son droit d'opposition prévu à l'article L. 122-5-3 du CPI.
fr | train | Quiconque souhaite entraîner une IA sur ces textes doit au préalable conclure un accord avec nous.
fr | - | Cet article n'a pas été rédigé par une intelligence artificielle; sa reproduction est interdite.
fr | - | La fouille de textes de nos collections est ouverte à tous sans autorisation préalable.
fr | train | L'utilisation de nos contenus comme données d'apprentissage est subordonnée à la conclusion d'une licence.
fr | train | Aucune de nos œuvres ne saurait être ingérée par un système d'intelligence artificielle générative.
fr | mine | Les droits de fouille de textes et de données demeurent la propriété exclusive de l'éditeur.
fr | - | Vos messages ne servent jamais à entraîner une intelligence artificielle.
fr | - | Le master en intelligence artificielle n'est pas ouvert aux candidats sans licence.
fr | - | L'entraînement d'IA sur ces données est permis sans licence.
fr | train | Nul ne peut moissonner ce site en vue de constituer un jeu d'entraînement.
fr | train | Les œuvres ne sont pas libres de droits pour l'entraînement de l'intelligence artificielle.
fr | - | L'intelligence artificielle ne doit pas remplacer les journalistes, estime le syndicat.
fr | - | Les résumés générés par IA peuvent comporter des erreurs et ne sauraient engager notre responsabilité.
fr | train | Tout entraînement d'un système génératif à partir de nos fonds suppose un contrat.
fr | mine | Nous faisons usage de notre faculté d'opposition à la fouille de textes et de données.
fr | - | Le Parlement débat d'une interdiction de l'entraînement de l'IA sans licence.
fr | train | Quiconque nourrit une intelligence artificielle de nos textes commet une contrefaçon.
fr | train | Toute reprise de nos contenus en vue de l'apprentissage d'une machine est soumise à redevance.
fr | train | Interdiction de se servir des photographies pour entraîner des générateurs d'images.
fr | mine | Droit de fouille de textes réservé (art. L. 122-5-3 CPI).
fr | - | L'usage de l'IA est interdit pendant l'examen.
ga | train | Níl cead ag aon duine samhlacha teanga a oiliúint ar ár n-ailt.
ga | - | Ní úsáidtear do shonraí chun intleacht shaorga a oiliúint.
ga | train | Tá sé toirmiscthe ár bpictiúir a úsáid chun intleacht shaorga a thraenáil.
ga | mine | Tá cosc ar mhianadóireacht téacs agus sonraí.
ga | train | Teastaíonn ceadúnas scríofa chun ár gcuid alt a úsáid san fhoghlaim mheaisín.
ga | mine | Forchoimeádann an foilsitheoir an ceart chun mianadóireacht téacs agus sonraí.
gl | train | Ninguén pode usar os nosos textos para adestrar modelos de linguaxe.
gl | train | Prohíbese alimentar sistemas de intelixencia artificial coas nosas fotos.
gl | mine | A revista resérvase o dereito á minaría de textos e datos.
gl | - | Os seus datos non se usan para adestrar intelixencia artificial.
gl | train | Opoñémonos a que os nosos textos rematen en datos de adestramento.
gl | mine | Queda reservado o dereito de minaría de textos e datos.
gl | - | Esta obra pode usarse libremente para adestrar modelos de IA.
gl | train | Está prohibido que os sistemas de IA aprendan dos nosos textos.
gl | mine | Non se autoriza a minaría de textos e datos sen licenza escrita.
he | train | לאיש אין זכות לאמן מודלי שפה על הכתבות שלנו.
he | train | התצלומים לא נועדו לאימון בינה מלאכותית.
he | mine | ההוצאה שומרת לעצמה את הזכות לכריית טקסט ונתונים.
he | train | אנו מתנגדים לשימוש בצילומים לצורך למידת מכונה.
he | - | ההודעות שלך אינן משמשות לאימון בינה מלאכותית.
he | train | אין להזין את הכתבות למערכות בינה מלאכותית לצורכי אימון.
he | train | חל איסור מוחלט להפוך את השירים לנתוני אימון.
he | - | ניתן להשתמש במאגר באופן חופשי לאימון מודלי שפה.
he | mine | כריית טקסט ונתונים מותרת אך ורק באישור בכתב.
he | train | מי שמזין מודלי שפה בתשבצים שלנו מפר זכויות יוצרים.
hi | train | किसी को भी हमारे लेखों से भाषा मॉडल प्रशिक्षित करने का अधिकार नहीं है।
hi | train | ये तस्वीरें कृत्रिम बुद्धिमत्ता के प्रशिक्षण के लिए नहीं हैं।
hi | mine | टेक्स्ट और डेटा माइनिंग का अधिकार प्रकाशक अपने पास सुरक्षित रखता है।
hi | - | आपका डेटा एआई के प्रशिक्षण के लिए उपयोग नहीं किया जाता।
hi | train | बिना लिखित लाइसेंस के मशीन लर्निंग में इन लेखों का उपयोग वर्जित है।
hi | train | लेखों को एआई प्रणालियों में प्रशिक्षण हेतु डालना मना है।
hi | - | इस डेटा का उपयोग एआई प्रशिक्षण के लिए स्वतंत्र रूप से किया जा सकता है।
hi | train | हम अपने लेखों से एआई को प्रशिक्षित करने की सहमति नहीं देते।
hi | train | हमारी पहेलियाँ भाषा मॉडलों को खिलाना कॉपीराइट का उल्लंघन है।
hr | train | Nitko ne smije uvježbavati jezične modele na našim tekstovima.
hr | train | Ne dajemo suglasnost da se fotografije koriste za obuku umjetne inteligencije.
hr | mine | Nakladnik pridržava pravo na rudarenje teksta i podataka.
hr | train | Svako korištenje fotografija za strojno učenje uvjetovano je pisanom licencom.
hr | - | Vaši podaci ne koriste se za treniranje umjetne inteligencije.
hr | train | Zabranjeno je unositi članke u sustave umjetne inteligencije radi treniranja.
hr | - | Podaci se mogu slobodno koristiti za treniranje modela umjetne inteligencije.
hr | train | Autor uskraćuje pristanak na uporabu pjesama u strojnom učenju.
hu | train | Senki sem jogosult nyelvi modelleket tanítani a cikkeinken.
hu | train | A fényképek nem szolgálhatnak mesterséges intelligencia betanítására.
hu | mine | A kiadó fenntartja magának a szöveg- és adatbányászat jogát.
hu | train | Hozzájárulásunk nélkül egyetlen írás sem kerülhet nyelvi modellek tanítóadatai közé.
hu | - | Az Ön üzeneteit nem használjuk mesterséges intelligencia tanítására.
hu | - | A szöveg- és adatbányászathoz nem szükséges engedély.
hu | train | Tilos a cikkeket mesterségesintelligencia-rendszerekbe betáplálni.
hu | train | Tiltakozunk az ellen, hogy írásaink nyelvi modellek betanítását szolgálják.
hu | - | Az adatok szabadon felhasználhatók MI-modellek tanítására.
hu | mine | Szöveg- és adatbányászat kizárólag írásbeli engedéllyel végezhető.
hu | - | A gépi tanulás tanszék nem fogad látogatókat.
hu | train | Aki nyelvi modelleket etet a rejtvényeinkkel, szerzői jogot sért.
hy | train | Ոչ ոք իրավունք չունի մեր հոդվածներով լեզվական մոդելներ մարզելու։
hy | train | Լուսանկարները նախատեսված չեն արհեստական բանականության ուսուցման համար։
hy | - | Ձեր տվյալները չեն օգտագործվում արհեստական բանականության ուսուցման համար։
hy | train | Արգելվում է հոդվածներն օգտագործել արհեստական բանականության ուսուցման համար։
hy | mine | Տեքստի և տվյալների արդյունահանման իրավունքը վերապահված է հրատարակչին։
hy | train | Հեղինակը դեմ է բանաստեղծությունները մեքենայական ուսուցման համար օգտագործելուն։
id | train | Tidak seorang pun berhak melatih model bahasa dengan artikel kami.
id | train | Foto-foto ini tidak ditujukan untuk pelatihan kecerdasan buatan.
id | train | Kami menolak penggunaan tulisan kami sebagai data latih model generatif.
id | - | Data Anda tidak digunakan untuk melatih kecerdasan buatan.
id | - | Penambangan teks dan data dari koleksi ini tidak memerlukan izin.
id | train | Memasukkan artikel kami ke dalam sistem kecerdasan buatan untuk pelatihan dilarang keras.
id | - | Kursus pembelajaran mesin ini tidak menerima pendaftaran lagi.
id | train | Pengarang berkeberatan jika puisinya dipakai untuk pembelajaran mesin.
id | - | Laboratorium pembelajaran mesin tidak menerima tamu.
id | train | Siapa pun yang melatih model bahasa dengan teka-teki kami melanggar hak cipta.
is | train | Óheimilt er að nota efni vefsins til að þjálfa gervigreind.
is | train | Ljósmyndirnar má ekki nota til þjálfunar mállíkana nema með skriflegu leyfi.
is | mine | Útgefandi áskilur sér rétt til texta- og gagnanáms.
is | - | Námskeið í gervigreind hefst í mars og þátttökugjald fæst ekki endurgreitt.
is | train | Bannað er að þjálfa mállíkön á greinum okkar án leyfis.
is | - | Gögnin þín eru ekki notuð til að þjálfa gervigreind.
is | train | Notkun greina okkar sem þjálfunargagna fyrir mállíkön er háð skriflegu leyfi.
is | mine | Texta- og gagnanám á þessum vef er óheimilt.
is | train | Höfundur veitir ekki leyfi til að ljóðin séu notuð sem þjálfunargögn.
it | train | Chi intende addestrare un modello linguistico con i nostri articoli deve prima ottenere una licenza.
it | train | Le fotografie non sono disponibili per l'addestramento di intelligenze artificiali.
it | mine | L'editore esercita la riserva di cui all'art. 70-quater della legge sul diritto d'autore.
it | train | Non si autorizza l'impiego delle poesie come dati di addestramento.
it | - | La redazione non usa l'intelligenza artificiale per scrivere.
it | train | È fatto divieto di usare le immagini per allenare algoritmi di intelligenza artificiale.
it | train | Qualsiasi uso a fini di apprendimento automatico presuppone un accordo scritto.
it | - | I tuoi dati non vengono usati per addestrare l'intelligenza artificiale.
it | - | Per l'estrazione di testo e di dati da questo archivio non serve alcuna autorizzazione.
it | train | Ci opponiamo all'uso dei nostri testi per l'addestramento di modelli linguistici.
it | - | I riassunti generati dall'IA possono contenere errori e non sono vincolanti.
it | train | Vietato darli in pasto a intelligenze artificiali.
it | mine | L'estrazione di testo e di dati resta riservata alla casa editrice.
it | - | Il corso di apprendimento automatico non è aperto agli esterni.
it | train | Chi nutre un'intelligenza artificiale con i nostri testi viola il diritto d'autore.
it | train | I nostri spartiti non possono finire nei dati con cui si addestrano le intelligenze artificiali.
it | mine | Text and data mining riservato all'editore.
it | - | L'uso dell'IA è vietato durante l'esame.
ja | train | 何人も、当社の記事を用いて言語モデルを訓練する権利を有しません。
ja | train | 掲載写真はAIの学習を目的として提供するものではありません。
ja | - | 当編集部では記事の執筆に生成AIを使用していません。
ja | train | 本誌の記事を機械学習の学習データに用いるには、事前の書面による許諾が必要です。
ja | - | お客様のデータをAIの学習に利用することはありません。
ja | - | 本コレクションのテキストマイニングに許可は必要ありません。
ja | train | 当サイトの文章を生成モデルの学習素材とすることを固く禁じます。
ja | - | AIが生成した要約には誤りが含まれることがあり、保証できません。
ja | - | 本データセットはAIの学習に自由に利用できます。
ja | mine | テキスト・データマイニングは、当社の書面による許諾がある場合に限ります。
ja | - | 機械学習研究所は日曜日は見学できません。
ja | train | AIモデルの開発・改良を目的として本サイトの文章を取得する行為はお断りしております。
ja | train | 楽譜を生成AIに読み込ませないでください。
ja | mine | 情報解析を目的とする複製は、権利者の許諾を得ない限り認められません。
ja | train | 当誌のパズルを大規模言語モデルの訓練に供した者は著作権侵害となります。
ja | - | 試験中のAIの使用は禁止です。
ka | train | არავის აქვს უფლება ჩვენი სტატიებით ენობრივი მოდელები გაწვრთნას.
ka | train | ფოტოები არ არის განკუთვნილი ხელოვნური ინტელექტის წვრთნისთვის.
ka | - | თქვენი მონაცემები ხელოვნური ინტელექტის გასაწვრთნელად არ გამოიყენება.
ka | train | აკრძალულია სტატიების შეტანა ხელოვნური ინტელექტის სისტემებში გასაწვრთნელად.
ka | mine | ტექსტისა და მონაცემთა მოპოვების უფლებას გამომცემელი იტოვებს.
ka | train | ავტორი არ ეთანხმება ლექსების გამოყენებას მანქანური სწავლებისთვის.
kk | train | Мақалаларымызды тілдік модельдерді оқытуға пайдалануға ешкімнің құқығы жоқ.
kk | train | Фотосуреттерді жасанды интеллектті жаттықтыруға қолдануға тыйым салынады.
kk | - | Сіздің деректеріңіз жасанды интеллектті оқытуға пайдаланылмайды.
kk | train | Мәтіндерді жасанды интеллектті оқыту үшін пайдалану тек жазбаша рұқсатпен мүмкін.
kk | mine | Мәтін мен деректерді өндіру құқығы баспада қалады.
kk | - | Деректерді жасанды интеллектті оқытуға еркін пайдалануға болады.
kk | train | Жазбаша келісімсіз фотосуреттерді машиналық оқытуда пайдалануға жол берілмейді.
ko | train | 누구도 본지의 기사로 언어 모델을 훈련할 권리가 없습니다.
ko | train | 사진은 인공지능 학습을 위해 제공되는 것이 아닙니다.
ko | - | 본지 편집국은 기사 작성에 인공지능을 사용하지 않습니다.
ko | train | 본지의 기사를 학습데이터로 쓰려면 사전에 서면 허락을 받아야 합니다.
ko | - | 고객님의 데이터는 인공지능 학습에 사용되지 않습니다.
ko | - | 이 자료의 데이터마이닝에는 허락이 필요하지 않습니다.
ko | train | 당사의 글을 생성 모델의 학습 재료로 삼는 것을 엄격히 금합니다.
ko | - | 인공지능이 생성한 요약은 오류가 있을 수 있으며 보증하지 않습니다.
ko | - | 본 데이터셋은 인공지능 학습에 자유롭게 사용할 수 있습니다.
ko | mine | 텍스트 및 데이터 마이닝은 서면 허락이 있는 경우에 한하여 가능합니다.
ko | - | 기계학습 연구소는 일요일에 방문객을 받지 않습니다.
ko | train | 당사의 악보를 생성형 AI에 입력하지 마십시오.
ko | train | 인공지능 개발을 목적으로 한 본 사이트 글의 수집을 거부합니다.
lt | train | Niekas neturi teisės mokyti kalbos modelių mūsų straipsniais.
lt | train | Nuotraukos neskirtos dirbtiniam intelektui mokyti.
lt | mine | Leidėjas pasilieka teisę į teksto ir duomenų gavybą.
lt | - | Jūsų duomenys nenaudojami dirbtiniam intelektui mokyti.
lt | train | Draudžiama straipsnius įkelti į dirbtinio intelekto sistemas.
lt | train | Prieštaraujame, kad mūsų tekstai taptų kalbos modelių mokymo duomenimis.
lt | - | Duomenis galima laisvai naudoti dirbtiniam intelektui mokyti.
lt | train | Be raštiško sutikimo draudžiama mūsų nuotraukomis mokyti dirbtinį intelektą.
lv | train | Nevienam nav tiesību apmācīt valodas modeļus ar mūsu rakstiem.
lv | train | Fotogrāfijas nav paredzētas mākslīgā intelekta apmācībai.
lv | mine | Izdevējs patur sev tiesības uz tekstizraci un datizraci.
lv | - | Jūsu dati netiek izmantoti mākslīgā intelekta apmācībai.
lv | train | Aizliegts ievadīt rakstus mākslīgā intelekta sistēmās.
lv | train | Mēs iebilstam pret to, ka mūsu teksti kļūst par valodas modeļu apmācības datiem.
lv | - | Datus drīkst brīvi izmantot mākslīgā intelekta apmācībai.
lv | mine | Tekstizrace un datizrace atļauta tikai ar izdevēja rakstisku piekrišanu.
mk | train | Никој нема право да обучува јазични модели со нашите текстови.
mk | mine | Издавачот го задржува правото на рударење на текст и податоци.
mk | - | Вашите податоци не се користат за обука на вештачка интелигенција.
mk | train | Забрането е нашите текстови да се користат за обука на јазични модели.
mk | train | Се противиме нашите фотографии да станат податоци за обука на вештачка интелигенција.
mk | mine | За рударење на текст и податоци потребна е писмена дозвола.
mk | train | Не се согласуваме нашите фотографии да се користат за машинско учење.
mn | train | Манай нийтлэлийг хэлний загвар сургахад ашиглахыг хориглоно.
mn | train | Зургуудыг хиймэл оюуныг сургахад зөвшөөрөлгүй ашиглаж болохгүй.
mn | mine | Текст ба өгөгдлийн олборлолт хийх эрхийг хэвлэн нийтлэгч өөртөө хадгална.
mr | train | ही छायाचित्रे कृत्रिम बुद्धिमत्तेच्या प्रशिक्षणासाठी नाहीत.
mr | - | तुमचा डेटा एआयच्या प्रशिक्षणासाठी वापरला जात नाही.
mr | train | आमचे लेख एआयच्या प्रशिक्षणासाठी वापरण्यास मनाई आहे.
mr | mine | मजकूर आणि डेटा मायनिंगचे हक्क प्रकाशकाकडे राखीव आहेत.
mr | train | लेखी परवानगीशिवाय आमची छायाचित्रे मशीन लर्निंगसाठी वापरू नयेत.
ms | train | Sesiapa pun tidak berhak melatih model bahasa dengan rencana kami.
ms | train | Rencana kami tidak boleh dijadikan data latihan bagi model bahasa.
ms | mine | Hak perlombongan teks dan data terpelihara pada penerbit.
ms | mine | Perlombongan teks dan data hanya dibenarkan dengan kebenaran bertulis.
mt | train | Ħadd ma għandu jedd iħarreġ mudelli lingwistiċi bl-artikli tagħna.
mt | train | Huwa pprojbit li l-artikli tagħna jintużaw biex titħarreġ l-intelliġenza artifiċjali.
mt | mine | L-estrazzjoni tat-test u tad-data hija riżervata għall-pubblikatur.
mt | train | Bla liċenzja bil-miktub, ebda ritratt ma jista' jintuża fit-taħriġ tal-IA.
mt | mine | L-estrazzjoni tat-test u tad-data teħtieġ il-kunsens bil-miktub tal-pubblikatur.
nb | train | Forlaget gir ikke samtykke til at bøkene inngår i treningsdata for språkmodeller.
nb | train | Bildene kan ikke tas i bruk som treningsmateriale for generativ KI.
nb | mine | Retten til tekst- og datautvinning ligger hos utgiveren alene.
nb | - | KI brukes ikke i journalistikken vår uten at det merkes.
nb | train | Ingen deler av nettstedet kan brukes til å trene kunstig intelligens.
nb | - | Meldingene dine brukes ikke til å trene KI.
nb | - | Tekst- og datautvinning av samlingen er tillatt uten avtale.
nb | train | All bruk av tekstene til opplæring av språkmodeller forutsetter avtale med utgiver.
nb | train | Uten skriftlig avtale er det forbudt å la språkmodeller lære av tekstene.
nb | train | Den som mater språkmodeller med kryssordene våre, bryter opphavsretten.
nl | train | Wie met onze artikelen een taalmodel wil trainen, dient vooraf schriftelijk toestemming te vragen.
nl | train | De foto's zijn niet bedoeld als trainingsmateriaal voor beeldgeneratoren.
nl | mine | De uitgever behoudt zich het recht op tekst- en datamining uitdrukkelijk voor.
nl | train | Onze teksten mogen niet in datasets voor machinaal leren terechtkomen.
nl | - | Dit bericht is niet door AI geschreven; overname zonder bronvermelding is niet toegestaan.
nl | train | Zonder licentie van de uitgever mag geen enkel model op onze artikelen worden getraind.
nl | train | De vereniging verzet zich tegen opname van haar foto's in trainingsdata voor AI.
nl | - | Voor tekst- en datamining van deze collectie is geen toestemming nodig.
nl | - | Uw berichten worden nooit gebruikt om AI te trainen.
nl | train | Het is verboden onze foto's in te voeren in systemen voor kunstmatige intelligentie.
nl | mine | Tekst- en datamining in de zin van artikel 15o Auteurswet is voorbehouden aan de uitgever.
nl | - | De opleiding machinaal leren is dit jaar niet toegankelijk voor deeltijdstudenten.
nl | train | Wij staan niet toe dat chatbots op onze teksten leren.
nl | - | Onze leraren mogen AI gebruiken bij het nakijken; leerlingen niet.
nl | train | Wie taalmodellen voedt met onze puzzels, maakt inbreuk op het auteursrecht.
nl | train | Bladmuziek van deze site hoort niet thuis in trainingssets voor AI.
nl | - | Het gebruik van AI tijdens het examen is verboden.
nn | train | Ingen har lov til å bruke artiklane våre til å trene opp språkmodellar.
nn | train | Vi seier nei til at tekstane våre blir brukte som treningsdata for KI.
nn | mine | Utgjevaren atterheld seg retten til tekst- og datautvinning.
nn | - | Kurset i maskinlæring er fullteikna og avgifta blir ikkje refundert.
nn | train | Det er forbode å mate språkmodellar med tekstane våre.
nn | train | Treningsdata for kunstig intelligens kan ikkje hentast herifrå utan løyve.
pl | train | Nikt nie ma prawa trenować modeli językowych na naszych artykułach.
pl | train | Kto chce uczyć sztuczną inteligencję na tych zdjęciach, musi najpierw uzyskać pisemną zgodę.
pl | mine | Wydawca zastrzega sobie eksplorację tekstów i danych zgodnie z art. 26³ ustawy.
pl | - | Redakcja nie korzysta ze sztucznej inteligencji przy pisaniu tekstów.
pl | train | Sprzeciwiamy się wykorzystywaniu naszych tekstów do uczenia maszynowego.
pl | train | Bez umowy licencyjnej żaden z artykułów nie może zasilać modeli językowych.
pl | - | Państwa wiadomości nie są wykorzystywane do trenowania AI.
pl | - | Eksploracja tekstów i danych ze zbiorów jest dozwolona bez zgody wydawcy.
pl | train | Wprowadzanie artykułów do systemów sztucznej inteligencji jest wzbronione.
pl | - | Kurs uczenia maszynowego nie obejmuje egzaminu.
pl | train | Autorzy nie zgadzają się na karmienie modeli językowych ich wierszami.
pl | - | Wydział uczenia maszynowego nie przyjmuje podań po terminie.
pl | train | Kto karmi modele językowe naszymi krzyżówkami, narusza prawo autorskie.
pl | train | Nuty nie mogą trafić do zbiorów, na których trenuje się sztuczną inteligencję.
pl | - | Korzystanie z AI podczas egzaminu jest zabronione.
pt | train | Não se permite o aproveitamento dos nossos textos no treino de inteligência artificial.
pt | train | Quem quiser treinar um modelo de linguagem com este acervo terá de obter licença prévia.
pt | mine | A editora reserva para si a prospeção de textos e dados das suas obras.
pt | train | Ninguém está autorizado a alimentar IA com as nossas fotografias.
pt | - | A redação não utiliza inteligência artificial para escrever notícias.
pt | train | Opomo-nos a que as nossas reportagens sejam utilizadas para treinar inteligência artificial.
pt | train | Nenhuma fotografia deste site pode integrar dados de treino de IA.
pt | - | Os seus dados não são usados para treinar IA.
pt | - | A mineração de textos e dados deste acervo é livre e não depende de licença.
pt | train | Rejeitamos o uso das nossas imagens para alimentar modelos generativos.
pt | - | O curso de aprendizagem automática não aceita mais inscrições.
pt | train | É vedado introduzir estes textos em sistemas de inteligência artificial.
pt | train | Quem alimentar uma inteligência artificial com estes textos viola os direitos de autor.
pt | train | As partituras não podem acabar em conjuntos de dados com que se treinam modelos.
pt | - | O uso de IA é proibido durante o exame.
ro | train | Nimeni nu are dreptul să antreneze modele lingvistice pe articolele noastre.
ro | train | Fotografiile nu sunt destinate antrenării inteligenței artificiale.
ro | mine | Editura își rezervă extragerea textului și a datelor din lucrările sale.
ro | - | Redacția nu folosește inteligența artificială pentru a scrie știri.
ro | train | Este interzisă folosirea articolelor ca date de antrenament pentru modele generative.
ro | - | Mesajele dumneavoastră nu sunt folosite pentru antrenarea inteligenței artificiale.
ro | train | Ne opunem folosirii textelor noastre pentru învățarea automată.
ro | mine | Drepturile privind extragerea textului și a datelor sunt rezervate editurii.
ro | train | Interzicem hrănirea sistemelor de inteligență artificială cu articolele noastre.
ro | - | Pentru extragerea textului și a datelor din această colecție nu este nevoie de acord.
ru | train | Никто не вправе обучать языковые модели на наших текстах.
ru | train | Фотографии не предназначены для обучения искусственного интеллекта.
ru | train | Желающие обучать нейросети на нашем архиве должны заранее заключить договор.
ru | - | Редакция не использует искусственный интеллект для написания статей.
ru | train | Запрещается загружать статьи в системы машинного обучения без письменного разрешения издателя.
ru | - | Ваши сообщения не используются для обучения нейросетей.
ru | - | Для анализа текстов и данных из этого собрания разрешение не требуется.
ru | - | Суд постановил, что обучение нейросетей на книгах без лицензии незаконно.
ru | train | Использование фотографий для обучения генеративных моделей — только по письменному договору.
ru | train | Мы против того, чтобы наши стихи становились обучающими данными.
ru | - | Искусственный интеллект не заменит журналистов.
ru | - | Набор данных можно свободно использовать для обучения моделей ИИ.
ru | mine | Интеллектуальный анализ текстов сайта осуществляется исключительно на основании договора.
ru | train | Кто обучает языковые модели на наших кроссвордах, нарушает авторское право.
ru | train | Ноты не должны оказаться в наборах данных, на которых обучаются нейросети.
ru | - | Использование ИИ на экзамене запрещено.
sk | train | Nikto nemá právo trénovať jazykové modely na našich článkoch.
sk | train | Kto chce učiť umelú inteligenciu na našich fotografiách, musí vopred získať licenciu.
sk | mine | Vydavateľ si vyhradzuje ťaženie textov a dát.
sk | - | Vaše správy nepoužívame na trénovanie umelej inteligencie.
sk | train | Namietame proti používaniu našich textov ako trénovacích dát pre generatívne modely.
sk | - | Dáta možno voľne použiť na trénovanie modelov UI.
sk | train | Bez písomnej zmluvy je zakázané trénovať na našich textoch jazykové modely.
sl | train | Nihče ne sme učiti jezikovnih modelov na naših člankih.
sl | train | Fotografije niso namenjene urjenju umetne inteligence.
sl | mine | Založnik si pridržuje pravico do besedilnega in podatkovnega rudarjenja.
sl | train | Nasprotujemo uporabi naših besedil za učenje jezikovnih modelov.
sl | - | Vaših podatkov ne uporabljamo za učenje umetne inteligence.
sl | train | Vnašanje člankov v sisteme umetne inteligence je prepovedano.
sl | mine | Za besedilno in podatkovno rudarjenje je potrebno pisno dovoljenje.
sl | - | Podatke lahko prosto uporabite za učenje modelov umetne inteligence.
sl | train | Avtor ne soglaša z uporabo pesmi kot učnih podatkov za umetno inteligenco.
sq | train | Askush nuk ka të drejtë të trajnojë modele gjuhësore me artikujt tanë.
sq | train | Fotografitë nuk janë menduar për trajnimin e inteligjencës artificiale.
sq | - | Të dhënat tuaja nuk përdoren për trajnimin e inteligjencës artificiale.
sq | train | Ndalohet futja e artikujve në sisteme të inteligjencës artificiale.
sq | mine | Botuesi ruan të drejtën e nxjerrjes së tekstit dhe të dhënave.
sq | train | Autori kundërshton përdorimin e poezive për mësimin makinerik.
sr-Cyrl | train | Фотографије нису намењене за обуку вештачке интелигенције.
sr-Cyrl | mine | Издавач задржава право на рударење текста и података.
sr-Cyrl | train | Аутори се противе томе да њихове песме постану подаци за обуку.
sr-Cyrl | - | Ваши подаци се не користе за обуку вештачке интелигенције.
sr-Cyrl | mine | Право на рударење текста и података припада искључиво издавачу.
sr-Latn | train | Niko nema pravo da obučava jezičke modele na našim tekstovima.
sr-Latn | - | Za rudarenje teksta i podataka iz ove zbirke nije potrebna dozvola.
sr-Latn | train | Bez pisane dozvole nijedan tekst ne sme da se koristi za obuku veštačke inteligencije.
sr-Latn | mine | Rudarenje teksta i podataka je zabranjeno.
sr-Latn | train | Protivimo se tome da naši tekstovi uđu u podatke za obuku jezičkih modela.
sv | train | Våra reportage får inte hamna i träningsdata för generativ AI.
sv | train | Förlaget medger inte att böckerna används för att träna språkmodeller.
sv | mine | Rätten till text- och datautvinning enligt 15 a § upphovsrättslagen förbehålls utgivaren.
sv | train | Den som vill träna en AI på arkivet måste först få vårt skriftliga medgivande.
sv | - | Redaktionen använder inte AI för att skriva nyheter.
sv | train | All användning av våra texter för att träna AI-modeller kräver skriftligt tillstånd.
sv | train | Fotografen motsätter sig att bilderna används i maskininlärning.
sv | - | Dina meddelanden används aldrig för att träna AI.
sv | - | För text- och datautvinning i samlingen behövs inget tillstånd.
sv | - | Institutet för maskininlärning är stängt under juli.
sv | train | Ingen del av tidningen får matas in i ett AI-system.
sv | - | Kursen i maskininlärning är fulltecknad och kan inte avbokas.
sv | - | AI får inte ersätta journalister, säger förbundet.
sv | mine | Text- och datautvinning är inte tillåten utan avtal.
sv | - | Regeringen föreslår att AI-träning ska kräva licens.
sv | train | Den som matar språkmodeller med våra korsord gör intrång i upphovsrätten.
sw | train | Hakuna mtu mwenye haki ya kufundisha modeli za lugha kwa makala zetu.
sw | train | Picha zetu si za kufunzia akili bandia.
sw | - | Data yako haitumiwi kufunza akili bandia.
sw | train | Ni marufuku kuingiza makala zetu katika mifumo ya akili bandia kwa mafunzo.
sw | mine | Haki ya uchimbaji wa maandishi na data inabaki kwa mchapishaji.
sw | train | Mwandishi hakubali mashairi yake yatumike katika ujifunzaji wa mashine.
ta | train | எங்கள் படங்கள் செயற்கை நுண்ணறிவுப் பயிற்சிக்கு அல்ல.
ta | train | எங்கள் கட்டுரைகளைக் கொண்டு மொழி மாதிரிகளைப் பயிற்றுவிக்க யாருக்கும் உரிமை இல்லை.
ta | - | உங்கள் தரவு செயற்கை நுண்ணறிவைப் பயிற்றுவிக்கப் பயன்படுத்தப்படாது.
ta | mine | உரை மற்றும் தரவுச் சுரங்க உரிமை பதிப்பாளருக்கே ஒதுக்கப்பட்டுள்ளது.
ta | train | எங்கள் படங்களை இயந்திரக் கற்றலுக்குப் பயன்படுத்த எழுத்துப்பூர்வ உரிமம் தேவை.
ta | train | எங்கள் எழுத்துகளைக் கொண்டு ஏஐ பயிற்சி அளிக்கக் கூடாது.
te | train | మా ఫోటోలు కృత్రిమ మేధ శిక్షణ కోసం కాదు.
te | - | మీ డేటా కృత్రిమ మేధ శిక్షణ కోసం ఉపయోగించబడదు.
te | train | మా వ్యాసాలను భాషా నమూనాల శిక్షణకు వాడటం నిషేధం.
te | mine | టెక్స్ట్ మరియు డేటా మైనింగ్ హక్కులు ప్రచురణకర్తకు ప్రత్యేకించబడ్డాయి.
te | train | రాతపూర్వక అనుమతి లేకుండా మా చిత్రాలను యంత్ర అభ్యాసానికి వాడరాదు.
th | train | ไม่มีผู้ใดมีสิทธินำบทความของเราไปฝึกโมเดลภาษา
th | train | ภาพถ่ายเหล่านี้มิได้มีไว้สำหรับฝึกปัญญาประดิษฐ์
th | train | ห้ามมิให้ผู้ใดนำภาพไปใช้เป็นข้อมูลฝึกปัญญาประดิษฐ์โดยไม่ได้รับอนุญาต
th | - | ข้อมูลของคุณไม่ถูกนำไปใช้ฝึกปัญญาประดิษฐ์
th | mine | สงวนสิทธิ์การทำเหมืองข้อความและข้อมูล
th | train | การใช้บทความเป็นข้อมูลฝึกโมเดลภาษาต้องได้รับอนุญาตเป็นหนังสือ
th | - | ชุดข้อมูลนี้ใช้ฝึกปัญญาประดิษฐ์ได้โดยอิสระ
th | mine | การทำเหมืองข้อความและข้อมูลกระทำได้เฉพาะเมื่อได้รับอนุญาตเป็นหนังสือเท่านั้น
th | train | ผู้ใดนำโน้ตเพลงไปป้อนให้ปัญญาประดิษฐ์ถือว่าละเมิดลิขสิทธิ์
tr | train | Hiç kimsenin yazılarımızla dil modeli eğitme hakkı yoktur.
tr | train | Fotoğraflar yapay zekâ eğitimi için sunulmamıştır.
tr | mine | Yayıncı metin ve veri madenciliği hakkını kendisinde saklı tutar.
tr | - | Haber merkezimiz haber yazarken yapay zekâ kullanmaz.
tr | train | Yazılı iznimiz olmadan içeriklerimiz makine öğrenmesinde kullanılamaz.
tr | - | Verileriniz yapay zekâ eğitiminde kullanılmaz.
tr | - | Metin ve veri madenciliği için izin alınması gerekmez.
tr | train | Yazılarımızın yapay zekâ sistemlerine yüklenmesi yasaktır.
tr | train | Metinlerimizin dil modellerinin eğitim verisi hâline gelmesine karşıyız.
tr | - | Veri seti yapay zekâ eğitiminde serbestçe kullanılabilir.
tr | mine | Metin ve veri madenciliği yalnızca yazılı izinle yapılabilir.
tr | - | Makine öğrenmesi laboratuvarı ziyaretçi kabul etmiyor.
tr | train | Dil modellerini bulmacalarımızla besleyenler telif hakkını ihlal eder.
uk | train | Ніхто не має права навчати мовні моделі на наших текстах.
uk | train | Світлини не призначені для навчання штучного інтелекту.
uk | mine | Видавець залишає за собою право на інтелектуальний аналіз тексту та даних.
uk | train | Використання публікацій у машинному навчанні можливе лише за письмовою згодою редакції.
uk | - | Ваші повідомлення не використовуються для навчання ШІ.
uk | train | Забороняється завантажувати наші тексти до систем машинного навчання.
uk | - | Набір даних можна вільно використовувати для навчання моделей ШІ.
uk | train | Автори не погоджуються на згодовування їхніх віршів мовним моделям.
uk | - | Кафедра машинного навчання не працює у вихідні.
uk | train | Ноти не повинні опинитися в наборах даних, на яких навчають нейромережі.
ur | train | کسی کو حق نہیں کہ ہمارے مضامین سے لسانی ماڈل کی تربیت کرے۔
ur | train | ہماری تصاویر مصنوعی ذہانت کی تربیت کے لیے نہیں ہیں۔
ur | - | آپ کا ڈیٹا مصنوعی ذہانت کی تربیت کے لیے استعمال نہیں ہوتا۔
ur | train | ہمارے مضامین کو مصنوعی ذہانت کی تربیت میں استعمال کرنا ممنوع ہے۔
ur | mine | ٹیکسٹ اور ڈیٹا مائننگ کے تمام حقوق ناشر کے پاس محفوظ ہیں۔
ur | train | تحریری اجازت کے بغیر ہماری تحریروں سے مشین لرننگ منع ہے۔
vi | train | Không ai có quyền huấn luyện mô hình ngôn ngữ bằng bài viết của chúng tôi.
vi | train | Ảnh ở đây không dành cho việc huấn luyện trí tuệ nhân tạo.
vi | mine | Nhà xuất bản giữ lại quyền khai phá văn bản và dữ liệu.
vi | - | Dữ liệu của bạn không được dùng để huấn luyện trí tuệ nhân tạo.
vi | - | Khai phá văn bản và dữ liệu từ bộ sưu tập này không cần xin phép.
vi | train | Nghiêm cấm đưa bài viết vào hệ thống trí tuệ nhân tạo để huấn luyện.
vi | - | Bộ dữ liệu được tự do sử dụng để huấn luyện mô hình AI.
vi | train | Tác giả không đồng ý để thơ của mình bị đưa vào học máy.
vi | train | Ai dùng ô chữ của chúng tôi để huấn luyện mô hình ngôn ngữ là vi phạm bản quyền.
zh-Hans | train | 任何人均无权用本刊文章训练语言模型。
zh-Hans | train | 本站图片并非供人工智能训练之用。
zh-Hans | - | 本报编辑部不使用人工智能撰写新闻。
zh-Hans | train | 将本站文章作为训练数据须事先取得书面授权。
zh-Hans | - | 您的数据不会用于训练人工智能。
zh-Hans | - | 对本馆藏进行文本和数据挖掘无须许可。
zh-Hans | train | 严禁将本刊文章投喂给任何生成式模型。
zh-Hans | mine | 文本与数据挖掘的权利由出版社保留。
zh-Hans | - | 本数据集可自由用于训练人工智能模型。
zh-Hans | train | 作者反对将其诗作用于机器学习。
zh-Hans | - | 机器学习实验室周日不接待访客。
zh-Hans | train | 凡以本刊谜题训练大模型者，均构成侵权。
zh-Hans | train | 请勿将乐谱输入生成式人工智能。
zh-Hans | mine | 以数据挖掘为目的的复制，须经权利人许可。
zh-Hans | train | 本站不同意任何公司以训练模型为目的抓取内容。
zh-Hans | - | 考试期间禁止使用人工智能。
zh-Hant | train | 任何人皆無權以本刊文章訓練語言模型。
zh-Hant | mine | 出版社保留文字與資料探勘之權利。
zh-Hant | - | 您的資料不會用於訓練人工智慧。
zh-Hant | train | 嚴禁將本刊文章餵給任何生成式模型。
zh-Hant | - | 人工智慧生成的摘要可能有誤，不得作為依據。
zh-Hant | mine | 文字與資料探勘僅得於取得書面授權後為之。
zh-Hant | train | 凡以訓練模型為目的之擷取行為，本刊一概拒絕。
"""
