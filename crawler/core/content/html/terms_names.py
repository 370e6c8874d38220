"""How pages that are terms as a whole are called, in addresses and in titles."""

from __future__ import annotations

from typing import Final

_SLUGS = """
terms tos term terms-of-use terms-of-service termsofuse termsofservice terms-and-conditions
terms-conditions termsandconditions conditions conditions-of-use user-agreement eula legal
legal-notice legal-notices legalnotice legal-information legal-info copyright copyright-notice
copyright-policy disclaimer rights rights-and-permissions permissions imprint site-terms
website-terms acceptable-use acceptable-use-policy ai-policy tdm tdm-policy tdm-reservation
usage-policy terms-of-sale general-terms use-policy content-policy licensing-terms
agb impressum nutzungsbedingungen nutzungsbestimmungen nutzungshinweise nutzungsrechte
rechtliches rechtliche-hinweise rechtlicher-hinweis rechtshinweise haftungsausschluss
urheberrecht allgemeine-geschaeftsbedingungen terms-de
mentions-legales mentions cgu cgv conditions-generales conditions-utilisation
conditions-d-utilisation conditions-generales-d-utilisation droits-d-auteur
aviso-legal avisolegal terminos terminos-y-condiciones terminos-de-uso condiciones
condiciones-de-uso condiciones-generales nota-legal informacion-legal avis-legal
note-legali condizioni condizioni-d-uso condizioni-di-utilizzo condizioni-generali
termini termini-e-condizioni termini-di-servizio termini-d-uso
termos termos-de-uso termos-e-condicoes condicoes condicoes-de-uso termos-de-utilizacao
voorwaarden gebruiksvoorwaarden algemene-voorwaarden colofon auteursrecht disclaimer-nl
vilkaar vilkar brugsvilkar brukervilkar bruksvilkar anvandarvillkor villkor anvandningsvillkor
kayttoehdot ehdot regulamin warunki warunki-korzystania nota-prawna podminky
podminky-uziti podmienky obchodni-podminky pogoji pogoji-uporabe uvjeti uvjeti-koristenja
uslovi-koriscenja impresum feltetelek felhasznalasi-feltetelek aszf impresszum
termeni termeni-si-conditii conditii oroi oroi-xrisis kullanim-kosullari yasal-uyari
kasutustingimused tingimused noteikumi lietosanas-noteikumi taisykles naudojimo-salygos salygos
usloviya pravila umovy pravyla ketentuan syarat syarat-ketentuan dieu-khoan terminos-legales
kiyaku riyou riyoukiyaku yakkan policy-terms tokushoho
"""
_TITLES = """
terms, terms of use, terms of service, terms and conditions, terms & conditions, conditions of use,
general terms, general terms and conditions, user agreement, legal, legal notice, legal notices,
legal information, copyright, copyright notice, copyright policy, copyright information, disclaimer,
imprint, rights and permissions, permissions, website terms, terms of website use, site terms,
acceptable use policy, ai policy, tdm policy, tdm reservation, text and data mining, usage policy,
agb, impressum, nutzungsbedingungen, nutzungsbestimmungen, rechtliche hinweise, rechtlicher hinweis,
rechtliches, allgemeine geschäftsbedingungen, allgemeine nutzungsbedingungen, haftungsausschluss,
urheberrecht, urheberrechtshinweis, nutzungsvorbehalt, rechtshinweise,
mentions légales, conditions générales, conditions générales d'utilisation, conditions d'utilisation,
conditions générales de vente, cgu, droits d'auteur, informations légales,
aviso legal, términos y condiciones, términos de uso, condiciones de uso, condiciones generales,
términos del servicio, nota legal, información legal, términos, avís legal, condicions d'ús,
note legali, condizioni d'uso, condizioni di utilizzo, condizioni generali, termini e condizioni,
termini di servizio, termini d'uso, informazioni legali, termos de uso, termos e condições, termos,
condições de utilização, condições gerais, termos de utilização, aviso legal e termos, condicións de uso,
voorwaarden, gebruiksvoorwaarden, algemene voorwaarden, colofon, juridische informatie, auteursrecht,
vilkår, brugsvilkår, handelsbetingelser, brukervilkår, bruksvilkår, vilkår for bruk, användarvillkor,
villkor, allmänna villkor, käyttöehdot, yleiset ehdot, notkunarskilmálar, skilmálar,
regulamin, warunki korzystania, nota prawna, regulamin serwisu, podmínky, podmínky užití,
podmínky použití, obchodní podmínky, všeobecné podmínky, podmienky, podmienky používania,
všeobecné podmienky, obchodné podmienky, pogoji, pogoji uporabe, splošni pogoji, uvjeti korištenja,
uvjeti, opći uvjeti, uslovi korišćenja, uslovi, услови коришћења, услови, impresum, импресум,
felhasználási feltételek, általános szerződési feltételek, impresszum, jogi nyilatkozat, ászf, szabályzat,
termeni și condiții, condiții de utilizare, termeni, общи условия, условия за ползване, условия,
правила, όροι χρήσης, όροι, πολιτική χρήσης, kullanım koşulları, kullanım şartları, yasal uyarı, künye,
şartlar, istifadə şərtləri, пайдалану шарттары, kasutustingimused, tingimused, noteikumi,
lietošanas noteikumi, naudojimo sąlygos, naudojimosi sąlygos, taisyklės, sąlygos, правила сайта,
пользовательское соглашение, условия использования, правила использования, правовая информация,
умови використання, правила користування, правова інформація, угода користувача, умови, умовы выкарыстання,
kushtet e përdorimit, kushtet, telerau defnyddio, telerau, téarmaí úsáide, téarmaí, termini tal-użu,
erabilera baldintzak, lege oharra, termini i kushte, услови за користење, gebruiksvoorwaardes,
شروط الاستخدام, الشروط والأحكام, إشعار قانوني, شروط الخدمة, תנאי שימוש, תקנון, תנאי השימוש,
شرایط استفاده, قوانین و مقررات, شرایط و قوانین, قوانین, شرائط, شرائط و ضوابط, शर्तें, नियम, नियम और शर्तें,
उपयोग की शर्तें, वापरण्याच्या अटी, অটি, শর্তাবলী, ব্যবহারের শর্তাবলী, பயன்பாட்டு விதிமுறைகள், విధానాలు,
ఉపయోగ నిబంధనలు, နည်းဥပဒေ, წესები, გამოყენების პირობები, օգտագործման պայմաններ,
ketentuan, ketentuan layanan, ketentuan penggunaan, syarat dan ketentuan, terma penggunaan,
terma dan syarat, syarat penggunaan, điều khoản, điều khoản sử dụng, điều khoản dịch vụ,
masharti, masharti ya matumizi, vigezo na masharti, ашиглах нөхцөл, үйлчилгээний нөхцөл,
利用規約, ご利用規約, サイトポリシー, 著作権について, ご利用にあたって, 著作権, 免責事項, サイトご利用規約,
用户协议, 服务条款, 使用条款, 版权声明, 法律声明, 免责声明, 条款, 用户条款, 使用者條款, 服務條款, 使用條款,
版權聲明, 法律聲明, 免責聲明, 著作權聲明, 會員條款, 이용약관, 저작권, 저작권 정책, 서비스 이용약관, 약관, 법적고지,
ข้อกำหนด, เงื่อนไขการใช้งาน, ข้อกำหนดและเงื่อนไข, ข้อกำหนดการใช้งาน, เงื่อนไข
"""

# Last part of a path, without its extension.
SLUGS: Final = frozenset(_SLUGS.split())
# A part of a title, in lower case.
TITLES: Final = frozenset(" ".join(part.split()) for part in _TITLES.split(",") if part.strip())
