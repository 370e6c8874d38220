"use strict";
// Asks the files in data/: each holds the hashes that begin alike. No text of theirs is ever
// taken for markup, and nothing but their names is asked of whoever serves them.
(() => {
  const $ = (id) => document.getElementById(id);
  const buckets = new Map();
  let about = null;

  window.lookupAbout = (value) => {
    about = value;
    $("name").textContent = `${about.name} ${about.version}`;
    $("state").textContent =
      `${about.records.toLocaleString()} records, state of ${about.as_of || "an unknown day"}.`;
  };
  window.lookupBucket = (name, lines) => buckets.set(name, lines);

  const load = (name) => new Promise((done) => {
    if (buckets.has(name)) return done(buckets.get(name));
    const script = document.createElement("script");
    script.src = `data/${name}.js`;
    // A bucket that nothing fell into has no file.
    script.onload = script.onerror = () => done(buckets.get(name) || "");
    document.head.append(script);
  });

  const find = async (kind, subject) => {
    const digits = kind === "u" ? about.url_digits : about.domain_digits;
    const hash = sha256(`${kind === "u" ? "url" : "domain"}\n${subject}`);
    const lines = await load(`${kind}/${hash.slice(0, digits) || "all"}`);
    const rest = hash.slice(digits, digits + about.rest_digits);
    const line = lines.split("\n").find((text) => text.startsWith(`${rest},`));
    if (!line) return [];
    return line.slice(rest.length + 1).split(";").map((pair) => {
      const [kindOf, count] = pair.split(":").map(Number);
      return { ...about.kinds[kindOf], count: count || 1 };
    });
  };

  const add = (parent, tag, text, className) => {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    parent.append(element);
    return element;
  };

  const table = (parent, found) => {
    const list = add(parent, "table");
    const head = add(add(list, "thead"), "tr");
    for (const [title, name] of [["Licence found", ""], ["Decision", ""], ["Records", "number"]]) {
      add(head, "th", title, name).scope = "col";
    }
    const body = add(list, "tbody");
    for (const kind of found) {
      const row = add(body, "tr");
      add(row, "td", kind.licence);
      add(row, "td", kind.decision);
      add(row, "td", kind.count.toLocaleString(), "number");
    }
  };

  const sum = (found) => found.reduce((total, kind) => total + kind.count, 0);

  const say = (parent, title, found, none) => {
    add(parent, "h2", title);
    if (!found.length) return add(parent, "p", none);
    const count = sum(found);
    add(parent, "p", `${count.toLocaleString()} ${count === 1 ? "record comes" : "records come"} from it.`);
    table(parent, found);
  };

  const parsed = (text) => {
    for (const spelled of [text, `https://${text}`]) {
      try {
        const url = new URL(spelled);
        if (/^https?:$/.test(url.protocol) && url.hostname) return url;
      } catch { /* the next spelling */ }
    }
    return null;
  };

  // As lookup_site.py hashes it: without scheme, name, fragment, and a slash at the end.
  const page = (url) => url.host.replace(/\.(?=:|$)/, "")
    + (url.search ? url.pathname + url.search : url.pathname.replace(/\/$/, ""));

  const answer = async (text) => {
    const place = document.createElement("div");
    const url = parsed(text);
    if (!url) {
      add(place, "p", "This is neither a domain nor the address of a page.");
      return place;
    }
    const domain = url.hostname.replace(/\.$/, "");
    const isPage = url.pathname !== "/" || url.search !== "";
    let found = [];
    if (isPage && about.urls) {
      found = await find("u", page(url));
      say(place, page(url), found, "No record comes from this page.");
    } else if (isPage) {
      add(place, "p", "Single pages are not listed here; below is the answer for the domain.");
    }
    const all = await find("d", domain);
    say(place, domain, all, "No record comes from this domain.");
    if (sum(all) || sum(found)) {
      const how = add(place, "div", undefined, "how");
      add(how, "p", "To have them removed, write to the publisher of this corpus and name the domain "
        + "or the pages. Removed records leave the next version, and holders of copies are told.");
      if (about.contact) add(how, "p", about.contact);
      if (about.removals) add(how, "p", `What was removed already: ${about.removals}`);
    }
    return place;
  };

  $("ask").addEventListener("submit", async (event) => {
    event.preventDefault();
    const place = $("answer");
    if (!about) {
      place.textContent = "The data of this page could not be loaded.";
      return;
    }
    const text = $("subject").value.trim();
    place.replaceChildren(await answer(text));
    place.dataset.asked = text;
  });
})();
