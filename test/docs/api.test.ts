/** Runs every example of the documents against `npm start`, and compares each answer with the one that is shown. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { checkout, end, freePort } from "../support/node/gateway.ts";
import { DOCUMENTED, readExamples } from "./examples.ts";
import { runExamples } from "./run-examples.ts";
import { differences } from "./shown-answer.ts";

const PAGES = ["README.md", "docs/api.md", "docs/clients.md"].map((page) => ({
	page,
	examples: readExamples(readFileSync(page, "utf8")),
}));

let address: string;

beforeAll(async () => {
	const project = checkout();
	const [port, simPort] = [await freePort(), await freePort()];
	const child = spawn("npm", ["start", "--silent"], {
		cwd: project.folder,
		env: { ...process.env, PORT: `${port}`, SIM_PORT: `${simPort}` },
		stdio: ["ignore", "pipe", "ignore"],
		detached: true,
	});
	address = `localhost:${port}`;
	let said = "";
	for await (const piece of child.stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
		said += piece;
		if (said.includes("Try:")) break;
	}
	child.stdout.resume();
	return async () => {
		await end(child);
		project.remove();
	};
});

describe.each(PAGES)("$page", ({ examples }) => {
	let answers: readonly string[] = [];
	beforeAll(async () => {
		answers = await runExamples(examples.map(({ command }) => command.replaceAll(DOCUMENTED, address)));
	}, 200_000);

	it.each(examples.map((example, number) => ({ ...example, number })))("$title", ({ shown, number }) => {
		expect(differences(shown.replaceAll(DOCUMENTED, address), answers[number] ?? "")).toEqual([]);
	});
});
