/** Time to find how a model is asked that is in no catalogue: by fal's schema, by the copy in R2, and by the isolate's memory. */
import { Agent, request } from "node:http";
import { median } from "simple-statistics";
import data from "../../data/fal-image-endpoints.json" with { type: "json" };
import { resolveModel, standingOf } from "../../src/models/names.ts";
import { startGatewayRuntime, startSimulatorRuntime } from "../../test/support/node/runtime.ts";
import { BEARER } from "../draw.ts";
import { atMost, type Case, type Size } from "../figure.ts";

/** More than an isolate remembers, so that the first ones are in R2 alone at the end. */
const ENDPOINTS: Readonly<Record<Size, number>> = { guard: 3, quick: 260, full: 450 };
const LOOKED_AT: Readonly<Record<Size, number>> = { guard: 3, quick: 50, full: 200 };

/** Distance of fal. */
const LATENCY_MS = 20;

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** Returns the time until the whole answer is there, in milliseconds. */
function timeOf(url: string): Promise<number> {
	return new Promise((resolve, reject) => {
		const begun = performance.now();
		request(url, { agent, headers: BEARER }, (response) => {
			response
				.resume()
				.on("end", () =>
					response.statusCode === 200
						? resolve(performance.now() - begun)
						: reject(new Error(`${url}: ${response.statusCode}`)),
				);
		})
			.on("error", reject)
			.end();
	});
}

/** True for an id that the catalogue has no row of. */
function isRaw(id: string): boolean {
	const model = resolveModel(id);
	return model !== null && standingOf(model, { kind: "all" }) !== "row";
}

export const rawModels: Case = async (size) => {
	const simulator = await startSimulatorRuntime({ SIM_LATENCY_MS: String(LATENCY_MS) });
	const gateway = await startGatewayRuntime(simulator.url);
	try {
		const show = (id: string) => timeOf(`${gateway.url}/v1/models/${encodeURIComponent(id)}`);
		const ids = Object.keys(data.endpoints).filter(isRaw);
		const first = ids.slice(0, LOOKED_AT[size]);
		const times = async (names: readonly string[]) => {
			const took: number[] = [];
			for (const name of names) took.push(await show(name));
			return median(took);
		};
		await times(["flux-schnell", "flux-schnell"]);
		const cold = await times(ids.slice(0, ENDPOINTS[size]));
		const kept = await times(first);
		const warm = await times(first);
		const row = await times(first.map(() => "flux-schnell"));
		return {
			figures: [
				{
					name: "a raw model that the isolate knows, to one of the catalogue",
					value: warm / row,
					unit: "×",
					goal: atMost(1.5),
					detail: `${warm.toFixed(2)} ms to ${row.toFixed(2)} ms (medians of ${first.length})`,
				},
				{
					name: "a raw model's schema, fetched",
					value: cold,
					unit: "ms",
					goal: null,
					detail: `fal is ${LATENCY_MS} ms away; the limit is 2,000 ms`,
				},
				{
					name: "a raw model's schema, from R2",
					value: kept,
					unit: "ms",
					goal: null,
					detail: "of an isolate that has forgotten it",
				},
			],
		};
	} finally {
		await gateway.stop();
		await simulator.stop();
	}
};
