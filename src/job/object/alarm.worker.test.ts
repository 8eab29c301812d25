/** The alarm of a job's object: set again whatever fails, moved no more often than it must be, and the end of what was expected. */
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { makeAccepted, makeRequest } from "../../../test/support/make.ts";
import { aPrompt, eventually, queueCalls } from "../../../test/support/workerd/gateway.ts";
import { age, alarmOf, listingOf, logOf, overrideEnv, stubOf, tablesOf } from "../../../test/support/workerd/job-of.ts";
import { observed } from "../../../test/support/workerd/observed.ts";

const MINUTE = 60_000;
/** Between the object's clock and the test's look at it. */
const CLOSE_MS = 5_000;

/** Starts a job for which no webhook is asked, on a list of an account that no other test has. */
async function startJob({ words = "sim:hold", watched = false, retentionMs = 60 * MINUTE } = {}) {
	const prompt = aPrompt(words);
	const account = `account ${crypto.randomUUID()}`;
	const admitted = await env.ACCOUNT.getByName(account).admit({ digest: prompt, key: null, retried: false });
	if (admitted.kind !== "new") throw new Error("a prompt of its own makes a new job");
	const { id: job, listing } = admitted;
	const accepted = makeAccepted({
		account,
		listing,
		webhook: null,
		request: makeRequest({ prompt }),
		deadlineAt: Date.now() + 15 * MINUTE,
		expiresAt: Date.now() + retentionMs,
	});
	await stubOf(job).start(accepted, watched);
	return { job, prompt, account };
}

function logHas(job: string, type: string) {
	return eventually(
		() => logOf(job),
		(log) => log.some((event) => event.type === type),
	);
}

function rowsOf(job: string): Promise<number> {
	return runInDurableObject(stubOf(job), (instance) => instance.rowsWritten());
}

/** Runs the alarm's handler as the runtime does: then none is set any more. */
function runAlarm(job: string, retryCount = 0): Promise<void> {
	return runInDurableObject(stubOf(job), async (instance, { storage }) => {
		await storage.deleteAlarm();
		await instance.alarm({ isRetry: retryCount > 0, retryCount, scheduledTime: Date.now() });
	});
}

/** Runs `work` without the lines that an object logs of the failure that a test causes. */
async function quietly(work: () => Promise<unknown>): Promise<void> {
	const { error: logError } = console;
	console.error = () => {};
	try {
		await work();
	} finally {
		console.error = logError;
	}
}

function renameLog(job: string, from: string, to: string): Promise<unknown> {
	return runInDurableObject(stubOf(job), (_, { storage }) => storage.sql.exec(`ALTER TABLE ${from} RENAME TO ${to}`));
}

async function expectAlarmInAMinute(job: string): Promise<void> {
	const at = (await alarmOf(job)) ?? 0;
	expect(Math.abs(at - (Date.now() + MINUTE))).toBeLessThan(CLOSE_MS);
}

describe("an alarm whose handler fails", () => {
	it("is set again in a minute, and the job goes on then", async () => {
		const { job, prompt } = await startJob();
		await logHas(job, "submitted");
		await age(job, 15 * MINUTE);
		await alarmOf(job);
		await renameLog(job, "log", "hidden");
		await quietly(() => runAlarm(job));
		await expectAlarmInAMinute(job);
		const cancels = async () => (await queueCalls(prompt)).filter(({ method }) => method === "PUT").length;
		expect(await cancels()).toBe(0);

		await renameLog(job, "hidden", "log");
		await runDurableObjectAlarm(stubOf(job));
		await eventually(cancels, (count) => count === 1);
	});
});

describe("an alarm that erases", () => {
	/** Runs the alarm of an expired job, and looks at its next alarm while the erasing is under way. */
	async function alarmDuringErase(retryCount: number): Promise<number | null> {
		const { job } = await startJob({ words: "sim:refused-422" });
		await logHas(job, "failed");
		await age(job, 60 * MINUTE);
		const erasing = Promise.withResolvers<void>();
		const seen = Promise.withResolvers<void>();
		const IMAGES = new Proxy(env.IMAGES, {
			get: (target, name) =>
				name === "delete"
					? async (keys: string[]) => {
							erasing.resolve();
							await seen.promise;
							return target.delete(keys);
						}
					: Reflect.get(target, name),
		});
		await overrideEnv(job, { IMAGES });
		const running = runAlarm(job, retryCount);
		await erasing.promise;
		const next = await alarmOf(job);
		seen.resolve();
		await running;
		expect(await tablesOf(job)).toEqual([]);
		return next;
	}

	it("relies on the runtime to run it again, and sets no other alarm", async () => {
		expect(await alarmDuringErase(0)).toBeNull();
		expect(await alarmDuringErase(4)).toBeNull();
	});

	it("does not rely on the last time that the runtime runs it", async () => {
		const next = (await alarmDuringErase(5)) ?? 0;
		expect(Math.abs(next - (Date.now() + MINUTE))).toBeLessThan(CLOSE_MS);
	});

	it("is set again when the account cannot be told, and leaves nothing the next time", async () => {
		const { job, account } = await startJob({ words: "sim:refused-422" });
		await logHas(job, "failed");
		await age(job, 60 * MINUTE);
		const ACCOUNT = observed(env.ACCOUNT, () => {
			throw new Error("the account cannot be reached");
		});
		await overrideEnv(job, { ACCOUNT });
		await quietly(() => runAlarm(job));
		expect(await tablesOf(job)).toHaveLength(1);
		expect(await listingOf(job, account)).toHaveLength(1);
		await expectAlarmInAMinute(job);

		await overrideEnv(job, {});
		await runAlarm(job);
		expect([await tablesOf(job), await listingOf(job, account), await alarmOf(job)]).toEqual([[], [], null]);
	});
});

describe("a watcher that is expected and does not come", () => {
	it("is expected until the next alarm only: then another may join", async () => {
		const { job, account } = await startJob();
		await logHas(job, "submitted");
		await stubOf(job).clientGone(account, false);
		expect([await stubOf(job).claim(false), await stubOf(job).claim(false)]).toEqual(["yes", "no"]);
		await runAlarm(job);
		expect(await stubOf(job).claim(false)).toBe("yes");
	});

	it("holds polling back until the next alarm only", async () => {
		const { job } = await startJob({ watched: true });
		await logHas(job, "submitted");
		await runAlarm(job);
		const at = (await alarmOf(job)) ?? 0;
		expect(at - Date.now()).toBeLessThan(10_000);
	});
});

describe("an alarm that is early enough", () => {
	it("stays where it is, however often the object is woken: moving it costs a row", async () => {
		const { job, account } = await startJob();
		await logHas(job, "submitted");
		await runAlarm(job);
		const [at, rows] = [await alarmOf(job), await rowsOf(job)];
		for (let count = 0; count < 3; count += 1) {
			await stubOf(job).read(account);
			await runInDurableObject(stubOf(job), (instance, ctx) => {
				for (const socket of ctx.getWebSockets()) instance.webSocketMessage(socket, "{}");
				instance.webSocketError();
			});
		}
		expect([await alarmOf(job), await rowsOf(job)]).toEqual([at, rows]);
	});
});
