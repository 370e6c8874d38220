"""Words that every language borrows, and the laws by their numbers."""

TABLE = {
    "*": """
x: no_code low_code
mine: tdm tdmrep text_and_data_mining text_data_mining data_mining text_mining datamining textmining
mine: text_and_datamining web_mining data_mine data_mines
ml: machine_learning deep_learning machinelearning deeplearning
ai: ai AI llm llms gpt gpts chatgpt gptbot genai openai language_model* large_language_model*
ai: foundation_model* generative_ai image_generator* text_generator*
train: training finetuning fine_tuning pretraining
law: 2019_790 44b_urhg 44_b_urhg §_44b §_44_b §§_44b 44b_abs 42h_urhg §_42h dsm_direct*
law: dsm_richtlinie cdsm 122_5_3 70_ter 70_quater 70ter 70quater 15n 15o 35_a_szjt 26_3_pr §_39c
law: 39c_autor* 24_2021 art_4_3 article_4_3 artikel_4_3 articolo_4_3 articulo_4_3 artigo_4_3
law: art_4_par_3 article_4_dsm 57b_zasp 188_zasp §_60d 13b_kap *情報解析
input: rag ai_overviews ai_search
scrape: scraping crawling webscraping web_scraping webcrawling screen_scraping scraper* crawler*
""",
}
