import { mean } from "simple-statistics";
import { PING_EVERY_MS } from "../../src/job/watch/protocol.ts";
import { NOTHING_COUNTED, settle, startCounted } from "../counted.ts";
import { atMost, type Case, type Size } from "../figure.ts";

/** What Cloudflare bills a watched job for, by its length: counted at the objects, its deletion included. */

const LENGTHS_S: Readonly<Record<Size, readonly number[]>> = { guard: [1], quick: [1, 5], full: [1, 5, 30, 120] };
/** The job that is judged. */
const ORDINARY_S: Readonly<Record<Size, number>> = { guard: 1, quick: 5, full: 5 };
const JOBS = 3;
/** As the simulator's plain jobs: two positions in the queue, four lines of log. */
const PLAN = "sim:logs=4";
const MESSAGES_A_REQUEST = 20;

/** One job of this length, as it is billed. */
export interface Billed {
	readonly jobSeconds: number;
	readonly rowsJob: number;
	readonly rowsAccount: number;
	readonly requests: number;
	readonly awakeMs: number;
}

export const counts: Case = async (size) => {
	const counted = await startCounted();
	try {
		// The account's table is made once, and not by each job.
		await counted.deleteJob(await counted.watchJob(0.1, ""));
		await settle();
		const before = await counted.counts();
		const lengths = LENGTHS_S[size].flatMap((jobSeconds) => Array.from({ length: JOBS }, () => jobSeconds));
		const ids = await Promise.all(lengths.map((jobSeconds) => counted.watchJob(jobSeconds, PLAN)));
		await settle();
		const watched = await counted.counts();
		for (const id of ids) await counted.deleteJob(id);
		await settle();
		const after = await counted.counts();

		// One account for all jobs: each is the same to it.
		const [account = ""] = Object.keys(before).filter((id) => (after[id]?.requests ?? 0) > (before[id]?.requests ?? 0));
		const ofAccount = (of: "rows" | "requests") =>
			((after[account]?.[of] ?? 0) - (before[account]?.[of] ?? 0)) / ids.length;
		const series = LENGTHS_S[size].map((jobSeconds): Billed => {
			const countedBy = (counts: typeof after, of: "rows" | "requests" | "messages" | "awakeMs") =>
				mean(ids.filter((_, index) => lengths[index] === jobSeconds).map((id) => (counts[id] ?? NOTHING_COUNTED)[of]));
			// The runtime answers pings without the object, which does not see them.
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
		const job = series.find(({ jobSeconds }) => jobSeconds === ORDINARY_S[size]);
		if (job === undefined) throw new Error("the ordinary job was not measured");
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
					goal: atMost(4),
					detail: "listed, and deleted again",
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
		await counted.stop();
	}
};
