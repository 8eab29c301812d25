/** Counts at the objects what Cloudflare bills for a watched job, by its length, with its deletion. */
import { mean } from "simple-statistics";
import { PING_EVERY_MS } from "../../src/job/watch/protocol.ts";
import type { JobCounts } from "../costs.ts";
import { NOTHING_COUNTED, startCountedGateway, waitForAfterwork } from "../counted-gateway.ts";
import { atMost, type Case, type Size } from "../figure.ts";

const LENGTHS_S: Readonly<Record<Size, readonly number[]>> = { guard: [1], quick: [1, 5], full: [1, 5, 30, 120] };
/** Length of the job that is judged. */
const JUDGED_S: Readonly<Record<Size, number>> = { guard: 1, quick: 5, full: 5 };
const JOBS = 3;
/** Adds the four log lines of the simulator's default scenario. */
const PLAN = "sim:logs=4";
/** Cloudflare bills as many messages as one request. */
const MESSAGES_A_REQUEST = 20;

export const counts: Case = async (size) => {
	const gateway = await startCountedGateway();
	try {
		// The first job of an account creates the table.
		await gateway.deleteJob(await gateway.watchJob(0.1, ""));
		await waitForAfterwork();
		const before = await gateway.counts();
		const lengths = LENGTHS_S[size].flatMap((jobSeconds) => Array.from({ length: JOBS }, () => jobSeconds));
		const ids = await Promise.all(lengths.map((jobSeconds) => gateway.watchJob(jobSeconds, PLAN)));
		await waitForAfterwork();
		const watched = await gateway.counts();
		for (const id of ids) await gateway.deleteJob(id);
		await waitForAfterwork();
		const after = await gateway.counts();

		// All jobs have one account.
		const [account = ""] = Object.keys(before).filter((id) => (after[id]?.requests ?? 0) > (before[id]?.requests ?? 0));
		const ofAccount = (of: "rows" | "requests") =>
			((after[account]?.[of] ?? 0) - (before[account]?.[of] ?? 0)) / ids.length;
		const series = LENGTHS_S[size].map((jobSeconds): JobCounts => {
			const countedBy = (counts: typeof after, of: "rows" | "requests" | "messages" | "awakeMs") =>
				mean(ids.filter((_, index) => lengths[index] === jobSeconds).map((id) => (counts[id] ?? NOTHING_COUNTED)[of]));
			// The runtime answers pings without the object, which cannot count them.
			const pings = Math.floor((jobSeconds * 1000) / PING_EVERY_MS);
			return {
				jobSeconds,
				rowsJob: countedBy(watched, "rows"),
				rowsAccount: ofAccount("rows"),
				requests:
					countedBy(after, "requests") +
					(countedBy(after, "messages") + pings) / MESSAGES_A_REQUEST +
					ofAccount("requests"),
				awakeMs: countedBy(watched, "awakeMs"),
			};
		});
		const job = series.find(({ jobSeconds }) => jobSeconds === JUDGED_S[size]);
		if (job === undefined) throw new Error("the judged job was not measured");
		const others = (of: "rowsJob" | "requests") =>
			series.map((row) => `${row.jobSeconds} s: ${row[of].toFixed(of === "requests" ? 2 : 0)}`).join(", ");
		return {
			figures: [
				{
					name: `rows that a watched job of ${job.jobSeconds} s writes`,
					value: job.rowsJob,
					unit: "rows",
					goal: atMost(12),
					detail: `alarms included; its expiry writes none; mean of ${JOBS} jobs; ${others("rowsJob")}`,
				},
				{
					name: "rows that a job writes in its account",
					value: job.rowsAccount,
					unit: "rows",
					goal: atMost(5),
					detail: "listed, ended, counted, and deleted again",
				},
				{
					name: `object requests of a watched job of ${job.jobSeconds} s`,
					value: job.requests,
					unit: "requests",
					goal: atMost(12),
					detail: `calls, fetches and alarms of job and account, ${MESSAGES_A_REQUEST} messages as one; ${others("requests")}`,
				},
			],
			series,
		};
	} finally {
		await gateway.stop();
	}
};
