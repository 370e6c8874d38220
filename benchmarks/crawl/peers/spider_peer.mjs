// spider-rs through its Node binding: fetching, links and robots.txt are Rust; the callback gets
// each page's HTML. It has no text extraction of its own, so none is done: an advantage to it.
import { createRequire } from "node:module";

// The package lies in the cache folder the benchmark installed it into (the working directory).
const { Website } = createRequire(process.cwd() + "/")("@spider-rs/spider-rs");

const [pages, ...seeds] = process.argv.slice(2);
const budget = Number(pages) > 0 ? Math.ceil(Number(pages) / seeds.length) : 1000000;
const totals = { pages: 0, characters: 0, links: 0 };

async function crawl(seed) {
  const website = new Website(seed)
    .withRespectRobotsTxt(true)
    .withUserAgent("BenchBot/1.0")
    .withDelay(0)
    .withReturnPageLinks(true)
    .withBudget({ "*": budget })
    .build();
  await website.crawl((error, page) => {
    if (error || page.statusCode !== 200) return;
    totals.pages += 1;
    totals.characters += page.content.length;
    totals.links += page.links ? page.links.length : 0;
  });
}

await Promise.all(seeds.map(crawl));
console.log(JSON.stringify(totals));
// The subscriptions' threads would keep the process alive after the last page.
process.exit(0);
