"use strict";
(() => {
  const root = document.documentElement, body = document.body;
  const byId = (id) => document.getElementById(id);
  const words = JSON.parse(byId("words").textContent);
  const fill = (text, ...values) => values.reduce((said, value) => said.replace("{}", () => value), text);
  const panel = byId("panel"), live = byId("live");
  root.classList.add("scripted");

  // Elements are made from text alone: nothing of a report is ever read as markup.
  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes ?? {})) {
      if (name === "onclick") element.addEventListener("click", value);
      else element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child != null));
    return element;
  };

  // What is known of each report, read when it is first asked for.
  const reports = new Map();
  const dataOf = (report) => {
    if (!reports.has(report)) reports.set(report, JSON.parse(byId("d" + report).textContent));
    return reports.get(report);
  };
  // `f0-12` is figure 12 of report 0, `n0-3` its finding 3.
  const parse = (id) => {
    const found = /^([fn])(\d+)-(\d+)$/.exec(id ?? "");
    return found && { kind: found[1], report: found[2], number: Number(found[3]) };
  };

  // Theme.
  const setTheme = (theme) => { if (theme) root.dataset.theme = theme; };
  try { setTheme(localStorage.getItem("figlint-theme")); } catch { /* a page from disk may keep nothing */ }
  const toggleTheme = () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    setTheme(dark ? "light" : "dark");
    try { localStorage.setItem("figlint-theme", root.dataset.theme); } catch { /* as above */ }
  };
  byId("theme").addEventListener("click", toggleTheme);

  // Filters.
  const classOf = { n: "no-none", hint: "no-hints" };
  for (const input of document.querySelectorAll("[data-state]")) {
    const apply = () => body.classList.toggle(classOf[input.dataset.state] ?? "no-" + input.dataset.state, !input.checked);
    input.addEventListener("change", () => { apply(); count(); });
    apply();
  }

  // Figures are buttons. One at a time can be reached by Tab; arrows go from one to the next.
  const STATES = ["x", "w", "r", "h", "b", "u", "n"];
  const stateOf = (figure) => STATES.find((state) => figure.classList.contains(state));
  const figures = [...document.querySelectorAll("article .text span[id]")];
  const order = new Map(figures.map((figure, at) => [figure, at]));
  const makeButton = (figure) => {
    const state = stateOf(figure);
    figure.setAttribute("role", "button");
    figure.setAttribute("aria-description", words.states[state]);
    figure.tabIndex = -1;
    if (state !== "u") figure.title = words.states[state];
  };
  figures.filter((figure) => stateOf(figure) !== "n").forEach(makeButton);
  // What is no quantity is text like any other until it is asked for.
  document.querySelector("[data-state=n]")?.addEventListener("change", () =>
    figures.filter((figure) => stateOf(figure) === "n").forEach(makeButton), { once: true });
  let entry = figures.find((figure) => stateOf(figure) !== "n");
  if (entry) entry.tabIndex = 0;
  const enter = (figure) => {
    if (entry) entry.tabIndex = -1;
    entry = figure;
    entry.tabIndex = 0;
  };
  const isShown = (figure) => {
    const state = stateOf(figure);
    return !body.classList.contains(classOf[state] ?? "no-" + (state === "w" ? "x" : state)) && !figure.closest("details:not([open])");
  };
  const step = (from, by) => {
    for (let at = order.get(from) + by; at >= 0 && at < figures.length; at += by) {
      if (isShown(figures[at])) return figures[at];
    }
  };

  // What is lit up.
  let lit = [];
  const light = (element, name) => { if (element) { element.classList.add(name); lit.push([element, name]); } };
  const dim = () => { lit.forEach(([element, name]) => element.classList.remove(name)); lit = []; };
  const lightParts = (report, check) => {
    for (const [, figure] of check.parts) light(byId(`f${report}-${figure}`), "lit");
  };
  const reveal = (element, focus) => {
    for (let around = element.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
    if (focus) element.focus({ preventScroll: true });
    // What was not on the screen yet gets its true height only when it is, which may move what stands below it.
    const show = (turns) => {
      element.scrollIntoView({ block: "center", inline: "nearest" });
      if (turns > 0) requestAnimationFrame(() => show(turns - 1));
    };
    show(4);
  };

  // Exact decimals are strings; nothing here counts with floating-point numbers.
  const grouped = (number) => {
    const [whole, rest] = number.split(".");
    return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (rest === undefined ? "" : "." + rest);
  };
  const hundredfold = (number) => {
    if (/\//.test(number)) return null;
    const sign = number.startsWith("-") ? "-" : "";
    const [whole, rest = ""] = number.replace("-", "").split(".");
    const digits = (rest + "00").slice(0, 2), left = rest.slice(2);
    return sign + ((whole + digits).replace(/^0+(?=\d)/, "")) + (left ? "." + left : "");
  };
  const amount = (number, text) => {
    const percent = /[%％]/.test(text) && hundredfold(number);
    return percent ? percent + "%" : grouped(number);
  };
  const meaning = (figure, text) => {
    const unit = figure.unit && !/[%％]/.test(text) ? " " + figure.unit : "";
    if (!figure.range) return figure.value === undefined ? null : `${words.exactly} ${amount(figure.value, text)}${unit}`;
    const [low, high, open] = figure.range;
    const part = (number, word) => (number == null ? "" : `${word} ${amount(number, text)}`);
    const lower = part(low, open.includes("low") ? words.above : words.atLeast);
    const upper = part(high, open.includes("high") ? words.below : words.atMost);
    return [lower, upper].filter(Boolean).join(", ") + unit;
  };

  const textOf = (report, figure) => byId(`f${report}-${figure}`)?.textContent ?? "";
  const showCheck = (report, check, own) => {
    const others = check.parts.filter(([, figure], at, all) => figure !== own && all.findIndex((one) => one[1] === figure) === at);
    const partner = ([name, figure]) => make("button", { type: "button", title: name, onclick: () => {
      const element = byId(`f${report}-${figure}`);
      choose(element); reveal(element, true);
    } }, textOf(report, figure), " ", make("small", {}, name));
    const elsewhere = (check.elsewhere ?? []).map(([name, text, path]) =>
      make("div", {}, text, " ", make("small", {}, `${name}: ${path ? fill(words.elsewhere, path) : words.notPrinted}`)));
    const computed = check.computed && (check.computed[0] === check.computed[1]
      ? fill(words.computed, check.computed[1]) : fill(words.prints, check.computed[0], check.computed[1]));
    return make("div", { class: "check " + check.verdict },
      make("div", {}, make("span", { class: "verdict" }, words.verdicts[check.verdict] ?? check.verdict), " ",
        make("code", {}, check.rule), check.suppressed ? ` (${words.suppressed})` : null),
      check.message ? make("div", {}, check.message) : null,
      check.arithmetic ? make("div", { class: "sum" }, make("b", {}, check.arithmetic)) : null,
      computed ? make("div", { class: "sum" }, computed) : null,
      others.length ? make("div", { class: "partners" }, ...others.slice(0, 40).map(partner), others.length > 40 ? "…" : null) : null,
      ...elsewhere,
      check.finding === undefined ? null
        : make("button", { type: "button", class: "link", onclick: () => goTo(byId(`n${report}-${check.finding}`)) }, words.show));
  };

  // Shows a figure: what it stands for, its checks, its partners lit up.
  let chosen = null;
  const choose = (element) => {
    const at = parse(element?.id);
    if (!at) return;
    dim();
    chosen = element;
    enter(element);
    const data = dataOf(at.report), figure = data.figures[at.number] ?? {}, text = element.textContent;
    const checks = (figure.checks ?? []).map((number) => data.checks[number]);
    checks.forEach((check) => lightParts(at.report, check));
    light(element, "chosen");
    const row = (name, value) => (value == null ? [] : [make("dt", {}, name), make("dd", {}, value)]);
    panel.replaceChildren(
      make("button", { type: "button", class: "close", "aria-label": words.close, title: words.close, onclick: close }, "×"),
      make("h2", {}, text),
      make("div", {}, words.states[stateOf(element)]),
      make("dl", {}, ...row(words.value, figure.class ? null : meaning(figure, text)), ...row(words.label, figure.label), ...row(words.place, figure.at)),
      checks.length ? make("h3", {}, `${words.checks} (${checks.length})`)
        : make("p", {}, figure.class ? fill(words.none, words.classes[figure.class] ?? figure.class) : words.unchecked),
      ...checks.slice(0, 30).map((check) => showCheck(at.report, check, at.number)), checks.length > 30 ? "…" : "");
    panel.hidden = false;
    panel.scrollTop = 0;
  };
  const close = () => {
    const inside = panel.contains(document.activeElement);
    panel.hidden = true;
    dim();
    if (inside && chosen) chosen.focus();
    chosen = null;
  };

  // Findings, one after the other.
  const notes = [...document.querySelectorAll(".note:not(.known)")];
  const shownNotes = () => notes.filter((note) => !(note.classList.contains("hint") && body.classList.contains("no-hints")));
  let current = null;
  const count = () => {
    const all = shownNotes(), at = all.indexOf(current);
    byId("position").textContent = all.length ? fill(words.position, at < 0 ? "–" : at + 1, all.length) : words.nothing;
    byId("next").disabled = byId("previous").disabled = !all.length;
  };
  const showNote = (note) => {
    const at = parse(note.id);
    dim();
    panel.hidden = true;
    current = note;
    light(note, "chosen");
    const check = byId("d" + at.report) && dataOf(at.report).checks.find((check) => check.finding === at.number);
    if (check) lightParts(at.report, check);
    count();
  };
  const goTo = (note) => {
    if (!note) return;
    showNote(note);
    reveal(note, true);
    live.textContent = byId("position").textContent;
  };
  const move = (by) => {
    const all = shownNotes();
    if (!all.length) return;
    const at = all.indexOf(current);
    goTo(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length]);
  };
  byId("next").addEventListener("click", () => move(1));
  byId("previous").addEventListener("click", () => move(-1));
  count();

  const toggleHelp = () => {
    byId("help").hidden = !byId("help").hidden;
    byId("keys").setAttribute("aria-expanded", String(!byId("help").hidden));
  };
  byId("keys").addEventListener("click", toggleHelp);

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const figure = target?.closest("article .text span[role]");
    if (figure) return choose(figure);
    const link = target?.closest(".parts a");
    if (link) {
      const element = byId(link.getAttribute("href").slice(1));
      event.preventDefault();
      choose(element);
      return reveal(element, true);
    }
    const note = target?.closest(".note");
    if (note && !String(getSelection())) return showNote(note);
    const to = target?.closest(".contents a");
    if (to) byId(to.getAttribute("href").slice(1))?.querySelector("details.body")?.setAttribute("open", "");
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const focus = document.activeElement;
    if (focus?.matches("input:not([type=checkbox]), textarea, select")) return;
    const onFigure = order.has(focus);
    const to = onFigure && { ArrowRight: () => step(focus, 1), ArrowLeft: () => step(focus, -1) }[event.key];
    if (to) {
      const figure = to();
      if (figure) { enter(figure); reveal(figure, true); if (!panel.hidden) choose(figure); }
    } else if (onFigure && (event.key === "Enter" || event.key === " ")) {
      choose(focus);
      panel.focus();
    } else if (event.key === "n" || event.key === "j") move(1);
    else if (event.key === "p" || event.key === "k") move(-1);
    else if (event.key === "t") toggleTheme();
    else if (event.key === "?") toggleHelp();
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  const opened = parse(location.hash.slice(1));
  if (opened?.kind === "f") choose(byId(location.hash.slice(1)));
})();
