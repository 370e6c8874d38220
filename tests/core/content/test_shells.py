"""Pages that are only a shell are told by their class, and pages with a text never are."""

# ruff: noqa: RUF001 - notices in other scripts
import pytest

from crawler.core.content import ContentSettings, read
from tests.core.content.test_page import page_of

BUNDLE = '<script src="/static/js/main.js"></script>'
P = (
    "The river rose in the night and by morning the lower road was under water, as the older "
    "people had said it would be. "
)
NOTICE = "You need to enable JavaScript to run this app."
SCRIPT = [
    "You need to enable JavaScript to run this app.",
    "Please enable JavaScript to continue using this application.",
    (
        "We're sorry but this site doesn't work properly without JavaScript enabled. Please "
        "enable it to continue."
    ),
    "Bitte aktivieren Sie JavaScript in Ihrem Browser.",
    "Diese Seite benötigt JavaScript.",
    "Vous devez activer JavaScript pour utiliser cette application.",
    "Veuillez activer JavaScript dans votre navigateur.",
    "Necesita habilitar JavaScript para ejecutar esta aplicación.",
    "Por favor, active JavaScript.",
    "Você precisa habilitar o JavaScript para executar este aplicativo.",
    "È necessario abilitare JavaScript per eseguire questa app.",
    "Je moet JavaScript inschakelen om deze app te gebruiken.",
    "Du måste aktivera JavaScript för att köra den här appen.",
    "Du skal aktivere JavaScript for at køre denne app.",
    "Sinun on otettava JavaScript käyttöön.",
    "Aby korzystać z aplikacji, włącz obsługę JavaScript.",
    "Pro spuštění této aplikace je nutné povolit JavaScript.",
    "Az alkalmazás futtatásához engedélyezze a JavaScriptet.",
    "Trebuie să activați JavaScript pentru a rula această aplicație.",
    "Для работы приложения необходимо включить JavaScript.",
    "Пожалуйста, включите JavaScript в браузере.",
    "Для роботи увімкніть JavaScript.",
    "За да използвате приложението, моля включете JavaScript.",
    "Πρέπει να ενεργοποιήσετε τη JavaScript.",
    "Bu uygulamayı çalıştırmak için JavaScript'i etkinleştirmeniz gerekir.",
    "您需要启用 JavaScript 才能运行此应用。",
    "請啟用 JavaScript 以執行此應用程式。",
    "このアプリを実行するには JavaScript を有効にしてください。",
    "이 앱을 실행하려면 자바스크립트를 활성화해야 합니다.",
    "يجب تمكين JavaScript لتشغيل هذا التطبيق.",
    "עליך להפעיל JavaScript כדי להריץ אפליקציה זו.",
    "आपको इस ऐप को चलाने के लिए JavaScript सक्षम करना होगा।",
    "คุณต้องเปิดใช้งาน JavaScript เพื่อเรียกใช้แอปนี้",
    "Bạn cần bật JavaScript để chạy ứng dụng này.",
    "Anda perlu mengaktifkan JavaScript untuk menjalankan aplikasi ini.",
    "برای اجرای این برنامه باید جاوااسکریپت را فعال کنید.",
    "JavaScript is disabled in your browser.",
    "This site requires JavaScript.",
    "Norint naudotis programa, reikia įjungti JavaScript.",
    "Lietotnes palaišanai nepieciešams ieslēgt JavaScript.",
    "Rakenduse kasutamiseks lubage JavaScript.",
    "Za pokretanje ove aplikacije morate omogućiti JavaScript.",
    "Za delovanje aplikacije omogočite JavaScript.",
    "Cal activar JavaScript per executar aquesta aplicació.",
    "Este site precisa de JavaScript para funcionar.",
    "Для работы сайта нужен JavaScript.",
]
CONSENT = [
    (
        "We use cookies and similar technologies to personalise content and ads. By clicking "
        "Accept you agree to our use of cookies."
    ),
    (
        "Wir verwenden Cookies, um Inhalte zu personalisieren. Mit Klick auf Akzeptieren "
        "stimmen Sie zu."
    ),
    "Nous utilisons des cookies. Acceptez-vous leur utilisation ?",
    "Utilizamos cookies propias y de terceros. ¿Acepta su uso?",
    "Usiamo i cookie per migliorare la tua esperienza. Accetti?",
    "Wij gebruiken cookies. Accepteer om door te gaan.",
    "Używamy plików cookie. Zaakceptuj, aby kontynuować.",
    "Мы используем файлы cookie. Примите условия.",
    "当サイトではクッキーを使用しています。同意してください。",
    "我们使用 cookie。请接受以继续。",
    "Vi använder cookies. Godkänn för att fortsätta.",
    (
        "Before you continue: we and our partners store and access information on a device. "
        "Accept all cookies to go on."
    ),
    "이 사이트는 쿠키를 사용합니다. 동의해 주세요.",
]
BROWSER = [
    "Your browser is out of date. Please update your browser to view this website.",
    "Your browser is not supported.",
    "Ihr Browser wird nicht unterstützt. Bitte aktualisieren Sie ihn.",
    "Votre navigateur n'est pas pris en charge.",
    "Su navegador no es compatible.",
    "Il tuo browser non è supportato.",
    "Uw browser wordt niet ondersteund.",
    "Twoja przeglądarka jest nieaktualna.",
    "Ваш браузер устарел. Обновите его.",
    "您的浏览器版本过低，请升级。",
    "お使いのブラウザはサポートされていません。",
    "브라우저가 지원되지 않습니다. 업데이트하세요.",
    "Internet Explorer is no longer supported.",
    "Tarayıcınız güncel değil.",
    "Вы используете устаревший браузер.",
    "您正在使用过时的浏览器。",
]
LOGIN = [
    "Please log in to continue.",
    "You must be logged in to view this page.",
    "The board requires you to be registered and logged in to view this topic.",
    "Sie müssen sich anmelden, um diese Seite zu sehen.",
    "Bitte melden Sie sich an: Anmeldung erforderlich.",
    "Vous devez vous connecter pour accéder à cette page.",
    "Debe iniciar sesión para ver esta página.",
    "Você precisa fazer login para ver esta página.",
    "Devi effettuare il login per vedere questa pagina.",
    "Je moet inloggen om deze pagina te bekijken.",
    "Du måste logga in för att se sidan.",
    "Musisz się zalogować, aby zobaczyć tę stronę.",
    "Для просмотра необходимо войти на сайт или авторизоваться.",
    "请登录后查看。",
    "ログインしてください。",
    "로그인이 필요합니다.",
    "يرجى تسجيل الدخول للمتابعة.",
    "This content is password protected. To view it please enter your password below:",
    "Devam etmek için giriş yapın. Lütfen giriş yapınız.",
    "Bitte loggen Sie sich ein, um fortzufahren.",
    "Log in om verder te gaan.",
]


def shell(body, title="App"):
    return page_of(f"<title>{title}</title>{body}").shell()


@pytest.mark.parametrize("notice", SCRIPT)
def test_a_notice_to_enable_scripts_is_no_page(notice):
    unseen = f"<noscript>{notice}</noscript><div id=root></div>{BUNDLE}"
    seen = f"<div class=msg><p>{notice}</p></div>{BUNDLE}"

    assert (shell(unseen), shell(seen)) == ("needs-script", "needs-script")


@pytest.mark.parametrize("notice", CONSENT)
def test_a_wall_of_cookies_is_no_page(notice):
    wall = f"<h1>Cookies</h1><p>{notice}</p><button>Accept all</button><button>Reject</button>"

    assert shell(f"<div class=wall>{wall}</div>{BUNDLE}", "Before you go on") == "needs-consent"


@pytest.mark.parametrize("notice", BROWSER)
def test_a_notice_to_update_is_no_page(notice):
    assert shell(f"<div><p>{notice}</p></div>{BUNDLE}") == "needs-browser"


@pytest.mark.parametrize("notice", LOGIN)
def test_a_notice_to_log_in_is_no_page(notice):
    form = "<form><label>Name</label><input><label>Key</label><input type=password></form>"
    bare = f"<nav><a href=/>Home</a></nav><main><p>{notice}</p></main>"

    assert shell(f"<div class=content><p>{notice}</p>{form}</div>", "Forum") == "needs-login"
    assert shell(bare, "Forum") == "needs-login"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (f"<div id=root></div>{BUNDLE}", "needs-script"),
        (f"<div id=app><div class=spinner>Loading...</div></div>{BUNDLE}", "needs-script"),
        (f"<app-root></app-root>{BUNDLE}", "needs-script"),
        (
            (
                "<header><nav><a href=/a>Products</a><a href=/b>Prices</a></nav></header>"
                f"<div id=root></div><footer>(c) 2024 Acme. All rights reserved.</footer>{BUNDLE}"
            ),
            "needs-script",
        ),
        (
            (
                "<main><h1>Sign in to Acme</h1><form><label>Email</label><input type=email>"
                "<label>Password</label><input type=password><a href=/f>Forgot your password?</a>"
                "<button>Sign in</button></form><p>New here? <a href=/j>Join us</a>. Work "
                "together with your team on everything that matters.</p></main>"
            ),
            "needs-login",
        ),
        (
            (
                "<h1>Before you continue</h1><div>We use cookies and data to</div><ul><li>Keep "
                "up services</li><li>Track outages and protect against abuse</li><li>Measure "
                "audience engagement and site statistics</li></ul><form><button>Accept all</button>"
                "</form>"
            ),
            "needs-consent",
        ),
        (
            (
                "<div>You are not logged in or you do not have permission to access this page. "
                "This could be due to several reasons:</div><ol><li>You are not logged in. Fill in "
                "the form at the bottom of this page and try again.</li><li>You may not have "
                "sufficient privileges to access this page.</li></ol><form><input type=password>"
            ),
            "needs-login",
        ),
        ("<script>location.replace('/en/')</script>", "needs-script"),
        (
            (
                "<div id=app><svg></svg></div><div id=blazor-error-ui>An unhandled error has "
                f"occurred.<a href=. class=reload>Reload</a></div>{BUNDLE}"
            ),
            "needs-script",
        ),
        (
            f"<main></main><div class=cookie-banner><p>We use cookies. Opt out.</p></div>{BUNDLE}",
            "needs-script",
        ),
        ("<img src=a.png><script>count()</script>", ""),
        ("", ""),
    ],
)
def test_a_page_that_shows_nothing_yet(body, code):
    assert shell(body) == code


TOPICS = "".join(f"<li><a href=/{n}>Topic number {n} of the board</a></li>" for n in range(20))
PAGES = {
    "article": f"<noscript>{NOTICE}</noscript><article><h1>A</h1><p>{P}</p><p>{P}</p></article>",
    "short": f"<noscript>{NOTICE}</noscript><div id=root><h1>River</h1><p>{P}</p></div>{BUNDLE}",
    "tiny": f"<p>Hello world</p>{BUNDLE}",
    "address": "<h1>Contact</h1><p>5 Main Street</p><p>Springfield</p><p>Telephone 555 123</p>"
    f"<noscript>Please enable JavaScript</noscript>{BUNDLE}",
    "banner": f"<h1>Contact</h1><p>{P}</p><div class=cookie-banner>We use cookies to improve "
    "the site. <button>Accept</button></div>",
    "link": f"<header><a href=/login>Log in</a></header><h1>Contact</h1><p>{P}</p>"
    "<p><a href=/login>Log in to comment</a></p>",
    "about": "<h1>What is JavaScript?</h1><p>JavaScript is a language that browsers run. It was "
    "made in 1995 and needs no compiler.</p><p>Most browsers let you disable it. Where it is "
    f"disabled, pages show less.</p><p>{P}</p>",
    "how to": "<h1>How to enable JavaScript</h1><ol><li>Open the settings of your browser.</li>"
    "<li>Choose privacy and security, then site settings.</li><li>Find JavaScript and turn it on "
    "for every site you trust.</li></ol><p>Then load the page again, and it will work as it was "
    "meant to by those who wrote it.</p>",
    "policy": "<h1>Cookie policy</h1>" + f"<p>{P} We use cookies to store settings.</p>" * 9,
    "recipe": "<h1>Best cookies</h1><p>Use butter, sugar and flour. Bake the cookies for ten "
    "minutes, and store them in a tin.</p><p>They agree with everybody who has tried them at our "
    "house this winter, and that is saying something.</p>",
    "cookies": "<h1>Cookie jar</h1><p>A jar for cookies, made of clay. Use it for biscuits too. "
    "Settings of three sizes.</p><p>Price 12</p><button>Buy</button>",
    "rules": f"<h1>Rules</h1><p>You must log in to post. {P}</p><p>{P}</p>",
    "board": f"<h1>Topics</h1><ul>{TOPICS}</ul><p>You must log in to post.</p>",
    "form": f"<form>Log in <input type=password></form><h1>Topics</h1><ul>{TOPICS}</ul>",
    "thread": f"<h1>River</h1><p>{P}</p><noscript>Please enable JavaScript to view the comments "
    f"powered by some service.</noscript>{BUNDLE}",
    "product": "<h1>Blue mug</h1><p class=price>12.00</p><p>A mug that is blue, for tea and "
    "coffee, made of clay.</p><button>Add to cart</button><div class=cookie>We use cookies "
    f"<button>Accept</button></div>{BUNDLE}",
    "noscript": f"<div id=app></div><noscript><p>{P}</p><p>{P}</p></noscript>{BUNDLE}",
    "quoted": f"<h1>noscript</h1><p>What is shown without scripts.</p><blockquote>{NOTICE}"
    f"</blockquote>{BUNDLE}",
    "code": f"<h1>noscript</h1><p>What is shown without.</p><p>{NOTICE}</p><pre>a = 1</pre>",
    "entry": f"<h1>FAQ</h1><dl><dt>Why is it blank?</dt><dd>{NOTICE}</dd></dl>{BUNDLE}",
    "release": "<h1>4.0</h1><ul><li>Internet Explorer is no longer supported.</li></ul>",
    "poem": "<h1>Haiku</h1><p>An old silent pond</p><p>Splash! Silence again.</p>"
    f"<noscript>{NOTICE}</noscript><div id=root></div>{BUNDLE}",
    "finder": "<h1>Branches</h1><p>Bern, Basel</p><p>Please enable JavaScript to use the store "
    f"finder.</p>{BUNDLE}",
    "wiki": "<h1>River</h1><p>A river is a body of water.</p><p>You must log in to edit.</p>",
    "loading": f"<h1>Loading docks</h1><p>Loading docks are for trucks.</p>{BUNDLE}",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_with_a_text_of_its_own_is_kept(name):
    page = page_of(PAGES[name])

    assert page.shell() == ""
    assert read(page, ContentSettings()).text


@pytest.mark.parametrize(
    ("heading", "sentence"),
    [
        ("How do I enable JavaScript?", "Please enable JavaScript in the settings."),
        ("Wie aktiviere ich JavaScript?", "Bitte aktivieren Sie JavaScript im Menü."),
        ("Comment activer JavaScript", "Veuillez activer JavaScript dans les paramètres."),
        ("Cómo habilitar JavaScript", "Debe habilitar JavaScript en el menú."),
        ("Как включить JavaScript", "Включите JavaScript в настройках."),
        ("JavaScriptを有効にする方法", "設定でJavaScriptを有効にしてください。"),
        ("如何启用 JavaScript", "请在设置中启用 JavaScript。"),
        ("Release notes 4.0", "Internet Explorer is no longer supported."),
        ("Systemanforderungen", "Ihr Browser wird nicht unterstützt, wenn er alt ist."),
        ("How do I log in?", "Please log in with the number of your card."),
        ("Opening hours", "Please log in to reserve a room on weekends."),
    ],
)
def test_a_page_that_answers_a_question_in_a_sentence_is_kept(heading, sentence):
    page = page_of(f"<title>T</title><main><h1>{heading}</h1><p>{sentence}</p></main>{BUNDLE}")

    assert page.shell() == ""
    assert sentence in read(page, ContentSettings()).text


@pytest.mark.parametrize("heading", ["JavaScript is required", "Acme", "What is going on?"])
def test_a_heading_that_asks_nothing_of_the_kind_makes_no_text(heading):
    assert shell(f"<main><h1>{heading}</h1><p>{NOTICE}</p></main>{BUNDLE}") == "needs-script"


def test_where_no_script_runs_none_is_missing():
    page = f"<nav><a href=/>Home</a></nav><main><p>{NOTICE}</p></main>"

    assert (shell(page), shell(page + BUNDLE)) == ("", "needs-script")


def test_what_is_said_of_cookies_in_a_short_page_stays():
    text = read(page_of(PAGES["cookies"]), ContentSettings()).text

    assert "Use it for biscuits" in text
