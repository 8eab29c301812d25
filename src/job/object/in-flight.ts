/** The effects of one instance that are under way: each runs once at a time, and its outcome is the job's next input. */
import type { Effect, Input } from "../../core/inputs.ts";

/**
 * Pictures on their way at once. Each has a connection to fal and one to R2. A Worker has six, and would wait for ever if fetches that
 * nobody reads yet held all of them. The others wait here, so that their time-outs begin with their own turn.
 */
export const MAX_STORES_AT_ONCE = 4;

/** The alarm starts none of these: clients and readers do. */
const UNALARMED: ReadonlySet<Effect["type"]> = new Set(["settle", "keep_thumbnail"]);

export interface InFlight {
	/** Does nothing for an effect that is under way. */
	start(effect: Effect): void;
	/** Returns the slots that have an effect of this type under way. Absent: of any type that the alarm would start again. */
	slotsOf(type?: Effect["type"]): readonly number[];
	/** Waits for the effects of this type and for what the job makes of their outcomes. Throws if that throws. */
	ended(type: Effect["type"]): Promise<void>;
	/** Waits for the effects of all other types, whatever becomes of them. */
	othersEnded(type: Effect["type"]): Promise<void>;
}

export interface Running {
	run(effect: Effect): Promise<Input | null>;
	/** Called when the effect is no longer under way; null if it failed, or has nothing to say. */
	onOutcome(outcome: Input | null): void;
	/** Keeps the object alive. */
	waitUntil(work: Promise<void>): void;
	onError(effect: string, error: unknown): void;
}

export function createInFlight({ run, onOutcome, waitUntil, onError }: Running): InFlight {
	const turns = createTurns(MAX_STORES_AT_ONCE);
	const running = new Map<string, { readonly effect: Effect; readonly work: Promise<void> }>();

	const carryOut = async (effect: Effect, name: string): Promise<void> => {
		let outcome: Input | null = null;
		const isLong = effect.type === "store";
		const turn = isLong ? turns.take() : null;
		if (turn !== null) await turn;
		try {
			outcome = await run(effect);
		} catch (error) {
			onError(name, error);
		}
		if (isLong) turns.give();
		// First: the outcome may ask for the same effect again.
		running.delete(name);
		onOutcome(outcome);
	};
	const worksOf = (counts: (type: Effect["type"]) => boolean) =>
		[...running.values()].filter(({ effect }) => counts(effect.type)).map(({ work }) => work);

	return {
		start: (effect) => {
			const name = nameOf(effect);
			if (running.has(name)) return;
			const work = carryOut(effect, name);
			running.set(name, { effect, work });
			waitUntil(work);
		},
		slotsOf: (type) => [
			...new Set(
				[...running.values()]
					.filter(({ effect }) => (type === undefined ? !UNALARMED.has(effect.type) : effect.type === type))
					.map(({ effect }) => effect.slot ?? 0),
			),
		],
		ended: async (type) => {
			await Promise.all(worksOf((other) => other === type));
		},
		othersEnded: async (type) => {
			await Promise.allSettled(worksOf((other) => other !== type));
		},
	};
}

/** Lets so many go on at once. The others wait for their turn, in their order. */
function createTurns(most: number) {
	let free = most;
	const waiting: (() => void)[] = [];
	return {
		/** Null if the turn has come at once. */
		take: (): Promise<void> | null => {
			free -= 1;
			return free < 0 ? new Promise<void>((resolve) => waiting.push(resolve)) : null;
		},
		give: (): void => {
			free += 1;
			waiting.shift()?.();
		},
	};
}

/** Effects of one name run one after another. A probe is none of the fetches: its outcome means less. */
function nameOf(effect: Effect): string {
	if (effect.type === "store") return `store ${effect.index}`;
	if (effect.type === "keep_thumbnail") return `keep_thumbnail ${effect.thumbnail.index}`;
	const what = effect.type === "fetch_result" && effect.probe ? "probe" : effect.type;
	return effect.slot === undefined ? what : `${what} ${effect.slot}`;
}
