/** `npm run doctor` against a simulator that plays fal, behind a proxy that changes some of its answers. */
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Change, startChangingProxy } from "../support/node/changing-proxy.ts";
import { checkout, endGroup, freePort } from "../support/node/gateway.ts";
import { startSimulatorRuntime, type Workerd } from "../support/node/runtime.ts";
import { json } from "../support/node/sim-client.ts";

const KEY = "c0ffee00-1111-2222-3333-444455556666:5ec2e7c0ffee5ec2e7";
const ADMIN_KEY = "admin-c0ffee:ad31n5ec2e7";

/** Two interviews, with two pictures each. */
const RUN_TIMEOUT_MS = 180_000;

let simulator: Workerd;
let fal: Awaited<ReturnType<typeof startChangingProxy>>;
let project: ReturnType<typeof checkout>;

beforeAll(async () => {
	// A checkout has no .dev.vars, which could hold somebody's real key.
	project = checkout();
	simulator = await startSimulatorRuntime();
	fal = await startChangingProxy(simulator.url);
});
afterAll(async () => {
	fal?.close();
	await simulator?.stop();
	project?.remove();
});
afterEach(async () => {
	fal.setChange(() => null);
	fal.requests.length = 0;
	await fetch(`${simulator.url}/sim/scenario`, { method: "DELETE" });
});

function start(args: readonly string[], vars: Readonly<Record<string, string>> = {}) {
	const child = spawn("node_modules/.bin/node", ["scripts/doctor.ts", ...args], {
		cwd: project.folder,
		env: { ...process.env, FAL_QUEUE_URL: fal.url, FAL_API_KEY: KEY, FAL_ADMIN_KEY: ADMIN_KEY, ...vars },
		stdio: ["ignore", "pipe", "pipe"],
		detached: true,
	});
	const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
	return { child, result: Promise.all([ended, text(child.stdout), text(child.stderr)]) };
}

async function run(args: readonly string[], vars: Readonly<Record<string, string>> = {}) {
	const { child, result } = start(args, vars);
	try {
		const [code, out, progress] = await result;
		return { code, out, progress };
	} finally {
		await endGroup(child, "SIGKILL");
	}
}

type Row = {
	readonly id: string;
	readonly verdict: string;
	readonly differences: readonly { readonly case: string; readonly fact: string; readonly matters: boolean }[];
};

async function report(args: readonly string[]) {
	const { code, out, progress } = await run(["--yes", "--json", ...args]);
	const { questions }: { questions: readonly Row[] } = JSON.parse(out);
	return { code, out, progress, questions };
}

/** Lists the questions whose verdict is none of these. */
function others(questions: readonly Row[], ...verdicts: readonly string[]) {
	return questions.filter(({ verdict }) => !verdicts.includes(verdict)).map(({ id, verdict }) => [id, verdict]);
}

function differencesOf(questions: readonly Row[]) {
	return questions.flatMap(({ id, differences }) =>
		differences.map(({ case: name, fact, matters }) => `${id} | ${name} | ${fact}${matters ? " | matters" : ""}`),
	);
}

async function publicAddress() {
	const port = await freePort();
	return ["--public-url", `http://127.0.0.1:${port}`, "--webhook-port", `${port}`];
}

/** Changes the simulator's answers, by the path of the request. */
const CHANGES: Change = ({ method, path, authorization }, { status, headers, body }) => {
	const part = /\/requests\/[^/]+(.*?)(\?|$)/.exec(path)?.[1];
	if (authorization.startsWith("Key bad-key")) return { status: 403 };
	if (part === "/status" && body.includes("IN_QUEUE")) return { status: 200 };
	if (part === "/status/stream") return { headers: { "content-type": "application/octet-stream" } };
	if (part === "" && status === 200) return { headers: { ...headers, "x-fal-surprise": "7" } };
	if (part === "" && body.includes("client_cancelled")) return { body: body.replace(/,"error_type":"[^"]*"/, "") };
	if (path.startsWith("/files/")) return { headers: { "content-length": "" } };
	if (path.startsWith("/api/openapi") && status === 200) return { status: 404 };
	if (path.startsWith("/v1/models/pricing"))
		return { status: 500, body: JSON.stringify({ detail: `no ${authorization}` }) };
	if (path.startsWith("/.well-known/")) return { body: body.replace(/"x":"./, '"x":"A') };
	if (method === "POST" && path.startsWith("/fal-ai/flux/schnell"))
		return { body: body.replace(/,"queue_position":\d+/, "") };
	return null;
};

describe("npm run doctor", () => {
	it("agrees where nothing is changed", { timeout: RUN_TIMEOUT_MS }, async () => {
		const { code, questions, progress } = await report(await publicAddress());
		expect(others(questions, "agree")).toEqual([]);
		expect(code).toBe(0);
		expect(progress).toContain("It costs one small picture");
		const submits = fal.requests.filter(({ method, path }) => method === "POST" && path.includes("schnell"));
		// A picture, a cancelled one, an input that is refused, and two with a wrong key or none.
		expect(submits).toHaveLength(5);
	});

	it("differs exactly where an answer is changed, and shows no key", { timeout: RUN_TIMEOUT_MS }, async () => {
		fal.setChange(CHANGES);
		const { code, out, progress, questions } = await report(await publicAddress());
		expect(differencesOf(questions)).toEqual([
			"schema | a model | status | matters",
			"pricing | a model | status | matters",
			"pricing | a model | body.prices | matters",
			"pricing | a model | body.has_more",
			"pricing | a model | body.detail",
			"wrong-key | submit, wrong key | status | matters",
			"wrong-key | status, wrong key | status | matters",
			"invalid-input | its submit | body.queue_position",
			"submit | submit | body.queue_position",
			"status | IN_QUEUE | status",
			"stream | stream | content-type | matters",
			"file | file | content-length | matters",
			"cancelled | its result | body.error_type",
			"headers | result | x-fal-surprise",
			"webhook | OK | signature | matters",
		]);
		expect(code).toBe(1);
		const changed = new Set(differencesOf(questions).map((line) => line.split(" | ")[0]));
		expect(
			others(
				questions.filter(({ id }) => !changed.has(id)),
				"agree",
			),
		).toEqual([]);
		for (const secret of [KEY, ADMIN_KEY, ...KEY.split(":"), ADMIN_KEY.split(":")[1] ?? ""]) {
			expect(`${out}${progress}`).not.toContain(secret);
		}
		expect(out).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
		expect(out).toContain("no Key <secret>");
	});

	it(
		"prints a table of the questions that are asked for, and submits nothing that they do not need",
		async () => {
			const { code, out } = await run(["--yes", "--only", "jwks,unknown-request"]);
			expect(out).toContain("| `jwks` | agree |  |\n| `unknown-request` | agree |  |\n");
			expect(code).toBe(0);
			expect(fal.requests.filter(({ method }) => method === "POST")).toEqual([]);
		},
		RUN_TIMEOUT_MS,
	);

	it("cancels what it has submitted when it is interrupted", { timeout: RUN_TIMEOUT_MS }, async () => {
		await fetch(`${simulator.url}/sim/scenario`, { method: "POST", body: JSON.stringify({ name: "hold" }) });
		const { child, result } = start(["--yes", "--only", "result"]);
		const polled = () => fal.requests.some(({ path }) => path.includes("/status?"));
		await expect.poll(polled, { timeout: RUN_TIMEOUT_MS / 2 }).toBe(true);
		process.kill(-(child.pid ?? 0), "SIGINT");
		const [code, out, progress] = await result;
		expect([code, out]).toEqual([2, ""]);
		expect(progress).toContain("Cancelled 1 ");
		const [path = ""] = fal.requests.filter(({ method }) => method === "PUT").map(({ path }) => path);
		const id = path.split("/").at(-2);
		const request = await fetch(`${simulator.url}/sim/requests/${id}`);
		expect(await json(request)).toMatchObject({ moment: { status: "COMPLETED", ending: "cancelled" } });
	});

	it.each([
		["there is no key", ["--yes"], { FAL_API_KEY: "" }, "FAL_API_KEY is not set", 0],
		["nobody says yes", [], {}, "Nothing was asked", 0],
		["an option is wrong", ["--only", "nothing"], {}, "no question 'nothing'", 0],
		["the key is refused", ["--yes"], { FAL_API_KEY: "bad-key:x" }, "refuses FAL_API_KEY", 1],
		["the queue cannot be reached", ["--yes"], { FAL_QUEUE_URL: "http://127.0.0.1:1" }, "cannot be asked", 0],
	])("asks nothing and ends with 2 if %s", async (_, args, vars, sentence, asked) => {
		const { code, out, progress } = await run(args, vars);
		expect([code, out]).toEqual([2, ""]);
		expect(progress).toContain(sentence);
		expect(fal.requests).toHaveLength(asked);
	});

	it("lists its questions without a key", async () => {
		const { code, out } = await run(["--list"], { FAL_API_KEY: "" });
		expect([code, out.match(/^[a-z-]+: .*\?/gm)?.length]).toEqual([0, 22]);
	});
});
