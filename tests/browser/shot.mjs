// Takes the picture of docs/review-page.md: `node shot.mjs CHROMIUM PAGE.html OUT.png`, at the page's first finding.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "./open.mjs";

const [executable, from, to] = process.argv.slice(2);
const browser = await launch(executable);
const page = await browser.newPage({ viewport: { width: 1180, height: 680 }, reducedMotion: "reduce", colorScheme: "light" });
await page.goto(pathToFileURL(resolve(from)).href);
await page.keyboard.press("n");
await page.waitForTimeout(500);
await page.screenshot({ path: to });
await browser.close();
