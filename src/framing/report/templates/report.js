
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const get = (id) => document.getElementById(id);
  const articles = Array.from(document.querySelectorAll("#article-list > article"));
  const texts = new Map(), marks = new Map(), plain = new Map();
  const PAGE = 50, FIRST = 200;
  let opener = null;  // the number whose sentences are shown

  // Everything below writes texts with textContent only: what came with an article never becomes markup.
  function make(name, text, className) {
    const node = document.createElement(name);
    if (text !== undefined) node.textContent = text;
    if (className) node.className = className;
    return node;
  }
  function textOf(i) {
    if (!texts.has(i)) texts.set(i, articles[i].querySelector(".text").textContent);
    return texts.get(i);
  }
  function marksOf(i) {
    if (!marks.has(i)) marks.set(i, JSON.parse(articles[i].querySelector(".marks").textContent));
    return marks.get(i);
  }
  function lower(i) {
    if (!plain.has(i)) plain.set(i, (data.articles[i].title + "\n" + textOf(i)).toLowerCase());
    return plain.get(i);
  }

  // Highlights: one sweep over the places where something begins or ends.
  function spansOf(i, hit) {
    const own = marksOf(i), spans = [];
    if (get("show-voice").checked) for (const [s, e, v] of own.v) spans.push([s, e, "v", v]);
    const shown = new Set(Array.from(document.querySelectorAll("[data-theme]:checked"), (b) => Number(b.dataset.theme)));
    for (const [m, s, e, , c] of own.e) {
      if (shown.has(m)) spans.push([s, e, "t", m]);
      else if (data.measures[m].prefix === "stance" && get("show-stance").checked) spans.push([s, e, "s", m, c]);
    }
    if (hit) spans.push([hit[0], hit[1], "h"]);
    return spans.filter((x) => x[1] > x[0]);
  }
  function paint(i, hit) {
    const text = textOf(i), spans = spansOf(i, hit), box = articles[i].querySelector(".text");
    const cuts = new Set([0, text.length]), starts = new Map(), ends = new Map();
    for (const x of spans) {
      cuts.add(x[0]).add(x[1]);
      (starts.get(x[0]) || starts.set(x[0], []).get(x[0])).push(x);
      (ends.get(x[1]) || ends.set(x[1], []).get(x[1])).push(x);
    }
    const places = Array.from(cuts).sort((a, b) => a - b), active = new Set(), out = document.createDocumentFragment();
    let first = null;
    for (let k = 0; k < places.length; k++) {
      for (const x of ends.get(places[k]) || []) {
        active.delete(x);
        if (x[2] === "s") out.append(sign(x));
      }
      for (const x of starts.get(places[k]) || []) active.add(x);
      if (k + 1 === places.length) break;
      const part = text.slice(places[k], places[k + 1]);
      if (!active.size) { out.append(part); continue; }
      const node = segment(part, active);
      if (!first && node.classList && node.classList.contains("hit")) first = node;
      out.append(node);
    }
    box.replaceChildren(out);
    return first;
  }
  function segment(part, active) {
    const themes = [];
    let voice = 0, hit = false;
    for (const x of active) {
      if (x[2] === "v") voice = x[3];
      else if (x[2] === "t" && !themes.includes(x[3])) themes.push(x[3]);
      else if (x[2] === "h") hit = true;
    }
    if (!themes.length && !voice && !hit) return document.createTextNode(part);
    const node = make(themes.length || hit ? "mark" : "span", part);
    if (themes.length) {
      node.classList.add("theme", "c" + (data.themeOf[themes[0]] % 8));
      if (themes.length > 1) node.classList.add("d" + (data.themeOf[themes[1]] % 8));
      node.dataset.t = themes.map((m) => data.measures[m].label).join(", ");
    }
    if (voice) node.classList.add(data.voices[voice]);
    if (hit) node.classList.add("hit");
    node.title = [voice ? data.voices[voice] : "author", node.dataset.t].filter(Boolean).join("; ");
    return node;
  }
  function sign([, , , m, c]) {
    const side = c > 0 ? ["+", "for"] : c < 0 ? ["−", "against"] : ["0", "neutral"];
    const node = make("span", undefined, "sign " + side[1]);
    node.dataset.s = side[0];
    node.dataset.t = data.measures[m].label;
    node.title = side[1] + ": " + data.measures[m].label;
    node.setAttribute("role", "img");
    node.setAttribute("aria-label", node.title);
    return node;
  }
  articles.forEach((article, i) => {
    const details = article.querySelector("details");
    details.addEventListener("toggle", () => { if (details.open && !article.dataset.painted) { article.dataset.painted = "1"; paint(i); } });
  });
  function repaint() {
    articles.forEach((article, i) => {
      if (article.querySelector("details").open) paint(i); else delete article.dataset.painted;
    });
  }
  document.querySelectorAll(".toggles input").forEach((box) => box.addEventListener("change", repaint));

  // From a number to its sentences: #e-MEASURE-K(ind) or -A(rticle); to a place: #a-ARTICLE-START-END.
  function openAt(i, start, end) {
    const article = articles[i];
    article.hidden = false;
    article.dataset.painted = "1";
    article.querySelector("details").open = true;
    const hit = paint(i, [start, end]) || article;
    hit.tabIndex = -1;
    hit.focus({ preventScroll: true });
    hit.scrollIntoView({ block: "center" });
  }
  function rowsOf(m, chosen) {
    const rows = [];
    for (const i of chosen) for (const e of marksOf(i).e) if (e[0] === m) rows.push([i, e]);
    return rows;
  }
  function signed(value) {
    return value === null ? "" : (value > 0 ? "+" : value < 0 ? "−" : "") + Math.abs(value).toPrecision(3);
  }
  function item([i, [m, start, end, number, contribution, rule, inherited]]) {
    const li = make("li"), link = make("a", data.articles[i].id + ", sentence " + number);
    link.href = "#a-" + i + "-" + start + "-" + end;
    const text = textOf(i), bounds = marksOf(i).s[number - 1] || [start, end];
    const from = Math.min(bounds[0], start), to = Math.max(bounds[1], end);
    const words = make("bdi");
    words.append(text.slice(from, start), make("mark", text.slice(start, end), m in data.themeOf ? "c" + (data.themeOf[m] % 8) : "found"), text.slice(end, to));
    const why = make("span", " adds " + (contribution === null ? "–" : signed(contribution)) + "; " + data.rules[rule] + (inherited ? " (carried over)" : ""), "why");
    li.append(link, ": ", words, why);
    return li;
  }
  function evidence(m, chosen, whose) {
    const measure = data.measures[m], rows = rowsOf(m, chosen), list = get("evidence-list"), box = get("evidence");
    const many = new Set(rows.map((r) => r[0])).size;
    get("evidence-about").textContent = measure.label + " in " + whose + ": " + rows.length + " spans in " + many + " of " + chosen.length + " articles. " +
      (measure.additive ? "In each article their contributions add up to its score" + (measure.prefix === "readability" ? ", with the constant of the formula." : ".") : "The score is not a sum over sentences; these are the spans it looks at.");
    list.replaceChildren(...rows.slice(0, FIRST).map(item));
    const more = get("evidence-more");
    more.hidden = rows.length <= FIRST;
    more.textContent = "Show all " + rows.length;
    more.onclick = () => { list.append(...rows.slice(FIRST).map(item)); more.hidden = true; };
    box.hidden = false;
    box.scrollIntoView({ block: "start" });
    box.focus({ preventScroll: true });
  }
  function follow() {
    const [what, a, b, c] = location.hash.slice(1).split("-");
    if (what === "e" && b) {
      const number = Number(b.slice(1));
      if (b[0] === "K") {
        const chosen = data.articles.flatMap((x, i) => (x.kind === number ? [i] : []));
        evidence(Number(a), chosen, data.kinds[number]);
      } else evidence(Number(a), [number], data.articles[number].id);
    } else if (what === "a" && c) openAt(Number(a), Number(b), Number(c));
    else if (what === "c" && a) { const row = get(location.hash.slice(1)); if (row) { row.hidden = false; row.scrollIntoView({ block: "center" }); } }
  }
  addEventListener("hashchange", follow);
  // A second click on the same link must work as well.
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest('a[href^="#"]');
    if (link && link.hash.startsWith("#e-")) opener = link;
    if (link && link.getAttribute("href") === location.hash) follow();
  });
  get("evidence-close").addEventListener("click", () => {
    get("evidence").hidden = true;
    history.replaceState(null, "", location.pathname + location.search);
    if (opener && opener.isConnected) { opener.focus({ preventScroll: true }); opener.scrollIntoView({ block: "center" }); }
  });

  // The table of differences.
  const contrastRows = Array.from(document.querySelectorAll("#contrast-table tbody tr"));
  const contrastText = contrastRows.map((r) => r.textContent.toLowerCase());
  function filterContrasts() {
    const words = get("contrast-text").value.trim().toLowerCase(), family = get("contrast-family").value, main = get("contrast-main").checked;
    let shown = 0;
    contrastRows.forEach((row, i) => {
      row.hidden = !((!main || !("more" in row.dataset)) && (!family || row.dataset.family === family) && contrastText[i].includes(words));
      shown += !row.hidden;
    });
    get("contrast-count").textContent = shown + " of " + contrastRows.length + " rows";
  }
  ["contrast-text", "contrast-family", "contrast-main"].forEach((id) => get(id).addEventListener("input", filterContrasts));
  function order(a, b, down) {  // what is missing stays last, whichever way the column is sorted
    if (a === null || b === null) return (a === null) - (b === null);
    const way = typeof a === "number" ? a - b : a.localeCompare(b, "en");
    return down ? -way : way;
  }
  function headOf(button) {
    const head = button.closest("th"), down = head.getAttribute("aria-sort") === "ascending";
    head.parentNode.querySelectorAll("th").forEach((th) => th.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    return [head.cellIndex, down];
  }
  document.querySelectorAll("#contrast-table thead button").forEach((button) => button.addEventListener("click", () => {
    const [column, down] = headOf(button), body = get("contrast-table").tBodies[0];
    const key = (row) => { const v = row.cells[column].dataset.v; return v === undefined ? row.cells[column].textContent : v === "" ? null : Number(v); };
    body.append(...Array.from(body.rows).map((r) => [key(r), r]).sort((a, b) => order(a[0], b[0], down)).map((x) => x[1]));
  }));

  // Articles in numbers, page by page.
  let page = 0, sorted = data.articles.map((_, i) => i);
  function showValues() {
    const words = get("value-text").value.trim().toLowerCase(), kind = get("value-kind").value;
    const rows = sorted.filter((i) => (kind === "" || data.articles[i].kind === Number(kind)) && (data.articles[i].id + " " + data.articles[i].title + " " + data.articles[i].source).toLowerCase().includes(words));
    page = Math.max(0, Math.min(page, Math.ceil(rows.length / PAGE) - 1));
    const body = get("value-table").tBodies[0];
    body.replaceChildren(...rows.slice(page * PAGE, (page + 1) * PAGE).map(valueRow));
    get("value-count").textContent = rows.length ? page * PAGE + 1 + " to " + Math.min(rows.length, (page + 1) * PAGE) + " of " + rows.length : "none";
    get("value-back").disabled = page === 0;
    get("value-on").disabled = (page + 1) * PAGE >= rows.length;
  }
  function valueRow(i) {
    const own = data.articles[i], row = make("tr"), head = make("th"), link = make("a"), kind = make("td");
    head.scope = "row";
    link.append(make("bdi", own.title));
    link.href = "#a-" + i + "-0-0";
    head.append(link);
    kind.append(make("bdi", own.kind === null ? "–" : data.kinds[own.kind]));
    row.append(head, kind);
    own.text.forEach((text, m) => {
      const cell = make("td", own.value[m] === null ? text : undefined, "n");
      if (own.value[m] !== null) {
        const to = make("a", text);
        to.href = "#e-" + m + "-A" + i;
        to.setAttribute("aria-label", text + ": sentences of " + own.id + " for " + data.measures[m].label);
        cell.append(to);
      }
      row.append(cell);
    });
    return row;
  }
  document.querySelectorAll("#value-table thead button").forEach((button) => button.addEventListener("click", () => {
    const [column, down] = headOf(button);
    const key = (i) => column === 0 ? data.articles[i].title : column === 1 ? (data.kinds[data.articles[i].kind] || "") : data.articles[i].value[column - 2];
    sorted.sort((a, b) => order(key(a), key(b), down));
    page = 0;
    showValues();
  }));
  ["value-text", "value-kind"].forEach((id) => get(id).addEventListener("input", () => { page = 0; showValues(); }));
  get("value-back").addEventListener("click", () => { page--; showValues(); });
  get("value-on").addEventListener("click", () => { page++; showValues(); });

  // The texts.
  function filterArticles() {
    const words = get("article-text").value.trim().toLowerCase(), kind = get("article-kind").value;
    const event = get("article-event") ? get("article-event").value : "";
    let shown = 0;
    articles.forEach((article, i) => {
      article.hidden = !((kind === "" || article.dataset.kind === kind) && (event === "" || article.dataset.event === event) && (!words || lower(i).includes(words)));
      shown += !article.hidden;
    });
    const beside = get("article-beside").checked && event !== "";
    get("article-list").classList.toggle("beside", beside);
    const list = articles.filter((a) => !a.hidden);
    if (beside) list.sort((a, b) => a.dataset.kind - b.dataset.kind).forEach((a, place) => { a.style.order = place; a.querySelector("details").open = true; });
    get("article-count").textContent = shown + " of " + articles.length + " texts" + (get("article-beside").checked && event === "" ? "; choose an event for side by side" : "");
  }
  ["article-text", "article-kind", "article-event", "article-beside"].forEach((id) => { if (get(id)) get(id).addEventListener("input", filterArticles); });
  get("article-open").addEventListener("click", () => articles.forEach((a) => { if (!a.hidden) a.querySelector("details").open = true; }));
  document.querySelectorAll("form").forEach((form) => form.addEventListener("submit", (event) => event.preventDefault()));

  filterContrasts();
  showValues();
  filterArticles();
  follow();
})();
