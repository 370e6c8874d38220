"""Hindi, Marathi, Bengali, Tamil, Telugu, Indonesian and Malay, Vietnamese, Swahili."""

TABLE = {
    "hi": """
stop: और का की के में से पर है हैं को इस यह या हम हमारे हमारी किसी लिए बिना जा नहीं
neg: नहीं न मत ना
no: कोई कोई_भी_नहीं नहीं कोई_भी किसी_को_भी किसी_को
ban: निषिद्ध निषेध प्रतिबंधित प्रतिबंध वर्जित मना मनाही रोक अवैध अनुमति_नहीं गैरकानूनी अस्वीकार
ban: अस्वीकृत न_करें नहीं_देते सहमति_नहीं_देते नहीं_किया_जा नहीं_कर_सकते अनुमति_नहीं_है निषिद्ध_है
ban: निषिद्ध_हैं पाबंदी मना_है वर्जित_है उल्लंघन अनधिकृत इनकार बाहर
cannot: अधिकार_नहीं नहीं_किए_जा नहीं_की_जा नहीं_दी_जा नहीं_दिया_जा के_लिए_नहीं हेतु_नहीं
cannot: नहीं_किया_जाए नहीं_दी_जाती नहीं_दी_जाएगी नहीं_है_अनुमति नहीं_देता नहीं_देती नहीं_किया_जाएगा
cannot: सहमत_नहीं सहमति_नहीं
res: सुरक्षित आरक्षित सुरक्षित_रखता सुरक्षित_रखते अपने_पास सुरक्षित_रखती
obj: आपत्ति विरोध ऑप्ट_आउट opt_out असहमत
perm: अनुमति_है अनुमत स्वीकृत छूट स्वतंत्र सहमत मुक्त की_अनुमति_है किया_जा_सकता कर_सकते
need: आवश्यक ज़रूरी जरूरी अनिवार्य आवश्यकता ज़रूरत जरूरत चाहिए लेनी लेना प्राप्त हासिल करना_होगा
need: लेना_होगा अपेक्षित खरीदना
only: केवल सिर्फ मात्र सिर्फ़
cons: अनुमति सहमति लाइसेंस अनुबंध इजाज़त स्वीकृति समझौता मंज़ूरी अधिकार लिखित अनुज्ञा अनुमति_पत्र
cons: इजाजत पूर्वानुमति
without: बिना बगैर
use: उपयोग प्रयोग इस्तेमाल किया_जाना शामिल_करना डालना जोड़ना उपयोग_करना खिलाना बनाना
limit: प्रतिबंध_के शर्त रोक_टोक
we: हम_आपके उपयोग_नहीं_करते
veto: आपका आपके आपकी कोर्स पाठ्यक्रम धनवापसी रिफंड व्यक्तिगत_डेटा शुल्क
ask: क्यों कैसे
incl: सहित समेत विशेष_रूप शामिल तथा भी
allr: सर्वाधिकार_सुरक्षित सभी_अधिकार_सुरक्षित
mine: टेक्स्ट_और_डेटा_माइनिंग डेटा_माइनिंग टेक्स्ट_माइनिंग पाठ_और_डेटा डाटा_माइनिंग माइनिंग डेटा_खनन
mine: आँकड़ा_खनन पाठ_खनन टेक्स्ट_एवं_डेटा पाठ_एवं_डेटा टेक्स्ट_तथा_डेटा
ml: मशीन_लर्निंग यंत्र_अधिगम मशीन_अधिगम मशीनी_शिक्षण डीप_लर्निंग मशीन_शिक्षण प्रशिक्षण_डेटा
ml: प्रशिक्षण_सामग्री ट्रेनिंग_डेटा प्रशिक्षण_आँकड़*
ai: एआई कृत्रिम_बुद्धिमत्ता आर्टिफिशियल_इंटेलिजेंस भाषा_मॉडल भाषा_मॉडलों ए_आई कृत्रिम_मेधा
ai: लैंग्वेज_मॉडल कृत्रिम_बुद्धि जनरेटिव जेनरेटिव सृजनात्मक_एआई भाषाई_मॉडल भाषा_मॉडल*
model: मॉडल मॉडलों मॉडल्स एल्गोरिद्म
train: प्रशिक्षण ट्रेनिंग प्रशिक्षित सिखाने ट्रेन शिक्षण प्रशिक्षित_करना प्रशिक्षित_करने
train: प्रशिक्षण_के सिखाना
build: विकास विकसित बनाने निर्माण डालना अपलोड डालने दर्ज खिलाना खिलाने खिलाता
scrape: स्क्रैपिंग स्क्रेपिंग क्रॉलिंग बॉट रोबोट
auto: स्वचालित ऑटोमेटेड
gather: संग्रह एकत्र पहुँच डाउनलोड निष्कर्षण
modal: जा_सकते जा_सकता जा_सकती सकता सकती सकते
want: अभिप्रेत उपलब्ध
made: लिखा लिखी लिखे बनाई बनाया अनुवादित तैयार_की
post: के_लिए हेतु
others: अदालत न्यायालय संसद सरकार
""",
    "mr": """
stop: आणि चा ची चे च्या मध्ये आहे आहेत या किंवा आमच्या आम्ही साठी नाही हे ही
neg: नाही नये नका न नाहीत
no: कोणताही कोणतीही नाही कोणत्याही कोणीही कोणालाही कुणालाही कुणीही
ban: निषिद्ध मनाई प्रतिबंधित बंदी करू_नये वापरू_नये नका करता_येणार_नाही बेकायदेशीर वर्ज्य
ban: संमती_देत_नाही *नयेत *नये मनाई_आहे निषिद्ध_आहे उल्लंघन वगळ* बंदी_आहे नाकार*
cannot: अधिकार_नाही साठी_नाही साठी_नाहीत *साठी_नाहीत *साठी_नाही देता_येणार_नाही येणार_नाही
cannot: परवानगी_नाही देत_नाही करता_येत_नाही हक्क_नाही
res: राखीव आरक्षित सुरक्षित राखून_ठेव* राखून स्वतःकडे राखीव_ठेव*
obj: हरकत विरोध आक्षेप opt_out
perm: परवानगी_आहे मुभा संमत मुक्त
need: आवश्यक गरजेचे बंधनकारक गरज घेणे घ्यावी मिळवणे घ्यावा लागेल लागते
only: केवळ फक्त
cons: परवानगी परवानगीशिवाय संमती संमतीशिवाय परवाना करार लेखी हक्क अधिकार लेखी_परवानगी परवानगी*
cons: परवाना* लेखी_संमती
without: शिवाय विना
use: वापर वापरण्यास वापरू वापरणे वापरता समाविष्ट_करणे
limit: निर्बंध अट
veto: तुमच्या तुमचा तुमची कोर्स अभ्यासक्रम परतावा
ask: का कसे
incl: सह समाविष्ट यासह विशेषतः देखील
allr: सर्व_हक्क_राखीव सर्व_हक्क_सुरक्षित
mine: टेक्स्ट_आणि_डेटा_मायनिंग डेटा_मायनिंग* मजकूर_आणि_डेटा* मायनिंग* डेटा_मायनिंगसाठी मजकूर_व_डेटा*
mine: टेक्स्ट_व_डेटा* डेटा_उत्खनन*
ml: यंत्र_शिक्षण मशिन_लर्निंग मशीन_लर्निंग* प्रशिक्षण_डेटा प्रशिक्षण_विदा
ai: एआय कृत्रिम_बुद्धिमत्ता कृत्रिम_बुद्धिमत्तेच्या कृत्रिम_बुद्धिमत्तेला भाषा_मॉडेल एआयच्या
ai: कृत्रिम_बुद्धिमत्ते* जनरेटिव्ह भाषा_प्रारूप* कृत्रिम_बुद्धिमत्ता* एआय*
model: मॉडेल मॉडेल्स मॉडेलच्या
train: प्रशिक्षण प्रशिक्षणासाठी प्रशिक्षित प्रशिक्षणा* शिकवण्या* प्रशिक्षित_करण्या* शिकवणे
train: प्रशिक्षण*
build: विकास* तयार टाकणे अपलोड टाकण्यास खाऊ भरवणे
scrape: स्क्रॅपिंग बॉट*
auto: स्वयंचलित
gather: गोळा संकलन
want: उपलब्ध अभिप्रेत
made: लिहिलेल* तयार_केलेल* भाषांतरित
others: न्यायालय सरकार
""",
    "bn": """
stop: এবং এর এই করা হয় জন্য বা আমাদের কোনো থেকে যাবে না ও
neg: না নয় নেই নাই নি
no: কোনো কোন কেউ কারও কারো কাউকে কোনোভাবেই
ban: নিষিদ্ধ নিষেধ নিষেধাজ্ঞা অবৈধ করা_যাবে_না অনুমতি_নেই অনুমোদিত_নয় করবেন_না সম্মতি_দিই_না দিই_না
ban: বারণ বেআইনি সম্মত_নই নিষিদ্ধ_করা লঙ্ঘন বাদ প্রত্যাখ্যান অননুমোদিত নিষেধ_করা
cannot: অধিকার_নেই জন্য_নয় যাবে_না দেওয়া_যাবে_না দেওয়া_হয়_না পারবে_না পারবেন_না করা_হয়_না
cannot: দিচ্ছি_না দেয়_না অধিকার_কারও_নেই দেন_না সম্মত_নন একমত_নন
res: সংরক্ষিত সংরক্ষণ সংরক্ষণ_করে সংরক্ষণ_করি নিজের_কাছে
obj: আপত্তি বিরোধিতা বিরোধী opt_out
perm: অনুমোদিত অনুমতি_আছে অনুমতি_দেওয়া উন্মুক্ত যাবে
need: প্রয়োজন আবশ্যক লাগবে দরকার বাধ্যতামূলক নিতে_হবে নেওয়া নিতে প্রয়োজন_হবে অর্জন
need: সংগ্রহ_করতে_হবে
only: শুধুমাত্র কেবল শুধু
cons: অনুমতি সম্মতি লাইসেন্স চুক্তি অনুমোদন অনুমতিতে অধিকার স্বত্ব লিখিত লিখিত_অনুমতি অনুমতি*
without: ছাড়া ব্যতীত বিনা ব্যতিরেকে
use: ব্যবহার ব্যবহারের ব্যবহৃত ঢোকানো যোগ_করা
limit: সীমাবদ্ধতা শর্ত
veto: আপনার আপনাদের কোর্স ফেরত প্রশিক্ষণার্থী
ask: কেন কীভাবে
incl: সহ অন্তর্ভুক্ত বিশেষত এমনকি
allr: সর্বস্বত্ব_সংরক্ষিত সমস্ত_অধিকার_সংরক্ষিত সকল_অধিকার_সংরক্ষিত
mine: টেক্সট_ও_ডেটা_মাইনিং ডেটা_মাইনিং* টেক্সট_এবং_ডেটা_মাইনিং* ডাটা_মাইনিং* মাইনিং* তথ্য_খনন
mine: টেক্সট_ও_ডেটা* পাঠ্য_ও_উপাত্ত*
ml: মেশিন_লার্নিং মেশিন_লার্নিংয়* যন্ত্র_শিক্ষা ডিপ_লার্নিং প্রশিক্ষণ_ডেটা প্রশিক্ষণ_উপাত্ত
ml: প্রশিক্ষণ_তথ্য
ai: এআই কৃত্রিম_বুদ্ধিমত্তা* ভাষা_মডেল* ল্যাঙ্গুয়েজ_মডেল* কৃত্রিম_বুদ্ধিমত্তার জেনারেটিভ
ai: সৃজনশীল_এআই বৃহৎ_ভাষা
model: মডেল মডেলের মডেলকে মডেল*
train: প্রশিক্ষণ প্রশিক্ষণে প্রশিক্ষণের প্রশিক্ষণ* প্রশিক্ষিত ট্রেনিং প্রশিক্ষণ_দেওয়া শেখানো
build: উন্নয়ন তৈরি ঢোকানো আপলোড প্রবেশ_করানো খাওয়ানো
scrape: স্ক্র্যাপিং বট
auto: স্বয়ংক্রিয়*
gather: সংগ্রহ
modal: পারে পারবে যায়
want: উদ্দেশ্যে উপলব্ধ
made: লেখা তৈরি_করা অনূদিত
post: জন্য
others: আদালত সরকার
""",
    "ta": """
stop: மற்றும் இந்த எங்கள் அல்லது ஒரு உள்ள என்று
neg: இல்லை அல்ல வேண்டாம் இல்லாமல்
ban: தடை தடைசெய்யப்பட்டுள்ளது தடைசெய்ய* தடை_செய்ய* கூடாது அனுமதிக்கப்படாது அனுமதிக்கப்படவில்லை
ban: பயன்படுத்தக்_கூடாது பயன்படுத்தக்கூடாது மறுக்க* விலக்க* சம்மதிக்கவில்லை ஒப்புக்கொள்ளவில்லை
ban: *கூடாது தடைசெய்கிறோம் சட்டவிரோத* விதிமீறல் மீறல் மீறுகிற* மீறும்
cannot: உரிமை_இல்லை *க்கு_அல்ல *காக_அல்ல அனுமதிக்கவில்லை அனுமதி_இல்லை முடியாது அனுமதிக்கப்படுவதில்லை
cannot: வழங்கப்படவில்லை உரிமையில்லை
res: பாதுகாக்க* ஒதுக்க* உரிமை_பெற்ற காக்கப்பட்ட* தன்வசம் வைத்துக்கொள்* தக்கவைத்து*
obj: எதிர்க்கிறோம் எதிர்ப்பு ஆட்சேப* opt_out
perm: அனுமதிக்கப்படு* அனுமதி_உண்டு அனுமதிக்கப்பட்டுள்ளது அனுமதிக்கிறோம் சுதந்திரமாக
need: தேவை தேவைப்படு* அவசியம் வேண்டும் பெற_வேண்டும் பெறுவது பெற பெற்றாக* வாங்க* பெறுதல்
only: மட்டுமே மட்டும்
cons: அனுமதி அனுமதியின்றி ஒப்புதல் உரிமம் ஒப்பந்தம் ஒப்புதலின்றி சம்மதம் அனுமதியுடன் அனுமதி* உரிமை
cons: எழுத்துப்பூர்வ உரிமத்தை ஒப்புதல்*
without: இன்றி இல்லாமல்
use: பயன்படுத்த* பயன்பாடு உபயோக* சேர்க்க* உட்படுத்த*
veto: உங்கள் பாடநெறி வகுப்பு பணத்தை கட்டணம்
ask: ஏன் எப்படி
incl: உட்பட உள்பட குறிப்பாக உள்ளிட்ட*
allr: அனைத்து_உரிமைகளும்_பாதுகாக்கப்பட்டவை அனைத்து_உரிமைகளும்_பாதுகாக்கப்பட்டுள்ளன
mine: உரை_மற்றும்_தரவு* தரவுச்_சுரங்க* தரவு_அகழ்வு* தரவு_சுரங்க* உரை_அகழ்வு* தரவகழ்வு* உரைச்_சுரங்க*
mine: உரை_மற்றும்_தரவுச்* உரைச்_சுரங்கம்*
ml: இயந்திர_கற்றல்* இயந்திரக்_கற்றல்* மெஷின்_லேர்னிங்* எந்திர_கற்றல்* இயந்திர_கற்ற* இயந்திரக்_கற்ற*
ml: பயிற்சித்_தரவு* பயிற்சி_தரவு*
ai: செயற்கை_நுண்ணறிவு* செயற்கை_நுண்ணறிவை ஏஐ மொழி_மாதிரி* செயற்கை_அறிவு* உருவாக்க_ஏஐ பெருமொழி_மாதிரி*
model: மாதிரி* மாதிரிகள்
train: பயிற்சி* பயிற்றுவிக்க* பயிற்றுவி* பயிற்சி_அளி*
build: உருவாக்க* மேம்படுத்த* உள்ளீடு* பதிவேற்ற* சேர்க்க*
scrape: ஸ்கிராப்பிங்
auto: தானியங்கி* தானியக்க*
gather: சேகரி*
no: யாருக்கும் யாரும் எவரும் எவருக்கும் எதுவும்
want: நோக்கமாக
made: எழுதப்பட்ட* உருவாக்கப்பட்ட* மொழிபெயர்க்கப்பட்ட*
others: நீதிமன்ற* அரசு
""",
    "te": """
stop: మరియు ఈ మా లేదా ఒక కోసం
neg: లేదు కాదు వద్దు లేకుండా లేవు
ban: నిషేధించ* నిషేధం నిషిద్ధం కూడదు రాదు అనుమతించబడదు అనుమతించం ఉపయోగించకూడదు వాడకూడదు *కూడదు
ban: ఉపయోగించరాదు *రాదు అంగీకరించము అంగీకరించం చట్టవిరుద్ధం నిషేధిస్తున్నాము ఉల్లంఘన మినహాయించ*
ban: ఉల్లంఘన*
cannot: హక్కు_లేదు కోసం_కాదు అనుమతి_లేదు అనుమతించము కుదరదు వీలులేదు ఇవ్వడం_లేదు ఇవ్వము అధికారం_లేదు
cannot: ఉద్దేశించినవి_కావు
res: ప్రత్యేకించ* రిజర్వ్* సురక్షితం పరిరక్షించ* కలిగి* తనవద్ద ఉంచుకు* నిలుపుకు*
obj: వ్యతిరేకిస్తు* అభ్యంతరం opt_out
perm: అనుమతించబడు* అనుమతి_ఉంది అనుమతించబడింది స్వేచ్ఛగా అనుమతిస్తున్నాము
need: అవసరం తప్పనిసరి పొందాలి కావాలి పొందడం తీసుకోవాలి పొందాల్సి* తీసుకోవడం
only: మాత్రమే కేవలం
cons: అనుమతి అనుమతితో సమ్మతి లైసెన్స్ ఒప్పందం అంగీకారం అనుమతి* హక్కు హక్కులు రాతపూర్వక లిఖితపూర్వక
cons: అధికారం
without: లేకుండా లేనిదే
use: ఉపయోగించ* వాడ* వినియోగ* ఉపయోగం చేర్చ*
veto: మీ కోర్సు రుసుము
ask: ఎందుకు ఎలా
incl: సహా సహితంగా ముఖ్యంగా
allr: సర్వహక్కులు_ప్రత్యేకించబడినవి అన్ని_హక్కులు_ప్రత్యేకించబడ్డాయి సర్వ_హక్కులు_ప్రత్యేకించబడ్డాయి
allr: సర్వహక్కులు*
mine: టెక్స్ట్_మరియు_డేటా* డేటా_మైనింగ్* టెక్స్ట్_మైనింగ్* డేటా_తవ్వకం* మైనింగ్*
mine: టెక్స్ట్_డేటా_మైనింగ్* పాఠ్య_మరియు*
ml: మెషిన్_లెర్నింగ్* యంత్ర_అభ్యాస* యంత్ర_అభ్యసన* మెషీన్_లెర్నింగ్* శిక్షణ_డేటా* శిక్షణా_డేటా*
ai: కృత్రిమ_మేధ* ఏఐ కృత్రిమ_మేధస్సు* భాషా_నమూనా* భాషా_మోడ* ఎఐ జనరేటివ్ పెద్ద_భాషా*
model: మోడల్* నమూనా* మోడళ్ల*
train: శిక్షణ* శిక్షణకు ట్రైనింగ్ శిక్షణ_ఇవ్వ*
build: అభివృద్ధి* తయారీ* ఎక్కించ* అప్‌లోడ్* చేర్చ*
scrape: స్క్రాపింగ్
auto: స్వయంచాలక* ఆటోమేటెడ్
gather: సేకరణ* సేకరించ*
no: ఎవరికీ ఎవరూ ఏదీ
want: ఉద్దేశించ*
made: రాయబడ* సృష్టించబడ* అనువదించబడ*
post: కోసం
others: కోర్టు ప్రభుత్వం
""",
    "id": """
stop: dan yang di ke dari untuk pada ini itu dengan adalah atau kami situs konten isi dalam oleh
stop: laman artikel tulisan
neg: tidak bukan jangan tak belum tiada
no: tidak_ada tiada tanpa_satu tidak_seorang tak_seorang tiada_sesiapa sesiapa_pun siapa_pun_tidak
no: tidak_satu tiada_sebarang
ban: dilarang larangan melarang terlarang dikecualikan kecualikan menolak ditolak ilegal melanggar
ban: haram melarang_keras ditegah dibatasi pelanggaran tidak_dibenar mengecualikan pelarangan
ban: dihalang menghalang menyalahi tanpa_hak menegah larang
cannot: tidak_boleh tidak_berhak tidak_dapat tidak_diizinkan tidak_diperbolehkan tidak_diperkenankan
cannot: tidak_dibenarkan tidak_memberi tidak_ditujukan tidak_disediakan tidak_mengizinkan
cannot: tidak_setuju tak_boleh bukan_untuk tidak_memberikan tidak_dimaksudkan tidak_membenarkan
cannot: tidak_bersetuju tidak_diberi
res: dilindungi reservasi terpelihara dicadangkan dipertahankan mencadangkan memelihara
res: mempertahankan menyimpan tetap_pada milik_penerbit
obj: keberatan menentang membantah opt_out bantah berkeberatan menolak
perm: diizinkan diperbolehkan boleh dibolehkan mengizinkan bebas setuju menyetujui diperkenankan
perm: dibenarkan membenarkan diizin bersetuju dialu terbuka berhak berwenang
need: perlu memerlukan membutuhkan wajib harus mensyaratkan memperoleh mendapat mendapatkan
need: bergantung tunduk prasyarat hubungi mengurus membeli meminta minta dapatkan menandatangani
need: memohon wajib_memperoleh
only: hanya semata
cons: izin persetujuan lisensi perjanjian kesepakatan kebenaran lesen izinnya keizinan bayaran hak
cons: kewenangan tertulis bertulis lisensinya izin_tertulis
without: tanpa
unless: kecuali_dengan
modal: boleh dapat bisa
use: digunakan dipakai gunakan menggunakan penggunaan dimanfaatkan pakai disalin dikumpulkan diambil
use: mengambil guna menyalin diguna dijadikan dimasukkan masuk memasukkan menjadi menyertakan diubah
use: memberi_makan menyuap suap diumpankan mengumpankan
except: kecuali selain
limit: batasan pembatasan syarat sekatan
we: kami
your: anda kamu pengguna pelanggan
data: data pesan berkas konten fail mesej
veto: kursus pelatihan_ai_untuk biaya yuran peserta pengembalian data_pribadi pembatalan
veto: data_peribadi
x: tidak_menggunakan
prod: perangkat platform laboratorium institut tim konferensi buku
ask: mengapa bagaimana kenapa apa terpopuler
incl: termasuk khususnya terutama juga meliputi
allr: hak_cipta_terpelihara semua_hak_dilindungi hak_cipta_dilindungi seluruh_hak_cipta_dilindungi
allr: semua_hak_cipta_dilindungi hak_cipta_dilindungi_undang segala_hak_dilindungi
for: untuk dalam ke bagi
mine: penambangan_teks penambangan_data perlombongan_teks perlombongan_data penggalian_data
mine: penggalian_teks menambang_teks menambang_data analisis_otomatis penambangan_teks_dan_data
mine: perlombongan_teks_dan_data penambangan penggalian_teks_dan_data perlombongan
ml: pembelajaran_mesin pemelajaran_mesin pembelajaran_mendalam data_latih data_pelatihan
ml: data_latihan bahan_pelatihan bahan_latihan set_latihan korpus_pelatihan
ai: kecerdasan_buatan kecerdasan_artifisial model_bahasa akal_imitasi model_bahasa_besar generatif
ai: penjana_imej pembangkit_gambar penjana kecerdasan_buatan_generatif model_generatif
model: model algoritma algoritme
train: melatih pelatihan dilatih latihan melatihkan latih training pembelajaran mengajari mengajar
train: penalaan
build: mengembangkan pengembangan membangun membuat kumpulan_data set_data memasukkan dimasukkan
build: mengunggah memuat memuat_naik menyuapi memberi_makan
scrape: pengikisan mengikis scrap* crawl* bot robot perayapan
auto: otomatis automatik otomatisasi
gather: pengumpulan mengumpulkan akses mengakses mengunduh pengambilan
want: ditujukan disediakan tersedia dimaksudkan diperuntukkan
made: ditulis dibuat dihasilkan diterjemahkan dijana disusun
by: oleh
over: atas terhadap ke_atas
org: institut laboratorium makmal jurusan pusat fakultas jabatan
others: pengadilan mahkamah parlemen parlimen pemerintah kerajaan
""",
    "vi": """
stop: và của các cho trên này là trong với để được hoặc không từ những một khi nội dung trang bài
stop: viết
neg: không chưa chẳng chớ
no: không không_một không_ai chẳng_ai không_một_ai không_người
ban: cấm nghiêm_cấm bị_cấm từ_chối trái_phép không_được_phép loại_trừ bất_hợp_pháp vi_phạm
ban: không_đồng_ý không_chấp_nhận ngăn_cấm hạn_chế xin_đừng đừng_sử đừng_huấn ngăn_chặn trái_với
ban: xâm_phạm cấm_tuyệt_đối loại_khỏi
cannot: không_có_quyền không_được không_dành không_nhằm không_cho_phép không_thể không_phải_để
cannot: không_cấp không_trao không_chấp_thuận
res: bảo_lưu giữ_quyền giữ_lại bảo_lưu_quyền giữ_mọi_quyền bảo_lưu_mọi_quyền dành_riêng_quyền
obj: phản_đối opt_out
perm: được_phép cho_phép tự_do đồng_ý chấp_thuận có_thể có_quyền
need: cần phải đòi_hỏi yêu_cầu bắt_buộc điều_kiện liên_hệ xin mua ký_kết ký_hợp có_được phải_xin
need: phải_có
only: chỉ
cons: sự_đồng_ý giấy_phép chấp_thuận_bằng cho_phép_bằng hợp_đồng thỏa_thuận xin_phép văn_bản
cons: sự_cho_phép quyền bằng_văn_bản chấp_thuận sự_chấp_thuận ủy_quyền
without: nếu_không_có mà_không_có khi_chưa không_cần
use: sử_dụng dùng khai_thác sao_chép thu_thập đưa_vào nạp biến_thành trở_thành cung_cấp dùng_làm
use: đưa_bài
limit: hạn_chế_nào giới_hạn
we: chúng_tôi
your: của_bạn khách_hàng người_dùng
data: dữ_liệu tin_nhắn tệp nội_dung
veto: dữ_liệu_của_bạn khóa khóa_học học_phí hoàn_học_phí hoàn_tiền học_viên dữ_liệu_cá_nhân khoá_học
ask: vì_sao tại_sao như_thế_nào
incl: kể_cả bao_gồm đặc_biệt gồm_cả trong_đó_có
allr: bảo_lưu_mọi_quyền mọi_quyền_được_bảo_lưu giữ_mọi_bản_quyền
for: cho vào để
mine: khai_phá_văn_bản khai_phá_dữ_liệu khai_thác_văn_bản_và_dữ_liệu khai_phá
mine: khai_thác_dữ_liệu_và_văn_bản khai_thác_văn_bản khai_phá_văn_bản_và_dữ_liệu
mine: khai_phá_dữ_liệu_và_văn_bản khai_thác_dữ_liệu_tự
ml: học_máy máy_học học_sâu dữ_liệu_huấn_luyện tập_huấn_luyện dữ_liệu_đào_tạo
ai: trí_tuệ_nhân_tạo mô_hình_ngôn_ngữ mô_hình_ai trí_thông_minh_nhân_tạo tạo_sinh ai_tạo_sinh
ai: trình_tạo_ảnh mô_hình_sinh
noai: ai
model: mô_hình thuật_toán
train: huấn_luyện đào_tạo dạy huấn_luyện_ai rèn_luyện tinh_chỉnh
build: phát_triển xây_dựng tạo_ra đưa tải_lên nạp nhập cho_ăn
scrape: cào_dữ_liệu thu_thập_dữ_liệu_tự_động bot robot trình_thu_thập cào
auto: tự_động
gather: thu_thập truy_cập trích_xuất tải
want: dành_cho nhằm
made: viết_bởi tạo_bởi do_ai dịch_bởi tạo_ra_bởi
over: đối_với về với
by: bởi
others: tòa_án quốc_hội chính_phủ
""",
    "sw": """
stop: na ya wa kwa ni katika hii huu yetu zetu au la za cha vya maudhui tovuti makala
neg: si sio hapana kamwe hakuna
no: hakuna hapana sio hakuna_mtu hakuna_yeyote yeyote_asi mtu_yeyote_haruhusiwi
ban: marufuku imekatazwa yamekatazwa yanakatazwa imepigwa ni_marufuku tunakataa usitumie msitumie
ban: kukatazwa hatukubaliani isitumike zisitumike yasitumiwe katazo tunakataza imezuiwa
ban: kinyume_cha_sheria inakatazwa zinakatazwa yanazuiwa zimezuiwa haramu ukiukaji tunazuia
ban: kimepigwa_marufuku limepigwa anakiuka kukiuka
cannot: haiwezi hayawezi haziwezi hauwezi hawezi hawawezi hakiwezi haviwezi haitumiki hayatumiki
cannot: hazitumiki si_kwa si_za hairuhusiwi hayaruhusiwi haziruhusiwi hawaruhusiwi haruhusiwi
cannot: hauruhusiwi haturuhusu hatukubali hatutoi haijakusudiwa hazikusudiwi hayakusudiwi hana_haki
cannot: hawana_haki hazijakusudiwa si_la si_ya hakuna_ruhusa hakubali hawakubali hatuafiki haafiki
cannot: hawaafiki hataki haruhusu hawaruhusu hatoi hawatoi yasitumike asikubali haijaruhusiwa
res: zimehifadhiwa imehifadhiwa tunahifadhi umehifadhiwa zimehifadhiwa_ikiwemo hujihifadhia
res: hujiwekea hubaki inahifadhi anahifadhi tunajihifadhia inabaki anajihifadhia
obj: tunapinga pingamizi opt_out anapinga wanapinga
perm: ruhusiwa inaruhusiwa yanaruhusiwa huru tunaruhusu unaruhusiwa zinaruhusiwa huhitaji hauhitaji
perm: hakuna_haja haki_ya_kutumia
need: inahitaji unahitaji yanahitaji lazima kunahitaji inahitajika zinahitaji huhitaji kupata apate
need: kuomba aombe kununua lazima_apate sharti
only: tu pekee
cons: idhini ruhusa kibali leseni mkataba makubaliano haki maandishi idhini_ya kibali_cha mkataba_wa
without: bila
use: kutumia kutumika kutumiwa matumizi kuingizwa kuingiza kulisha kugeuzwa kuwekwa zitumike itumike
use: yatumike
veto: data_yako yako zako kozi ada warsha taarifa_binafsi washiriki
ask: kwa_nini jinsi
incl: ikiwemo ikiwa_ni_pamoja pamoja_na hasa zikiwemo ikijumuisha
allr: haki_zote_zimehifadhiwa
for: kwa katika
mine: uchimbaji_wa_maandishi uchimbaji_wa_data uchimbaji_data uchimbaji_wa_matini uchimbaji
mine: kuchimba_data uchimbaji_wa_matini_na_data uchimbaji_wa_maandishi_na_data uchimbaji_matini
mine: kuchimba
ml: ujifunzaji_wa_mashine kujifunza_kwa_mashine mafunzo_ya_mashine ujifunzaji_mashine
ml: data_za_mafunzo data_ya_mafunzo data_za_kufunzia nyenzo_za_mafunzo
ai: akili_bandia akili_mnemba akili_unde mifumo_ya_lugha modeli_za_lugha mifano_ya_lugha
ai: akili_bandia_zalishi zalishi AI
model: modeli mifano miundo
train: kufundisha kufunza mafunzo kuzoeza ufundishaji kuifunza kufunzia kufundishia yafunzwe
build: kujenga kuendeleza kuunda kuingiza kuingizwa kupakia kulisha analisha
scrape: kukwangua kukusanya_kiotomatiki roboti boti
auto: kiotomatiki otomatiki
gather: kukusanya ukusanyaji kufikia
want: kusudiwa
made: imeandikwa zimeandikwa yameandikwa imetengenezwa imetafsiriwa
by: na
others: mahakama serikali bunge
""",
}
