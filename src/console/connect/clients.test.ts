import { describe, expect, it } from "vitest";
import PAGE from "../../../docs/clients.md?raw";
import { isGreeting } from "../../prompt/probes.ts";
import { fill, maskKey } from "./client.ts";
import { CLIENTS } from "./clients.ts";

/** The text below a heading, up to the next one of its level. */
function sectionOf(heading: string, level: string): string {
	const [, after = ""] = PAGE.split(`\n${level} ${heading}\n`);
	return after.split(`\n${level} `)[0]?.split("\n## ")[0] ?? "";
}

const HEADINGS = [...sectionOf("Chat clients", "##").matchAll(/^### (.+)$/gm)].map(([, heading]) => heading);
const FILLING = { origin: "https://<your worker>", key: "", model: "darkroom" };
const textOf = (client: object) => fill(JSON.stringify(client), FILLING);

describe("the clients of the page", () => {
	it("are all in the table, in the same order", () => {
		expect(HEADINGS.length).toBeGreaterThan(10);
		expect(CLIENTS.flatMap(({ heading }) => heading ?? [])).toEqual(HEADINGS);
	});

	it.each(CLIENTS.flatMap((client) => (client.heading === null ? [] : [[client.heading, client] as const])))(
		"%s: each address and each setting of the page is in the table",
		(heading, client) => {
			const section = sectionOf(heading, "###");
			const code = [...section.matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text);
			const addresses = code.filter((text) => text.startsWith("https://<your worker>"));
			const settings = code.filter((text) => /^[A-Z][A-Z_]{5,}(?:=|$)/.test(text));
			const shown = textOf(client);
			for (const text of [...addresses, ...settings]) expect(shown).toContain(text.replaceAll('"', '\\"'));
			// An address with /v1 behind it and one without it are not the same to a client.
			const typed = client.fields.map(({ value }) => fill(value, FILLING));
			for (const value of typed) if (value.startsWith("https:")) expect(addresses).toContain(value);
		},
	);

	it("LibreChat's file is the one of the page", () => {
		const [, yaml = ""] = sectionOf("LibreChat", "###").split(/```(?:yaml)?\n/);
		const block = CLIENTS.find(({ id }) => id === "librechat")?.blocks[0]?.text ?? "";
		expect(fill(block, FILLING)).toBe(yaml.trimEnd());
	});

	it("the libraries are named in the page's section of them", () => {
		const libraries = CLIENTS.filter(({ heading }) => heading === null).map(({ name }) => name.replace(/ \(.+/, ""));
		expect(libraries).toEqual(["openai", "openai", "AI SDK"]);
		for (const name of libraries) expect(sectionOf("SDKs", "##")).toContain(name);
	});

	it("each have a name of their own, words in both languages, and no key but the person's", () => {
		expect(new Set(CLIENTS.map(({ id }) => id)).size).toBe(CLIENTS.length);
		for (const { where, fields, blocks, notes } of CLIENTS) {
			for (const { en, zh } of [...(where === null ? [] : [where]), ...fields.map(({ label }) => label), ...notes]) {
				expect(en).not.toBe("");
				expect(zh).not.toBe("");
			}
			expect(fields.length + blocks.length).toBeGreaterThan(0);
			expect(JSON.stringify({ fields, blocks })).not.toMatch(/sk-|localhost/);
		}
	});

	it("greet with words that cost no picture", () => {
		for (const { first } of CLIENTS)
			if (first.kind === "greeting") expect([first.says, isGreeting(first.says)]).toEqual([first.says, true]);
	});
});

it("fills in the address, the key and the model, wherever they stand", () => {
	const filling = { origin: "https://x.test", key: "$& {model}", model: "flux-schnell" };
	expect(fill("A={origin} B={key} C={origin}/v1 D={model} {other}", filling)).toBe(
		"A=https://x.test B=$& {model} C=https://x.test/v1 D=flux-schnell {other}",
	);
});

it.each([
	["sk-dr-alice-Bxuu5ad8B9Ue-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKL", "sk-dr-••••••••IJKL"],
	["sk-darkroom-local", "sk-••••••••ocal"],
	["abcd", "a••••••••"],
	["", "••••••••"],
])("masks %j as %j", (key, masked) => {
	expect(maskKey(key)).toBe(masked);
});
