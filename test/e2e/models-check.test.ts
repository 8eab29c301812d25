/** `npm run models:check` against a simulator's schemas, and against schemas that moved. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EXIT, run } from "../../scripts/models-check/run.ts";
import { startServer } from "../support/node/http-server.ts";
import { startSimulatorRuntime, type Workerd } from "../support/node/runtime.ts";

const PATH = "/api/openapi/queue/openapi.json";

let simulator: Workerd;
let moved: Awaited<ReturnType<typeof startServer>>;

beforeAll(async () => {
	simulator = await startSimulatorRuntime();
	moved = await startServer(async (request, response) => {
		const answer = await fetch(`${simulator.url}${request.url}`);
		const id = new URL(request.url ?? "", "http://localhost").searchParams.get("endpoint_id") ?? "";
		const schema = await answer.text();
		const { status, body } = CHANGES.get(id)?.(schema) ?? { status: answer.status, body: schema };
		response.writeHead(status).end(body);
	});
});
afterAll(async () => {
	moved?.close();
	await simulator?.stop();
});

type Change = (schema: string) => { readonly status: number; readonly body: string };

/** Changes the schemas of endpoints. */
const CHANGES: ReadonlyMap<string, Change> = new Map<string, Change>([
	["fal-ai/flux/schnell", () => ({ status: 404, body: "{}" })],
	["fal-ai/flux-2", (schema) => ({ status: 200, body: schema.replaceAll('"seed"', '"random_seed"') })],
	["ideogram/v4", (schema) => ({ status: 200, body: schema.replaceAll('"TURBO"', '"FLASH"') })],
	["fal-ai/recraft/vectorize", () => ({ status: 503, body: "later" })],
	["fal-ai/sana", () => ({ status: 200, body: "<html>" })],
]);

async function check(url: string) {
	const lines: string[] = [];
	const code = await run(`${url}${PATH}`, (line) => lines.push(line));
	return { code, lines };
}

describe("npm run models:check", () => {
	it("finds that the simulator has each endpoint as the rows say, but for those that fal has no longer", async () => {
		const { code, lines } = await check(simulator.url);
		// The simulator still has what fal has not.
		const back = "fal has it, and the row says that it is gone";
		expect(lines.slice(0, -1).toSorted()).toEqual([
			`fal-ai/imagen4/preview/fast: ${back}`,
			`fal-ai/imagen4/preview/ultra: ${back}`,
			`fal-ai/imagen4/preview: ${back}`,
		]);
		expect(lines.at(-1)).toMatch(/^\d+ endpoints: \d+ as the rows say, 3 moved, 0 not asked$/);
		expect(code).toBe(EXIT.moved);
	});

	it("prints what moved, and what it could not ask", async () => {
		const { code, lines } = await check(moved.url);
		expect(lines).toEqual(
			expect.arrayContaining([
				"fal-ai/flux/schnell: fal does not have it",
				"fal-ai/flux-2: seed: fal has no such input",
				"ideogram/v4: rendering_speed: fal has no word TURBO",
				"ideogram/v4: rendering_speed: fal has the word FLASH, too",
				"fal-ai/recraft/vectorize: fal answered 503",
			]),
		);
		expect(lines.find((line) => line.startsWith("fal-ai/sana: "))).toMatch(/JSON/);
		expect(lines.at(-1)).toMatch(/ 6 moved, 2 not asked$/);
		expect(code).toBe(EXIT.moved);
	});
});
