import { describe, expect, it } from "vitest";
import { toHomePage } from "./page.ts";

const READY = { origin: "https://pictures.example", model: "darkroom", problems: [] };

describe("the page of a gateway that works", () => {
	it("has the base URL in both forms and the model, each to be copied alone", () => {
		const codes = [...toHomePage(READY, "en").matchAll(/<code>([^<]*)<\/code>/g)].map(([, text]) => text);
		expect(codes).toEqual(["https://pictures.example/v1", "https://pictures.example", "darkroom"]);
		expect(toHomePage(READY, "en")).toContain(
			"<dl><dt>Base URL</dt><dd><code>https://pictures.example/v1</code></dd><dt>Base URL of a client",
		);
	});

	it.each([
		["en", "Darkroom works."],
		["zh", "Darkroom 运行正常。"],
	] as const)("speaks %s", (language, sentence) => {
		const page = toHomePage(READY, language);
		expect(page).toContain(`<html lang="${language}">`);
		expect(page).toContain(sentence);
	});
});

it("the page of a gateway without its settings lists what is missing, and no base URL", () => {
	const page = toHomePage({ ...READY, problems: ["A is not set: run `a`.", "B holds <b>."] }, "en");
	expect(page).toContain("<li>A is not set: run `a`.</li><li>B holds &lt;b&gt;.</li>");
	expect(page).not.toContain("<code>");
});

it("no text becomes markup", () => {
	const page = toHomePage({ ...READY, origin: `https://"><script>&'` }, "en");
	expect(page).toContain("<code>https://&quot;&gt;&lt;script&gt;&amp;&#39;/v1</code>");
});
