"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const t = data.strings, $ = (s, r = document) => r.querySelector(s), $$ = (s, r = document) => [...r.querySelectorAll(s)];
  const cards = $$(".card"), beads = $$(".bead"), by = new Map(cards.map(c => [c.id.slice(1), c]));
  const key = "mocalign:" + data.key;
  let state = {};
  try { state = JSON.parse(localStorage.getItem(key)) || {}; } catch { state = {}; }
  const keep = () => { try { localStorage.setItem(key, JSON.stringify(state)); } catch { /* private mode: kept until the page closes */ } };

  let now = -1;
  const shown = () => cards.filter(c => !c.hidden && !c.closest(".bead").hidden);
  const marksOf = n => $$(`mark[data-f~="${n}"]`);
  function go(card, focus = true) {
    $$(".now").forEach(e => e.classList.remove("now"));
    if (!card) return;
    now = order.get(card);
    card.classList.add("now");
    marksOf(card.id.slice(1)).forEach(m => m.classList.add("now"));
    card.scrollIntoView({ block: "center" });
    if (focus) card.focus({ preventScroll: true });
    place();
  }
  const order = new Map(cards.map((c, i) => [c, i]));
  function step(by) {
    const list = shown();
    if (!list.length) return;
    const after = list.find(c => order.get(c) > now), before = list.findLast(c => order.get(c) < now);
    go(by > 0 ? after || list[0] : (now < 0 ? null : before) || list[list.length - 1]);
  }
  function place() {
    const list = shown(), at = list.indexOf(cards[now]);
    $("#place").textContent = t.place.replace("{at}", at < 0 ? "–" : at + 1).replace("{all}", list.length);
  }

  const sev = new Set(["critical", "major", "minor", "neutral"]);
  function filter() {
    const cat = $("#category").value, text = $("#search").value.trim().toLowerCase(), only = $("#only").getAttribute("aria-pressed") === "true";
    const open = $("#open").getAttribute("aria-pressed") === "true";
    for (const c of cards) {
      const f = data.findings[c.id.slice(1)], s = (state[f.fingerprint] || {}).status;
      c.hidden = !(sev.has(f.severity) && (!cat || f.category === cat) && (!open || !s));
      for (const m of marksOf(c.id.slice(1))) m.classList.toggle("off", m.dataset.f.split(" ").every(n => by.get(n).hidden));
    }
    for (const b of beads) {
      const inside = $$(".card", b);
      const any = inside.some(c => !c.hidden);
      b.hidden = (only && !any) || (text !== "" && !b.textContent.toLowerCase().includes(text));
    }
    $("#none").hidden = beads.some(b => !b.hidden);
    place();
  }
  $$("[data-sev]").forEach(b => b.addEventListener("click", () => {
    const on = b.getAttribute("aria-pressed") !== "true";
    b.setAttribute("aria-pressed", on);
    sev[on ? "add" : "delete"](b.dataset.sev);
    filter();
  }));
  for (const id of ["only", "open"]) $("#" + id).addEventListener("click", e => {
    e.currentTarget.setAttribute("aria-pressed", e.currentTarget.getAttribute("aria-pressed") !== "true"); filter();
  });
  $("#category").addEventListener("change", filter);
  let timer;
  $("#search").addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(filter, 120); });
  $("#next").addEventListener("click", () => step(1));
  $("#prev").addEventListener("click", () => step(-1));

  function paint(card) {
    const f = data.findings[card.id.slice(1)], d = state[f.fingerprint] || {};
    card.classList.toggle("decided", !!d.status);
    $$("button[data-do]", card).forEach(b => b.setAttribute("aria-pressed", b.dataset.do === "note" ? !!d.reason : d.status === b.dataset.do));
    const area = $("textarea", card);
    if (area && document.activeElement !== area) area.value = d.reason || "";
  }
  function decide(card, what) {
    const f = data.findings[card.id.slice(1)], d = state[f.fingerprint] || (state[f.fingerprint] = {});
    if (what === "note") {
      let area = $("textarea", card);
      if (!area) {
        area = document.createElement("textarea");
        area.rows = 2; area.placeholder = t.note; area.setAttribute("aria-label", t.note); area.value = d.reason || "";
        area.addEventListener("input", () => {
          const own = state[f.fingerprint] || (state[f.fingerprint] = {});
          own.reason = area.value; keep(); paint(card);
        });
        card.append(area);
      }
      area.focus();
      return;
    }
    d.status = d.status === what ? "" : what;
    if (!d.status && !d.reason) delete state[f.fingerprint];
    keep(); cards.forEach(c => { if (data.findings[c.id.slice(1)].fingerprint === f.fingerprint) paint(c); });
    $("#said").textContent = d.status ? (what === "accepted" ? t.accepted : t.dismissed) : t.reopened;
    place();
  }
  document.addEventListener("click", e => {
    const act = e.target.closest("button[data-do]");
    if (act) { const card = act.closest(".card"); go(card, false); decide(card, act.dataset.do); return; }
    const m = e.target.closest("mark");
    if (m) { const c = m.dataset.f.split(" ").map(n => by.get(n)).find(x => !x.hidden); if (c) go(c); return; }
    const card = e.target.closest(".card");
    if (card && !e.target.closest("textarea")) go(card, false);
  });
  $("#export").addEventListener("click", () => {
    const today = new Date().toISOString().slice(0, 10);
    const seen = new Set(), rows = [];
    for (const f of data.findings) {
      const d = state[f.fingerprint];
      if (!d || seen.has(f.fingerprint)) continue;
      seen.add(f.fingerprint);
      rows.push({ fingerprint: f.fingerprint, code: f.code, status: d.status || "open", reason: d.reason || "", person: "", date: today, label: f.label, quote: f.quote });
    }
    const blob = new Blob([JSON.stringify({ schema: "mocalign-decisions/1", decisions: rows }, null, 1) + "\n"], { type: "application/json" });
    const a = document.createElement("a");
    a.href = URL.createObjectURL(blob); a.download = "mocalign-decisions.json"; a.click();
    setTimeout(() => URL.revokeObjectURL(a.href), 1000);
    $("#said").textContent = t.exported.replace("{n}", rows.length);
  });
  const help = $("#help");
  $("#keys").addEventListener("click", () => help.showModal());
  document.addEventListener("keydown", e => {
    if (e.target.closest("input,textarea,select")) { if (e.key === "Escape") { const c = e.target.closest(".card"); e.target.blur(); if (c) c.focus(); } return; }
    if (e.ctrlKey || e.metaKey || e.altKey || help.open) return;
    const card = cards[now];
    const does = {
      j: () => step(1), ArrowRight: () => step(1), k: () => step(-1), ArrowLeft: () => step(-1),
      a: () => card && decide(card, "accepted"), d: () => card && decide(card, "dismissed"), n: () => card && decide(card, "note"),
      "/": () => $("#search").focus(), "?": () => help.showModal(), e: () => $("#export").click(),
    }[e.key];
    if (does) { e.preventDefault(); does(); }
  });

  // Words that answer each other, lit on hover: ranges over the text, no extra elements.
  if (window.CSS && CSS.highlights && data.links) {
    const walk = (root, start, end) => {
      const w = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), r = document.createRange();
      let at = 0, open = false;
      for (let n = w.nextNode(); n; n = w.nextNode()) {
        const len = n.data.length;
        if (!open && start < at + len) { r.setStart(n, start - at); open = true; }
        if (open && end <= at + len) { r.setEnd(n, end - at); return r; }
        at += len;
      }
      return null;
    };
    const offset = (root, node, inner) => {
      const r = document.createRange();
      r.setStart(root, 0); r.setEnd(node, inner);
      return r.toString().length;
    };
    let last = "";
    document.addEventListener("mousemove", e => {
      const cell = e.target.closest && e.target.closest(".text[data-side]");
      if (!cell) { if (last) { CSS.highlights.delete("lit"); last = ""; } return; }
      const b = cell.closest(".bead"), links = data.links[b.dataset.b];
      if (!links) return;
      const pos = document.caretPositionFromPoint ? document.caretPositionFromPoint(e.clientX, e.clientY)
        : (r => r && { offsetNode: r.startContainer, offset: r.startOffset })(document.caretRangeFromPoint(e.clientX, e.clientY));
      if (!pos || !cell.contains(pos.offsetNode)) return;
      const at = offset(cell, pos.offsetNode, pos.offset), i = cell.dataset.side === "ja" ? 0 : 2;
      const hit = links.filter(l => l[i] <= at && at < l[i + 1]);
      const id = b.dataset.b + ":" + hit.map(h => h.join()).join(";");
      if (id === last) return;
      last = id;
      const ja = $('.text[data-side="ja"]', b), en = $('.text[data-side="en"]', b), ranges = [];
      for (const l of hit) { const x = walk(ja, l[0], l[1]), y = walk(en, l[2], l[3]); if (x) ranges.push(x); if (y) ranges.push(y); }
      CSS.highlights.set("lit", new Highlight(...ranges));
    }, { passive: true });
  }

  cards.forEach(paint);
  filter();
  document.documentElement.dataset.ready = "1";
})();
