/** Tells a job's account what the job came to: at its end, when that changes later, and when the job is erased. */

import type { Shown } from "../../account/ledger-store.ts";
import type { JobEvent } from "../../core/events.ts";
import type { LinkedEvent } from "../../core/linked.ts";
import { type Settlement, settlementOf } from "../../core/settlement.ts";
import { detailsOf, type State } from "../../core/state.ts";
import type { Env } from "../../env.ts";
import { callAccount } from "../../stub.ts";
import { nameFiles } from "../log.ts";
import { createSettler } from "./settler.ts";

/** What the account has to know of an ended job. */
interface End {
	readonly settlement: Settlement;
	readonly shown: Shown | null;
}

export interface Settled {
	/** Of the log's last event. */
	readonly seq: number;
	readonly log: readonly JobEvent[];
	/** Null while the job has not ended. */
	readonly settlement: Settlement | null;
}

export interface Accounting {
	/** Returns the log and what it came to. The lines and the account want both at once. */
	settled(): Settled;
	/** Tells the account what the job came to, until it has the newest. */
	settle(): Promise<void>;
	/** Remembers that the account has to be told again, until it was. An ended job is never asked by its account. */
	requireSettling(): void;
	isSettlingRequired(): boolean;
	/** True for an ended job of which this instance does not know if its account was told. */
	isUnsure(): boolean;
	/** Lets the list ask an ended job that is about to be deleted, and stays for a while: who erases the account finds it there. */
	hide(): Promise<void>;
	/** Takes the job off its account's list, and tells what it came to. */
	forget(): Promise<void>;
}

export interface AccountingDeps {
	readonly jobId: string;
	readonly env: () => Env;
	readonly state: () => State;
	readonly readLog: () => readonly JobEvent[];
	/** Renders an ended job as the account's list shows it, with names of files in the place of links. Null while more may come of it. */
	readonly list: (log: readonly LinkedEvent[]) => Shown | null;
}

export function createAccounting({ jobId, env, state, readLog, list }: AccountingDeps): Accounting {
	let last: Settled | null = null;
	let isRequired = false;
	const settler = createSettler(readEnd, tellEnd);

	function settled(): Settled {
		const { seq } = state();
		if (last?.seq !== seq) {
			const log = readLog();
			last = { seq, log, settlement: settlementOf(log) };
		}
		return last;
	}

	/** Returns null while there is no end. The list does not show a job that is being deleted. */
	function readEnd(): End | null {
		const { log, settlement } = settled();
		if (settlement === null) return null;
		const isDeleting = detailsOf(state())?.deleting === true;
		return { settlement, shown: isDeleting ? null : list(nameFiles(log)) };
	}

	async function tellEnd({ settlement, shown }: End): Promise<void> {
		const job = detailsOf(state());
		if (job === null) return;
		const { account, listing } = job;
		await callAccount(env(), account, async (stub) => stub.settle(listing, jobId, settlement, shown, account));
	}

	return {
		settled,
		settle: async () => {
			await settler.settle();
			isRequired = false;
		},
		requireSettling: () => {
			isRequired = true;
		},
		isSettlingRequired: () => isRequired,
		isUnsure: () => state().end !== null && !settler.isSettled(),
		hide: async () => {
			const { settlement } = settled();
			if (settlement !== null) await tellEnd({ settlement, shown: null });
		},
		forget: async () => {
			const job = detailsOf(state());
			if (job === null) return;
			const { account, listing } = job;
			const { settlement } = settled();
			await callAccount(env(), account, async (stub) => stub.forget(listing, jobId, settlement));
		},
	};
}
