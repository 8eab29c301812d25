/** Runs every example of the documents against `npm start`, and compares each answer with the one that is shown. */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { npmStart } from "../support/node/npm-start.ts";
import { DOCUMENTED, DOCUMENTED_SIMULATOR, readExamples } from "./examples.ts";
import { runExamples } from "./run-examples.ts";
import { differences } from "./shown-answer.ts";

const PAGES = [
	"README.md",
	"docs/api.md",
	"docs/clients.md",
	"docs/keys.md",
	"docs/one-box.md",
	"docs/operating.md",
].map((page) => ({
	page,
	examples: readExamples(readFileSync(page, "utf8")),
}));

let address: string;
let simulator: string;

beforeAll(async () => {
	const started = await npmStart();
	({ address, simulator } = started);
	return started.stop;
});

describe.each(PAGES)("$page", ({ examples }) => {
	let answers: readonly string[] = [];
	beforeAll(async () => {
		answers = await runExamples(examples.map(({ command }) => atTestedAddresses(command)));
	}, 200_000);

	it.each(examples.map((example, number) => ({ ...example, number })))("$title", ({ shown, number }) => {
		expect(differences(atTestedAddresses(shown), answers[number] ?? "")).toEqual([]);
	});
});

function atTestedAddresses(text: string): string {
	return text.replaceAll(DOCUMENTED, address).replaceAll(DOCUMENTED_SIMULATOR, simulator);
}
