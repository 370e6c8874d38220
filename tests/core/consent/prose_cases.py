"""Written reservations and what only looks like one, in the languages the reader knows.

One case a line: language, what it refuses (`train`, `mine`, `input`, `scrape`, `-` for nothing),
the words. Several usages are joined by `+`.
"""

from __future__ import annotations

from typing import NamedTuple

from tests.core.consent import prose_turns

TEXT = """
en | train | You must not use any article published here to train a large language model.
en | train | No content from this magazine may be fed into AI systems as training material.
en | train | Training generative AI on our photographs is strictly forbidden.
en | train | We do not consent to our work being used for machine learning.
en | train | The author does not grant permission for this text to be used in training artificial intelligence.
en | train | Use of these pages as training data for neural networks requires a written licence.
en | train | Licensing is required before any of our material is used to develop AI models.
en | train | AI training only by prior agreement with the editors.
en | train | Not for AI training.
en | train | No machine learning!
en | train | This book must never be used to teach a chatbot.
en | train | Reuse for the purposes of training LLMs is expressly excluded.
en | train | We object to the use of our reporting for training AI.
en | train | We have opted out of AI training.
en | train | Developers of AI models are not allowed to train on this archive.
en | train | Please don't train your models on our poems.
en | train | None of the images may be used for fine-tuning AI models without our consent.
en | train | All rights reserved, including the right to train artificial intelligence.
en | train | Rights to use this work for AI training are reserved by the author.
en | train | You may read, print and share these pages, but you may not use them to train AI.
en | train | AI training: no.
en | train | Machine learning use is off limits.
en | train | The following uses are prohibited: resale, framing, machine learning.
en | train | You agree not to: (a) copy the design; (b) use the content to train AI models; (c) remove notices.
en | train | Permitted: reading, quoting. Not permitted: training of language models.
en | train | Nobody may use our recipes in order to build training sets for AI.
en | train | Without a licence from us, nothing on this website can be used for training AI.
en | train | It is forbidden to feed our texts to language models.
en | train | Our reviews are not available for AI training.
en | train | Unauthorised AI training on this content is a breach of copyright.
en | train | This newspaper refuses permission for any use of its journalism in machine learning.
en | train | We withhold our consent to machine learning with these texts.
en | train | Do NOT use this repository of essays for ＡＩ training.
en | train | The content may be used for search, but AI training is not covered by this licence.
en | train+mine | No text and data mining, no training of AI.
en | mine | Text and data mining of this journal is not permitted without prior written permission.
en | mine | The publisher reserves the right to text and data mining under Article 4 of Directive (EU) 2019/790.
en | mine | TDM: all rights reserved.
en | mine | Rights reserved pursuant to Art. 4(3) of Directive 2019/790.
en | mine | For the purposes of Article 4(3) of the DSM Directive, mining of our works is reserved.
en | mine | Data mining is prohibited.
en | mine | You may not data mine this site.
en | mine | Any text or data mining requires our consent.
en | mine | Users shall not engage in data mining, framing or mirroring.
en | mine | This site opts out of text and data mining.
en | mine | Text & data mining only under licence.
en | mine | Collection of content through automated means to data mine or scrape is prohibited except for search indexing.
en | mine | We do not allow text-and-data-mining on our servers.
en | input | No use of this content in retrieval-augmented generation.
en | train+input | This work may not be used for artificial intelligence.
en | train+input | Our articles must not be entered into AI systems.
en | scrape | Scraping this website is prohibited.
en | scrape | You may not use bots, spiders or other automated means to access the site.
en | scrape | No crawlers without permission.
en | scrape | Automated collection of listings requires our written consent.
en | scrape | The use of robots to copy our catalogue is forbidden.
en | train | Want to train your model on our recipes? You need a licence.
en | train | If you wish to train AI on this archive, ask us for a licence first.
en | train | Machine learning on our catalogue is possible only with a signed contract.
en | train | Before any AI training, obtain our written permission.
en | train | Our permission is needed to train AI on these songs.
en | train | AI companies need our consent to train on these works.
en | train | Use by AI developers for model training is subject to a paid licence.
en | train | The author objects to this work being used as AI training data.
en | train | I do not want my drawings used to train AI.
en | train | We hereby opt out of all AI training.
en | train | We oppose the use of our journalism in training machine learning systems.
en | train | As the rights holder, I say no to AI training with my work.
en | train | The rightsholders have not agreed to machine learning on these recordings.
en | train | Human readers only; no AI training.
en | train | AI training prohibited.
en | train | NO AI TRAINING
en | train | noai: machine learning not allowed
en | train | AI training? No.
en | train | Do not feed to LLMs.
en | train+input | Keep AI out: this text may not be used by AI.
en | train | LLM training forbidden, all other reading welcome.
en | train | Not licensed for AI training.
en | train | This licence excludes use for training artificial intelligence.
en | train | The licence above does not extend to the training of AI.
en | train | CC BY 4.0, except for AI training, which is reserved.
en | train | Free to read, not free to train AI on.
en | train | You're welcome to quote us. You're not welcome to train AI on us.
en | train | Any person who uses this work to train generative AI infringes our copyright.
en | train | It's against our terms to train AI with this content.
en | train | Training a model with our content violates these terms.
en | train | We have never granted anyone the right to train AI on this material.
en | train | Rights to train AI remain with the photographers.
en | train | The publisher retains all rights to machine learning uses.
en | train | Nothing here may be scraped in order to build AI models.
en | train | Crawling this site for AI training is not permitted.
en | train | Bots that gather training data for AI are not welcome.
en | train | Under no circumstances shall our material be ingested by large language models.
en | train | Reproduction, translation, adaptation and AI training are prohibited.
en | train | The text may neither be sold nor used for machine learning.
en | train | You shall refrain from using the site to train AI.
en | mine | TDM rights reserved.
en | mine | Text and data mining (TDM) rights are expressly reserved under Section 44b UrhG.
en | mine | We have made a reservation of rights for text and data mining.
en | mine | Mining our text is subject to licence.
en | mine | tdm-reservation: this site has reserved its rights against text and data mining.
en | train | Permission for AI training must be requested in writing.
en | train | AI training by licence only: rights@example.org
en | train | To use our work for AI training, please buy a licence.
en | train | Fees apply to AI training.
en | train | AI training: licence required.
en | train | AI training is possible by written agreement alone.
en | train | For machine learning uses, prior clearance is required.
en | train | No generative AI training.
en | train | No training of AI, ever.
en | train | AI/ML training use reserved.
en | train | AI training opt-out.
en | train | AI training rights reserved.
en | train+input | No AI.
en | train+input | No AI use.
en | train+input | Not for AI.
en | train+input | No LLMs.
en | train | Please do not use for AI training, thank you.
en | train | These poems are for people, not for training machines or AI.
en | train | Text, images and sound: no AI training.
en | train | © 2026 Mill Press – no AI training
en | train | © Mill Press | All rights reserved | No AI training
en | train | Absolutely no machine learning on these pages
en | train | We ask that you do not train AI on our forum.
en | train | Kindly refrain from AI training with our scans.
en | train | AI bots: you may not train on this.
en | train | Licensees are not permitted to use the photographs in machine learning.
en | train | Nothing in this licence permits the training of AI.
en | train | This permission does not include AI training.
en | train | Training AI on our lyrics without paying us is theft and will be prosecuted.
en | mine | Rights for text and data mining: not granted.
en | mine | The right to mine text and data stays with us.
en | train | AI training only for a fee.
en | train | Ingestion of our archive by any AI model is barred.
en | train | Our content is off-limits for developing AI.
en | train | Machine-learning exploitation of this work is excluded from the licence.
en | train | We do not permit anyone to fine-tune AI models with our articles.
en | train | Harvesting these pages to build datasets for AI is a violation of our rights.
en | train | All uses for AI training are strictly reserved.
en | train | Robots may index this site; they may not learn from it to train AI.
en | train | This website does not grant a licence for AI training.
en | train | You are prohibited from using any part of the service to train, test or improve AI.
en | train | The right to use our works for machine learning is reserved and may be licensed.
en | mine | Rights in respect of text and data mining are withheld.
en | mine | Computational analysis of the corpus (text and data mining) must be licensed.
en | mine | We reserve all rights under Article 4(3) DSM.
en | mine | No TDM.
en | mine | Opt-out from text and data mining is hereby declared.
en | train | AI training: by licence only.
en | train | AI training: ask first.
en | train | To train AI on this, you need our go-ahead.
en | train | Only licensees may train AI on our content.
en | train | Written consent is a precondition for AI training.
en | train | Machine learning requires prior written approval from the rights desk.
en | train | If you want to train a model on our work, get a licence.
en | train | Consent for machine learning has not been given.
en | train | AI training is reserved to our licensees.
en | train | AI training with our content needs an agreement with us.
en | train | Please contact us for a licence before training AI on these pages.
en | train | AI training permitted for paying licensees only.
en | train | You can't train AI on this without asking us.
en | train | Use in AI training must be agreed in advance.
en | train | No permission to train AI is given or implied.
en | train | Don't train AI on us
en | train | AI training denied
en | train | AI-training: disallowed
en | train | NOT FOR MACHINE LEARNING
en | train | Not to be used as AI training data
en | train | No AI/ML training
en | train | no llm training, no exceptions
en | train | Training data? Not ours. No AI training here.
en | train | Do not use to train AI!
en | train | AI may not learn from this
en | train | Never for AI training
en | train | Zero AI training
en | train | AI training is a no-go.
en | train+input | AI-free: not for use by AI
en | train+input | Off limits for AI
en | train+input | Forbidden to AI systems
en | - | Your data is never used to train AI.
en | - | We do not use customer messages for machine learning.
en | - | We will not train AI models on your files without your consent.
en | - | Uploaded documents are not used for AI training.
en | - | You can opt out of AI training in your account settings.
en | - | Text and data mining is allowed for everyone.
en | - | You may use this dataset for machine learning without restriction.
en | - | We do not object to AI training on these pages.
en | - | AI training with our texts is not prohibited.
en | - | No permission is needed for text and data mining.
en | - | Feel free to train your AI on this text.
en | - | Nothing in this notice forbids machine learning.
en | - | These texts may be freely used for training language models.
en | - | Is it prohibited to train AI on news?
en | - | Why publishers say no to AI training
en | - | How to prohibit AI training on your blog
en | - | AI training course: refunds are not possible.
en | - | Machine learning workshop. Places cannot be reserved by telephone.
en | - | © 2026 Data Mining Laboratory. All rights reserved.
en | - | © 2026 Institute for Machine Learning. All rights reserved.
en | - | Machine Learning Weekly is not responsible for errors.
en | - | This software uses machine learning and comes without warranty.
en | - | Our students may not use AI in exams.
en | - | Employees must not enter client names into chatbots or language models.
en | - | All rights reserved.
en | - | No part of this publication may be reproduced without permission.
en | - | Gold mining data may not be copied.
en | - | Fitness training without a coach is not permitted on AI Street.
en | - | The partner's terms prohibit AI training; ours do not mention it.
en | - | Cookies: we need your consent for machine learning based advertising.
en | - | The answers come from a language model and are not legal advice.
en | - | Written by people, not by AI.
en | - | No cookies, no tracking, no code required: AI for everyone.
en | - | Rightsholders may reserve text and data mining under Article 4.
en | - | The directive allows publishers to opt out of text and data mining.
en | - | Our AI model is trained on licensed data; reverse engineering is prohibited.
en | - | Our machine learning platform may not be resold.
en | - | You may not copy our machine learning software.
en | - | AI Trainer Pro: unauthorised resale prohibited.
en | - | The trained model must not be used for credit decisions.
en | - | We never train on what you type. Privacy first, AI second.
en | - | Your photos stay yours and are never used to train AI.
en | - | No personal data is used for AI training.
en | - | None of your conversations will be used to train our models.
en | - | AI crawlers are welcome, but please do not crawl faster than once a second.
en | - | We do not block AI training crawlers.
en | - | Rules for crawlers that train AI models are below.
en | - | The newspaper wrote: "You may not use our content to train artificial intelligence systems."
en | - | "Stop training AI on our books," the petition reads.
en | - | The guild demands that AI training without consent be banned.
en | - | A court ruled that AI training is not covered by the exception.
en | - | Training is not included. Ai Weiwei: Works 2010.
en | - | Machine learning job: no experience required.
en | - | Deep learning conference, tickets non-refundable. No cancellations.
en | - | Our model railway may not be used for driver training.
en | - | Reviewers must not use AI.
en | - | Texts may be mined freely; images may not be used commercially.
en | - | AI training is allowed. Commercial resale is prohibited.
en | - | Use our data for machine learning, no strings attached, no permission required.
en | - | We do not claim any rights against text and data mining.
en | - | We impose no restriction on text and data mining.
en | - | This does not limit your right to text and data mining.
en | - | You do not need a licence to train AI on this.
en | - | Member posts are never used to train AI.
en | - | Student work is not used to train language models.
en | - | We do not sell chats or use them to train our AI.
en | - | Nothing said in the clinic is used to train our models.
en | - | The machine learning predictions on this page must not be relied upon.
en | - | Machine learning results cannot be guaranteed.
en | - | API terms: customers may not train competing models with it.
en | - | Read our essay “No AI training without consent”.
en | - | Book of the month: «Do not train AI on me».
en | - | To stop AI training crawlers, uncomment the next lines.
en | - | AI training is welcome here.
en | - | LLM crawlers may read everything.
en | - | Nothing on this site is off limits to AI training.
en | - | We never restrict text and data mining.
en | - | Do you object to AI training? Tell us.
en | - | Sign our petition against AI training.
en | - | Our AI assistant cannot be trained on request.
en | - | We have nothing against AI training.
en | - | AI training crawlers are free to roam; only /private is off limits.
en | - | This file is generated by our machine learning pipeline. Do not edit.
en | - | Bots that train AI may come in; no need to ask.
en | - | Predictions made by our machine learning service must not replace medical advice.
en | - | Training custom AI models requires an Enterprise licence.
en | - | Model training is only available with a paid subscription to Premium.
en | - | The trial version does not allow training of AI models.
en | - | Our trained models are proprietary; all rights reserved.
en | - | Your privacy matters: no AI training.
en | - | Private by design: no tracking, no ads, no AI training.
en | - | No one trains AI on what you post.
en | - | Nobody, not even us, may train AI on your letters.
en | - | Motto of the fair: “No AI training without us!” Tickets at the door.
en | - | There is no fee for AI training.
en | - | No rules for AI training here.
en | - | This model was not trained on customer data.
en | - | Text and data mining without charge and without restriction.
en | - | Customers must not train models on stolen texts.
en | - | # AI training bots are allowed below
en | - | These rules do not apply to AI training crawlers.
en | - | Allow AI training crawlers, block SEO tools.
en | - | No crawler is blocked here, AI training bots included.
en | - | Crawl politely. Data mining is fine.
en | - | The following bots collect AI training data: GPTBot, CCBot. They are not blocked.
en | - | Last edited by the machine learning team. Do not edit by hand.
en | - | AI training bots: welcome, no login needed.
en | - | Our language model cannot be held liable for wrong answers.
en | - | The AI was trained on public data; no warranty is given.
en | - | Results of the machine learning model may not be accurate.
en | - | The neural network must not be used for emergency decisions.
en | - | TrainWise AI is a registered trademark and may not be used without permission.
en | - | DataMine Inc. All trademarks reserved.
en | - | This machine learning library is licensed under MIT; copies must not remove this notice.
en | - | Deep Learning Ltd does not accept liability.
en | - | Our AI training services are not available in all countries.
en | - | The AI training dataset viewer is not accessible on mobile.
en | - | Machine learning engineers: no agencies please.
en | - | Do not train on an empty stomach. Ai-no-kaze Dojo.
en | - | Your essays are yours: we don't train AI on them.
en | - | We will never let AI train on your voice.
de | train | Unsere Texte dürfen nicht zum Training von KI verwendet werden.
de | train | Die Verwendung unserer Inhalte zum Trainieren von Sprachmodellen ist nicht gestattet.
de | train | Es ist untersagt, künstliche Intelligenz mit diesen Artikeln zu trainieren.
de | train | KI-Training ausgeschlossen.
de | train | Nicht für KI-Training!
de | train | Für das Training von KI-Systemen ist eine Lizenz erforderlich.
de | train | Maschinelles Lernen mit unseren Daten bedarf der schriftlichen Genehmigung des Verlags.
de | train | Wir widersprechen der Nutzung unserer Werke für maschinelles Lernen.
de | train | Kein Teil dieses Werkes darf für das Training künstlicher Intelligenz genutzt werden.
de | train | Trainiert keine KI mit diesen Texten.
de | train | Wir erlauben nicht, dass unsere Fotos für das Training von KI genutzt werden.
de | train | Jede Nutzung für KI-Trainingszwecke ist ohne unsere Einwilligung unzulässig.
de | train | Das Einspeisen der Beiträge in KI-Modelle ist verboten.
de | train | Der Einsatz als Trainingsdaten für KI ist nur nach Absprache möglich.
de | mine | Text- und Data-Mining nach § 44b UrhG behalten wir uns vor.
de | mine | Nutzungsvorbehalt gemäß § 44b Abs. 3 UrhG.
de | mine | Text und Data Mining ist vorbehalten.
de | mine | Die Vervielfaeltigung fuer Text und Data Mining duerfen Dritte nicht vornehmen.
de | mine | Data Mining nur mit Genehmigung.
de | mine | Alle Rechte, insbesondere das Recht auf Text und Data Mining, bleiben vorbehalten.
de | scrape | Der Einsatz von Crawlern und Bots ist untersagt.
de | scrape | Automatisiertes Auslesen der Inhalte ist nicht gestattet.
de | train | Wer unsere Texte für KI-Training nutzen will, braucht eine Lizenz.
de | train | Für KI-Training ist vorab unsere Zustimmung einzuholen.
de | train | Ein Training von KI-Modellen mit diesen Inhalten ist lizenzpflichtig.
de | train | Unsere Zustimmung zum Training von KI wird nicht erteilt.
de | train | Wir lehnen die Nutzung unserer Texte für KI-Training ab.
de | train | Die Nutzung durch KI-Systeme zu Trainingszwecken untersagen wir.
de | train | Untersagt ist insbesondere das Anlernen von KI.
de | train | Weder Text noch Bild dürfen zum Trainieren von KI verwendet werden.
de | mine | Von der Schranke des § 44b UrhG wird hiermit ein Vorbehalt erklärt.
de | mine | Die Rechte für Text und Data Mining bleiben beim Verlag.
de | train | KI-Training nur gegen Vergütung.
de | train | Das Trainieren von KI setzt unsere schriftliche Einwilligung voraus.
de | train | Eine Nutzung für KI-Training darf erst nach unserer Zustimmung erfolgen.
de | train | Nutzungen zum maschinellen Lernen sind vorab mit uns vertraglich zu vereinbaren.
de | train | Ob KI trainiert werden darf, hängt von unserer Zustimmung ab. Ohne sie ist es verboten, KI zu trainieren.
de | train | Sprachmodelle dürfen ausschließlich mit Lizenz an unseren Texten trainiert werden.
de | train | Kein Futter für KI: Das Training mit unseren Texten ist untersagt.
de | train+input | Keine KI.
de | train+input | Nicht für KI.
de | train | Der Verlag untersagt jegliche Verwendung seiner Inhalte zur Entwicklung künstlicher Intelligenz.
de | train | Die Einspeisung in Sprachmodelle ist nicht zulässig.
de | train | Unsere Fotos sind kein Trainingsmaterial für KI.
de | train | Eine Verwendung zu Trainingszwecken für KI wird ausdrücklich untersagt.
de | train | Bitte trainieren Sie mit unseren Texten keine KI-Modelle.
de | train | Hiermit widersprechen wir dem Training von KI mit unseren Texten.
de | mine | Für Zwecke des Text und Data Mining wird keine Erlaubnis erteilt.
de | mine | Kein Data-Mining.
de | train | KI-Training bitte vorher anfragen: Lizenz erforderlich.
de | train | Ohne Lizenz kein KI-Training.
de | train | Das Training von KI ist von der Lizenz nicht umfasst.
de | train | KI-Training ist zustimmungspflichtig.
de | train | Vor jedem Training von KI ist eine schriftliche Vereinbarung mit dem Verlag zu treffen.
de | train | Die Nutzung zum Anlernen von KI erfordert unsere Freigabe.
de | train | Für KI-Training erteilen wir keine Erlaubnis.
de | train | KI-Training steht unter dem Vorbehalt unserer Zustimmung.
de | train | Ein KI-Training findet nur mit Lizenzvertrag statt.
de | - | KI-Training mit unseren Texten ist erlaubt.
de | - | Ihre Daten werden nicht zum Training von KI verwendet.
de | - | Wir trainieren keine KI mit Ihren Nachrichten.
de | - | Für Text und Data Mining ist keine Genehmigung nötig.
de | - | KI-Training: Die Teilnahme am Kurs ist nicht übertragbar.
de | - | Institut für maschinelles Lernen. Alle Rechte vorbehalten.
de | - | Dürfen Verlage KI-Training verbieten?
de | - | Unsere Redakteure dürfen Texte nicht von KI-Sprachmodellen schreiben lassen.
de | - | Text und Data Mining ist nicht eingeschränkt.
de | - | Dieser Text wurde nicht von KI geschrieben.
de | - | Wir nutzen Ihre Eingaben nicht für das Training unserer KI.
de | - | Von Ihnen hochgeladene Bilder werden nicht für KI-Training genutzt.
de | - | KI-Training gesucht? Keine Vorkenntnisse nötig.
de | - | Rechtsinhaber können sich Text und Data Mining vorbehalten.
de | - | Unser KI-Modell wurde mit lizenzierten Daten trainiert und darf nicht weiterverkauft werden.
de | - | "Das Training von KI mit unseren Artikeln ist verboten", erklärte der Verlag.
de | - | Lesen Sie: „Kein KI-Training ohne Erlaubnis“, unser Dossier.
de | - | Unsere KI wird nicht mit Kundendaten trainiert.
de | - | Ergebnisse des maschinellen Lernens sind nicht verbindlich.
de | - | Motto der Messe: „Kein KI-Training ohne uns!“ Karten an der Kasse.
de | - | Für KI-Training fallen keine Gebühren an.
de | - | KI-Training ist ohne Einschränkung erlaubt.
fr | train | Nos textes ne peuvent pas être utilisés pour entraîner une IA.
fr | train | L'utilisation de nos contenus à des fins d'apprentissage automatique est interdite.
fr | train | Nous nous opposons à l'usage de nos articles pour l'entraînement de modèles d'intelligence artificielle.
fr | train | Aucune page de ce site ne doit servir à entraîner des modèles de langage.
fr | train | Entraînement d'IA interdit sans notre accord écrit.
fr | train | L'entraînement d'une IA sur ces textes nécessite une licence.
fr | train | N'entraînez pas vos modèles d'IA avec nos photos.
fr | train | Pas d'apprentissage automatique sur ces pages.
fr | train | Tout usage pour l'entraînement d'intelligences artificielles est réservé.
fr | mine | La fouille de textes et de données n'est pas autorisée.
fr | mine | Tous droits réservés, y compris pour la fouille de textes et de données.
fr | mine | L'éditeur exerce son droit d'opposition au titre de l'article L. 122-5-3 du code de la propriété intellectuelle.
fr | mine | Toute exploration de textes est soumise à autorisation préalable.
fr | scrape | Le scraping de ce site est interdit.
fr | train | L'entraînement de l'IA avec nos textes n'est pas autorisé sans licence.
fr | train | IA : pas d'entraînement sur ce site.
fr | train | Nous refusons que nos textes servent à l'entraînement des IA.
fr | train | Nos contenus ne sont pas destinés à l'entraînement des modèles d'IA.
fr | train | Interdiction d'utiliser ces pages pour nourrir une intelligence artificielle.
fr | train | L'entraînement d'IA suppose un accord écrit.
fr | train | Toute utilisation par une IA à des fins d'entraînement est soumise à rémunération.
fr | train | Il est défendu d'alimenter des modèles d'IA avec nos articles.
fr | train | L'éditeur n'autorise pas l'apprentissage automatique à partir de ses contenus.
fr | train | Toute exploitation à des fins de développement d'intelligence artificielle est exclue.
fr | train | Merci de ne pas entraîner d'IA sur ces textes.
fr | mine | Nous réservons nos droits en matière de fouille de textes et de données.
fr | mine | La fouille de données est subordonnée à notre accord.
fr | train | Nous n'autorisons pas l'entraînement d'IA.
fr | train | Nous ne souhaitons pas que nos dessins servent à entraîner des IA.
fr | - | La fouille de textes et de données est autorisée.
fr | - | Vos données ne sont pas utilisées pour entraîner l'IA.
fr | - | Aucune autorisation n'est nécessaire pour entraîner une IA avec ces textes.
fr | - | Formation à l'apprentissage automatique : aucun remboursement.
fr | - | Faut-il interdire l'entraînement des IA ?
fr | - | J'ai lu les conditions et je ne les accepte pas.
fr | - | « L'entraînement des IA sur nos articles est interdit », affirme le journal.
fr | - | Nous n'utilisons pas vos messages pour entraîner notre IA.
fr | - | Nos modèles d'IA sont entraînés sans vos données.
fr | - | Salle d'entraînement interdite aux mineurs. IA, 3 rue du Port.
fr | - | À lire : « Interdit d'entraîner l'IA », notre dossier.
fr | - | Aucune donnée n'est utilisée pour entraîner nos modèles.
fr | - | Le laboratoire d'apprentissage automatique n'est pas ouvert au public.
fr | - | Citation du jour : « Aucun livre ne doit entraîner une machine ou une IA. »
fr | - | Slogan du jour : « Pas d'entraînement d'IA sans auteurs ! »
es | train | Queda prohibido el uso de nuestros textos para entrenar inteligencia artificial.
es | train | Este contenido no puede usarse para entrenar modelos de lenguaje.
es | train | Se requiere licencia para entrenar IA con estos artículos.
es | train | No autorizamos el aprendizaje automático con nuestras fotografías.
es | train | Prohibido entrenar IA.
es | train | El entrenamiento de modelos de IA solo está permitido con autorización escrita.
es | train | No entrenes una IA con nuestros cuentos.
es | mine | La minería de textos y datos está reservada.
es | mine | Todos los derechos reservados, incluida la minería de textos.
es | mine | Nos oponemos a la minería de datos de este sitio.
es | scrape | Se prohíbe el uso de robots para extraer contenidos.
es | train | Nos reservamos los derechos de entrenamiento de IA.
es | train | No damos permiso para que se entrenen modelos de IA con nuestra obra.
es | train | Nada de lo publicado aquí podrá servir para entrenar IA.
es | train | IA, no: prohibido usar estos textos como datos de entrenamiento.
es | train | Entrenamiento de IA: solo con licencia.
es | train | Sin permiso no se puede entrenar IA con estas fotos.
es | train | Está vedado el uso de estos artículos en el entrenamiento de modelos de IA.
es | train | Ningún texto podrá alimentar sistemas de inteligencia artificial.
es | train | No utilice nuestras fotos para entrenar IA.
es | train | El uso para aprendizaje automático precisa autorización previa.
es | mine | Ejercemos la reserva de derechos sobre minería de textos y datos.
es | train | Nosotros no consentimos que se entrene IA con estas fotos.
es | - | Se permite la minería de textos y datos.
es | - | No usamos tus datos para entrenar IA.
es | - | Curso de aprendizaje automático: no se admiten devoluciones.
es | - | No hace falta permiso para entrenar modelos de IA con este texto.
es | - | Todos los derechos reservados.
es | - | Tus conversaciones no se utilizan para entrenar la IA.
es | - | Puedes oponerte al uso de tus datos para entrenar IA.
es | - | Lea: «Prohibido entrenar IA», nuestro reportaje.
es | - | Sus datos no se emplean para entrenar nuestra IA.
it | train | È vietato utilizzare i nostri articoli per addestrare intelligenze artificiali.
it | train | I contenuti non possono essere usati per l'addestramento di modelli di IA.
it | train | Non acconsentiamo all'uso dei testi per l'apprendimento automatico.
it | train | L'addestramento di IA richiede una licenza.
it | train | Ci opponiamo all'uso delle nostre foto per addestrare l'intelligenza artificiale.
it | mine | Il text and data mining è riservato.
it | mine | Tutti i diritti riservati, compresa l'estrazione di testo e dati.
it | train | Nessun testo può essere usato per addestrare IA.
it | train | Ci riserviamo ogni diritto di addestramento di sistemi di IA.
it | train | Addestramento di IA solo con licenza scritta.
it | train | Senza permesso non si addestra alcuna IA su questi testi.
it | train | Nessuno può addestrare modelli di IA con questi racconti.
it | train | L'uso per l'apprendimento automatico è subordinato al nostro consenso.
it | train | Non addestrate intelligenze artificiali con le nostre immagini.
it | mine | L'estrazione di testo e dati non è consentita.
it | - | Il data mining è libero.
it | - | Non usiamo i tuoi dati per addestrare l'IA.
it | - | I corsi di apprendimento automatico non sono rimborsabili.
it | - | Le notizie inviate ai giornali non sono riservate.
it | - | I vostri dati non vengono usati per addestrare modelli di IA.
it | - | Chi può vietare l'addestramento dell'IA?
it | - | Leggi «No all'addestramento dell'IA», il nostro dossier.
it | - | Le vostre conversazioni non sono usate per addestrare IA.
pt | train | É proibido usar nossos textos para treinar inteligência artificial.
pt | train | O conteúdo não pode ser usado no treinamento de modelos de linguagem.
pt | train | O treino de IA com estes artigos exige licença.
pt | train | Não autorizamos a aprendizagem automática com as nossas fotografias.
pt | train | Proibido treinar IA.
pt | mine | A mineração de dados não é permitida.
pt | mine | Reservamo-nos o direito à prospeção de textos e dados.
pt | train | Nada neste site pode ser usado para treinar IA.
pt | train | Recusamos o uso dos nossos textos no treino de inteligência artificial.
pt | train | Treino de IA só com licença.
pt | train | Não treine modelos de IA com os nossos textos.
pt | train | O uso destes contos em sistemas de inteligência artificial para treinamento está vedado.
pt | mine | A mineração de textos depende de autorização.
pt | mine | Opomo-nos à mineração de textos e dados.
pt | - | A mineração de textos e dados é permitida.
pt | - | Não usamos seus dados para treinar IA.
pt | - | Curso de aprendizado de máquina: sem reembolso.
pt | - | As suas mensagens não são usadas para treinar IA.
pt | - | Leia «Não ao treino de IA».
pt | - | É permitido treinar IA com estes textos, sem autorização prévia.
nl | train | Onze teksten mogen niet worden gebruikt om AI te trainen.
nl | train | Het is verboden taalmodellen te trainen met deze artikelen.
nl | train | Voor AI-training is een licentie vereist.
nl | train | Wij maken bezwaar tegen machinaal leren met ons werk.
nl | train | Niet voor AI-training.
nl | mine | Tekst- en datamining is voorbehouden aan de uitgever.
nl | mine | Alle rechten voorbehouden, ook die voor tekst- en datamining (artikel 15o Auteurswet).
nl | train | Wij staan niet toe dat onze artikelen worden gebruikt voor het trainen van AI.
nl | train | Niets van deze site mag dienen als trainingsdata voor taalmodellen.
nl | train | AI-training alleen tegen betaling.
nl | train | Gebruik van onze foto's voor machine learning is uitgesloten.
nl | train | Train geen AI met deze verhalen.
nl | mine | Wij verzetten ons tegen tekst- en datamining.
nl | mine | Tekst- en datamining vereist onze voorafgaande toestemming.
nl | - | Tekst- en datamining is toegestaan.
nl | - | Uw gegevens worden niet gebruikt om AI te trainen.
nl | - | Cursus machinaal leren: annuleren is niet mogelijk.
nl | - | Er is geen toestemming nodig om AI te trainen met deze teksten.
nl | - | Text en data mining zonder toestemming is toegestaan.
sv | train | Våra texter får inte användas för att träna AI.
sv | train | Det är förbjudet att träna språkmodeller på vårt innehåll.
sv | train | AI-träning kräver skriftligt tillstånd.
sv | train | Ingen AI-träning.
sv | mine | Text- och datautvinning är inte tillåten.
sv | mine | Vi förbehåller oss rätten till text- och datautvinning.
sv | train | Inget på denna webbplats får användas för AI-träning.
sv | train | Vi motsätter oss att våra artiklar används för maskininlärning.
sv | train | AI-träning endast efter avtal.
sv | train | Innehållet får ej ingå i träningsdata för AI.
sv | train | Vi tillåter inte AI-träning på vårt material.
sv | mine | Rätten till text- och datautvinning förbehålls förlaget.
sv | - | Vi använder inte dina uppgifter för att träna AI.
sv | - | Text- och datautvinning är tillåten.
sv | - | Du behöver inget tillstånd för att träna AI på dessa texter.
sv | - | Kurs i maskininlärning: avgiften återbetalas inte.
sv | - | Dina meddelanden används inte för att träna AI.
da | train | Vores artikler må ikke bruges til at træne kunstig intelligens.
da | train | Det er forbudt at bruge indholdet til maskinlæring.
da | train | AI-træning kræver en skriftlig aftale.
da | train | Nej til AI-træning.
da | mine | Tekst- og datamining er ikke tilladt.
da | mine | Vi forbeholder os retten til tekst- og datamining.
da | train | Ingen af vores tekster må anvendes til at træne sprogmodeller.
da | train | Vi modsætter os brug af vores indhold til AI-træning.
da | train | AI-træning kun efter aftale.
da | train | Indholdet må ikke indgå i træning af kunstig intelligens.
da | train | Vi giver ikke tilladelse til AI-træning.
da | mine | Tekst- og datamining kræver tilladelse.
da | - | Dine data bruges ikke til at træne AI.
da | - | Tekst- og datamining er tilladt.
da | - | Du behøver ingen tilladelse til at træne AI på disse tekster.
da | - | Kursus i maskinlæring: beløbet refunderes ikke.
da | - | Dine beskeder bruges ikke til AI-træning.
no | train | Tekstene våre kan ikke brukes til å trene kunstig intelligens.
no | train | Det er ikke tillatt å bruke innholdet til KI-trening.
no | train | Bruk til maskinlæring krever skriftlig avtale.
no | train | Ingen KI-trening.
no | train | Innhaldet kan ikkje brukast til å trene språkmodellar.
no | mine | Tekst- og datautvinning er forbudt.
no | train | Vi motsetter oss at innholdet brukes til å trene KI.
no | train | Ikke til KI-trening.
no | train | KI-trening kun etter avtale.
no | train | Ingen del av teksten kan inngå i treningsdata for språkmodeller.
no | train | Vi gir ikke tillatelse til opplæring av KI.
no | mine | Tekst- og datautvinning krever samtykke.
no | - | Vi bruker ikke dine opplysninger til å trene KI.
no | - | Det er tillatt å trene KI på disse tekstene.
no | - | Du trenger ingen tillatelse for å trene KI.
no | - | Kurs i maskinlæring: avgiften refunderes ikke.
no | - | Meldingene dine brukes ikke til å trene KI.
is | train | Óheimilt er að nota efnið til að þjálfa gervigreind.
is | train | Ekki má nota greinarnar til vélnáms.
is | train | Þjálfun gervigreindar með þessu efni er bönnuð.
is | mine | Allur réttur áskilinn, þar með talið til texta- og gagnanáms.
is | - | Heimilt er að nota efnið til vélnáms.
fi | train | Sisältöä ei saa käyttää tekoälyn kouluttamiseen.
fi | train | Tekstien käyttö koneoppimiseen on kielletty.
fi | train | Kielimallien opettaminen aineistollamme edellyttää lupaa.
fi | train | Emme salli artikkeliemme käyttöä tekoälyn koulutuksessa.
fi | mine | Tekstin- ja tiedonlouhinta ilman lupaa on kielletty.
fi | mine | Pidätämme oikeuden tekstin- ja tiedonlouhintaan.
fi | train | Ei tekoälyn opetusaineistoksi.
fi | train | Vastustamme tekstiemme käyttöä kielimallien kouluttamiseen.
fi | train | Tekoälyn koulutus vain sopimuksella.
fi | train | Aineistoa ei luovuteta tekoälyn opetukseen.
fi | train | Kielimallien kouluttaminen teksteillämme ei ole sallittua.
fi | train | Kuvien käyttö tekoälyn opetusaineistona on luvatonta.
fi | - | Tietojasi ei käytetä tekoälyn kouluttamiseen.
fi | - | Tiedonlouhinta on sallittu.
fi | - | Koneoppimiskurssi: maksua ei palauteta.
fi | - | Viestejäsi ei käytetä tekoälyn kouluttamiseen.
pl | train | Zabrania się wykorzystywania treści do trenowania sztucznej inteligencji.
pl | train | Nasze teksty nie mogą być używane do uczenia maszynowego.
pl | train | Trenowanie modeli językowych wymaga pisemnej zgody wydawcy.
pl | train | Nie wyrażamy zgody na szkolenie AI na naszych artykułach.
pl | mine | Eksploracja tekstów i danych jest zastrzeżona.
pl | mine | Sprzeciwiamy się eksploracji danych.
pl | train | Żaden z tekstów nie może służyć do trenowania AI.
pl | train | Nie do trenowania AI.
pl | train | Trenowanie AI tylko za zgodą.
pl | train | Wykorzystanie tekstów w treningu sztucznej inteligencji jest niedozwolone.
pl | train | Nie zgadzamy się na uczenie modeli na naszych zdjęciach.
pl | train | Nie wolno trenować AI na tych materiałach.
pl | mine | Zastrzegamy prawa w zakresie eksploracji tekstów i danych.
pl | - | Eksploracja tekstów i danych jest dozwolona.
pl | - | Nie używamy Twoich danych do trenowania AI.
pl | - | Twoje wiadomości nie służą do trenowania AI.
pl | - | Wasze dane nie są wykorzystywane do trenowania AI.
pl | - | Trenowanie AI na tych tekstach jest dozwolone bez zgody.
cs | train | Obsah nesmí být použit k trénování umělé inteligence.
cs | train | Trénování jazykových modelů na našich textech je zakázáno.
cs | train | Použití pro strojové učení vyžaduje písemný souhlas.
cs | train | Nesouhlasíme s využitím článků k tréninku AI.
cs | mine | Vytěžování textů a dat je vyhrazeno.
cs | train | Texty neslouží k trénování AI a k tomuto účelu je nelze použít.
cs | train | Trénink AI jen se souhlasem.
cs | train | Nepřejeme si, aby se na našich textech trénovala umělá inteligence.
cs | train | Bez písemného svolení nelze texty využít k učení jazykových modelů.
cs | mine | Vydavatel si vyhrazuje vytěžování textů a dat.
cs | mine | Vytěžování dat jen s licencí.
cs | - | Vytěžování textů a dat je povoleno.
cs | - | Vaše data nepoužíváme k trénování AI.
cs | - | K trénování AI není třeba souhlas.
cs | - | Data zákazníků nepoužíváme k trénování umělé inteligence.
cs | - | Trénování AI na těchto textech je dovoleno i bez souhlasu.
sk | train | Obsah sa nesmie používať na trénovanie umelej inteligencie.
sk | train | Trénovanie jazykových modelov je zakázané.
sk | train | Na strojové učenie je potrebný písomný súhlas.
sk | mine | Vydavateľ si vyhradzuje právo na vyťažovanie textov a údajov.
sk | train | Nesúhlasíme s použitím textov na trénovanie AI.
sk | train | Je zakázané učiť umelú inteligenciu na našich článkoch.
sk | mine | Vyťažovanie textov a dát len so súhlasom.
sk | - | Vyťažovanie údajov je dovolené.
sk | - | Kurz strojového učenia: vstupné sa nevracia.
sl | train | Vsebin ni dovoljeno uporabljati za učenje umetne inteligence.
sl | train | Prepovedano je usposabljanje jezikovnih modelov na naših besedilih.
sl | train | Za strojno učenje je potrebno soglasje.
sl | mine | Pridržujemo si pravico do rudarjenja besedil in podatkov.
sl | train | Nasprotujemo uporabi besedil za učenje jezikovnih modelov.
sl | train | Besedila niso namenjena učenju umetne inteligence.
sl | mine | Rudarjenje podatkov je prepovedano.
sl | - | Rudarjenje besedil in podatkov je dovoljeno.
sl | - | Tečaj strojnega učenja: vplačila ne vračamo.
sl | - | Vaših podatkov ne uporabljamo za učenje umetne inteligence.
hr | train | Zabranjeno je korištenje sadržaja za treniranje umjetne inteligencije.
hr | train | Naši tekstovi ne smiju se koristiti za strojno učenje.
hr | train | Za obuku jezičnih modela potrebna je pisana suglasnost.
hr | mine | Pridržavamo pravo na rudarenje teksta i podataka.
hr | train | Protivimo se uporabi tekstova za treniranje AI-ja.
hr | train | Članci se ne mogu koristiti kao podaci za obuku umjetne inteligencije.
hr | mine | Rudarenje podataka zahtijeva dopuštenje.
hr | - | Rudarenje teksta i podataka je dopušteno.
hr | - | Ne koristimo vaše podatke za treniranje umjetne inteligencije.
hr | - | Tečaj strojnog učenja: uplata se ne vraća.
sr | train | Забрањено је коришћење садржаја за обуку вештачке интелигенције.
sr | train | Текстови се не смеју користити за машинско учење.
sr | train | Zabranjena je obuka veštačke inteligencije na našim tekstovima.
sr | - | Дозвољено је машинско учење на овим текстовима.
bs | train | Nije dozvoljeno koristiti naše tekstove za obuku vještačke inteligencije.
bg | train | Забранено е използването на съдържанието за обучение на изкуствен интелект.
bg | train | Текстовете не могат да се използват за машинно обучение.
bg | train | Обучението на езикови модели изисква писмено съгласие.
bg | mine | Извличането на информация от текст и данни е запазено за издателя.
bg | train | Не разрешаваме обучение на изкуствен интелект с нашите статии.
bg | train | Противопоставяме се на използването на снимките за машинно обучение.
bg | mine | Извличането на данни е забранено.
bg | train | Ние не даваме съгласие за обучение на ИИ с нашите текстове.
bg | - | Не използваме вашите данни за обучение на ИИ.
bg | - | Курс по машинно обучение: таксата не се възстановява.
bg | - | Обучението на ИИ с тези текстове е разрешено без съгласие.
mk | train | Забрането е користење на содржината за обука на вештачка интелигенција.
mk | train | Текстовите не смеат да се користат за машинско учење.
ru | train | Использование материалов для обучения искусственного интеллекта запрещено.
ru | train | Наши тексты нельзя использовать для обучения нейросетей.
ru | train | Обучение языковых моделей допускается только с письменного согласия редакции.
ru | train | Мы возражаем против использования статей для машинного обучения.
ru | mine | Интеллектуальный анализ текстов и данных без разрешения запрещён.
ru | scrape | Парсинг сайта запрещён.
ru | train | Не для обучения нейросетей.
ru | train | Ни один текст не может быть использован для обучения ИИ.
ru | train | Обучение ИИ — только по договору.
ru | train | Не допускается использование статей в обучающих выборках для ИИ.
ru | train | Редакция не даёт согласия на обучение нейросетей.
ru | train | Просим не обучать нейросети на наших рассказах.
ru | mine | Права на анализ текстов и данных сохраняются за издателем.
ru | train | Мы не разрешаем обучать нейросети на наших текстах.
ru | - | Мы не используем ваши данные для обучения ИИ.
ru | - | Обучение нейросетей на этих текстах разрешено.
ru | - | Курсы по машинному обучению: возврат средств невозможен.
ru | - | Для обучения ИИ разрешение не требуется.
ru | - | Мы не обучаем нейросети на ваших текстах.
ru | - | Ваши сообщения не используются для обучения ИИ.
ru | - | Обучать ИИ на этих текстах можно без разрешения.
uk | train | Використання матеріалів для навчання штучного інтелекту заборонено.
uk | train | Наші тексти не можна використовувати для машинного навчання.
uk | train | Навчання мовних моделей дозволяється лише за письмовою згодою.
uk | mine | Усі права застережено, зокрема на інтелектуальний аналіз текстів і даних.
uk | train | Ми проти використання наших текстів для навчання ШІ.
uk | train | Навчання ШІ — лише за договором.
uk | train | Не дозволяємо навчати моделі ШІ на наших статтях.
uk | train | Тексти не призначені для навчання нейромереж.
uk | mine | Видобування даних заборонено.
uk | - | Ми не використовуємо ваші дані для навчання ШІ.
uk | - | Дозвіл на навчання ШІ не потрібен.
uk | - | Ваші дані не використовуються для навчання ШІ.
uk | - | Навчати ШІ на цих текстах можна без дозволу.
be | train | Забараняецца выкарыстанне матэрыялаў для навучання штучнага інтэлекту.
be | train | Тэксты нельга выкарыстоўваць для машыннага навучання.
el | train | Απαγορεύεται η χρήση του περιεχομένου για την εκπαίδευση τεχνητής νοημοσύνης.
el | train | Τα κείμενα δεν επιτρέπεται να χρησιμοποιηθούν για μηχανική μάθηση.
el | train | Η εκπαίδευση γλωσσικών μοντέλων απαιτεί γραπτή άδεια.
el | mine | Η εξόρυξη κειμένων και δεδομένων επιφυλάσσεται.
el | train | Όχι για εκπαίδευση ΤΝ.
el | train | Εκπαίδευση ΤΝ μόνο με άδεια.
el | train | Δεν επιτρέπεται η εκπαίδευση μοντέλων ΤΝ με τα άρθρα μας.
el | train | Αντιτιθέμεθα στη χρήση των έργων μας για μηχανική μάθηση.
el | mine | Απαγορεύεται η εξόρυξη δεδομένων.
el | - | Η εξόρυξη κειμένων και δεδομένων επιτρέπεται.
el | - | Δεν απαιτείται άδεια για μηχανική μάθηση.
el | - | Σεμινάριο μηχανικής μάθησης: δεν επιστρέφονται χρήματα.
el | - | Τα δεδομένα σας δεν χρησιμοποιούνται για εκπαίδευση ΤΝ.
el | - | Η εκπαίδευση ΤΝ με αυτά τα κείμενα επιτρέπεται χωρίς άδεια.
hu | train | Tilos a tartalmat mesterséges intelligencia tanítására használni.
hu | train | Szövegeink gépi tanulásra nem használhatók fel.
hu | train | Nyelvi modellek betanítása csak írásos engedéllyel lehetséges.
hu | mine | Fenntartjuk a szöveg- és adatbányászat jogát.
hu | train | Nem járulunk hozzá, hogy cikkeinket gépi tanulásra használják.
hu | train | MI-tanítás csak szerződéssel.
hu | train | A tartalom mesterséges intelligencia fejlesztésére nem használható.
hu | train | Képeinket tilos MI-modellek betanításához felhasználni.
hu | train | A gépi tanulás célú felhasználás engedélyhez kötött.
hu | mine | Az adatbányászat tilos.
hu | - | A szöveg- és adatbányászat megengedett.
hu | - | Engedély nem szükséges a gépi tanuláshoz.
hu | - | Gépi tanulás tanfolyam: a díj nem jár vissza.
hu | - | Ön adatait nem adjuk át MI tanítására.
hu | - | E szövegekkel engedély nélkül is szabad MI-t tanítani.
ro | train | Este interzisă folosirea conținutului pentru antrenarea inteligenței artificiale.
ro | train | Textele noastre nu pot fi utilizate pentru învățare automată.
ro | train | Antrenarea modelelor lingvistice necesită acordul nostru scris.
ro | mine | Ne rezervăm dreptul la extragerea de text și de date.
ro | train | Ne opunem folosirii textelor pentru antrenarea AI.
ro | train | Nu permitem antrenarea modelelor AI cu textele noastre.
ro | train | Conținutul nu poate fi introdus în seturi de date pentru inteligența artificială.
ro | mine | Extragerea textului și a datelor este interzisă.
ro | - | Nu folosim datele dvs. pentru antrenarea AI.
ro | - | Nu este nevoie de acord pentru antrenarea AI.
ro | - | Curs de învățare automată: taxa nu se returnează.
ro | - | Antrenarea AI cu aceste texte este permisă fără acord.
tr | train | İçeriklerimizin yapay zekâ eğitiminde kullanılması yasaktır.
tr | train | Metinlerimiz makine öğrenmesi için kullanılamaz.
tr | train | Dil modellerinin eğitimi için yazılı izin gerekir.
tr | train | Yapay zeka eğitimine izin verilmez.
tr | mine | Metin ve veri madenciliği hakkı saklıdır.
tr | train | Yapay zekâ eğitimi için değildir.
tr | train | Yapay zekâ eğitimi yalnızca lisansla.
tr | train | Yazılarımızın yapay zekâ modellerini eğitmek için kullanılmasına itiraz ediyoruz.
tr | train | Yapay zekâ eğitimi ancak yazılı sözleşmeyle mümkündür.
tr | train | Fotoğraflarımızla yapay zekâ eğitmeyin.
tr | mine | Metin ve veri madenciliği yasaktır.
tr | - | Verileriniz yapay zekâ eğitiminde kullanılmaz.
tr | - | Metin ve veri madenciliği serbesttir.
tr | - | Yapay zekâ eğitimi için izin gerekmez.
tr | - | Makine öğrenmesi kursu: ücret iade edilmez.
tr | - | Bu metinlerle yapay zekâ eğitmek izinsiz serbesttir.
et | train | Sisu ei tohi kasutada tehisintellekti treenimiseks.
et | train | Keelemudelite treenimine nõuab kirjalikku luba.
et | train | Tekstide kasutamine masinõppeks on keelatud.
et | mine | Teksti- ja andmekaeve õigused on reserveeritud.
et | train | Me ei luba oma tekste keelemudelite treenimiseks kasutada.
et | mine | Andmekaeve on keelatud.
et | - | Teksti- ja andmekaeve on lubatud.
et | - | Masinõppe kursus: raha ei tagastata.
lv | train | Saturu nedrīkst izmantot mākslīgā intelekta apmācībai.
lv | train | Valodas modeļu apmācība ir aizliegta.
lv | train | Mašīnmācīšanās izmantošanai nepieciešama rakstiska atļauja.
lv | mine | Paturam tiesības uz tekstizraci un datizraci.
lv | train | Mēs neatļaujam izmantot rakstus valodas modeļu trenēšanai.
lv | mine | Datizrace bez atļaujas nav atļauta.
lv | - | Tekstizrace un datizrace ir atļauta.
lv | - | Mašīnmācīšanās kurss: naudu neatmaksā.
lt | train | Draudžiama naudoti turinį dirbtinio intelekto mokymui.
lt | train | Mūsų tekstų negalima naudoti mašininiam mokymuisi.
lt | train | Kalbos modelių mokymui būtinas raštiškas sutikimas.
lt | mine | Tekstų ir duomenų gavyba be leidimo draudžiama.
lt | train | Nesutinkame, kad tekstai būtų naudojami dirbtiniam intelektui mokyti.
lt | mine | Duomenų gavyba draudžiama.
lt | - | Tekstų ir duomenų gavyba leidžiama.
lt | - | Mašininio mokymosi kursai: pinigai negrąžinami.
ca | train | Queda prohibit utilitzar els textos per entrenar intel·ligència artificial.
ca | train | Els continguts no es poden utilitzar per a l'aprenentatge automàtic.
ca | mine | La mineria de textos i dades requereix autorització.
ca | train | No autoritzem l'entrenament d'IA amb els nostres textos.
ca | mine | Ens reservem la mineria de textos i dades.
ca | - | Es permet la mineria de textos.
ca | - | No fem servir les vostres dades per entrenar IA.
gl | train | Prohíbese o uso dos textos para adestrar intelixencia artificial.
gl | train | Os contidos non poden empregarse para a aprendizaxe automática.
eu | train | Debekatuta dago edukiak adimen artifiziala entrenatzeko erabiltzea.
eu | train | Ezin dira testuak ikasketa automatikorako erabili.
sq | train | Ndalohet përdorimi i përmbajtjes për trajnimin e inteligjencës artificiale.
sq | train | Tekstet nuk mund të përdoren për të trajnuar modele gjuhësore.
mt | train | Huwa projbit l-użu tal-kontenut għat-taħriġ tal-intelliġenza artifiċjali.
cy | train | Ni chaniateir defnyddio'r cynnwys i hyfforddi deallusrwydd artiffisial.
cy | train | Gwaherddir dysgu peirianyddol gyda'r testunau hyn.
ga | train | Tá cosc ar an ábhar a úsáid chun intleacht shaorga a oiliúint.
ga | train | Ní cheadaítear meaisínfhoghlaim ar an ábhar seo.
ar | train | يُحظر استخدام محتوى الموقع لتدريب نماذج الذكاء الاصطناعي.
ar | train | لا يجوز استعمال المقالات في التعلم الآلي.
ar | train | يتطلب تدريب نماذج اللغة على نصوصنا إذناً كتابياً.
ar | mine | جميع الحقوق محفوظة، بما في ذلك التنقيب في النصوص والبيانات.
ar | train | ليس لتدريب الذكاء الاصطناعي.
ar | train | لا نوافق على استخدام نصوصنا في تدريب الذكاء الاصطناعي.
ar | train | محتوى هذا الموقع غير متاح لتدريب نماذج اللغة.
ar | mine | التنقيب في البيانات ممنوع.
ar | - | لا نستخدم بياناتك لتدريب الذكاء الاصطناعي.
ar | - | لا يلزم إذن لتدريب الذكاء الاصطناعي.
ar | - | دورة التعلم الآلي: لا تسترد الرسوم.
ar | - | لا تستخدم بياناتكم لتدريب الذكاء الاصطناعي.
he | train | חל איסור על שימוש בתכנים לאימון בינה מלאכותית.
he | train | אין לאמן מודלי שפה על הכתבות שלנו.
he | train | למידת מכונה על תכני האתר טעונה אישור בכתב.
he | mine | כריית טקסט ונתונים אסורה.
he | train | לא לאימון בינה מלאכותית.
he | train | אסור להשתמש בכתבות לאימון מודלים של בינה מלאכותית.
he | train | אימון בינה מלאכותית רק ברישיון.
he | mine | הזכויות לכריית טקסט ונתונים שמורות למו״ל.
he | - | כריית טקסט ונתונים מותרת.
he | - | אין צורך באישור לאימון בינה מלאכותית.
he | - | הנתונים שלך אינם משמשים לאימון בינה מלאכותית.
he | - | קורס למידת מכונה: אין החזר כספי.
fa | train | استفاده از مطالب سایت برای آموزش هوش مصنوعی ممنوع است.
fa | train | از نوشته‌های ما نباید برای یادگیری ماشین استفاده شود.
fa | train | آموزش مدل‌های زبانی با این متن‌ها نیازمند مجوز کتبی است.
fa | mine | متن‌کاوی و داده‌کاوی ممنوع است.
fa | train | برای آموزش هوش مصنوعی نیست.
fa | train | اجازه نمی‌دهیم از نوشته‌هایمان برای آموزش هوش مصنوعی استفاده شود.
fa | train | آموزش هوش مصنوعی با این محتوا مجاز نیست.
fa | mine | حق متن‌کاوی و داده‌کاوی محفوظ است.
fa | - | برای آموزش هوش مصنوعی نیازی به مجوز نیست.
fa | - | داده‌های شما برای آموزش هوش مصنوعی استفاده نمی‌شود.
fa | - | دوره یادگیری ماشین: هزینه برگشت داده نمی‌شود.
fa | - | آموزش هوش مصنوعی با این متن‌ها بدون اجازه آزاد است.
ur | train | ہمارے مواد کو مصنوعی ذہانت کی تربیت کے لیے استعمال کرنا ممنوع ہے۔
ur | train | ان مضامین کو مشین لرننگ کے لیے استعمال کرنے کی اجازت نہیں۔
hi | train | हमारी सामग्री का उपयोग कृत्रिम बुद्धिमत्ता के प्रशिक्षण के लिए निषिद्ध है।
hi | train | मशीन लर्निंग के लिए लेखों का उपयोग न करें।
hi | train | एआई प्रशिक्षण के लिए लिखित अनुमति आवश्यक है।
hi | mine | डेटा माइनिंग प्रतिबंधित है।
hi | train | एआई प्रशिक्षण के लिए नहीं।
hi | train | एआई मॉडल को प्रशिक्षित करने के लिए इस सामग्री का प्रयोग वर्जित है।
hi | train | हम मशीन लर्निंग के लिए अपने लेखों के उपयोग का विरोध करते हैं।
hi | mine | टेक्स्ट और डेटा माइनिंग के अधिकार सुरक्षित हैं।
hi | - | आपका डेटा एआई प्रशिक्षण में उपयोग नहीं किया जाता।
hi | - | मशीन लर्निंग के लिए अनुमति की आवश्यकता नहीं है।
hi | - | मशीन लर्निंग कोर्स: शुल्क वापस नहीं होगा।
hi | - | इन लेखों से एआई को बिना अनुमति प्रशिक्षित किया जा सकता है।
mr | train | आमच्या मजकुराचा वापर कृत्रिम बुद्धिमत्तेच्या प्रशिक्षणासाठी करण्यास मनाई आहे.
mr | train | मशीन लर्निंगसाठी लेख वापरू नयेत; परवानगी नाही.
bn | train | আমাদের লেখা কৃত্রিম বুদ্ধিমত্তা প্রশিক্ষণে ব্যবহার করা নিষিদ্ধ।
bn | train | অনুমতি ছাড়া মেশিন লার্নিংয়ে এই বিষয়বস্তু ব্যবহার করা যাবে না।
ta | train | எங்கள் கட்டுரைகளை செயற்கை நுண்ணறிவு பயிற்சிக்கு பயன்படுத்தக் கூடாது.
ta | train | இயந்திர கற்றலுக்கு இந்த உள்ளடக்கத்தைப் பயன்படுத்துவது தடைசெய்யப்பட்டுள்ளது.
te | train | మా కథనాలను కృత్రిమ మేధ శిక్షణకు ఉపయోగించరాదు.
te | train | మెషిన్ లెర్నింగ్ కోసం ఈ విషయాన్ని వాడటం నిషేధించబడింది.
ka | train | აკრძალულია მასალების გამოყენება ხელოვნური ინტელექტის სწავლებისთვის.
ka | train | ტექსტების გამოყენება მანქანური სწავლებისთვის დაუშვებელია.
hy | train | Արգելվում է նյութերի օգտագործումը արհեստական բանականության ուսուցման համար։
hy | train | Մեքենայական ուսուցման համար անհրաժեշտ է գրավոր թույլտվություն։
az | train | Məzmunun süni intellektin öyrədilməsi üçün istifadəsi qadağandır.
az | train | Maşın öyrənməsi üçün yazılı icazə tələb olunur.
kk | train | Материалдарды жасанды интеллектті оқыту үшін пайдалануға тыйым салынады.
kk | train | Машиналық оқыту үшін жазбаша рұқсат қажет.
mn | train | Агуулгыг хиймэл оюун ухааныг сургахад ашиглахыг хориглоно.
id | train | Dilarang menggunakan konten ini untuk melatih kecerdasan buatan.
id | train | Tulisan kami tidak boleh dipakai untuk pembelajaran mesin.
id | train | Pelatihan model bahasa memerlukan izin tertulis.
id | mine | Penambangan teks dan data tidak diizinkan.
id | train | Bukan untuk pelatihan AI.
id | train | Kami menolak penggunaan artikel kami untuk melatih AI.
id | train | Konten tidak untuk pelatihan model bahasa.
id | mine | Hak atas penambangan teks dan data dicadangkan.
id | - | Penambangan teks dan data diperbolehkan.
id | - | Tidak perlu izin untuk melatih AI.
id | - | Kursus pembelajaran mesin: biaya tidak dikembalikan.
id | - | AI boleh dilatih dengan tulisan ini tanpa izin.
ms | train | Dilarang menggunakan kandungan ini bagi melatih kecerdasan buatan.
ms | train | Kandungan ini tidak boleh digunakan untuk pembelajaran mesin tanpa kebenaran.
vi | train | Nghiêm cấm sử dụng nội dung để huấn luyện trí tuệ nhân tạo.
vi | train | Không được dùng bài viết này cho học máy.
vi | train | Việc huấn luyện mô hình ngôn ngữ phải có giấy phép bằng văn bản.
vi | mine | Khai phá văn bản và dữ liệu bị cấm.
vi | train | Không dùng để huấn luyện AI.
vi | train | Chúng tôi phản đối việc dùng bài viết để huấn luyện AI.
vi | train | Huấn luyện AI chỉ khi có hợp đồng.
vi | mine | Quyền khai phá văn bản và dữ liệu được bảo lưu.
vi | - | Được phép khai phá văn bản và dữ liệu.
vi | - | Không cần xin phép khi huấn luyện AI bằng nội dung này.
vi | - | Khóa học máy học: không hoàn tiền.
vi | - | Dữ liệu của bạn không được dùng để huấn luyện AI.
vi | - | Được tự do huấn luyện AI bằng bài viết này.
sw | train | Ni marufuku kutumia maudhui haya kufundisha akili bandia.
sw | train | Makala zetu haziruhusiwi kutumika kwa ujifunzaji wa mashine.
af | train | Ons inhoud mag nie gebruik word om KI op te lei nie.
af | train | Masjienleer met hierdie tekste is verbode.
th | train | ห้ามนำเนื้อหาไปใช้ฝึกปัญญาประดิษฐ์
th | train | ไม่อนุญาตให้ใช้บทความนี้ฝึก AI
th | train | การใช้เนื้อหาเพื่อฝึกโมเดลภาษาต้องได้รับอนุญาตเป็นลายลักษณ์อักษร
th | mine | ห้ามทำเหมืองข้อความและข้อมูล
th | train | ไม่ใช่สำหรับการฝึก AI
th | train | ไม่ยินยอมให้นำบทความไปฝึกสอนปัญญาประดิษฐ์
th | mine | สงวนสิทธิ์ในการทำเหมืองข้อมูล
th | - | อนุญาตให้ทำเหมืองข้อความและข้อมูล
th | - | ข้อมูลของคุณไม่ถูกใช้ฝึก AI
th | - | คอร์สเรียนรู้ของเครื่อง: ไม่คืนเงิน
ja | train | 当サイトの文章をAIの学習に使用することを禁じます。
ja | train | 生成AIへの学習利用は固くお断りします。
ja | train | 機械学習目的での利用には書面による許諾が必要です。
ja | train | 無断転載・AI学習禁止
ja | train | 作品を大規模言語モデルの訓練に用いることはできません。
ja | train | AI学習への使用を許可しません。
ja | mine | テキスト・データマイニングを禁止します。
ja | train | 本サイトのコンテンツをAI学習の素材として用いることを固く禁じます。
ja | train | AI学習への利用はご遠慮ください。
ja | train | AIの学習データとしての使用は一切認めておりません。
ja | train | AI学習は契約者に限ります。
ja | train | 本作品をAIモデルの学習データとして使用することはできません。
ja | train | AI開発目的での収集・解析を禁じます。
ja | train | 事前の許可なく機械学習に用いることを禁止します。
ja | train | AI学習不可
ja | mine | 情報解析目的の複製には当社の許諾を要します。
ja | - | AI学習への利用を許可します。
ja | - | お客様のデータはAIの学習に使用しません。
ja | - | 機械学習セミナーの録画は禁止です。
ja | - | AI学習に許諾は必要ありません。
ja | - | AIの学習は禁止されていません。
ja | - | ユーザーが入力した内容をAIの学習に用いることはありません。
ja | - | AI学習室は飲食禁止です。
ja | - | 機械学習の本をお探しですか。返品はできません。
ja | - | このサイトの文章は機械学習に自由にお使いください。
zh | train | 未经许可，不得将本站内容用于训练人工智能。
zh | train | 禁止用于AI训练。
zh | train | 本文谢绝用于机器学习。
zh | train | 將本站文章用於訓練語言模型須事先取得書面授權。
zh | train | 作者不授權任何人將作品用於AI訓練。
zh | mine | 保留文本和数据挖掘的权利。
zh | mine | 嚴禁資料探勘。
zh | train | 拒绝AI训练。
zh | train | 请勿将本文投喂给大模型。
zh | train | 本站内容不得作为人工智能的训练数据。
zh | train | 未經許可，禁止將內容用於人工智慧訓練。
zh | train | 用于AI训练须获授权。
zh | train | 本站所有内容均不授权用于AI模型训练。
zh | train | 任何机构不得抓取本站内容进行大模型训练。
zh | train | 若要用於AI訓練，請先取得授權。
zh | train | 禁止AI学习
zh | mine | 未经授权，不得进行文本和数据挖掘。
zh | - | 允许将本站内容用于机器学习。
zh | - | 我们不会使用您的数据训练AI。
zh | - | 机器学习课程不退款。
zh | - | 训练AI无需授权。
zh | - | 本站不禁止AI训练。
zh | - | 您的对话不会被用于训练模型。
zh | - | 机器学习小组自习室禁止入内。
zh | - | 您的数据不会用于训练人工智能。
zh | - | 机器学习实验室，未经许可不得入内。
ko | train | 무단 전재, 재배포 및 AI 학습 이용 금지
ko | train | 본 콘텐츠를 인공지능 학습에 사용할 수 없습니다.
ko | train | 기계학습을 위한 이용은 사전 서면 동의가 필요합니다.
ko | train | AI 모델 훈련 목적의 수집을 금합니다.
ko | mine | 텍스트 및 데이터 마이닝을 허용하지 않습니다.
ko | train | AI 학습 목적으로 사용하지 마십시오.
ko | train | 생성형 AI 학습 데이터로의 활용을 금지합니다.
ko | train | 인공지능 학습용으로 수집·이용할 경우 사전 허락을 받아야 합니다.
ko | train | AI 학습은 계약자에 한합니다.
ko | train | 저작권자의 허락 없이 AI 학습에 이용하는 것을 금지합니다.
ko | train | AI 학습 및 활용 금지
ko | train | 인공지능 학습을 위한 크롤링은 허용되지 않습니다.
ko | mine | 데이터 마이닝은 사전 계약이 필요합니다.
ko | - | AI 학습에 자유롭게 이용할 수 있습니다.
ko | - | 고객님의 대화는 인공지능 학습에 이용되지 않습니다.
ko | - | AI 학습에 별도의 허락이 필요하지 않습니다.
ko | - | AI(조류 인플루엔자) 학습 자료는 반출이 금지됩니다.
ko | - | AI 학습실 내 음식물 반입 금지
ko | - | 머신러닝 강의 환불 불가
ko | - | AI 학습을 금지하지 않습니다.
"""

_USAGES = {"train": "ai_train", "mine": "tdm", "input": "ai_input", "scrape": "scraping"}


class Written(NamedTuple):
    language: str
    refuses: frozenset[str]
    text: str


def _parse(line: str) -> Written:
    language, usages, text = (part.strip() for part in line.split("|", 2))
    return Written(language, frozenset(_USAGES[u] for u in usages.split("+") if u != "-"), text)


CASES = [_parse(line) for line in f"{TEXT}{prose_turns.TEXT}".split("\n") if line.strip()]
