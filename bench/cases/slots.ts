/** Counts at the objects what each further fal request of a job of ten pictures takes, beside a job of one. */
import { NOTHING_COUNTED, startCountedGateway, waitForAfterwork } from "../counted-gateway.ts";
import { atMost, type Case, type Size } from "../figure.ts";

/** It draws one picture in a request. */
const MODEL = "flux-2-pro";
const PICTURES = 10;
const PLAN = "sim:logs=4";
const JOB_S: Readonly<Record<Size, number>> = { guard: 1, quick: 5, full: 5 };

export const slots: Case = async (size) => {
	const gateway = await startCountedGateway();
	try {
		const countJob = async (n: number) => {
			const before = await gateway.counts();
			await gateway.watchJob(JOB_S[size], PLAN, { model: MODEL, n });
			await waitForAfterwork();
			const grown = (of: "rows" | "requests" | "awakeMs", now: typeof before) =>
				Object.entries(now).reduce((sum, [id, counts]) => sum + counts[of] - (before[id] ?? NOTHING_COUNTED)[of], 0);
			const after = await gateway.counts();
			return { rows: grown("rows", after), requests: grown("requests", after), awakeMs: grown("awakeMs", after) };
		};
		// The first job of an account creates the table.
		await countJob(1);
		const [one, ten] = [await countJob(1), await countJob(PICTURES)];
		const each = (of: keyof typeof one) => (ten[of] - one[of]) / (PICTURES - 1);
		return {
			figures: [
				{
					name: `rows of each further request in a job of ${JOB_S[size]} s`,
					value: each("rows"),
					unit: "rows",
					goal: atMost(6),
					detail: `${ten.rows} rows for ${PICTURES} pictures in ${PICTURES} requests, ${one.rows} for one, with the account's`,
				},
				{
					name: `object requests of each further request in a job of ${JOB_S[size]} s`,
					value: each("requests"),
					unit: "requests",
					goal: atMost(2),
					detail: `${ten.requests} and ${one.requests}; awake ${ten.awakeMs.toFixed(0)} ms and ${one.awakeMs.toFixed(0)} ms`,
				},
			],
		};
	} finally {
		await gateway.stop();
	}
};
