/** A mask that paints by transparency is turned into one that paints in white: the time, and the growth of the process. */
import sharp from "sharp";
import { max, median } from "simple-statistics";
import { cpuMs, peakDuring, residentBytes } from "../../test/support/node/processes.ts";
import { startWorkerd, type Workerd } from "../../test/support/node/runtime.ts";
import { atMost, type Case, type Size } from "../figure.ts";

const SIZES: Readonly<Record<Size, { readonly side: number; readonly warmUps: number; readonly rounds: number }>> = {
	guard: { side: 512, warmUps: 1, rounds: 1 },
	quick: { side: 8_192, warmUps: 3, rounds: 5 },
	full: { side: 8_192, warmUps: 5, rounds: 15 },
};

const MB = 1024 * 1024;

export const masks: Case = async (size) => {
	const { side, warmUps, rounds } = SIZES[size];
	const worker = await startWorkerd("bench/workers/masks/wrangler.toml");
	try {
		const plain = await keep(worker, "plain", await brushed(side, false));
		const filtered = await keep(worker, "filtered", await brushed(side, true));
		for (let round = 0; round < warmUps; round += 1) for (const turn of [plain, filtered]) await turn();
		const times: Record<"plain" | "filtered", number[]> = { plain: [], filtered: [] };
		const growths: number[] = [];
		const cpuBefore = cpuMs(worker.pid);
		for (let round = 0; round < rounds; round += 1) {
			for (const [name, turn] of [
				["plain", plain],
				["filtered", filtered],
			] as const) {
				const [begun, before] = [performance.now(), residentBytes(worker.pid)];
				const { peak } = await peakDuring(() => residentBytes(worker.pid), turn);
				times[name].push(performance.now() - begun);
				growths.push((peak - before) / MB);
			}
		}
		const cpu = (cpuMs(worker.pid) - cpuBefore) / growths.length;
		const [ofPlain, ofFiltered] = [median(times.plain), median(times.filtered)];
		return {
			figures: [
				{
					name: `a mask of ${side} × ${side} turned`,
					value: Math.max(ofPlain, ofFiltered),
					unit: "ms",
					goal: atMost(2_000),
					detail: `${ofPlain.toFixed(0)} ms without filters, ${ofFiltered.toFixed(0)} ms with those that its encoder chose; medians of ${rounds}, from R2 to R2; ${cpu.toFixed(0)} ms of CPU, R2's own included`,
				},
				{
					name: `growth while a mask of ${side} × ${side} is turned`,
					value: max(growths),
					unit: "MB",
					goal: atMost(8),
					detail: `highest of ${growths.length}, each from its beginning to its peak, after ${2 * warmUps} others`,
				},
			],
		};
	} finally {
		await worker.stop();
	}
};

/** Draws a mask as a person does with a soft brush: a stroke through an opaque picture. */
function brushed(side: number, adaptiveFiltering: boolean): Promise<Buffer> {
	const stroke = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"><path d="M${side * 0.6} ${side * 0.1} Q${side * 0.9} ${side * 0.5} ${side * 0.6} ${side * 0.9}" stroke="#000" stroke-width="${side / 5}" stroke-linecap="round" fill="none"/></svg>`;
	return sharp({ create: { width: side, height: side, channels: 4, background: "#fff" } })
		.composite([{ input: Buffer.from(stroke), blend: "dest-out" }])
		.png({ adaptiveFiltering })
		.toBuffer();
}

/** Returns what turns it, and throws unless it is turned. */
async function keep({ url }: Workerd, name: string, png: Buffer): Promise<() => Promise<void>> {
	const address = `${url}/${name}/16`;
	await fetch(address, { method: "PUT", body: new Uint8Array(png) });
	return async () => {
		const response = await fetch(address, { method: "POST" });
		const answer = await response.text();
		if (!response.ok) throw new Error(`the mask is not turned: ${answer}`);
	};
}
