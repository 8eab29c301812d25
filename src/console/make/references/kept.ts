/** Keeps the references of the draft in this browser, so that they survive a reload of the page. A browser that keeps nothing is no fault. */

import type { Mask, Reference } from "./reference.ts";

/** A reference whose preview is kept as bytes. */
export type KeptReference = Omit<Reference, "preview"> & { readonly preview: Blob };

interface KeptDraft {
	/** One tab's: another tab has a draft of its own. */
	readonly tab: string;
	/** Whose they are. */
	readonly account: string;
	readonly ids: readonly string[];
	readonly mask: Mask | null;
	readonly at: number;
}

interface KeptRow {
	readonly tab: string;
	readonly id: string;
	readonly reference: KeptReference;
}

const DATABASE = "darkroom";
const VERSION = 1;
/** A draft of a tab that was closed is forgotten after as long. */
const KEPT_MS = 24 * 60 * 60 * 1000;

export interface Draft {
	readonly references: readonly KeptReference[];
	readonly mask: Mask | null;
}

/** The draft of one tab. Writes follow one another. */
export class KeptDrafts {
	readonly #tab: string;
	/** What is in the database, as far as this tab knows. */
	readonly #held = new Set<string>();
	#last: Promise<unknown> = Promise.resolve();

	constructor(tab: string) {
		this.#tab = tab;
	}

	/** Returns what was kept for an account; null for nothing. Forgets what is old, and what is another account's. */
	async load(account: string): Promise<Draft | null> {
		return await this.#inTurn(async (database) => {
			const { drafts, rows, done } = begin(database);
			const all: KeptDraft[] = await answerOf(drafts.getAll());
			const mine = all.find(({ tab }) => tab === this.#tab);
			const isMine = (one: KeptDraft) => one === mine && one.account === account;
			for (const one of all)
				if (!isMine(one) && (one === mine || one.at < Date.now() - KEPT_MS)) {
					drafts.delete(one.tab);
					rows.delete(rangeOf(one.tab));
				}
			if (mine === undefined || mine.account !== account) {
				await done;
				return null;
			}
			const kept: KeptRow[] = await answerOf(rows.getAll(rangeOf(this.#tab)));
			await done;
			const references = mine.ids.flatMap((id) => kept.filter((row) => row.id === id)).map((row) => row.reference);
			for (const { id } of references) this.#held.add(id);
			return { references, mask: mine.mask };
		});
	}

	/** Keeps a list as it is now. Only pictures that were not there before are written. */
	async save(account: string, { references, mask }: Draft): Promise<void> {
		await this.#inTurn(async (database) => {
			const { drafts, rows, done } = begin(database);
			const ids = references.map(({ id }) => id);
			for (const id of this.#held) if (!ids.includes(id)) rows.delete([this.#tab, id]);
			for (const reference of references)
				if (!this.#held.has(reference.id)) rows.put({ tab: this.#tab, id: reference.id, reference });
			if (ids.length === 0) drafts.delete(this.#tab);
			else drafts.put({ tab: this.#tab, account, ids, mask, at: Date.now() });
			await done;
			this.#held.clear();
			for (const id of ids) this.#held.add(id);
			return null;
		});
	}

	async #inTurn<Answer>(act: (database: IDBDatabase) => Promise<Answer>): Promise<Answer | null> {
		const turn = this.#last.then(async () => {
			const database = await open();
			try {
				return await act(database);
			} finally {
				database.close();
			}
		});
		this.#last = turn.catch(() => null);
		return await turn.catch(() => null);
	}
}

async function open(): Promise<IDBDatabase> {
	const request = indexedDB.open(DATABASE, VERSION);
	request.onupgradeneeded = () => {
		request.result.createObjectStore("drafts", { keyPath: "tab" });
		request.result.createObjectStore("rows", { keyPath: ["tab", "id"] });
	};
	return await answerOf(request);
}

function begin(database: IDBDatabase) {
	const transaction = database.transaction(["drafts", "rows"], "readwrite");
	const done = new Promise<void>((resolve, reject) => {
		transaction.oncomplete = () => resolve();
		transaction.onabort = () => reject(transaction.error);
	});
	// A fault is seen where it is awaited.
	done.catch(() => null);
	return { drafts: transaction.objectStore("drafts"), rows: transaction.objectStore("rows"), done };
}

/** All keys of a tab: an array is greater than any text. */
function rangeOf(tab: string): IDBKeyRange {
	return IDBKeyRange.bound([tab], [tab, []]);
}

async function answerOf<Answer>(request: IDBRequest<Answer>): Promise<Answer> {
	return await new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
}
