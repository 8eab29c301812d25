import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { aPrompt, ask, eventually } from "../../test/support/workerd/gateway.ts";
import { drawAllTheSame, listingOf, logOf, tablesOf } from "../../test/support/workerd/job-of.ts";
import { makeContext } from "../../test/support/workerd/make-context.ts";
import { cancelJob, deleteJob } from "./commands.ts";

const other = makeContext({ caller: { account: "other", key: null, scopes: [] } });

async function aHeldJob(prompt = aPrompt("sim:hold")): Promise<string> {
	const json = { prompt };
	const made = await ask("/v1/images/generations", { json, headers: { prefer: "respond-async" } });
	await made.text();
	return made.headers.get("x-job-id") ?? "";
}

async function typesOf(job: string) {
	return (await logOf(job)).map(({ type }) => type);
}

describe.each([
	["cancelJob", cancelJob],
	["deleteJob", deleteJob],
])("%s", (_, command) => {
	it("returns false for a job of another account, and leaves it alone", async () => {
		const job = await aHeldJob();
		expect(await command(other, job)).toBe(false);
		const types = await typesOf(job);
		for (const type of ["cancelling", "cancelled", "deleting"]) expect(types).not.toContain(type);
	});

	it("returns false for a job that does not exist, and writes nothing", async () => {
		const never = env.JOB.newUniqueId().toString();
		expect(await command(makeContext(), never)).toBe(false);
		expect(await tablesOf(never)).toEqual([]);
	});
});

it("cancelJob cancels a job once, and is no error when the job has ended", async () => {
	const job = await aHeldJob();
	expect(await cancelJob(makeContext(), job)).toBe(true);
	await eventually(
		() => typesOf(job),
		(types) => types.includes("cancelled"),
	);
	const before = await logOf(job);
	expect(await cancelJob(makeContext(), job)).toBe(true);
	expect(await logOf(job)).toEqual(before);
});

it("deleteJob makes a job vanish at once, and leaves nothing of it", async () => {
	const prompt = aPrompt("sim:hold sim:cancel=ignored");
	const job = await aHeldJob(prompt);
	expect(await deleteJob(makeContext(), job)).toBe(true);
	expect(await deleteJob(makeContext(), job)).toBe(false);
	await drawAllTheSame(prompt);
	await eventually(
		() => tablesOf(job),
		(tables) => tables.length === 0,
	);
	expect(await listingOf(job)).toEqual([]);
});
