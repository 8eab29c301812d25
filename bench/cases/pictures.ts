/**
 * A stored picture by its signed link, against a Worker that serves the same bytes from its bucket and checks nothing; and the same with a
 * hundred times as many pictures in the bucket.
 */
import autocannon from "autocannon";
import { median } from "simple-statistics";
import { startGatewayRuntime, startSimulatorRuntime, startWorkerd } from "../../test/support/node/runtime.ts";
import { draw } from "../draw.ts";
import { atLeast, atMost, type Case, type Figure, type Size } from "../figure.ts";
import { interleaved } from "../interleaved.ts";

export const pictures: Case = async (size) => {
	const [simulator, floor] = await Promise.all([
		startSimulatorRuntime(),
		startWorkerd("bench/workers/floors/wrangler.toml"),
	]);
	const [gateway, crowded] = await Promise.all([
		startGatewayRuntime(simulator.url),
		startGatewayRuntime(simulator.url),
	]);
	const { rounds, more } = SIZES[size];
	try {
		const figures: Figure[] = [];
		const compare = async (name: string, floorUrl: string, link: string, load: Omit<Load, "url">) => {
			const sides = { ours: { ...load, url: link }, floor: { ...load, url: floorUrl } };
			await Promise.all(Object.values(sides).map(requestsPerSecond));
			const rates = await interleaved(rounds, {
				ours: () => requestsPerSecond(sides.ours),
				floor: () => requestsPerSecond(sides.floor),
			});
			const [ours, floorRate] = [median([...rates.ours]), median([...rates.floor])];
			figures.push({
				name: `${name}, requests a second : Worker and R2 alone`,
				value: ours / floorRate,
				unit: "×",
				goal: atLeast(0.8),
				detail: `${Math.round(ours)} : ${Math.round(floorRate)} a second, medians of ${rounds} times ${load.amount} over ${CONNECTIONS} connections`,
			});
		};

		for (const { label, bytes, amount } of PICTURES) {
			const {
				links: [link = ""],
			} = await draw(gateway.url, `sim:bytes=${bytes}`);
			const floorUrl = `${floor.url}/picture/${bytes}`;
			const picture = await fetch(link);
			const stored = await fetch(floorUrl, { method: "PUT", body: await picture.arrayBuffer() });
			if (stored.status !== 204) throw new Error(`the floor answers ${stored.status}`);
			const etag = picture.headers.get("etag") ?? "";
			await compare(`picture of ${label}`, floorUrl, link, { amount: amount[size], status: 200 });
			if (label === "64 KB") await compare("picture, 304", floorUrl, link, { amount: amount[size], status: 304, etag });
		}

		const [{ links: alone }, { links: among }] = [await draw(gateway.url, SMALL), await draw(crowded.url, SMALL)];
		for (let drawn = 0; drawn < more; drawn += 1) await draw(crowded.url, SMALL, 4);
		const [few = "", many = ""] = [alone[0], among[0]];
		const rate = (url: string) => () => requestsPerSecond({ url, status: 200, amount: SMALL_AMOUNT[size] });
		await Promise.all([rate(few)(), rate(many)()]);
		const rates = await interleaved(rounds, { few: rate(few), many: rate(many) });
		const [before, after] = [1000 / median([...rates.few]), 1000 / median([...rates.many])];
		figures.push({
			name: `picture's time among ${1 + 4 * more} of its account : among a few`,
			value: after / before,
			unit: "×",
			goal: atMost(1.25),
			detail: `${after.toFixed(2)} : ${before.toFixed(2)} ms, medians of ${rounds} times ${SMALL_AMOUNT[size]} requests`,
		});
		return { figures };
	} finally {
		await Promise.all([gateway, crowded, floor, simulator].map((worker) => worker.stop()));
	}
};

const SIZES: Readonly<Record<Size, { readonly rounds: number; readonly more: number }>> = {
	guard: { rounds: 1, more: 1 },
	quick: { rounds: 3, more: 25 },
	full: { rounds: 5, more: 100 },
};

const SMALL = "sim:bytes=65536";
const SMALL_AMOUNT: Readonly<Record<Size, number>> = { guard: 20, quick: 200, full: 500 };
const LARGE_AMOUNT: Readonly<Record<Size, number>> = { guard: 8, quick: 16, full: 40 };

/** A small picture measures a request, and a large one its bytes. */
const PICTURES = [
	{ label: "64 KB", bytes: 65_536, amount: SMALL_AMOUNT },
	{ label: "1.5 MB", bytes: 1_500_000, amount: LARGE_AMOUNT },
];

const CONNECTIONS = 8;

interface Load {
	readonly url: string;
	readonly amount: number;
	readonly status: 200 | 304;
	readonly etag?: string;
}

async function requestsPerSecond({ url, amount, status, etag }: Load): Promise<number> {
	const headers = etag === undefined ? {} : { "if-none-match": etag };
	// autocannon notices its end only when it takes a sample.
	const result = await autocannon({ url, amount, connections: CONNECTIONS, headers, sampleInt: 10 });
	const answered = status === 200 ? result["2xx"] : result["3xx"];
	if (answered !== amount) throw new Error(`${url}: ${answered} of ${amount} had status ${status}`);
	return (amount * 1000) / (result.finish.getTime() - result.start.getTime());
}
