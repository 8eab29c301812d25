import { describe, expect, it } from "vitest";
import { aPrompt, ask, eventually, ORIGIN } from "../../test/support/workerd/gateway.ts";
import { logOf } from "../../test/support/workerd/job-of.ts";

/** Somebody asks under one host, and others read the job under another. */

const OTHER = "https://evil.example";

function createAt(origin: string, prompt: string, headers: Record<string, string> = {}): Promise<Response> {
	const json = { prompt, response_format: "url" };
	return ask(`${origin}/v1/images/generations`, { json, headers });
}

function originsIn(text: string): readonly string[] {
	return [...new Set([...text.matchAll(/(https?:\/\/[^/"\\]+)\/images\//g)].map(([, origin = ""]) => origin))];
}

describe("links", () => {
	it("have the origin of whoever reads: the whole answer, a joined retry, the job, its events and the list", async () => {
		const prompt = aPrompt("sim:quick");
		const headers = { "idempotency-key": crypto.randomUUID() };
		const first = await createAt(OTHER, prompt, headers);
		expect(originsIn(await first.text())).toEqual([OTHER]);
		const job = first.headers.get("x-job-id") ?? "";

		const retry = await createAt(ORIGIN, prompt, headers);
		expect(retry.headers.get("x-job-id")).toBe(job);
		expect(originsIn(await retry.text())).toEqual([ORIGIN]);
		for (const path of [`/v1/jobs/${job}`, `/v1/jobs/${job}/events`, "/v1/jobs?limit=1"])
			expect([path, originsIn(await (await ask(path)).text())]).toEqual([path, [ORIGIN]]);
	});

	it("have the reader's origin in streams that are resumed", async () => {
		for (const [api, body] of [
			["chat/completions", { messages: [{ role: "user", content: aPrompt("sim:quick") }] }],
			["responses", { input: aPrompt("sim:quick") }],
		] as const) {
			const first = await ask(`${OTHER}/v1/${api}`, { json: { ...body, stream: true } });
			expect(originsIn(await first.text())).toEqual([OTHER]);
			const resumed = await ask(`/v1/${api}/${first.headers.get("x-job-id")}?stream=true&starting_after=0`);
			expect(originsIn(await resumed.text())).toEqual([ORIGIN]);
		}
	});

	it("work under the reader's origin", async () => {
		const first = await createAt(OTHER, aPrompt("sim:quick"));
		await first.text();
		const job: { images: { url: string }[] } = await (await ask(`/v1/jobs/${first.headers.get("x-job-id")}`)).json();
		const url = job.images[0]?.url ?? "";
		expect(url.startsWith(`${ORIGIN}/images/`)).toBe(true);
		expect((await ask(url, { headers: { authorization: "" } })).status).toBe(200);
	});
});

it.each(["http://gateway.example", "https://localhost.", "https://169.254.169.254", "https://[fd00::1]"])(
	"asks fal for no webhook to %s, and the picture comes all the same",
	async (origin) => {
		const answer = await createAt(origin, aPrompt("sim:quick"), { prefer: "respond-async" });
		const [accepted] = await logOf(answer.headers.get("x-job-id") ?? "");
		expect(accepted).toMatchObject({ type: "accepted", webhook: null });
		const look = async () => (await ask(answer.headers.get("location") ?? "")).json<{ status: string }>();
		await eventually(look, ({ status }) => status === "succeeded");
	},
);
