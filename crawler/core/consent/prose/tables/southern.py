"""Hindi, Marathi, Bengali, Tamil, Telugu, Indonesian and Malay, Vietnamese, Swahili."""

TABLE = {
    "hi": """
stop: और का की के में से पर है हैं को इस यह या हम हमारे हमारी किसी लिए बिना जा नहीं
neg: नहीं न मत ना
no: कोई कोई_भी_नहीं नहीं
ban: निषिद्ध निषेध प्रतिबंधित प्रतिबंध वर्जित मना मनाही रोक अवैध अनुमति_नहीं गैरकानूनी अस्वीकार
ban: अस्वीकृत न_करें नहीं_देते सहमति_नहीं_देते नहीं_किया_जा नहीं_कर_सकते सहमत_नहीं अनुमति_नहीं_है
ban: निषिद्ध_है
res: सुरक्षित आरक्षित
obj: आपत्ति विरोध ऑप्ट_आउट opt_out असहमत
perm: अनुमति_है अनुमत स्वीकृत छूट स्वतंत्र सहमत मुक्त की_अनुमति_है किया_जा_सकता कर_सकते
need: आवश्यक ज़रूरी जरूरी अनिवार्य आवश्यकता ज़रूरत जरूरत चाहिए लेनी
only: केवल सिर्फ मात्र सिर्फ़
cons: अनुमति सहमति लाइसेंस अनुबंध इजाज़त स्वीकृति समझौता मंज़ूरी
without: बिना बगैर
use: उपयोग प्रयोग इस्तेमाल किया_जाना
limit: प्रतिबंध_के शर्त रोक_टोक
we: हम_आपके उपयोग_नहीं_करते
veto: आपका आपके आपकी कोर्स पाठ्यक्रम धनवापसी रिफंड व्यक्तिगत_डेटा शुल्क
ask: क्यों कैसे
incl: सहित समेत विशेष_रूप शामिल तथा भी
allr: सर्वाधिकार_सुरक्षित सभी_अधिकार_सुरक्षित
mine: टेक्स्ट_और_डेटा_माइनिंग डेटा_माइनिंग टेक्स्ट_माइनिंग पाठ_और_डेटा डाटा_माइनिंग माइनिंग डेटा_खनन
mine: आँकड़ा_खनन पाठ_खनन
ml: मशीन_लर्निंग यंत्र_अधिगम मशीन_अधिगम मशीनी_शिक्षण डीप_लर्निंग मशीन_शिक्षण
ai: एआई कृत्रिम_बुद्धिमत्ता आर्टिफिशियल_इंटेलिजेंस भाषा_मॉडल भाषा_मॉडलों ए_आई कृत्रिम_मेधा
ai: लैंग्वेज_मॉडल कृत्रिम_बुद्धि
model: मॉडल मॉडलों मॉडल्स एल्गोरिद्म
train: प्रशिक्षण ट्रेनिंग प्रशिक्षित सिखाने ट्रेन शिक्षण
build: विकास विकसित बनाने निर्माण
scrape: स्क्रैपिंग स्क्रेपिंग क्रॉलिंग बॉट रोबोट
auto: स्वचालित ऑटोमेटेड
gather: संग्रह एकत्र पहुँच डाउनलोड निष्कर्षण
""",
    "mr": """
stop: आणि चा ची चे च्या मध्ये आहे आहेत या किंवा आमच्या आम्ही साठी नाही हे ही
neg: नाही नये नका न नाहीत
no: कोणताही कोणतीही नाही कोणत्याही
ban: निषिद्ध मनाई प्रतिबंधित बंदी परवानगी_नाही करू_नये वापरू_नये नका करता_येणार_नाही बेकायदेशीर
ban: वर्ज्य संमती_देत_नाही देत_नाही *नयेत *नये
res: राखीव आरक्षित सुरक्षित
obj: हरकत विरोध आक्षेप opt_out
perm: परवानगी_आहे मुभा संमत मुक्त
need: आवश्यक गरजेचे बंधनकारक गरज
only: केवळ फक्त
cons: परवानगी परवानगीशिवाय संमती संमतीशिवाय परवाना करार लेखी
without: शिवाय विना
use: वापर वापरण्यास वापरू
limit: निर्बंध अट
veto: तुमच्या तुमचा तुमची कोर्स अभ्यासक्रम परतावा
ask: का कसे
incl: सह समाविष्ट यासह विशेषतः देखील
allr: सर्व_हक्क_राखीव सर्व_हक्क_सुरक्षित
mine: टेक्स्ट_आणि_डेटा_मायनिंग डेटा_मायनिंग* मजकूर_आणि_डेटा* मायनिंग* डेटा_मायनिंगसाठी
ml: यंत्र_शिक्षण मशिन_लर्निंग मशीन_लर्निंग*
ai: एआय कृत्रिम_बुद्धिमत्ता कृत्रिम_बुद्धिमत्तेच्या कृत्रिम_बुद्धिमत्तेला भाषा_मॉडेल एआयच्या
ai: कृत्रिम_बुद्धिमत्ते*
model: मॉडेल मॉडेल्स मॉडेलच्या
train: प्रशिक्षण प्रशिक्षणासाठी प्रशिक्षित प्रशिक्षणा* शिकवण्या*
build: विकास* तयार
scrape: स्क्रॅपिंग बॉट*
auto: स्वयंचलित
gather: गोळा संकलन
""",
    "bn": """
stop: এবং এর এই করা হয় জন্য বা আমাদের কোনো থেকে যাবে না ও
neg: না নয় নেই নাই নি
no: কোনো কোন
ban: নিষিদ্ধ নিষেধ নিষেধাজ্ঞা অবৈধ যাবে_না করা_যাবে_না অনুমতি_নেই অনুমোদিত_নয় করবেন_না
ban: সম্মতি_দিই_না দিই_না বারণ বেআইনি সম্মত_নই
res: সংরক্ষিত সংরক্ষণ
obj: আপত্তি বিরোধিতা বিরোধী opt_out
perm: অনুমোদিত অনুমতি_আছে অনুমতি_দেওয়া উন্মুক্ত যাবে
need: প্রয়োজন আবশ্যক লাগবে দরকার বাধ্যতামূলক নিতে_হবে
only: শুধুমাত্র কেবল শুধু
cons: অনুমতি সম্মতি লাইসেন্স চুক্তি অনুমোদন অনুমতিতে
without: ছাড়া ব্যতীত বিনা ব্যতিরেকে
use: ব্যবহার
limit: সীমাবদ্ধতা শর্ত
veto: আপনার আপনাদের কোর্স ফেরত প্রশিক্ষণার্থী
ask: কেন কীভাবে
incl: সহ অন্তর্ভুক্ত বিশেষত এমনকি
allr: সর্বস্বত্ব_সংরক্ষিত সমস্ত_অধিকার_সংরক্ষিত সকল_অধিকার_সংরক্ষিত
mine: টেক্সট_ও_ডেটা_মাইনিং ডেটা_মাইনিং* টেক্সট_এবং_ডেটা_মাইনিং* ডাটা_মাইনিং* মাইনিং* তথ্য_খনন
ml: মেশিন_লার্নিং মেশিন_লার্নিংয়* যন্ত্র_শিক্ষা ডিপ_লার্নিং
ai: এআই কৃত্রিম_বুদ্ধিমত্তা* ভাষা_মডেল* ল্যাঙ্গুয়েজ_মডেল* কৃত্রিম_বুদ্ধিমত্তার
model: মডেল মডেলের মডেলকে মডেল*
train: প্রশিক্ষণ প্রশিক্ষণে প্রশিক্ষণের প্রশিক্ষণ* প্রশিক্ষিত ট্রেনিং
build: উন্নয়ন তৈরি
scrape: স্ক্র্যাপিং বট
auto: স্বয়ংক্রিয়*
gather: সংগ্রহ
""",
    "ta": """
stop: மற்றும் இந்த எங்கள் அல்லது ஒரு உள்ள என்று
neg: இல்லை அல்ல வேண்டாம் இல்லாமல்
ban: தடை தடைசெய்யப்பட்டுள்ளது தடைசெய்ய* தடை_செய்ய* கூடாது அனுமதி_இல்லை அனுமதிக்கப்படாது
ban: அனுமதிக்கப்படவில்லை பயன்படுத்தக்_கூடாது பயன்படுத்தக்கூடாது மறுக்க* முடியாது விலக்க*
ban: சம்மதிக்கவில்லை ஒப்புக்கொள்ளவில்லை *கூடாது
res: பாதுகாக்க* ஒதுக்க* உரிமை_பெற்ற காக்கப்பட்ட*
obj: எதிர்க்கிறோம் எதிர்ப்பு ஆட்சேப* opt_out
perm: அனுமதிக்கப்படு* அனுமதி_உண்டு அனுமதிக்கப்பட்டுள்ளது அனுமதிக்கிறோம் சுதந்திரமாக
need: தேவை தேவைப்படு* அவசியம் வேண்டும் பெற_வேண்டும்
only: மட்டுமே மட்டும்
cons: அனுமதி அனுமதியின்றி ஒப்புதல் உரிமம் ஒப்பந்தம் ஒப்புதலின்றி சம்மதம் அனுமதியுடன் அனுமதி*
without: இன்றி இல்லாமல்
use: பயன்படுத்த* பயன்பாடு உபயோக*
veto: உங்கள் பாடநெறி வகுப்பு பணத்தை கட்டணம்
ask: ஏன் எப்படி
incl: உட்பட உள்பட குறிப்பாக உள்ளிட்ட*
allr: அனைத்து_உரிமைகளும்_பாதுகாக்கப்பட்டவை அனைத்து_உரிமைகளும்_பாதுகாக்கப்பட்டுள்ளன
mine: உரை_மற்றும்_தரவு* தரவுச்_சுரங்க* தரவு_அகழ்வு* தரவு_சுரங்க* உரை_அகழ்வு* தரவகழ்வு* உரைச்_சுரங்க*
ml: இயந்திர_கற்றல்* இயந்திரக்_கற்றல்* மெஷின்_லேர்னிங்* எந்திர_கற்றல்* இயந்திர_கற்ற* இயந்திரக்_கற்ற*
ai: செயற்கை_நுண்ணறிவு* செயற்கை_நுண்ணறிவை ஏஐ மொழி_மாதிரி* செயற்கை_அறிவு*
model: மாதிரி* மாதிரிகள்
train: பயிற்சி* பயிற்றுவிக்க*
build: உருவாக்க* மேம்படுத்த*
scrape: ஸ்கிராப்பிங்
auto: தானியங்கி* தானியக்க*
gather: சேகரி*
""",
    "te": """
stop: మరియు ఈ మా లేదా ఒక కోసం
neg: లేదు కాదు వద్దు లేకుండా లేవు
ban: నిషేధించ* నిషేధం నిషిద్ధం కూడదు రాదు అనుమతి_లేదు అనుమతించబడదు అనుమతించం ఉపయోగించకూడదు వాడకూడదు
ban: *కూడదు ఉపయోగించరాదు *రాదు అంగీకరించము అంగీకరించం చట్టవిరుద్ధం
res: ప్రత్యేకించ* రిజర్వ్* సురక్షితం పరిరక్షించ* కలిగి*
obj: వ్యతిరేకిస్తు* అభ్యంతరం opt_out
perm: అనుమతించబడు* అనుమతి_ఉంది అనుమతించబడింది స్వేచ్ఛగా అనుమతిస్తున్నాము
need: అవసరం తప్పనిసరి పొందాలి కావాలి
only: మాత్రమే కేవలం
cons: అనుమతి అనుమతితో సమ్మతి లైసెన్స్ ఒప్పందం అంగీకారం అనుమతి*
without: లేకుండా లేనిదే
use: ఉపయోగించ* వాడ* వినియోగ* ఉపయోగం
veto: మీ కోర్సు రుసుము
ask: ఎందుకు ఎలా
incl: సహా సహితంగా ముఖ్యంగా
allr: సర్వహక్కులు_ప్రత్యేకించబడినవి అన్ని_హక్కులు_ప్రత్యేకించబడ్డాయి సర్వ_హక్కులు_ప్రత్యేకించబడ్డాయి
allr: సర్వహక్కులు*
mine: టెక్స్ట్_మరియు_డేటా* డేటా_మైనింగ్* టెక్స్ట్_మైనింగ్* డేటా_తవ్వకం* మైనింగ్*
ml: మెషిన్_లెర్నింగ్* యంత్ర_అభ్యాస* యంత్ర_అభ్యసన* మెషీన్_లెర్నింగ్*
ai: కృత్రిమ_మేధ* ఏఐ కృత్రిమ_మేధస్సు* భాషా_నమూనా* భాషా_మోడ* ఎఐ
model: మోడల్* నమూనా* మోడళ్ల*
train: శిక్షణ* శిక్షణకు ట్రైనింగ్
build: అభివృద్ధి* తయారీ*
scrape: స్క్రాపింగ్
auto: స్వయంచాలక* ఆటోమేటెడ్
gather: సేకరణ* సేకరించ*
""",
    "id": """
stop: dan yang di ke dari untuk pada ini itu dengan adalah atau kami situs konten isi dalam oleh
stop: laman artikel tulisan
neg: tidak bukan jangan tak belum tiada
no: tidak_ada tiada tanpa_satu
ban: dilarang larangan melarang terlarang dikecualikan kecualikan menolak ditolak ilegal melanggar
ban: haram tidak_dibenarkan melarang_keras ditegah dibatasi pelanggaran tidak_dibenar
res: dilindungi reservasi terpelihara dicadangkan dipertahankan mencadangkan memelihara
obj: keberatan menentang membantah opt_out bantah
perm: diizinkan diperbolehkan boleh dibolehkan mengizinkan bebas setuju menyetujui diperkenankan
perm: dibenarkan membenarkan diizin bersetuju dialu terbuka
need: perlu memerlukan membutuhkan wajib harus mensyaratkan memperoleh mendapat mendapatkan
need: bergantung tunduk prasyarat hubungi
only: hanya semata
cons: izin persetujuan lisensi perjanjian kesepakatan kebenaran lesen izinnya keizinan bayaran
without: tanpa
unless: kecuali_dengan
modal: boleh dapat bisa
use: digunakan dipakai gunakan menggunakan penggunaan dimanfaatkan pakai disalin dikumpulkan diambil
use: mengambil guna menyalin diguna dijadikan
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
mine: penggalian_teks menambang_teks menambang_data analisis_otomatis
ml: pembelajaran_mesin pemelajaran_mesin pembelajaran_mendalam
ai: kecerdasan_buatan kecerdasan_artifisial model_bahasa akal_imitasi model_bahasa_besar
model: model algoritma algoritme
train: melatih pelatihan dilatih latihan melatihkan latih training pembelajaran
build: mengembangkan pengembangan membangun membuat kumpulan_data set_data
scrape: pengikisan mengikis scrap* crawl* bot robot perayapan
auto: otomatis automatik otomatisasi
gather: pengumpulan mengumpulkan akses mengakses mengunduh pengambilan
""",
    "vi": """
stop: và của các cho trên này là trong với để được hoặc không từ những một khi nội dung trang bài
stop: viết
neg: không chưa chẳng chớ
no: không không_một
ban: cấm nghiêm_cấm bị_cấm từ_chối trái_phép không_được không_được_phép không_cho_phép loại_trừ
ban: bất_hợp_pháp vi_phạm không_đồng_ý không_chấp_nhận ngăn_cấm hạn_chế xin_đừng đừng_sử đừng_huấn
res: bảo_lưu giữ_quyền
obj: phản_đối opt_out
perm: được_phép cho_phép tự_do đồng_ý chấp_thuận có_thể
need: cần phải đòi_hỏi yêu_cầu bắt_buộc điều_kiện liên_hệ
only: chỉ
cons: sự_đồng_ý giấy_phép chấp_thuận_bằng cho_phép_bằng hợp_đồng thỏa_thuận xin_phép văn_bản
cons: sự_cho_phép
without: nếu_không_có mà_không_có khi_chưa không_cần
use: sử_dụng dùng khai_thác sao_chép thu_thập
limit: hạn_chế_nào giới_hạn
we: chúng_tôi
your: của_bạn bạn khách_hàng người_dùng
data: dữ_liệu tin_nhắn tệp nội_dung
veto: dữ_liệu_của_bạn khóa khóa_học học_phí hoàn_học_phí hoàn_tiền học_viên dữ_liệu_cá_nhân khoá_học
ask: vì_sao tại_sao như_thế_nào
incl: kể_cả bao_gồm đặc_biệt gồm_cả trong_đó_có
allr: bảo_lưu_mọi_quyền mọi_quyền_được_bảo_lưu giữ_mọi_bản_quyền
for: cho vào để
mine: khai_phá_văn_bản khai_phá_dữ_liệu khai_thác_văn_bản_và_dữ_liệu khai_phá
mine: khai_thác_dữ_liệu_và_văn_bản khai_thác_văn_bản
ml: học_máy máy_học học_sâu
ai: trí_tuệ_nhân_tạo mô_hình_ngôn_ngữ mô_hình_ai trí_thông_minh_nhân_tạo
noai: ai
model: mô_hình thuật_toán
train: huấn_luyện đào_tạo dạy huấn_luyện_ai
build: phát_triển xây_dựng tạo_ra
scrape: cào_dữ_liệu thu_thập_dữ_liệu_tự_động bot robot trình_thu_thập cào
auto: tự_động
gather: thu_thập truy_cập trích_xuất tải
""",
    "sw": """
stop: na ya wa kwa ni katika hii huu yetu zetu au la za cha vya maudhui tovuti makala
neg: si sio hapana kamwe hakuna
no: hakuna hapana sio
ban: marufuku imekatazwa yamekatazwa yanakatazwa imepigwa hairuhusiwi hayaruhusiwi haziruhusiwi
ban: ni_marufuku haturuhusu tunakataa usitumie msitumie kukatazwa hatukubali hatukubaliani
ban: yasitumike isitumike zisitumike yasitumiwe hayawezi haiwezi katazo tunakataza imezuiwa
ban: kinyume_cha_sheria hatutoi
res: zimehifadhiwa imehifadhiwa tunahifadhi umehifadhiwa zimehifadhiwa_ikiwemo
obj: tunapinga pingamizi opt_out
perm: ruhusiwa inaruhusiwa yanaruhusiwa huru tunaruhusu unaruhusiwa zinaruhusiwa huhitaji hauhitaji
perm: hakuna_haja
need: inahitaji unahitaji yanahitaji lazima kunahitaji inahitajika zinahitaji huhitaji
only: tu pekee
cons: idhini ruhusa kibali leseni mkataba makubaliano
without: bila
use: kutumia kutumika kutumiwa matumizi
veto: data_yako yako zako kozi ada warsha taarifa_binafsi washiriki
ask: kwa_nini jinsi
incl: ikiwemo ikiwa_ni_pamoja pamoja_na hasa zikiwemo ikijumuisha
allr: haki_zote_zimehifadhiwa
for: kwa katika
mine: uchimbaji_wa_maandishi uchimbaji_wa_data uchimbaji_data uchimbaji_wa_matini uchimbaji
mine: kuchimba_data
ml: ujifunzaji_wa_mashine kujifunza_kwa_mashine mafunzo_ya_mashine ujifunzaji_mashine
ai: akili_bandia akili_mnemba akili_unde mifumo_ya_lugha modeli_za_lugha mifano_ya_lugha
model: modeli mifano miundo
train: kufundisha kufunza mafunzo kuzoeza ufundishaji kuifunza
build: kujenga kuendeleza kuunda
scrape: kukwangua kukusanya_kiotomatiki roboti boti
auto: kiotomatiki otomatiki
gather: kukusanya ukusanyaji kufikia
""",
}
