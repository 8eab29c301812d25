/** Books an account's jobs: what each reserves until it ends, and what it came to. Rows are the truth; the tally is read from them. */
import type { Settlement } from "../core/settlement.ts";
import { createLedgerStore, type LedgerStore, type Shown } from "./ledger-store.ts";
import type { AccountTables, ListedJob, NewJob } from "./store.ts";
import { createTally, RATE_WINDOW_MS, type Tally } from "./tally.ts";

export interface Ledger {
	/** Read from the rows at the first call. */
	tally(): Tally;
	/** A row was written for a new job. */
	opened(job: ListedJob & NewJob): void;
	/** A row that was written earlier is started by whoever comes now: it may start for longer. */
	extend(n: number, id: string, startBy: number): void;
	/** Absolute and idempotent: a later settlement of the same job replaces the earlier one. @param shown As the store has it */
	settle(n: number, id: string, settlement: Settlement, shown?: Shown | null): void;
	/** True if the job is open, and nobody may start it for longer than `startBy`. */
	isLeft(n: number, id: string, startBy: number): boolean;
	/**
	 * A job is about to go off the list.
	 * @param settlement Null if it never began. With undefined nobody knows, so what it reserves counts as spent
	 */
	close(n: number, id: string, settlement: Settlement | null | undefined): void;
}

export function createLedger(tables: AccountTables): Ledger {
	const store = createLedgerStore(tables);
	let tally: Tally | null = null;

	function settle(n: number, id: string, settlement: Settlement, shown?: Shown | null): void {
		const change = store.settle(n, id, settlement, shown);
		tally?.settle(id, change);
	}
	return {
		tally: () => {
			tally ??= createTally(store.openJobs(), () => {
				const now = Date.now();
				return { spent: store.spent(now), recent: store.recent(now - RATE_WINDOW_MS) };
			});
			return tally;
		},
		opened: ({ n, id, at, reservation }) => {
			if (reservation === null) return;
			const { apiKey, images, reserve, startBy } = reservation;
			tally?.add({ n, id, at, apiKey: apiKey?.id ?? null, images, reserved: reserve, startBy });
		},
		extend: (n, id, startBy) => {
			const job = store.find(n, id);
			if (job === null || job.startBy >= startBy) return;
			store.extend(n, id, startBy);
			tally?.extend(id, startBy);
		},
		settle,
		isLeft: (n, id, startBy) => {
			const job = store.find(n, id);
			return job !== null && !job.isSettled && job.startBy <= startBy;
		},
		close: (n, id, settlement) => {
			if (settlement === undefined) settleUnknown(n, id);
			else if (settlement !== null) settle(n, id, settlement);
			else if (store.find(n, id)?.isSettled === false) tally?.drop(id);
		},
	};

	function settleUnknown(n: number, id: string): void {
		const job = store.find(n, id);
		if (job !== null && !job.isSettled) settle(n, id, toUnknown(job, Date.now()));
	}
}

function toUnknown(
	{ at, model, source, reserved }: NonNullable<ReturnType<LedgerStore["find"]>>,
	now: number,
): Settlement {
	return {
		status: "failed",
		charge: "kept",
		cost: reserved,
		basis: "estimated",
		pictures: 0,
		bytes: 0,
		model,
		endpoint: model,
		size: "auto",
		source,
		acceptedAt: at,
		startedAt: null,
		endedAt: now,
	};
}
