// Drives the review page with real clicks and keys: `node review.mjs CHROMIUM FOLDER`. tests/review_page.rs makes the pages in
// FOLDER and runs this. Prints a line for each test; the exit status is 1 if one fails.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "./open.mjs";

const [executable, folder] = process.argv.slice(2);
const browser = await launch(executable);
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const WIDE = { width: 1400, height: 900 };
const NARROW = { width: 380, height: 780 };

// A page in a fresh browser context, without motion, so that what is scrolled to is there at once. Whatever it asks the network for, and every error, is remembered.
const open = async (name, options = {}) => {
  const context = await browser.newContext({ viewport: WIDE, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.troubles = [];
  page.on("request", (request) => request.url().startsWith("file:") || page.troubles.push(`asks for ${request.url()}`));
  page.on("pageerror", (error) => page.troubles.push(String(error)));
  page.on("console", (message) => message.type() === "error" && page.troubles.push(message.text()));
  page.on("dialog", (dialog) => { page.troubles.push(`says ${dialog.message()}`); dialog.dismiss(); });
  await page.goto(pathToFileURL(join(folder, name)).href);
  return page;
};
const text = (page, selector) => page.locator(selector).innerText();
const figure = (page, words) => page.locator("article .text span[id]", { hasText: words }).first();
const onScreen = (page, selector) => page.waitForFunction((selector) => {
  const box = document.querySelector(selector).getBoundingClientRect();
  return box.top > 0 && box.bottom < innerHeight;
}, selector);
const style = (locator, name) => locator.evaluate((element, name) => getComputedStyle(element)[name], name);
const violations = async (page) => {
  await page.addScriptTag({ path: axe });
  // Chunks outside of the window are laid out too, so that all of the page is looked at.
  await page.addStyleTag({ content: ".chunk { content-visibility: visible !important }" });
  const found = await page.evaluate(() => axe.run({ resultTypes: ["violations"] }));
  return found.violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html).join(" | ")}`);
};

const tests = {
  async "findings are gone through by keys and by buttons"() {
    const page = await open("mediation.html");
    assert.equal(await text(page, "#position"), "– / 1");
    await page.keyboard.press("n");
    assert.equal(await text(page, "#position"), "1 / 1");
    const note = page.locator(".note.chosen");
    assert.match(await note.innerText(), /96\.5% = 510件 \/ 528件/);
    assert.match(await note.innerText(), /建议：改为 96\.6%/);
    assert.equal(await page.evaluate(() => document.activeElement.className), "note error chosen");
    assert.deepEqual(await page.locator(".text .lit").allInnerTexts(), ["528件", "510件", "96.5%"]);
    await onScreen(page, ".text span.x");
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".text .lit").count(), 0);
    await page.locator("#previous").click();
    assert.equal(await page.locator(".text .lit").count(), 3);
    return page;
  },

  async "every key goes through several findings, round and round"() {
    const page = await open("settlement.html");
    const seen = [];
    for (const key of ["n", "j", "n", "n", "n", "p", "k", "k"]) {
      await page.keyboard.press(key);
      seen.push((await text(page, "#position")).split(" ")[0]);
    }
    assert.deepEqual(seen, ["1", "2", "3", "4", "1", "4", "3", "2"]);
    assert.equal(await page.locator(".note.chosen").count(), 1);
    return page;
  },

  async "a figure shows its checks and lights its partners up"() {
    const page = await open("mediation.html");
    await figure(page, "510件").click();
    const panel = page.locator("#panel");
    const said = await panel.innerText();
    assert.match(said, /^×?\s*510件/);
    assert.match(said, /恰为 510 件/);
    assert.match(said, /96\.5% = 510件 \/ 528件/);
    assert.match(said, /算得 96\.590…%，应写作 96\.6%/);
    assert.deepEqual(await page.locator(".text .chosen").allInnerTexts(), ["510件"]);
    assert.ok((await page.locator(".text .lit").allInnerTexts()).includes("96.5%"));
    await panel.locator(".partners button", { hasText: "96.5%" }).first().click();
    assert.deepEqual(await page.locator(".text .chosen").allInnerTexts(), ["96.5%"]);
    assert.match(await panel.innerText(), /不小于 96\.45%, 小于 96\.55%|不小于 96\.45%, 不大于 96\.55%/);
    await panel.getByRole("button", { name: "查看说明" }).first().click();
    assert.equal(await page.locator(".note.chosen").count(), 1);
    assert.ok(await panel.isHidden());
    return page;
  },

  async "figures can be reached and opened without a mouse"() {
    const page = await open("mediation.html");
    const focused = () => page.evaluate(() => document.activeElement.textContent);
    await page.locator("article .text span[tabindex='0']").focus();
    const first = await focused();
    await page.keyboard.press("ArrowRight");
    const second = await focused();
    assert.notEqual(first, second);
    await page.keyboard.press("ArrowLeft");
    assert.equal(await focused(), first);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "panel");
    assert.equal(await text(page, "#panel h2"), second);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "close");
    await page.keyboard.press("Escape");
    assert.ok(await page.locator("#panel").isHidden());
    assert.equal(await focused(), second);
    assert.equal(await page.locator("article .text span[tabindex='0']").count(), 1, "one figure is in the order of Tab");
    return page;
  },

  async "what is no quantity says so"() {
    const page = await open("mediation.html");
    await page.locator("[data-state=n]").check();
    await page.locator("article .text span.n", { hasText: "2020年" }).first().click();
    assert.match(await text(page, "#panel"), /读作日期，不是数量/);
    return page;
  },

  async "states are told by more than colour and can be taken out"() {
    const page = await open("settlement.html");
    const lines = {};
    for (const state of ["w", "h", "u"]) lines[state] = await style(page.locator(`.text span.${state}`).first(), "textDecorationStyle");
    assert.deepEqual(lines, { w: "wavy", h: "solid", u: "dotted" });
    assert.equal(await style(page.locator(".text span.x").first(), "outlineStyle"), "solid");
    const holds = page.locator(".text span.h").first();
    assert.equal(await style(holds, "textDecorationLine"), "underline");
    await page.locator("[data-state=h]").uncheck();
    assert.equal(await style(holds, "textDecorationLine"), "none");
    await page.locator("[data-state=h]").check();
    assert.equal(await style(holds, "textDecorationLine"), "underline");
    return page;
  },

  async "light and dark"() {
    const page = await open("settlement.html", { colorScheme: "dark" });
    const paper = () => style(page.locator("body"), "backgroundColor");
    const dark = await paper();
    await page.keyboard.press("t");
    const light = await paper();
    assert.notEqual(dark, light);
    await page.locator("#theme").click();
    assert.equal(await paper(), dark);
    return page;
  },

  async "keys are explained"() {
    const page = await open("letters.html");
    assert.ok(await page.locator("#help").isHidden());
    await page.keyboard.press("?");
    assert.match(await text(page, "#help"), /n or j next finding/);
    await page.locator("#keys").click();
    assert.ok(await page.locator("#help").isHidden());
    return page;
  },

  async "notes stand beside their sentences, and below them where there is no room"() {
    const page = await open("mediation.html");
    const boxes = () => page.evaluate(() => {
      const mark = document.querySelector(".text span.x").getBoundingClientRect();
      const note = document.querySelector(".text .note").getBoundingClientRect();
      const text = document.querySelector(".text .p").getBoundingClientRect();
      return { right: text.right, note: note.left, above: note.top - mark.bottom, beside: Math.abs(note.top - mark.top) };
    });
    await page.keyboard.press("n");
    const wide = await boxes();
    assert.ok(wide.note > wide.right && wide.beside < 80, JSON.stringify(wide));
    await page.setViewportSize(NARROW);
    const narrow = await boxes();
    assert.ok(narrow.note < narrow.right && narrow.above > 0, JSON.stringify(narrow));
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${overflow} pixels too wide`);
    return page;
  },

  async "several reports are listed, and findings lead from one to the next"() {
    const page = await open("several.html");
    const names = await page.locator(".contents a").allTextContents();
    assert.match(names[0], /^settlement\.md/);
    assert.match(names.at(-1), /^clean\.md/);
    await page.locator(".contents summary").click();
    await page.locator(".contents a", { hasText: "clean.md" }).click();
    assert.ok(await figure(page, "38 cases").isVisible(), "a report that was folded opens");
    for (let turn = 0; turn < 5; turn += 1) await page.keyboard.press("n");
    await onScreen(page, ".note.chosen");
    const article = await page.evaluate(() => document.activeElement.closest("article").querySelector("h2").innerText);
    assert.match(article, /letters\.md$/);
    assert.match(await text(page, "article:has(.problems)"), /missing\.md[^]*no such file/);
    return page;
  },

  async "nothing of a report is run or read as markup"() {
    const page = await open("hostile.html");
    assert.match(await text(page, "article .text"), /<script>alert\(1\)<\/script>/);
    await figure(page, "12 cases").click();
    assert.equal(await page.locator("article img, #panel img").count(), 0);
    return page;
  },

  async "the page can be read without its script"() {
    const page = await open("mediation.html", { javaScriptEnabled: false });
    assert.ok(await page.locator(".note.error").isVisible());
    assert.ok(await page.locator("#next").isHidden());
    assert.ok(await page.locator("[data-state=h]").isHidden());
    const link = page.locator(".parts a", { hasText: "510件" });
    const target = (await link.getAttribute("href")).slice(1);
    assert.equal(await text(page, `[id="${target}"]`), "510件");
    return page;
  },

  async "it prints with its notes and without its controls"() {
    const page = await open("mediation.html", { colorScheme: "dark" });
    await figure(page, "510件").click();
    await page.emulateMedia({ media: "print" });
    assert.ok(await page.locator("#next").isHidden());
    assert.ok(await page.locator("#panel").isHidden());
    assert.ok(await page.locator(".note.error").isVisible());
    assert.equal(await style(page.locator("body"), "color"), "rgb(0, 0, 0)");
    assert.ok((await page.pdf()).length > 10_000);
    return page;
  },

  async "nothing keeps anybody from using it"() {
    const page = await open("settlement.html");
    const found = {};
    for (const [scheme, viewport] of [["light", WIDE], ["dark", WIDE], ["light", NARROW], ["dark", NARROW]]) {
      const fresh = await open("settlement.html", { colorScheme: scheme, viewport });
      await fresh.locator("[data-state=n]").check();
      await fresh.keyboard.press("n");
      found[`${scheme} ${viewport.width}`] = await violations(fresh);
      await figure(fresh, "658.5").click();
      found[`${scheme} ${viewport.width}, figure`] = await violations(fresh);
      await fresh.context().close();
    }
    for (const name of ["several.html", "mediation.html", "letters.html"]) {
      const fresh = await open(name);
      found[name] = await violations(fresh);
      await fresh.context().close();
    }
    assert.deepEqual(Object.entries(found).filter(([, all]) => all.length), []);
    return page;
  },
};

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  try {
    const page = await test();
    assert.deepEqual(page.troubles, []);
    await page.context().close();
    console.log(`ok: ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED: ${name}\n${error.stack ?? error}`);
  }
}
await browser.close();
process.exit(failed ? 1 : 0);
