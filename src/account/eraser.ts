/** Erases an account: its keys at once, its jobs with their pictures a batch at a time, and last what they cost. */

import type { Env } from "../env.ts";
import { callJob, callRegistry } from "../stub.ts";
import type { ClaimAnswer } from "./admission.ts";
import { createErasureStore, type DoomedJob } from "./erasure-store.ts";
import type { KeyStore } from "./key-store.ts";

/** A job is asked once or twice, and the free plan allows 50 such calls in one request. */
const BATCH = 20;
/** All have been told to go: until then those that had not ended may have. */
const NEXT_ROUND_MS = 2_000;
/** If a round fails or its object dies, the next one comes then. */
const FAILED_ROUND_MS = 15_000;
/** A job without a log may still be about to start, but not for so long. */
const STARTING_MS = 60_000;

interface Deps {
	readonly env: Env;
	readonly storage: DurableObjectStorage;
	readonly keys: KeyStore;
	/** Takes a job off the list that never began. */
	readonly forget: (n: number, id: string) => void;
}

export interface Eraser {
	/** Begins the erasure of all that there is now, or goes on with it. Returns how many jobs are left; 0 if it has ended. */
	erase(account: string): Promise<number>;
	/** Goes on, if an erasure has begun. An alarm comes again until it has ended. */
	goOn(): Promise<void>;
}

export function createEraser({ env, storage, keys, forget }: Deps): Eraser {
	const store = createErasureStore(storage.sql);
	/** The place of the last job that was told to go in this round; null at its beginning. */
	let cursor: number | null = null;

	async function goOn(): Promise<void> {
		const erasure = keys.erasure();
		if (erasure === null) return;
		await storage.setAlarm(Date.now() + FAILED_ROUND_MS);
		const batch = store.jobsBefore(cursor ?? erasure.upTo + 1, BATCH);
		await Promise.all(batch.map((job) => eraseJob(job, erasure.account)));
		cursor = batch.length < BATCH ? null : (batch.at(-1)?.n ?? null);
		if (store.hasJobs(erasure)) {
			await storage.setAlarm(Date.now() + (cursor === null ? NEXT_ROUND_MS : 0));
			return;
		}
		// No key can be added before the end, so this takes no account off that has one.
		await callRegistry(env, async (registry) => registry.unlistAccount(erasure.account));
		store.removeUsage(erasure);
		keys.endErasure();
		await storage.deleteAlarm();
	}

	/** The job takes itself off the list when it is erased. One that never began has nothing to erase. */
	async function eraseJob({ n, id, at }: DoomedJob, account: string): Promise<void> {
		if (await callJob<boolean>(env, id, async (job) => job.remove(account, false, true))) return;
		const answer = await callJob<ClaimAnswer>(env, id, async (job) => job.claim(true));
		if (answer === "unstarted" && at < Date.now() - STARTING_MS) forget(n, id);
	}

	return {
		goOn,
		erase: async (account) => {
			if (keys.erasure() === null) {
				keys.removeAll();
				const [newest] = store.jobsBefore(Number.MAX_SAFE_INTEGER, 1);
				keys.beginErasure({ account, upTo: newest?.n ?? 0, begunAt: Date.now() });
				cursor = null;
			}
			await goOn();
			const erasure = keys.erasure();
			return erasure === null ? 0 : store.count(erasure);
		},
	};
}
