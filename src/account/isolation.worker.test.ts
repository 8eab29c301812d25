import { exports } from "cloudflare:workers";
import { expect, it } from "vitest";
import { aPrompt, ask, chunksOf, ORIGIN, streamChat, submitsOf } from "../../test/support/workerd/gateway.ts";
import { advance, listingOf, logOf, requestIdOf } from "../../test/support/workerd/job-of.ts";
import { ROUTES } from "../routes.ts";

const OTHER = { authorization: "Bearer test-key-of-other" };
function jobOf(response: Response): string {
	return response.headers.get("x-job-id") ?? "";
}

it("hides a job from another account, on every route", async () => {
	const prompt = aPrompt("sim:hold");
	const key = { "idempotency-key": crypto.randomUUID() };
	const response = await streamChat(prompt);
	const job = jobOf(response);
	await requestIdOf(prompt);
	const before = await logOf(job);

	const ids = [job, `job_${job}`, `chatcmpl-${job}`, `resp_${job}`];
	const tried = ROUTES.filter(
		(route) =>
			route.access === "key" &&
			route.scope !== "admin" &&
			route.path.includes(":id") &&
			!route.path.startsWith("/v1/models"),
	);
	expect(tried.length).toBeGreaterThanOrEqual(5);
	for (const { method, path } of tried) {
		for (const id of ids) {
			for (const query of ["", "?stream=true&starting_after=0"]) {
				const url = `${path.replace(":id", id)}${query}`;
				const answer = await ask(url, { method, headers: OTHER });
				expect([url, answer.status]).toEqual([url, 404]);
				expect(await answer.text()).not.toContain(prompt);
				expect((await ask(url, { method, headers: { authorization: "Bearer nobody's" } })).status).toBe(401);
			}
		}
	}
	for (const { method, path } of ROUTES.filter((route) => route.access === "key" && route.scope === "admin")) {
		const answer = await ask(path.replace(/:\w+/, "other"), { method, headers: OTHER });
		expect([method, path, answer.status]).toEqual([method, path, 403]);
	}
	const list: { data: { id: string }[] } = await (await ask("/v1/jobs", { headers: OTHER })).json();
	expect(list.data.map(({ id }) => id)).not.toContain(`job_${job}`);
	expect(await logOf(job)).toEqual(before);

	// The same request of another account, as a retry and under the same key, makes a job of its own.
	const body = JSON.stringify({
		model: "imagen4-preview",
		stream: true,
		messages: [{ role: "user", content: prompt }],
	});
	const send = (headers: Record<string, string>) =>
		exports.default.fetch(`${ORIGIN}/v1/chat/completions`, { method: "POST", body, headers });
	const mine = await send({ authorization: "Bearer test-key-of-owner", ...key });
	const theirs = await send({ ...OTHER, ...key, "x-stainless-retry-count": "2" });
	expect(new Set([jobOf(mine), jobOf(theirs), job]).size).toBe(3);
	expect(await listingOf(jobOf(theirs), "other")).toHaveLength(1);
	expect(await listingOf(jobOf(theirs), "owner")).toHaveLength(0);
	expect(await submitsOf(prompt)).toBe(3);

	await advance(prompt, "COMPLETED");
	await Array.fromAsync(chunksOf(response));
	await mine.body?.cancel();
	await theirs.body?.cancel();
});
