/** The client's own webhook in a schedule of faults: its address, and what has to come there. */
import { passTime, realNow } from "./clock.ts";
import { ALARM_EVERY_MS, ENDS_WITHIN_MS, fireAlarm, type Run } from "./fault-run.ts";
import type { Schedule } from "./fault-schedules.ts";
import { type Call, sim } from "./gateway.ts";
import { logOf } from "./job-of.ts";

const TRY_EVERY_MS = 5_000;

/** An address of its own for each prompt, at the simulator. */
export function hookOf(hook: Schedule["hook"], prompt: string): string | null {
	if (hook === "none") return null;
	const [id] = /[0-9a-f-]{36}/.exec(prompt) ?? [];
	return `https://client.example.com/hooks/${id}${hook === "fails" ? "?fails=1" : ""}`;
}

/**
 * The webhook of an ended job was told, or is told now.
 * @throws if it was not told, or was told with more than one id, or more often than something explains
 */
export async function checkNotices(run: Run, job: string): Promise<void> {
	const { schedule, batch, prompt } = run;
	const address = hookOf(schedule.hook, prompt);
	const log = await untilTold(run, job);
	const outcomes = log.filter(({ type }) => type === "notified" || type === "notice_failed");
	const explain = JSON.stringify({ prompt, log }, null, 1);
	if (address === null) {
		if (outcomes.length > 0) throw new Error(`nobody was to be told: ${explain}`);
		return;
	}
	const aborts = batch.schedules.flatMap(({ actions }) =>
		actions.filter(({ action }) => action.type === "abort"),
	).length;
	const evictions = schedule.actions.filter(({ action }) => action.type === "evict").length;
	const mayFail = schedule.hook === "fails" || aborts > 0;
	if (!log.some(({ type }) => type === "notified") && !mayFail) throw new Error(`not told: ${explain}`);
	if (outcomes.length === 0) throw new Error(`never tried: ${explain}`);

	const calls: readonly Call[] = await (await sim(`/calls?path=${new URL(address).pathname}`)).json();
	const ids = calls.map(({ headers }) => headers["webhook-id"]);
	const foreign = ids.filter((id) => ![...run.jobs].some((other) => id === `msg_${other}`));
	if (foreign.length > 0) throw new Error(`told with ${foreign[0]}: ${explain}`);
	const own = ids.filter((id) => id === `msg_${job}`).length;
	// An abort may have taken the simulator's record of a call.
	if (own === 0 && aborts === 0) throw new Error(`no call came: ${explain}`);
	if (own > outcomes.length + aborts + evictions) throw new Error(`${own} calls came: ${explain}`);
}

/** The log when its notice is settled. The clock passes from try to try. */
async function untilTold(run: Run, job: string) {
	for (const until = realNow() + ENDS_WITHIN_MS; ; ) {
		const log = await logOf(job);
		const isSettled = log.some(
			(event) => event.type === "notified" || (event.type === "notice_failed" && event.retryAt === null),
		);
		if (isSettled || run.schedule.hook === "none" || realNow() > until) return log;
		passTime(TRY_EVERY_MS);
		await fireAlarm(run, job);
		await scheduler.wait(ALARM_EVERY_MS);
	}
}
